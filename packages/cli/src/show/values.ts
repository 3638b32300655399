/** Values as Live shows them, for lines: what is at its default is an empty text, for it is no news. */
import {
  formatCount,
  formatDecibels,
  formatNote,
  formatPan,
  formatSignature,
  formatTempo,
} from '@livetree/live-set';

const CENTRE = 'C';
const DEFAULT_DENOMINATOR = 4;
const SHUT = formatDecibels(Number.NEGATIVE_INFINITY);

/** A fader: empty at 0 dB. */
export function volumeText(db: number | undefined): string {
  const text = db === undefined ? '' : formatDecibels(db);
  return text === formatDecibels(0) ? '' : text;
}

/** Whether a fader is at its bottom. */
export const isShut = (db: number): boolean => formatDecibels(db) === SHUT;

/** −1 … 1 as `50L` … `50R`: empty in the middle. */
export function panText(pan: number | undefined): string {
  const text = formatPan(pan ?? 0);
  return text === CENTRE ? '' : text;
}

export const noteText = (note: number | undefined): string => (note === undefined ? '' : formatNote(note));

export const tempoText = (bpm: number | undefined): string => (bpm === undefined ? '' : formatTempo(bpm));

export const meterText = (numerator: number | undefined, denominator: number | undefined): string =>
  numerator === undefined
    ? ''
    : formatSignature({ numerator, denominator: denominator ?? DEFAULT_DENOMINATOR });

/** `3 notes`; empty for none. */
export const counted = (count: number | undefined, thing: string): string =>
  count === undefined || count === 0 ? '' : formatCount(count, thing);
