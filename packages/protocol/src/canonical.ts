/**
 * Canonical bytes of what the Remote Script stated of a node, and their hash: the audit of docs/protocol-script.md.
 * The script computes the same in Python; fixtures/canonical.json holds both to it.
 */
import type { FloatValue, HandleValue, RawValue } from './script.ts';

/** A JSON value; numbers that are not finite may stand for themselves or be {@link FloatValue}s. */
export type CanonicalValue =
  | null
  | boolean
  | number
  | string
  | readonly CanonicalValue[]
  | HandleValue
  | FloatValue
  | { readonly [key: string]: CanonicalValue };

/** SHA-1 of bytes, in hexadecimal digits. */
export type Sha1 = (bytes: Uint8Array) => string;

/** Properties that no audit counts: stated only while observed, or made by Live from others. */
export const AUDIT_LEFT_OUT: ReadonlySet<string> = new Set([
  'text',
  'value_text',
  'volume_text',
  'cue_volume_text',
  'notes',
  'warp_markers',
]);

/**
 * The hash that `audit` carries.
 * @param props raw values by name; `null` and those of {@link AUDIT_LEFT_OUT} do not count
 * @param lists handles by the name of each list ever stated, empty ones too
 * @returns 16 hexadecimal digits
 */
export function nodeHash(
  kind: string,
  props: Readonly<Record<string, RawValue>>,
  lists: Readonly<Record<string, readonly number[]>>,
  sha1: Sha1,
): string {
  const kept = Object.entries(props).filter(([name, value]) => value !== null && !AUDIT_LEFT_OUT.has(name));
  const out = new Bytes();
  write(out, kind);
  writePairs(out, kept);
  writePairs(out, Object.entries(lists));
  return sha1(out.take()).slice(0, 16);
}

/** Canonical bytes of one value. Linear, but for the order of an object's keys. */
export function canonicalBytes(value: CanonicalValue): Uint8Array {
  const out = new Bytes();
  write(out, value);
  return out.take();
}

/** The number that a value stands for: itself, or the one that JSON cannot hold; `undefined`: no number. */
export function numberOf(value: CanonicalValue): number | undefined {
  if (typeof value === 'number') return value;
  return isFloatValue(value) ? NAMED[value.float] : undefined;
}

/** A number as JSON holds it. −0 is a number of its own here, but JSON.stringify writes it as 0. */
export function jsonNumber(value: number): number | FloatValue {
  if (Number.isFinite(value)) return value;
  return { float: Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf' };
}

const NAMED: Readonly<Record<FloatValue['float'], number>> = {
  inf: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
  nan: Number.NaN,
};

function isFloatValue(value: CanonicalValue): value is CanonicalValue & FloatValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  const [key, name] = entries[0] ?? [];
  return entries.length === 1 && key === 'float' && typeof name === 'string' && Object.hasOwn(NAMED, name);
}

const TAG = { null: 78, true: 84, false: 70, number: 68, string: 83, array: 65, object: 79 } as const;

function write(out: Bytes, value: CanonicalValue): void {
  const number = numberOf(value);
  if (number !== undefined) out.tag(TAG.number).double(number);
  else if (value === null) out.tag(TAG.null);
  else if (typeof value === 'boolean') out.tag(value ? TAG.true : TAG.false);
  else if (typeof value === 'string') writeText(out, utf8(value));
  else if (isArray(value)) writeArray(out, value);
  else if (typeof value === 'object') writePairs(out, Object.entries(value));
}

/** Array.isArray does not narrow readonly arrays. */
const isArray = (value: CanonicalValue): value is readonly CanonicalValue[] => Array.isArray(value);

function writeText(out: Bytes, text: Uint8Array): void {
  out.tag(TAG.string).count(text.length).bytes(text);
}

function writeArray(out: Bytes, items: readonly CanonicalValue[]): void {
  out.tag(TAG.array).count(items.length);
  for (const item of items) write(out, item);
}

function writePairs(out: Bytes, pairs: readonly (readonly [string, CanonicalValue])[]): void {
  out.tag(TAG.object).count(pairs.length);
  const encoded = pairs.map(([key, value]) => [utf8(key), value] as const);
  for (const [key, value] of encoded.sort(([a], [b]) => compareBytes(a, b))) {
    writeText(out, key);
    write(out, value);
  }
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** UTF-8, a lone surrogate as the three bytes it would have: what platforms replace is kept here. */
function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let at = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes[at++] = code;
    else at = manyBytes(bytes, at, code);
  }
  return bytes.subarray(0, at);
}

/** Writes a code point over 127; returns the offset behind it. */
function manyBytes(bytes: Uint8Array, at: number, code: number): number {
  const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  bytes[at] = ((0xff << (7 - more)) & 0xff) | (code >> (6 * more));
  for (let i = 1; i <= more; i++) bytes[at + i] = 0x80 | ((code >> (6 * (more - i))) & 0x3f);
  return at + more + 1;
}

/** Bytes that grow. */
class Bytes {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  tag(code: number): this {
    this.#reserve(1);
    this.#bytes[this.#length++] = code;
    return this;
  }

  count(value: number): this {
    this.#reserve(4);
    this.#view.setUint32(this.#length, value);
    this.#length += 4;
    return this;
  }

  /** Eight bytes, big-endian; every NaN is 7ff8000000000000. */
  double(value: number): this {
    this.#reserve(8);
    if (Number.isNaN(value)) this.#view.setBigUint64(this.#length, 0x7ff8000000000000n);
    else this.#view.setFloat64(this.#length, value);
    this.#length += 8;
    return this;
  }

  bytes(value: Uint8Array): this {
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
    return this;
  }

  take(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
