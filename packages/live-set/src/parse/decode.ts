/** From the text of an attribute to a value. `undefined`: not what was expected, so it stays other settings. */
import { gainToDb } from '../units.ts';
import { ABSENT, type Decode } from './rules.ts';

export const text = (value: string): string => value;

/** Empty text means that the user set none. */
export const textIfAny = (value: string): string | typeof ABSENT => (value === '' ? ABSENT : value);

export function number(value: string): number | undefined {
  const decoded = Number(value);
  return !Number.isFinite(decoded) || (decoded === 0 && value.trim() === '') ? undefined : decoded;
}

export function integer(value: string): number | undefined {
  const decoded = number(value);
  return Number.isSafeInteger(decoded) ? decoded : undefined;
}

export function boolean(value: string): boolean | undefined {
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

export function not(value: string): boolean | undefined {
  const decoded = boolean(value);
  return decoded === undefined ? undefined : !decoded;
}

/** Only `true` is worth a property. */
export function flag(value: string): true | typeof ABSENT | undefined {
  return value === 'true' ? true : value === 'false' ? ABSENT : undefined;
}

/** Linear gain to dB. Live's own bottom is −70 dB; exact silence has no number of dB. */
export function gain(value: string): number | undefined {
  const decoded = number(value);
  return decoded === undefined || decoded <= 0 ? undefined : gainToDb(decoded);
}

/** Live 10 may write a colour of its palette as 140 + index; later versions save the same one as the index. */
const SHIFTED = { first: 140, last: 209 };

/** Colour index; −1 = none. */
export function color(value: string): number | typeof ABSENT | undefined {
  const decoded = integer(value);
  if (decoded === undefined || decoded < -1) return undefined;
  if (decoded === -1) return ABSENT;
  return decoded >= SHIFTED.first && decoded <= SHIFTED.last ? decoded - SHIFTED.first : decoded;
}

/** An enumeration that Live writes as a number. */
export const choice =
  (...names: readonly string[]): Decode =>
  (value) => {
    const index = integer(value);
    return index === undefined ? undefined : names[index];
  };

/** Numerator and denominator from Live's meter code, (numerator − 1) + 99 · log2(denominator). */
export function meter(
  code: number,
): { readonly numerator: number; readonly denominator: number } | undefined {
  if (!Number.isSafeInteger(code) || code < 0 || code >= 99 * 10) return undefined;
  return { numerator: (code % 99) + 1, denominator: 2 ** Math.floor(code / 99) };
}
