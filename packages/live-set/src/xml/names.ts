import { BYTE_CLASS, isName, isNameStart, NAME_BYTE } from './chars.ts';
import { finish, mixHigh, mixLow, SEED_HIGH, SEED_LOW } from './hash.ts';
import type { XmlInput } from './input.ts';
import type { Masks } from './tape.ts';
import { clearedRecords, keepName, keptNames, restoreNames } from './tape-writer.ts';

/** Most distinct names of elements and attributes in one document: ids are 16 bit. Real Sets have up to 1,750. */
const MAX_NAMES = 65_535;
/** Collisions in a row after which a document is not a Set but an attack. */
const LONGEST_CHAIN = 512;
/** Bytes. Real ones have up to 60; the quick loop looks no further ahead. */
const LONGEST_NAME = 1000;

/**
 * A name is a record of {@link NAME_RECORD} numbers in {@link NameTable.records}, at `id * NAME_RECORD`: one cache
 * line holds all that the scanner wants to know of it. These are the fields.
 */
export const NAME_RECORD = 16;
/** Length in bytes, and two bits: elements, attributes of this name add nothing to the hash of what they are in. */
const LENGTH = 0;
const LENGTH_BITS = 0x3ff;
export const ELEMENT_MASK_BIT = 0x10000;
export const ATTRIBUTE_MASK_BIT = 0x20000;
export const MASKS = LENGTH;
/** Where the quick loop keeps its text. */
const PLACE = 1;
/** Hash of its text, two lanes. */
export const LOW = 2;
export const HIGH = 3;
/** The tag (`TapeBuilder.stamp`) that had an attribute of this name last. */
export const LAST_TAG = 5;
/** Guesses: the name of the first attribute in an element of this name, of the attribute after one of this name. */
export const FIRST_ATTRIBUTE = 6;
export const NEXT_ATTRIBUTE = 7;
/** Guesses for the next element after one of this name was closed, after one was opened: {@link GUESSES} names each. */
export const AFTER_CLOSE = 8;
export const AFTER_OPEN = 12;
export const GUESSES = 4;

/** The quick loop's records hold twice as many. */
const MOST_PREPARED = 4096;

/** A name table as it is when it holds nothing but a vocabulary. */
interface Prepared {
  readonly vocabulary: readonly string[];
  readonly names: readonly string[];
  readonly bytes: readonly Uint8Array[];
  readonly keys: readonly number[];
  readonly table: Int32Array;
  readonly records: Int32Array;
  readonly kept: Uint8Array;
}
/** That of the vocabulary given last. */
let prepared: Prepared | undefined;

/**
 * The distinct names of one document. {@link records} belongs to the quick loop; with more names than fit there it is
 * replaced, and the quick loop stands aside. So it must be read again after every {@link NameTable.intern}.
 */
export class NameTable {
  readonly names: string[];
  records = clearedRecords();
  /** The bytes of each name. */
  readonly #bytes: Uint8Array[];
  #kept: number;
  #table: Int32Array;
  /** Id → its hash in {@link #table}. */
  readonly #keys: number[];
  readonly #input: XmlInput;

  constructor(input: XmlInput, vocabulary: readonly string[]) {
    this.#input = input;
    const known = prepared?.vocabulary === vocabulary ? prepared : undefined;
    this.names = [...(known?.names ?? [])];
    this.#bytes = [...(known?.bytes ?? [])];
    this.#keys = [...(known?.keys ?? [])];
    this.#kept = known?.kept.length ?? 0;
    this.#table = known?.table.slice() ?? new Int32Array(4096);
    if (known === undefined) this.#prepare(vocabulary);
    else restoreNames(known.records, known.kept);
  }

  /** Adds the vocabulary, and keeps what came of it: the next document has the same one. */
  #prepare(vocabulary: readonly string[]): void {
    for (const name of vocabulary) this.#addText(name);
    if (this.names.length > MOST_PREPARED) return;
    prepared = {
      vocabulary,
      names: [...this.names],
      bytes: [...this.#bytes],
      keys: [...this.#keys],
      table: this.#table.slice(),
      records: this.records.slice(0, this.names.length * NAME_RECORD),
      kept: keptNames(this.#kept),
    };
  }

  /** Marks the names that the hash leaves out; after the vocabulary was given. */
  mask(masks: Masks): void {
    for (let id = 0; id < this.names.length; id += 1) {
      const element = masks.elements[id] === 1 ? ELEMENT_MASK_BIT : 0;
      const attribute = masks.attributes[id] === 1 ? ATTRIBUTE_MASK_BIT : 0;
      this.records[id * NAME_RECORD + MASKS] = this.lengthOf(id) | element | attribute;
    }
  }

  /**
   * Id of the name that begins at `start`; its end is `start` plus its length. Adds it when new.
   * @throws LiveSetError XML_MALFORMED, XML_CUT_OFF, XML_TOO_MANY_NAMES
   */
  intern(start: number): number {
    const bytes = this.#input.bytes;
    let end = start;
    let key = 0;
    for (let byte = bytes[end] ?? 0; ((BYTE_CLASS[byte] ?? 0) & NAME_BYTE) !== 0; byte = bytes[end] ?? 0) {
      key = Math.imul(key ^ byte, 0x01000193);
      end += 1;
    }
    if (end === start) this.#input.malformed(start, 'a name is missing');
    if (end - start > LONGEST_NAME)
      this.#input.exceeds('XML_TOO_MANY_NAMES', start, 'a name that is too long');
    key ^= key >>> 15;
    const slot = this.#find(bytes, start, end, key);
    return slot < 0 ? this.#add(bytes, start, end, key, ~slot) : (this.#table[slot] ?? 0) - 1;
  }

  /** Slot of the name in the table, or `~slot` of the free one where it belongs. */
  #find(bytes: Uint8Array, start: number, end: number, key: number): number {
    const mask = this.#table.length - 1;
    for (let step = 0, slot = key & mask; step < LONGEST_CHAIN; step += 1, slot = (slot + 1) & mask) {
      const id = (this.#table[slot] ?? 0) - 1;
      if (id < 0) return ~slot;
      if (this.#keys[id] === key && this.#equals(id, bytes, start, end)) return slot;
    }
    this.#tooMany(start);
  }

  #equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.#bytes[id];
    if (own?.length !== end - start) return false;
    for (let i = 0; i < own.length; i += 1) {
      if (bytes[start + i] !== own[i]) return false;
    }
    return true;
  }

  /** Length of a name in bytes. */
  lengthOf(id: number): number {
    return (this.records[id * NAME_RECORD + LENGTH] ?? 0) & LENGTH_BITS;
  }

  /** Whether the bytes at `offset` are those of the name `id`. */
  isAt(id: number, offset: number): boolean {
    const { bytes } = this.#input;
    return this.#equals(id, bytes, offset, offset + this.lengthOf(id));
  }

  #addText(name: string): number {
    const bytes = Uint8Array.from(name, (character) => character.charCodeAt(0));
    let key = 0;
    for (const byte of bytes) key = Math.imul(key ^ byte, 0x01000193);
    key ^= key >>> 15;
    const slot = this.#find(bytes, 0, bytes.length, key);
    if (slot >= 0) throw new TypeError(`the vocabulary holds "${name}" twice`);
    return this.#insert(bytes, key, ~slot, name);
  }

  #add(bytes: Uint8Array, start: number, end: number, key: number, slot: number): number {
    if (this.names.length >= MAX_NAMES) this.#tooMany(start);
    const text = this.#input.platform.decode(bytes, start, end);
    if (text.length < end - start || !isNameStart(bytes[start] ?? 0)) this.#check(text, start);
    return this.#insert(bytes.subarray(start, end), key, slot, text);
  }

  /** For names that are not all ASCII, or begin wrongly: of the others each byte has been looked at. */
  #check(text: string, start: number): void {
    if (!isName(text)) this.#input.malformed(start, `"${text.slice(0, 40)}" is not a name`);
    for (let i = 0; i < text.length; i += 1) this.#input.seen |= text.charCodeAt(i) >= 0x80 ? 0x80 : 0;
  }

  #insert(bytes: Uint8Array, key: number, slot: number, text: string): number {
    const id = this.names.length;
    if ((id + 1) * NAME_RECORD > this.records.length) this.#growRecords();
    this.names.push(text);
    this.#keys.push(key);
    this.#bytes.push(bytes);
    const record = id * NAME_RECORD;
    const { place, end } = keepName(bytes, this.#kept);
    this.#kept = end;
    this.records[record + LENGTH] = bytes.length;
    this.records[record + PLACE] = place;
    this.#hash(bytes, record);
    this.#table[slot] = id + 1;
    if (this.names.length * 2 > this.#table.length) this.#growTable();
    return id;
  }

  /** Hash of the text alone, so that it does not depend on the order in which names are met. */
  #hash(bytes: Uint8Array, record: number): void {
    let low = SEED_LOW;
    let high = SEED_HIGH;
    const { length } = bytes;
    for (let at = 0; at <= length; at += 4) {
      const word = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
      const last = at + 4 > length ? (length - at) << 24 : (bytes[at + 3] ?? 0) << 24;
      low = mixLow(low, word | last);
      high = mixHigh(high, word | last);
    }
    this.records[record + LOW] = finish(low);
    this.records[record + HIGH] = finish(high);
  }

  #growRecords(): void {
    const records = new Int32Array(this.records.length * 2);
    records.set(this.records);
    this.records = records;
  }

  #growTable(): void {
    const table = new Int32Array(this.#table.length * 2);
    const mask = table.length - 1;
    for (let id = 0; id < this.names.length; id += 1) {
      let slot = (this.#keys[id] ?? 0) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = id + 1;
    }
    this.#table = table;
  }

  #tooMany(offset: number): never {
    this.#input.exceeds('XML_TOO_MANY_NAMES', offset, `more than ${MAX_NAMES} different names`);
  }
}
