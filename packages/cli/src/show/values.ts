/** Values as Live shows them. What is at its default is an empty text: it is no news. */

/** The bottom of Live's faders; a few bits of the file's number lie beside it. */
const BOTTOM_DB = -69.99;

/** A fader: empty at 0 dB. */
export function volumeText(db: number | undefined): string {
  return db === undefined || rounded(db, 1) === '0' ? '' : levelText(db);
}

/** `−8.5 dB`; Live shows the bottom of a fader as `−inf dB`. */
export function levelText(db: number): string {
  if (isShut(db)) return '−inf dB';
  return `${withMinus(db.toFixed(1).replace(/^-0\.0$/, '0.0'))} dB`;
}

/** Whether a fader is at its bottom. */
export const isShut = (db: number): boolean => db <= BOTTOM_DB;

/** −1 … 1 as `50L` … `50R`: empty in the middle. */
export function panText(pan: number | undefined): string {
  const position = Math.round((pan ?? 0) * 50);
  if (position === 0) return '';
  return position < 0 ? `${-position}L` : `${position}R`;
}

const NOTES = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B'];

/** Live calls MIDI note 60 C3. */
export const noteText = (note: number | undefined): string =>
  note === undefined ? '' : `${NOTES[note % 12] ?? '?'}${withMinus(String(Math.floor(note / 12) - 2))}`;

export const tempoText = (bpm: number | undefined): string =>
  bpm === undefined ? '' : `${rounded(bpm, 2)} BPM`;

export const meterText = (numerator: number | undefined, denominator: number | undefined): string =>
  numerator === undefined ? '' : `${numerator}/${denominator ?? 4}`;

/** `3 notes`; empty for none. */
export const counted = (count: number | undefined, thing: string): string =>
  count === undefined || count === 0 ? '' : `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;

const rounded = (value: number, digits: number): string => {
  const factor = 10 ** digits;
  const text = String(Math.round(value * factor) / factor);
  return text === '-0' ? '0' : withMinus(text);
};

/** A true minus sign: as wide as a digit. */
const withMinus = (text: string): string => text.replace('-', '−');
