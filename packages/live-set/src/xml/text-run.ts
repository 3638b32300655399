import { isWhiteSpace, isXmlCharacter } from './chars.ts';
import { ByteHash, SEED_HIGH, SEED_LOW } from './hash.ts';
import type { XmlInput } from './input.ts';
import { readReference } from './reference.ts';

const LESS_THAN = 0x3c;
const GREATER_THAN = 0x3e;
const AMPERSAND = 0x26;
const CLOSING_BRACKET = 0x5d;

/**
 * The character data of one element between two tags, hashed without white space: text in a Set is a hex dump
 * whose lines and indentation mean nothing (docs/als-format.md, "Container and text").
 */
export class TextRun {
  readonly hash = new ByteHash();
  /** Whether anything but white space was met since {@link reset}. */
  isFilled = false;
  readonly #input: XmlInput;

  constructor(input: XmlInput) {
    this.#input = input;
  }

  reset(): void {
    this.hash.reset(SEED_LOW, SEED_HIGH);
    this.isFilled = false;
  }

  /** Reads text from `start` to the next `<`. @returns the offset of that `<` @throws LiveSetError */
  read(start: number): number {
    const input = this.#input;
    const end = input.indexOf(LESS_THAN, start);
    this.#refuseSectionEnd(start, end);
    for (let at = this.#readWords(start, end); at < end; at = this.#readWords(at, end))
      at = this.#readCharacter(at);
    if (end >= input.length) input.cutOff();
    return end;
  }

  /**
   * The lines of a hex dump, in whole words; stops before anything else. Local variables and literals for speed:
   * in some Sets this is nine tenths of the file (bench/scan.mjs, loukass_kickb).
   */
  #readWords(start: number, end: number): number {
    if (!this.hash.isAligned) return start;
    const { bytes, view } = this.#input;
    const last = end - 4;
    let { low, high } = this.hash;
    let at = start;
    while (at <= last) {
      const word = view.getInt32(at, true);
      if ((((word - 0x30303030) | word) & 0x80808080) === 0) {
        // All four bytes lie in 0x30…0x7f: neither white space nor "&" nor part of a longer character.
        low = Math.imul(low ^ word, 0x9e3779b1);
        low = (low << 13) | (low >>> 19);
        high = Math.imul(high ^ word, 0x85ebca77);
        high = (high << 17) | (high >>> 15);
        this.isFilled = true;
        at += 4;
      } else if (word === 0x09090909) {
        at += 4;
      } else {
        const byte = bytes[at]!;
        if (byte !== 9 && byte !== 10 && byte !== 13) break;
        at += 1;
      }
    }
    this.hash.low = low;
    this.hash.high = high;
    return at;
  }

  /** Adds a CDATA section's content, which has no references. */
  readLiteral(start: number, end: number): void {
    for (let at = start; at < end; at += 1) this.#addByte(at, this.#input.at(at));
  }

  #refuseSectionEnd(start: number, end: number): void {
    const input = this.#input;
    for (let at = input.indexOf(GREATER_THAN, start); at < end; at = input.indexOf(GREATER_THAN, at + 1)) {
      const isSectionEnd =
        at - 2 >= start && input.at(at - 1) === CLOSING_BRACKET && input.at(at - 2) === CLOSING_BRACKET;
      if (isSectionEnd) input.malformed(at - 2, '"]]>" stands in text');
    }
  }

  #readCharacter(at: number): number {
    const byte = this.#input.at(at);
    if (byte !== AMPERSAND) {
      this.#addByte(at, byte);
      return at + 1;
    }
    const codePoint = readReference(this.#input, at);
    if (!isWhiteSpace(codePoint)) {
      this.hash.addCharacter(codePoint);
      this.isFilled = true;
    }
    return this.#input.next;
  }

  #addByte(at: number, byte: number): void {
    if (isWhiteSpace(byte)) return;
    if (!isXmlCharacter(byte)) this.#input.malformed(at, 'a control character stands in text');
    this.#input.seen |= byte;
    this.hash.addByte(byte);
    this.isFilled = true;
  }
}
