import { BYTE_CLASS, isNameCharacter, isNameStart, NAME_BYTE } from './chars.ts';
import { ByteHash, finish, SEED_HIGH, SEED_LOW } from './hash.ts';
import type { XmlInput } from './input.ts';
import type { Masks } from './tape.ts';

/** Most distinct names of elements and attributes in one document: ids are 16 bit. Real Sets have up to 1,750. */
export const MAX_NAMES = 65_535;
/** Collisions in a row after which a document is not a Set but an attack. */
const LONGEST_CHAIN = 512;
/** Bytes. Real ones have up to 60; the quick loop looks no further ahead. */
const LONGEST_NAME = 1000;

/**
 * A name is a record of {@link NAME_RECORD} numbers in {@link NameTable.records}, at `id * NAME_RECORD`: one cache
 * line holds all that the scanner wants to know of it. These are the fields.
 */
export const NAME_RECORD = 16;
/** Length in bytes, and index of its first word in {@link NameTable.words}. */
export const LENGTH = 0;
export const PLACE = 1;
/** Hash of its text, two lanes. */
export const LOW = 2;
export const HIGH = 3;
/** {@link ELEMENT_BIT}, {@link ATTRIBUTE_BIT}: such elements, attributes add nothing to the hash of what they are in. */
export const MASK = 4;
export const ELEMENT_BIT = 1;
export const ATTRIBUTE_BIT = 2;
/** The tag (`TapeBuilder.stamp`) that had an attribute of this name last. */
export const LAST_TAG = 5;
/** Guesses: the name of the first attribute in an element of this name, of the attribute after one of this name. */
export const FIRST_ATTRIBUTE = 6;
export const NEXT_ATTRIBUTE = 7;
/**
 * Guesses for the next element after one of this name was closed, after one was opened. Four fields each: the two
 * names that came last; the last element that came, when it was empty and short (0: none, −1: given up); trust in it.
 */
export const AFTER_CLOSE = 8;
export const AFTER_OPEN = 12;

const FIRST_CAPACITY = 2048;

/**
 * The distinct names of one document. {@link records} and {@link words} are read directly by the scanner's hot
 * loop: they are replaced when the table grows, so they must be read again after every {@link intern}.
 */
export class NameTable {
  readonly names: string[] = [];
  records = new Int32Array(FIRST_CAPACITY * NAME_RECORD);
  /** The bytes of all names as little-endian words, each name padded with 1–4 zeros. */
  words = new Int32Array(FIRST_CAPACITY * 8);
  #bytes = new Uint8Array(this.words.buffer);
  #wordCount = 0;
  #table = new Int32Array(FIRST_CAPACITY * 2);
  /** Id → its hash in {@link #table}. */
  readonly #keys: number[] = [];
  readonly #input: XmlInput;

  constructor(input: XmlInput, vocabulary: readonly string[]) {
    this.#input = input;
    for (const name of vocabulary) this.#addText(name);
  }

  /** Id of a name given as ASCII text; adds it. */
  idOf(name: string): number {
    const id = this.names.indexOf(name);
    return id >= 0 ? id : this.#addText(name);
  }

  /** Marks the names that the hash leaves out; after the vocabulary was given. */
  mask(masks: Masks): void {
    for (let id = 0; id < this.names.length; id += 1) {
      const element = masks.elements[id] === 1 ? ELEMENT_BIT : 0;
      const attribute = masks.attributes[id] === 1 ? ATTRIBUTE_BIT : 0;
      this.records[id * NAME_RECORD + MASK] = element | attribute;
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
    if (this.records[id * NAME_RECORD + LENGTH] !== end - start) return false;
    let own = (this.records[id * NAME_RECORD + PLACE] ?? 0) << 2;
    for (let at = start; at < end; at += 1, own += 1) {
      if (bytes[at] !== this.#bytes[own]) return false;
    }
    return true;
  }

  /** Whether the bytes at `offset` are those of the name `id`. */
  isAt(id: number, offset: number): boolean {
    const { bytes } = this.#input;
    return this.#equals(id, bytes, offset, offset + (this.records[id * NAME_RECORD + LENGTH] ?? 0));
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
    this.#check(text, start);
    return this.#insert(bytes.subarray(start, end), key, slot, text);
  }

  #check(text: string, start: number): void {
    let first = true;
    for (const character of text) {
      const codePoint = character.codePointAt(0) ?? 0;
      if (codePoint >= 0x80) this.#input.seen |= 0x80;
      if (!(first ? isNameStart(codePoint) : isNameCharacter(codePoint))) {
        this.#input.malformed(start, `"${text.slice(0, 40)}" is not a name`);
      }
      first = false;
    }
  }

  #insert(bytes: Uint8Array, key: number, slot: number, text: string): number {
    const id = this.names.length;
    const wordCount = (bytes.length + 4) >> 2;
    this.#grow(id + 1, wordCount);
    this.names.push(text);
    this.#keys.push(key);
    this.#bytes.set(bytes, this.#wordCount << 2);
    const record = id * NAME_RECORD;
    this.records[record + LENGTH] = bytes.length;
    this.records[record + PLACE] = this.#wordCount;
    this.#wordCount += wordCount;
    this.#hash(bytes, record);
    this.#table[slot] = id + 1;
    if (this.names.length * 2 > this.#table.length) this.#growTable();
    return id;
  }

  /** Hash of the text alone, so that it does not depend on the order in which names are met. */
  #hash(bytes: Uint8Array, record: number): void {
    const hash = new ByteHash();
    hash.reset(SEED_LOW, SEED_HIGH);
    for (const byte of bytes) hash.addByte(byte);
    hash.end();
    this.records[record + LOW] = finish(hash.low);
    this.records[record + HIGH] = finish(hash.high);
  }

  #grow(names: number, moreWords: number): void {
    if (names * NAME_RECORD > this.records.length) {
      const records = new Int32Array(this.records.length * 2);
      records.set(this.records);
      this.records = records;
    }
    if (this.#wordCount + moreWords > this.words.length) {
      const words = new Int32Array(this.words.length * 2 + moreWords);
      words.set(this.words);
      this.words = words;
      this.#bytes = new Uint8Array(words.buffer);
    }
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
