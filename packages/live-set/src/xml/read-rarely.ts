import { AttributeValueReader } from './attribute-value.ts';
import { BYTE_CLASS, NAME_BYTE } from './chars.ts';
import { finish, mixHigh, mixLow } from './hash.ts';
import type { XmlInput } from './input.ts';
import { readMarkup, skipWhiteSpace } from './misc.ts';
import {
  AFTER_CLOSE,
  AFTER_OPEN,
  ATTRIBUTE_MASK_BIT,
  ELEMENT_MASK_BIT,
  FIRST_ATTRIBUTE,
  GUESSES,
  HIGH,
  LAST_TAG,
  LOW,
  MASKS,
  NAME_RECORD,
  NEXT_ATTRIBUTE,
} from './names.ts';
import type { TapeBuilder } from './tape-builder.ts';
import {
  addAttribute,
  closeElement,
  deepest,
  makeRoom,
  openElement,
  openName,
  saveHash,
} from './tape-writer.ts';
import { TextRun } from './text-run.ts';

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const SLASH = 0x2f;
const EXCLAMATION_MARK = 0x21;
const QUESTION_MARK = 0x3f;
const LESS_THAN = 0x3c;
const EQUALS = 0x3d;
const GREATER_THAN = 0x3e;

/**
 * Reads the whole of XML, one step at a time, on the same tape as the quick loop: what that left, and all that is
 * wrong. Everything that can be refused is refused here.
 */
export class RareReader {
  readonly #tape: TapeBuilder;
  readonly #text: TextRun;
  readonly #value: AttributeValueReader;

  constructor(tape: TapeBuilder) {
    this.#tape = tape;
    this.#text = new TextRun(tape.input);
    this.#value = new AttributeValueReader(tape.input);
  }

  /** Reads the text up to the next tag, and that tag. Inside the root element, or at its `<`. @throws LiveSetError */
  step(): void {
    const tape = this.#tape;
    tape.input.inside = tape.depth === 0 ? undefined : tape.names.names[openName(tape)];
    this.#readContent();
    if (tape.input.at(tape.offset + 1) === SLASH) this.#readClosingTag();
    else this.#readOpeningTag();
  }

  /** Text, comments, instructions and CDATA sections up to the next tag; their text counts as one. */
  #readContent(): void {
    const { input } = this.#tape;
    const isTag = input.at(this.#tape.offset) === LESS_THAN && !this.#isMarkup();
    if (isTag) return;
    this.#text.reset();
    for (;;) {
      this.#tape.offset = this.#text.read(this.#tape.offset);
      if (!this.#isMarkup()) break;
      this.#tape.offset = readMarkup(input, this.#tape.offset, this.#text);
    }
    if (!this.#text.isFilled) return;
    this.#text.hash.end();
    this.#addToCurrent(this.#text.hash.low, this.#text.hash.high);
  }

  /** Whether a comment, an instruction or a CDATA section begins at the `<` reached. */
  #isMarkup(): boolean {
    const next = this.#tape.input.at(this.#tape.offset + 1);
    return next === EXCLAMATION_MARK || next === QUESTION_MARK;
  }

  #addToCurrent(low: number, high: number): void {
    this.#tape.currentLow = mixLow(this.#tape.currentLow, low);
    this.#tape.currentHigh = mixHigh(this.#tape.currentHigh, high);
  }

  #readClosingTag(): void {
    const tape = this.#tape;
    const { input, names } = tape;
    const id = openName(tape);
    const start = tape.offset;
    const nameEnd = start + 2 + names.lengthOf(id);
    if (!names.isAt(id, start + 2) || this.#isNameByte(nameEnd)) this.#refuseClose(start);
    const close = skipWhiteSpace(input, nameEnd);
    if (input.at(close) !== GREATER_THAN) input.malformed(close, 'a closing tag that does not end');
    tape.offset = close + 1;
    this.#close(id);
  }

  /** The innermost element ends at the offset reached: enters its hash and adds it to its parent's. */
  #close(id: number): void {
    const tape = this.#tape;
    const low = finish(tape.currentLow);
    const high = finish(tape.currentHigh);
    closeElement(tape, low, high);
    tape.guess = id * NAME_RECORD + AFTER_CLOSE;
    if ((tape.names.records[id * NAME_RECORD + MASKS]! & ELEMENT_MASK_BIT) === 0)
      this.#addToCurrent(low, high);
  }

  #refuseClose(start: number): never {
    const input: XmlInput = this.#tape.input;
    const expected = `</${input.inside}>`;
    let at = start;
    while (at < input.length && this.#isNameByte(at + 2)) at += 1;
    if (at + 2 >= input.length) input.cutOff();
    const found = input.platform.decode(input.bytes, start, at + 2).slice(0, 60);
    input.malformed(start, `"${found}>" stands where "${expected}" is due`);
  }

  #isNameByte(offset: number): boolean {
    return (
      ((BYTE_CLASS[this.#tape.input.at(offset) & 0xff] ?? 0) & NAME_BYTE) !== 0 &&
      offset < this.#tape.input.length
    );
  }

  #readOpeningTag(): void {
    const tape = this.#tape;
    const start = tape.offset;
    makeRoom(tape);
    const id = tape.names.intern(start + 1);
    const record = id * NAME_RECORD;
    this.#learn(id);
    tape.input.inside = tape.names.names[id];
    saveHash(tape);
    tape.currentLow = tape.names.records[record + LOW]!;
    tape.currentHigh = tape.names.records[record + HIGH]!;
    const firstAttribute = tape.attributeCount;
    const isLeaf = this.#readAttributes(start + 1 + tape.names.lengthOf(id), record);
    const most = Math.min(tape.input.limits.depth, deepest());
    if (tape.depth >= most) tape.input.exceeds('XML_TOO_DEEP', start, `more than ${most} nested elements`);
    openElement(tape, id, start, firstAttribute);
    if (isLeaf) this.#close(id);
    else tape.guess = record + AFTER_OPEN;
  }

  /** Remembers which name came here, for the quick loop. */
  #learn(id: number): void {
    const { records } = this.#tape.names;
    const { guess } = this.#tape;
    if (records[guess] === id) return;
    records.copyWithin(guess + 1, guess, guess + GUESSES - 1);
    records[guess] = id;
  }

  /** Reads attributes and the end of the tag. @returns whether it ends in `/>` */
  #readAttributes(from: number, record: number): boolean {
    const { input } = this.#tape;
    this.#tape.stamp += 1;
    let guess = record + FIRST_ATTRIBUTE;
    for (let at = from; ; at = this.#tape.offset) {
      const next = skipWhiteSpace(input, at);
      const byte = input.at(next);
      if (byte === GREATER_THAN) {
        this.#tape.offset = next + 1;
        return false;
      }
      if (byte === SLASH) {
        if (input.at(next + 1) !== GREATER_THAN) input.malformed(next + 1, '"/" without ">"');
        this.#tape.offset = next + 2;
        return true;
      }
      if (next === at) input.malformed(at, 'a character that cannot stand here');
      guess = this.#readAttribute(next, guess);
    }
  }

  /** Reads one attribute; leaves the offset behind its closing quote. @returns where to note the next one's name */
  #readAttribute(start: number, guess: number): number {
    const tape = this.#tape;
    const { input, names } = tape;
    const id = names.intern(start);
    const record = id * NAME_RECORD;
    names.records[guess] = id;
    const valueStart = this.#readEquals(start + names.lengthOf(id));
    if (names.records[record + LAST_TAG] === tape.stamp) {
      input.fail('XML_DUPLICATE_ATTRIBUTE', start, `the attribute "${names.names[id]}" stands twice`);
    }
    names.records[record + LAST_TAG] = tape.stamp;
    const low = mixLow(tape.currentLow, names.records[record + HIGH]!);
    const high = mixHigh(tape.currentHigh, names.records[record + LOW]!);
    const valueEnd = this.#value.read(valueStart, input.at(valueStart - 1), low, high);
    if (valueEnd - valueStart > input.limits.attributeBytes) {
      input.exceeds(
        'XML_ATTRIBUTE_TOO_LONG',
        valueStart,
        `an attribute "${names.names[id]}" that is too long`,
      );
    }
    addAttribute(tape, id, valueStart, (valueEnd - valueStart) | this.#value.escapes);
    if ((names.records[record + MASKS]! & ATTRIBUTE_MASK_BIT) === 0) {
      tape.currentLow = this.#value.hash.low;
      tape.currentHigh = this.#value.hash.high;
    }
    tape.offset = valueEnd + 1;
    return record + NEXT_ATTRIBUTE;
  }

  /** Reads `=` and the opening quote. @returns the offset behind the quote */
  #readEquals(from: number): number {
    const { input } = this.#tape;
    const equals = skipWhiteSpace(input, from);
    if (input.at(equals) !== EQUALS) input.malformed(equals, 'an attribute without a value');
    const quote = skipWhiteSpace(input, equals + 1);
    const byte = input.at(quote);
    if (byte !== QUOTE && byte !== APOSTROPHE) input.malformed(quote, 'an attribute value without quotes');
    return quote + 1;
  }
}
