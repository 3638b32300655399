import type { ConversionName, Unit } from '../units.ts';
import type { SourceKey } from './sources.ts';

/** How a raw number of the file is shown: unit and conversion. A conversion without unit: Live shows the bare number. */
export interface Scale {
  readonly unit?: Unit;
  readonly convert: ConversionName;
}

/** The scales that rows of the tables name. */
export const SCALES = {
  dB: { unit: 'dB', convert: 'identity' },
  gain: { unit: 'dB', convert: 'gainToDb' },
  Hz: { unit: 'Hz', convert: 'identity' },
  noteHz: { unit: 'Hz', convert: 'noteToHz' },
  ms: { unit: 'ms', convert: 'identity' },
  s: { unit: 's', convert: 'identity' },
  sToMs: { unit: 'ms', convert: 'secondsToMs' },
  percent: { unit: '%', convert: 'identity' },
  ratio100: { unit: '%', convert: 'ratioToPercent' },
  st: { unit: 'st', convert: 'identity' },
  ct: { unit: 'ct', convert: 'identity' },
  stToCt: { unit: 'ct', convert: 'semitonesToCents' },
  deg: { unit: '°', convert: 'identity' },
  to1: { unit: 'ratio', convert: 'identity' },
  bpm: { unit: 'BPM', convert: 'identity' },
  note: { unit: 'note', convert: 'identity' },
  pan: { unit: 'L/R', convert: 'panToPosition' },
  number: { convert: 'identity' },
} as const satisfies Record<string, Scale>;

export type ScaleName = keyof typeof SCALES;

/** What a switch shows for `false` and `true`. */
export const OFF_ON = ['Off', 'On'] as const;

/**
 * - `m` measured: the default in real files, converted, is the default that Live shows (where that is 0 it proves
 *   the unit only, and the factor is that of the range)
 * - `d` documented: name and scale from the source (the default)
 * - `i` inferred: from the element name, the range, or a sister device
 */
export type Mark = 'm' | 'd' | 'i';

export interface RowOptions {
  /** The name in Live 12.4, where it changed. */
  readonly later?: string;
  /** First version of Live whose files are on this scale; before it the number means something else. */
  readonly since?: number;
}

/**
 * Path below the device element (`.*` for a numbered element), name (`{1}`, `{2}`: the number counted from 1 or
 * 2, `{A}`: as a letter), scale or item texts in order, mark, options.
 */
export type ParameterRow = readonly [
  path: string,
  name: string,
  scale?: ScaleName | readonly string[] | undefined,
  mark?: Mark,
  options?: RowOptions,
];

/** The parameters of one kind of device; `source` holds for all rows that are not inferred. */
export interface DeviceTable {
  /** XML tags; `*` = any device. */
  readonly tags: readonly string[];
  readonly source: SourceKey;
  readonly rows: readonly ParameterRow[];
}
