import { isWhiteSpace, isXmlCharacter } from './chars.ts';
import { ByteHash, SEED_HIGH, SEED_LOW } from './hash.ts';
import type { XmlInput } from './input.ts';
import { readReference } from './reference.ts';
import { readHexLines } from './scan-quickly.ts';

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

  /** The lines of a hex dump: in some Sets nine tenths of the file (bench/scan.mjs, loukass_kickb). */
  #readWords(start: number, end: number): number {
    return this.hash.isAligned ? readHexLines(this.#input.bytes, start, end, this) : start;
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
