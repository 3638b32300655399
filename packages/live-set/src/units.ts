/**
 * Units in which Live shows values, and the exact conversions from the numbers of a file to them
 * (docs/als-format.md). A conversion says nothing about rounding: text for people is made elsewhere.
 */

/**
 * `st` semitones, `ct` cents, `ratio` the first number of "4.00 : 1", `note` a MIDI note number (60 = C3 as
 * Live names it), `L/R` −50 (left) … 50 (right), `°` degrees.
 */
export type Unit = 'dB' | 'Hz' | 'ms' | 's' | '%' | 'st' | 'ct' | '°' | 'ratio' | 'BPM' | 'note' | 'L/R';

/** Linear gain to dB: 1 → 0; 0 → −Infinity, which Live shows as −inf dB; a negative gain is not a number. */
export function gainToDb(gain: number): number {
  return 20 * Math.log10(gain);
}

/** dB to linear gain: 0 → 1, −Infinity → 0. */
export function dbToGain(db: number): number {
  return 10 ** (db / 20);
}

/** MIDI note number, fractions allowed, to Hz at 440 Hz tuning: 69 → 440. */
export function noteToHz(note: number): number {
  return 440 * 2 ** ((note - 69) / 12);
}

/** Hz, above 0, to a MIDI note number. */
export function hzToNote(hz: number): number {
  return 69 + 12 * Math.log2(hz / 440);
}

/** A conversion between the number in the file and the number in the unit. */
export interface Conversion {
  readonly toUnit: (raw: number) => number;
  readonly fromUnit: (value: number) => number;
}

const scaledBy = (factor: number): Conversion => ({
  toUnit: (raw) => raw * factor,
  fromUnit: (value) => value / factor,
});

/** All conversions, by name. Each has its inverse. */
export const CONVERSIONS = {
  /** The file holds the unit itself. */
  identity: scaledBy(1),
  gainToDb: { toUnit: gainToDb, fromUnit: dbToGain },
  noteToHz: { toUnit: noteToHz, fromUnit: hzToNote },
  /** 1 → 100 %. */
  ratioToPercent: scaledBy(100),
  secondsToMs: scaledBy(1000),
  semitonesToCents: scaledBy(100),
  /** −1 … 1 to Live's 50L … 50R, left negative. */
  panToPosition: scaledBy(50),
} as const satisfies Record<string, Conversion>;

export type ConversionName = keyof typeof CONVERSIONS;
