/** Faders: from Live's own scale to dB. */
import type { RawValue } from '@livetree/protocol';
import { numberOf, textOf } from './raw-value.ts';

/** Bottom of a fader; Live shows it as −inf dB. */
const BOTTOM_DB = -70;
/** From here up the fader of a track is linear in dB: 0.4 is −18 dB, 0.85 is 0 dB, 1 is 6 dB (docs/live-api.md). */
const LINEAR_FROM = 0.4;
const DB_PER_FADER = 40;
const DB_AT_ZERO = -34;
/** Live holds single precision: what lies below this comes from there. */
const DIGITS = 1e4;

/**
 * Volume of a track or chain in dB: exact where the law of the fader is known, else as Live's own text says
 * it; absent when neither does.
 */
export function volumeDb(value: RawValue | undefined, text: RawValue | undefined): number | undefined {
  const raw = numberOf(value);
  if (raw === undefined) return undefined;
  if (raw >= LINEAR_FROM) return tidy(DB_PER_FADER * raw + DB_AT_ZERO);
  return raw === 0 ? BOTTOM_DB : dbOfText(text);
}

/** What a text of Live says in dB: `-45.2 dB`, `-inf dB`. */
export function dbOfText(text: RawValue | undefined): number | undefined {
  const shown = textOf(text)?.replace('−', '-').trim() ?? '';
  if (/^-inf(?: dB)?$/i.test(shown)) return BOTTOM_DB;
  const found = /^([+-]?\d+(?:\.\d+)?) ?dB$/.exec(shown)?.[1];
  return found === undefined ? undefined : Number(found);
}

const tidy = (value: number): number => Math.round(value * DIGITS) / DIGITS + 0;
