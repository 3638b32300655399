/** Notes and envelopes as small drawings: one SVG path each, bounded in size whatever they hold. Pure. */
import type { FacetItem, Signature } from '@livetree/live-set';
import { formatCount, formatNote } from '@livetree/live-set';
import { position } from './format.ts';

export interface Drawing {
  /** Of an SVG path. */
  readonly path: string;
  /** Of its view box, from 0 0. */
  readonly width: number;
  readonly height: number;
  /** What is to be seen, in words. */
  readonly label: string;
}

/** Columns of a drawing of notes: finer than the screen shows would only cost. */
const COLUMNS = 320;

interface Note {
  readonly time: number;
  readonly duration: number;
  readonly pitch: number;
}
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);
const noteOf = (item: FacetItem): Note => ({
  time: numberOf(item['time']),
  duration: numberOf(item['duration']),
  pitch: numberOf(item['pitch']),
});
const isDrawable = ({ time, duration, pitch }: Note): boolean =>
  Number.isFinite(time + duration) && Number.isInteger(pitch) && pitch >= 0 && pitch <= 127;

/** All notes in time and pitch; absent where there are none. Linear in the notes. */
export function drawNotes(items: readonly FacetItem[], signature: Signature): Drawing | undefined {
  const notes = items.map(noteOf).filter(isDrawable);
  const [first] = notes;
  if (first === undefined) return undefined;
  let { time: from, time: to, pitch: low, pitch: high } = first;
  for (const { time, duration, pitch } of notes) {
    from = Math.min(from, time);
    to = Math.max(to, time + duration);
    low = Math.min(low, pitch);
    high = Math.max(high, pitch);
  }
  const scale = COLUMNS / Math.max(to - from, 1e-6);
  const lanes = new Map<number, Uint8Array>();
  for (const { time, duration, pitch } of notes) {
    const start = Math.min(COLUMNS - 1, Math.floor((time - from) * scale));
    const end = Math.max(start + 1, Math.round((time + duration - from) * scale));
    laneOf(lanes, pitch).fill(1, start, end);
  }
  const path = [...lanes].map(([pitch, lane]) => runs(lane, high - pitch)).join('');
  const label = `${formatCount(notes.length, 'note')}, ${formatNote(low)} to ${formatNote(high)}, from ${position(from, signature)} to ${position(to, signature)}`;
  return { path, width: COLUMNS, height: high - low + 1, label };
}

function laneOf(lanes: Map<number, Uint8Array>, pitch: number): Uint8Array {
  const lane = lanes.get(pitch) ?? new Uint8Array(COLUMNS);
  lanes.set(pitch, lane);
  return lane;
}

function runs(lane: Uint8Array, row: number): string {
  let path = '';
  for (let at = lane.indexOf(1); at >= 0; at = lane.indexOf(1, at)) {
    const stop = lane.indexOf(0, at);
    const end = stop < 0 ? lane.length : stop;
    path += `M${at} ${row}h${end - at}v1h${at - end}z`;
    at = end;
  }
  return path;
}

const WIDTH = 120;
const HEIGHT = 20;
/** Points that a line of that width can show. */
const MOST_POINTS = 2 * WIDTH;

/** An envelope as a line; absent where it has no points. Curved segments are drawn straight, steps as steps. */
export function drawEnvelope(item: FacetItem, signature: Signature): Drawing | undefined {
  const { points } = item;
  if (!Array.isArray(points) || points.length < 2) return undefined;
  const pairs = pairsOf(points);
  const times = pairs.map(([time]) => time);
  const values = pairs.map(([, value]) => value);
  const [from = 0, to = 0] = [times[0], times.at(-1)];
  const [low, high] = [least(values), -least(values.map((value) => -value))];
  const x = (time: number): number => round(((time - from) / Math.max(to - from, 1e-6)) * WIDTH);
  const y = (value: number): number =>
    high === low ? HEIGHT / 2 : round(HEIGHT - 1 - ((value - low) / (high - low)) * (HEIGHT - 2));
  const step = Math.ceil(pairs.length / MOST_POINTS);
  const shown = pairs.filter((_, index) => index % step === 0 || index === pairs.length - 1);
  const corner = item['steps'] === true ? stair : straight;
  const corners = shown.map(([time, value]) => [x(time), y(value)] as const).map(corner);
  const path = `M${corners.join('').slice(1)}${to > from ? '' : `H${WIDTH}`}`;
  const label =
    to > from ? `from ${position(from, signature)} to ${position(to, signature)}` : 'one value throughout';
  return { path, width: WIDTH, height: HEIGHT, label };
}

type Corner = readonly [x: number, y: number];
const straight = ([x, y]: Corner): string => `L${x} ${y}`;
/** Level up to the next point, then straight up or down. */
const stair = ([x, y]: Corner, index: number): string => (index === 0 ? `L${x} ${y}` : `H${x}V${y}`);

/** The value before all time stands at the first moment that the song knows. */
function pairsOf(points: readonly number[]): readonly (readonly [time: number, value: number])[] {
  const pairs: [number, number][] = [];
  for (let at = 0; at + 1 < points.length; at += 2) pairs.push([points[at] ?? 0, points[at + 1] ?? 0]);
  const begin = pairs.find(([time]) => time > BEFORE_ALL)?.[0] ?? 0;
  return pairs.map(([time, value]) => [Math.max(time, begin), value]);
}
/** Beats; what holds before the song begins is stored far before this (docs/als-format.md). */
const BEFORE_ALL = -1_000_000;

const least = (numbers: readonly number[]): number =>
  numbers.reduce((found, number) => Math.min(found, number), Infinity);
const round = (value: number): number => Math.round(value * 10) / 10;
