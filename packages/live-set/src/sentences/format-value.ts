/** Values as Live shows them: the one place that rounds and adds units (see units.ts for the conversions). */
import type { Signature } from '../model/bars.ts';
import type { PropValue } from '../model/node.ts';

/** Bottom of Live's faders; a few bits of the file's number lie beside −70. */
const SILENT_DB = -69.99;
const NOTE_NAMES = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B'];

/** A true minus sign, no negative zero. */
const signText = (text: string): string =>
  /^-0(\.0*)?$/.test(text) ? text.slice(1) : text.replace('-', '−');

/** At most `digits` decimals, without zeros at the end. */
export function formatNumber(value: number, digits = 2): string {
  const text = value.toFixed(digits);
  return signText(text.includes('.') ? text.replace(/\.?0+$/, '') : text);
}

/** Three digits as in Live's displays: `1.20`, `12.5`, `340`. */
function threeDigits(value: number, more = 0): string {
  const size = Math.abs(value);
  const decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return signText(value.toFixed(decimals + more));
}

/** `−8.5 dB`; the bottom of a fader is `−inf dB`, as in Live. */
export function formatDecibels(db: number, more = 0): string {
  return db <= SILENT_DB ? '−inf dB' : `${signText(db.toFixed(1 + more))} dB`;
}

/** −1 … 1 → `50L` … `C` … `50R`. */
export function formatPan(pan: number, more = 0): string {
  const position = formatNumber(Math.abs(pan) * 50, more);
  return position === '0' ? 'C' : `${position}${pan < 0 ? 'L' : 'R'}`;
}

/** 60 → `C3`, as Live counts octaves. */
export function formatNote(note: number): string {
  const whole = Math.round(note);
  return `${NOTE_NAMES[((whole % 12) + 12) % 12]}${formatNumber(Math.floor(whole / 12) - 2, 0)}`;
}

/** 0 = C … 11 = B, without octave. */
export const formatRoot = (root: number): string => NOTE_NAMES[root] ?? formatNumber(root);

export const formatTempo = (bpm: number, more = 0): string => `${formatNumber(bpm, 2 + more)} BPM`;

export const formatSignature = ({ numerator, denominator }: Signature): string =>
  `${numerator}/${denominator}`;

/** `1 note`, `1,204 notes`. */
export const formatCount = (count: number, thing: string): string =>
  `${String(count).replace(/\B(?=(\d{3})+$)/g, ',')} ${thing}${count === 1 ? '' : 's'}`;

/** With its sign also above zero: `+3 st`. */
const formatSigned = (value: number, unit: string, more: number): string =>
  `${value > 0 ? '+' : ''}${formatNumber(value, 2 + more)} ${unit}`;

/** Hz from 1,000 on as kHz, ms as s. */
const thousand = (value: number, unit: string, bigUnit: string, more: number): string =>
  Math.abs(value) >= 999.5
    ? `${threeDigits(value / 1000, more)} ${bigUnit}`
    : `${threeDigits(value, more)} ${unit}`;

/**
 * A parameter's value in its unit (the names of units are those of `Unit`).
 * @param more digits beyond what Live shows, to tell two values apart
 */
export function formatInUnit(value: number, unit: string, more = 0): string {
  switch (unit) {
    case 'dB':
      return formatDecibels(value, more);
    case 'Hz':
      return thousand(value, 'Hz', 'kHz', more);
    case 'ms':
      return thousand(value, 'ms', 's', more);
    case 's':
      return `${threeDigits(value, more)} s`;
    case '%':
      return `${formatNumber(value, 1 + more)} %`;
    case 'st':
    case 'ct':
      return formatSigned(value, unit, more);
    case '°':
      return `${formatNumber(value, more)}°`;
    case 'note':
      return more > 0 ? formatNumber(value, 2 + more) : formatNote(value);
    case 'L/R':
      return formatPan(value / 50, more);
    case 'ratio':
      return `${formatNumber(value, 2 + more)} : 1`;
    case 'BPM':
      return formatTempo(value, more);
    default:
      return `${formatNumber(value, 2 + more)} ${unit}`;
  }
}

/** A value with or without unit: switches as `on` and `off`, text as it is. */
export function formatValue(value: PropValue, unit?: string, more = 0): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return value;
  return unit === undefined
    ? formatNumber(value, (Math.abs(value) < 1 ? 3 : 2) + more)
    : formatInUnit(value, unit, more);
}

const MOST_DIGITS = 6;

/** `old → new`, with as many digits as it takes to see a difference. */
export function formatChange<V>(was: V, now: V, show: (value: V, more: number) => string): string {
  for (let more = 0; more <= MOST_DIGITS; more++) {
    const [old, young] = [show(was, more), show(now, more)];
    if (old !== young) return `${old} → ${young}`;
  }
  return `slightly changed (${show(now, 0)})`;
}
