import type { Platform } from '../platform.ts';
import { codePointOfReference } from './reference.ts';
import { HAS_ESCAPES, LENGTH_MASK, type Tape } from './tape.ts';

const LESS_THAN = 0x3c;
const GREATER_THAN = 0x3e;
const QUESTION_MARK = 0x3f;
const MINUS = 0x2d;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
/** Length of `<![CDATA[` and of `]]>`. */
const SECTION_START = 9;
const SECTION_END = 3;

/** Most values are one digit: no need to decode those. */
const SINGLE: readonly string[] = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

/** The first attribute of `element` with this name; −1 when it has none. */
export function findAttribute(tape: Tape, element: number, nameId: number): number {
  const last = tape.firstAttribute[element + 1]!;
  for (let attribute = tape.firstAttribute[element]!; attribute < last; attribute += 1) {
    if (tape.attributeName[attribute] === nameId) return attribute;
  }
  return -1;
}

/** The value of an attribute: references resolved, raw tabs and line ends turned into blanks as XML says. */
export function attributeText(tape: Tape, attribute: number, platform: Platform): string {
  const start = tape.valueStart[attribute]!;
  const length = tape.valueLength[attribute]!;
  if (length === 1) return SINGLE[tape.bytes[start]!] ?? '';
  if (length <= SHORT) return shortText(tape, start, length, platform);
  const end = start + (length & LENGTH_MASK);
  const raw = platform.decode(tape.bytes, start, end);
  if (length < HAS_ESCAPES) return raw;
  return resolveReferences(raw.replace(/\r\n|[\r\n\t]/g, ' '));
}

/**
 * Short values repeat (`true`, `false`, `-1`, `127`): those met lately are kept, for leaving the engine to decode one
 * costs more than a look (4 % of the time from tape to tree, bench/parse.mjs). The packed bytes are the key, so
 * that what is found is what would be decoded.
 */
const SHORT = 8;
const KEPT_BITS = 11;
const keptLow = new Int32Array(1 << KEPT_BITS);
const keptHigh = new Int32Array(1 << KEPT_BITS);
const keptText: string[] = new Array<string>(1 << KEPT_BITS).fill('');

function shortText({ bytes }: Tape, start: number, length: number, platform: Platform): string {
  let low = 0;
  let high = 0;
  for (let at = start; at < start + length; at += 1) {
    high = (high << 8) | (low >>> 24);
    low = (low << 8) | bytes[at]!;
  }
  const place = (Math.imul(low, 0x9e37_79b1) ^ Math.imul(high, 0x85eb_ca6b)) >>> (32 - KEPT_BITS);
  if (keptLow[place] === low && keptHigh[place] === high) return keptText[place]!;
  const text = platform.decode(bytes, start, start + length);
  keptLow[place] = low;
  keptHigh[place] = high;
  keptText[place] = text;
  return text;
}

/**
 * The character data that stands directly in `element`, in one string: references resolved, CDATA sections taken
 * in, line ends as line feeds; comments and the text of child elements left out.
 */
export function elementText(tape: Tape, element: number, platform: Platform): string {
  let text = '';
  let from = endOfOpeningTag(tape, element);
  for (let child = element + 1; child < tape.end[element]!; child = tape.end[child]!) {
    text += characterData(tape.bytes, from, tape.start[child]!, platform);
    from = tape.stop[child]!;
  }
  return text + characterData(tape.bytes, from, endOfContent(tape, element, from), platform);
}

function endOfOpeningTag(tape: Tape, element: number): number {
  const attributes = tape.firstAttribute[element + 1]!;
  let from = tape.start[element]!;
  if (attributes > tape.firstAttribute[element]!) {
    from = tape.valueStart[attributes - 1]! + (tape.valueLength[attributes - 1]! & LENGTH_MASK);
  }
  return tape.bytes.indexOf(GREATER_THAN, from) + 1;
}

/** Where the closing tag begins; `from` when the element has none. */
function endOfContent(tape: Tape, element: number, from: number): number {
  const stop = tape.stop[element]!;
  return from >= stop ? from : tape.bytes.lastIndexOf(LESS_THAN, stop - 1);
}

/** Text between two tags: may hold references, comments, instructions and CDATA sections. */
function characterData(bytes: Uint8Array, start: number, end: number, platform: Platform): string {
  let text = '';
  let at = start;
  while (at < end) {
    const found = bytes.indexOf(LESS_THAN, at);
    const markup = found < 0 || found > end ? end : found;
    text += resolveReferences(lineFeeds(platform.decode(bytes, at, markup)));
    if (markup >= end) break;
    at = endOfMarkup(bytes, markup);
    if (bytes[markup + 2] === OPENING_BRACKET) {
      text += lineFeeds(platform.decode(bytes, markup + SECTION_START, at - SECTION_END));
    }
  }
  return text;
}

/** The offset after the comment, instruction or CDATA section at `start`; the scanner has seen that it ends. */
function endOfMarkup(bytes: Uint8Array, start: number): number {
  const isInstruction = bytes[start + 1] === QUESTION_MARK;
  const isComment = bytes[start + 2] === MINUS;
  const last = isInstruction ? QUESTION_MARK : isComment ? MINUS : CLOSING_BRACKET;
  const first = start + (isInstruction ? 2 : isComment ? 4 : SECTION_START);
  const count = isInstruction ? 1 : 2;
  for (let at = bytes.indexOf(GREATER_THAN, first + count); ; at = bytes.indexOf(GREATER_THAN, at + 1)) {
    if (bytes[at - 1] === last && bytes[at - count] === last) return at + 1;
  }
}

function lineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function resolveReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;]*);/g, (_, name: string) =>
    String.fromCodePoint(codePointOfReference(name) ?? 0xfffd),
  );
}
