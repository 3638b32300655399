/** Values as Live shows them. Pure. */
import { barPosition, type PropValue, type Signature } from '@livetree/live-set';

/** Bottom of Live's faders, dB. */
const SILENT_DB = -70;
const NOTE_NAMES = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B'];
const TEXT_LENGTH = 400;

/** At most `digits` decimals, a true minus sign, no negative zero. */
export function decimal(value: number, digits = 2): string {
  const text = value.toFixed(digits);
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' ? '0' : short.replace('-', '−');
}

export const decibels = (db: number): string =>
  db <= SILENT_DB
    ? '−inf dB'
    : `${db
        .toFixed(1)
        .replace(/^-(0\.0)$/, '$1')
        .replace('-', '−')} dB`;

/** −1 … 1 → `50L` … `C` … `50R`. */
export function panning(pan: number): string {
  const position = Math.round(Math.abs(pan) * 50);
  if (position === 0) return 'C';
  return `${position}${pan < 0 ? 'L' : 'R'}`;
}

export const signed = (value: number, unit: string): string =>
  `${value > 0 ? '+' : ''}${decimal(value)} ${unit}`;

/** A parameter's value in its unit (the names of units are those of `live-set`). */
export function withUnit(value: number, unit: string): string {
  switch (unit) {
    case 'dB':
      return decibels(value);
    case 'Hz':
      return Math.abs(value) >= 1000 ? `${decimal(value / 1000)} kHz` : `${decimal(value, 1)} Hz`;
    case 'ms':
      return Math.abs(value) >= 1000 ? `${decimal(value / 1000)} s` : `${decimal(value)} ms`;
    case 'st':
    case 'ct':
      return signed(value, unit);
    case 'note':
      return noteName(Math.round(value));
    case 'L/R':
      return panning(value / 50);
    case 'ratio':
      return `${decimal(value)} : 1`;
    default:
      return `${decimal(value)} ${unit}`;
  }
}

/** 60 → `C3`, as Live counts octaves. */
export const noteName = (note: number): string =>
  `${NOTE_NAMES[((note % 12) + 12) % 12]}${decimal(Math.floor(note / 12) - 2, 0)}`;

/** 0 = C … 11 = B. */
export const rootName = (root: number): string => NOTE_NAMES[root] ?? decimal(root);

/** A place in the song as Live's position fields show it: `bar.beat.sixteenth`, from 1.1.1. */
export function position(beats: number, signature: Signature): string {
  const { bar, beat, sixteenth } = barPosition(beats, signature);
  return `${decimal(bar)}.${beat}.${sixteenth}`;
}

/** A length: in bars where it is whole ones, else in beats. */
export function length(beats: number, { numerator, denominator }: Signature): string {
  const bars = (beats * denominator) / (4 * numerator);
  if (bars >= 1 && Math.abs(bars - Math.round(bars)) < 1e-6) return plural(Math.round(bars), 'bar');
  return beats === 1 ? '1 beat' : `${decimal(beats, 3)} beats`;
}

export const plural = (count: number, thing: string): string =>
  `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;

/** `14:02` of today, with the date of any other day. `now` and `time`: ms since 1970. */
export function clockTime(time: number, now: number): string {
  const [at, today] = [new Date(time), new Date(now)];
  const clock = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (at.toDateString() === today.toDateString()) return clock;
  const day = at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
  return `${day}, ${clock}`;
}

/** `sampleCount` → `Sample count`. */
export function humanise(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value of which nothing more is known. */
export function plain(value: PropValue | readonly number[]): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return decimal(value, 3);
  if (typeof value === 'string')
    return value.length > TEXT_LENGTH ? `${value.slice(0, TEXT_LENGTH)} …` : value;
  return plural(value.length, 'value');
}
