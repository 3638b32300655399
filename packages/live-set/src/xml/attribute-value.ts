import { isXmlCharacter } from './chars.ts';
import { ByteHash } from './hash.ts';
import type { XmlInput } from './input.ts';
import { readReference } from './reference.ts';
import { HAS_ESCAPES } from './tape.ts';

const LESS_THAN = 0x3c;
const AMPERSAND = 0x26;
const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;
const SPACE = 32;

/** Reads the values that the hot loop does not: with `&`, line ends, tabs or single quotes. Hashes what they mean. */
export class AttributeValueReader {
  readonly hash = new ByteHash();
  /** {@link HAS_ESCAPES} when the raw bytes are not the value itself, else 0. */
  escapes = 0;
  readonly #input: XmlInput;

  constructor(input: XmlInput) {
    this.#input = input;
  }

  /**
   * Reads a value from `start` up to `quote`, adding it to the lanes given.
   * @returns the offset of the closing quote
   * @throws LiveSetError
   */
  read(start: number, quote: number, low: number, high: number): number {
    this.hash.reset(low, high);
    this.escapes = 0;
    let at = start;
    for (let byte = this.#input.at(at); byte !== quote; byte = this.#input.at(at)) {
      at =
        byte > SPACE && byte !== AMPERSAND && byte !== LESS_THAN
          ? this.#addPlain(at, byte)
          : this.#addSpecial(at, byte);
    }
    this.hash.end();
    return at;
  }

  #addPlain(at: number, byte: number): number {
    this.#input.seen |= byte;
    this.hash.addByte(byte);
    return at + 1;
  }

  #addSpecial(at: number, byte: number): number {
    if (byte === SPACE) return this.#addPlain(at, byte);
    if (byte === LESS_THAN) this.#input.malformed(at, '"<" stands in an attribute value');
    if (!isXmlCharacter(byte)) this.#input.malformed(at, 'a control character stands in an attribute value');
    this.escapes = HAS_ESCAPES;
    if (byte === AMPERSAND) {
      this.hash.addCharacter(readReference(this.#input, at));
      return this.#input.next;
    }
    // Tab, line feed and carriage return mean one space, CR LF as well (XML 1.0, 2.11 and 3.3.3).
    this.hash.addByte(SPACE);
    return byte === CARRIAGE_RETURN && this.#input.at(at + 1) === LINE_FEED ? at + 2 : at + 1;
  }
}
