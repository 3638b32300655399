/**
 * Parameters of Live's own devices: element path in the file → the name Live shows, unit and conversion
 * (docs/als-format.md). A path is the chain of tags from the device element to the element that holds the value,
 * `/` between them: `Bands.0/ParameterA/Freq`, `On`; of a mixer from `Mixer` or `MixerDevice`: `Volume`.
 * Parameters of plug-ins and Max devices are not listed: they carry their own names in the file.
 */
import type { ConversionName, Unit } from '../units.ts';
import { type DeviceTable, type ParameterRow, SCALES } from './parameter-row.ts';
import { DELAYS } from './parameters/delays.ts';
import { DISTORTION } from './parameters/distortion.ts';
import { DYNAMICS } from './parameters/dynamics.ts';
import { FILTERS } from './parameters/filters.ts';
import { MELD } from './parameters/meld.ts';
import { MIDI_EFFECTS } from './parameters/midi-effects.ts';
import { MIXERS } from './parameters/mixers.ts';
import { MODULATION } from './parameters/modulation.ts';
import { OPERATOR } from './parameters/operator.ts';
import { PERCUSSION } from './parameters/percussion.ts';
import { PHYSICAL } from './parameters/physical.ts';
import { SIMPLER } from './parameters/simpler.ts';
import { WAVETABLE } from './parameters/wavetable.ts';
import type { SourceKey } from './sources.ts';
import { tagWords } from './words.ts';

/** `measured`: real files against Live's display; `documented`: a public source; `inferred`: our reading. */
export type Confidence = 'measured' | 'documented' | 'inferred';

export interface ParameterInfo {
  /** As Live 12.1 lists it; older versions where the device is older. */
  readonly name: string;
  /** As Live 12.4 lists it, where that differs. */
  readonly laterName?: string;
  /** Absent: Live shows a bare number, or the scale is not known. */
  readonly unit?: Unit;
  /** From the number in the file to the number shown. Absent: not known, the raw number stays raw. */
  readonly convert?: ConversionName;
  /** Texts of a chooser by its number in the file; of a switch for `false`, `true`. */
  readonly values?: readonly string[];
  readonly source: SourceKey;
  /** Of name, unit and values together: the weakest of them. */
  readonly confidence: Confidence;
}

interface Entry {
  readonly info: ParameterInfo;
  /** Scale that holds from this version of Live on; absent: in all. */
  readonly since: number | undefined;
}

/** Every table, in no order. For tests and documents; look up with {@link describeParameter}. */
export const DEVICE_TABLES: readonly DeviceTable[] = [
  ...MIXERS,
  ...DYNAMICS,
  ...FILTERS,
  ...DISTORTION,
  ...DELAYS,
  ...MODULATION,
  ...MIDI_EFFECTS,
  ...SIMPLER,
  ...OPERATOR,
  ...WAVETABLE,
  ...MELD,
  ...PHYSICAL,
  ...PERCUSSION,
];

let compiled: ReadonlyMap<string, Entry> | undefined;

/**
 * What is known of a parameter; `undefined` for paths that no table names. `liveMajor` (8…12) is the version
 * that wrote the file: without it, the few parameters whose scale changed between versions have no unit. O(1).
 */
export function describeParameter(
  deviceTag: string,
  path: string,
  liveMajor?: number,
): ParameterInfo | undefined {
  compiled ??= compile();
  const pattern = path.replace(NUMBERED, '.*');
  const entry =
    compiled.get(`${deviceTag} ${path}`) ??
    compiled.get(`${deviceTag} ${pattern}`) ??
    compiled.get(`* ${pattern}`);
  return entry === undefined ? undefined : resolve(entry, path, liveMajor);
}

/**
 * A path in words, where no table has a name: `LfoAmount` → `LFO Amount`, `Bands.3/ParameterA/Freq` →
 * `Bands 4 A Freq`. Numbers count from 1.
 */
export function parameterWords(path: string): string {
  const segments = path.split('/').filter((segment, index, all) => !isWrapper(segment, all[index - 1]));
  return segments.map(segmentWords).join(' ');
}

const NUMBERED = /\.\d+(?=\/|$)/g;

/** `Slot/Value/SimplerFilter` only repeats what stands before it. */
function isWrapper(segment: string, before: string | undefined): boolean {
  return segment === 'Slot' || segment === 'Value' || before === 'Value';
}

function segmentWords(segment: string): string {
  const [tag = '', index] = segment.split('.');
  const words = tagWords(tag.replace(/^Parameter(?=[A-Z]$)/, ''));
  return index === undefined ? words : `${words} ${Number(index) + 1}`;
}

function compile(): ReadonlyMap<string, Entry> {
  const map = new Map<string, Entry>();
  for (const table of DEVICE_TABLES) {
    for (const row of table.rows) {
      const entry = toEntry(row, table.source);
      for (const tag of table.tags) map.set(`${tag} ${row[0]}`, entry);
    }
  }
  return map;
}

const CONFIDENCE = { m: 'measured', d: 'documented', i: 'inferred' } as const;

function toEntry(row: ParameterRow, source: SourceKey): Entry {
  const [, name, scale, mark = 'd', options = {}] = row;
  const info: ParameterInfo = {
    name,
    ...(options.later === undefined ? {} : { laterName: options.later }),
    ...(scale === undefined ? {} : typeof scale === 'string' ? SCALES[scale] : { values: scale }),
    // Names that 12.4 changed are not in its own list.
    source: mark === 'i' ? 'tags' : options.later !== undefined && source === 'dump12' ? 'banks11' : source,
    confidence: CONFIDENCE[mark],
  };
  return { info, since: options.since };
}

function resolve(entry: Entry, path: string, liveMajor: number | undefined): ParameterInfo {
  const { info, since } = entry;
  const scaled =
    since === undefined || (liveMajor !== undefined && liveMajor >= since) ? info : unscaled(info);
  return scaled.name.includes('{') ? numbered(scaled, path) : scaled;
}

function unscaled(info: ParameterInfo): ParameterInfo {
  const { unit: _, convert: __, ...rest } = info;
  return rest;
}

function numbered(info: ParameterInfo, path: string): ParameterInfo {
  const index = Number(/\.(\d+)/.exec(path)?.[1]);
  const fill = (text: string): string =>
    text
      .replace(/\{(\d)\}/, (_, from: string) => String(index + Number(from)))
      .replace('{A}', String.fromCharCode(65 + index));
  const name = fill(info.name);
  return info.laterName === undefined
    ? { ...info, name }
    : { ...info, name, laterName: fill(info.laterName) };
}
