/** Values as Live shows them, where `live-set` does not say it already. Pure. */
import { barPosition, formatCount, formatNumber, type PropValue, type Signature } from '@livetree/live-set';

const TEXT_LENGTH = 400;

/** With its sign also above zero: `+3 st`. */
export const signed = (value: number, unit: string): string =>
  `${value > 0 ? '+' : ''}${formatNumber(value)} ${unit}`;

/** A place in the song as Live's position fields show it, always in full: `bar.beat.sixteenth`, from 1.1.1. */
export function position(beats: number, signature: Signature): string {
  const { bar, beat, sixteenth } = barPosition(beats, signature);
  return `${formatNumber(bar)}.${beat}.${sixteenth}`;
}

/** A length: in bars where it is whole ones, else in beats. */
export function length(beats: number, { numerator, denominator }: Signature): string {
  const bars = (beats * denominator) / (4 * numerator);
  if (bars >= 1 && Math.abs(bars - Math.round(bars)) < 1e-6) return formatCount(Math.round(bars), 'bar');
  return beats === 1 ? '1 beat' : `${formatNumber(beats, 3)} beats`;
}

/** `14:02` of today, with the date of any other day. `now` and `time`: ms since 1970. */
export function clockTime(time: number, now: number): string {
  const [at, today] = [new Date(time), new Date(now)];
  const clock = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (at.toDateString() === today.toDateString()) return clock;
  const day = at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
  return `${day}, ${clock}`;
}

/** How long ago, in the largest whole unit: `just now`, `3 min ago`, `2 h ago`, `4 days ago`. Both ms since 1970. */
export function sinceText(time: number, now: number): string {
  const minutes = Math.floor((now - time) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}

/** `sampleCount` → `Sample count`. */
export function humanise(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value of which nothing more is known. */
export function plain(value: PropValue | readonly number[]): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return formatNumber(value, 3);
  if (typeof value === 'string')
    return value.length > TEXT_LENGTH ? `${value.slice(0, TEXT_LENGTH)} …` : value;
  return formatCount(value.length, 'value');
}
