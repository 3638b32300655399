/** Whether everything behind one place of the song went the same way: time was put in there, or taken out. */
import type { FacetItem } from '../model/facet.ts';
import type { NodeId } from '../model/node.ts';
import { walk } from '../patch/tree.ts';
import { changedNodes, isKind, type Of, type Side, type Story } from './story.ts';

/** Beats below which two places are the same. */
const NEAR = 1e-6;
export const isNear = (a: number | undefined, b: number | undefined): boolean =>
  a !== undefined && b !== undefined && Math.abs(a - b) < NEAR;

/** A stretch of the Arrangement in both saves. */
export interface Stretch {
  readonly clip: Of<'clip'>;
  readonly was: readonly [start: number, end: number];
  readonly now: readonly [start: number, end: number];
}

/** What lies in the Arrangement behind `at` is now by `beats` later; with `beats` below 0 what was between is gone. */
export interface TimeShift {
  readonly at: number;
  readonly beats: number;
  readonly clips: readonly Stretch[];
  readonly locators: readonly Of<'locator'>[];
}

/** Clips of the Arrangement whose edges moved. */
export function changedStretches(story: Story): readonly Stretch[] {
  return changedNodes(story, 'clip').flatMap((clip) => {
    const old = story.before.index.get(clip.id);
    const changes = story.facts.props.get(clip.id);
    if (old === undefined || !isKind(old, 'clip')) return [];
    if (changes?.has('start') !== true && changes?.has('end') !== true) return [];
    const [was, now] = [edges(old), edges(clip)];
    return was === undefined || now === undefined ? [] : [{ clip, was, now }];
  });
}

export const edges = ({ props }: Of<'clip'>): readonly [number, number] | undefined =>
  props.start === undefined || props.end === undefined ? undefined : [props.start, props.end];

/** @returns `undefined` unless all that moved went the same way, and nothing behind it stayed */
export function timeShift(story: Story, stretches: readonly Stretch[]): TimeShift | undefined {
  const clips = stretches.filter(({ was, now }) => isNear(now[0] - was[0], now[1] - was[1]));
  const [first] = clips;
  if (first === undefined) return undefined;
  const beats = first.now[0] - first.was[0];
  const locators = changedNodes(story, 'locator').filter(({ id }) => story.facts.props.get(id)?.has('time'));
  const times = [...clips.map(({ was }) => was[0]), ...locators.map(({ id }) => oldTime(story.before, id))];
  const isOneWay =
    clips.every(({ was, now }) => isNear(now[0] - was[0], beats)) &&
    locators.every(({ id, props }) => isNear(props.time - oldTime(story.before, id), beats));
  const at = Math.min(...times);
  const moved = new Set([...clips.map(({ clip }) => clip.id), ...locators.map(({ id }) => id)]);
  return isOneWay && isAllBehind(story, at, moved) ? { at, beats, clips, locators } : undefined;
}

const oldTime = ({ index }: Side, id: NodeId): number => {
  const node = index.get(id);
  return node !== undefined && isKind(node, 'locator') ? node.props.time : Number.NaN;
};

/** Of what is in both saves nothing stayed that began behind `at`. */
function isAllBehind({ before, after }: Story, at: number, moved: ReadonlySet<NodeId>): boolean {
  const stays = (id: NodeId, start: number | undefined): boolean =>
    start !== undefined && start > at - NEAR && after.index.has(id) && !moved.has(id);
  const locators = before.index.root.lists.locators ?? [];
  if (locators.some((one) => isKind(one, 'locator') && stays(one.id, one.props.time))) return false;
  return !walk(before.index.root).some(({ lists }) =>
    (lists.arrangement ?? []).some((clip) => isKind(clip, 'clip') && stays(clip.id, clip.props.start)),
  );
}

/** Whether an envelope is as it was but for the shift; Live puts new points only where it cut. */
export function isShifted(was: FacetItem, now: FacetItem, at: number, beats: number): boolean {
  const gone = (time: number): boolean => beats < 0 && time > at + NEAR && time < at - beats - NEAR;
  const begin = beats < 0 ? at - beats : at;
  const wanted = pointsOf(was)
    .filter(({ time }) => !gone(time))
    .map((point) => (point.time > begin - NEAR ? { ...point, time: point.time + beats } : point));
  const isEdge = (time: number): boolean => isNear(time, at) || (beats > 0 && isNear(time, at + beats));
  const keys = (points: readonly Point[]): string =>
    points
      .filter(({ time }) => !isEdge(time))
      .map(({ time, rest }) => `${time.toFixed(5)} ${rest}`)
      .join('\n');
  return keys(wanted) === keys(pointsOf(now));
}

interface Point {
  readonly time: number;
  /** Its value and curve. */
  readonly rest: string;
}

function pointsOf(item: FacetItem): readonly Point[] {
  const points = typeof item['points'] === 'object' ? item['points'] : [];
  const curves = typeof item['curves'] === 'object' ? item['curves'] : [];
  return Array.from({ length: points.length >> 1 }, (_, at) => ({
    time: points[at * 2] as number,
    rest: `${points[at * 2 + 1]} ${curves.slice(at * 4, at * 4 + 4).join(' ')}`,
  }));
}
