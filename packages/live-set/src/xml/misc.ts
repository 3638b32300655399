import { BYTE_CLASS, isName, isWhiteSpace, isXmlCharacter, NAME_BYTE } from './chars.ts';
import type { XmlInput } from './input.ts';
import type { TextRun } from './text-run.ts';

const LESS_THAN = 0x3c;
const MINUS = 0x2d;
const QUESTION_MARK = 0x3f;
const GREATER_THAN = 0x3e;

/** First offset from `from` that is not white space. */
export function skipWhiteSpace(input: XmlInput, from: number): number {
  let at = from;
  while (isWhiteSpace(input.at(at))) at += 1;
  return at;
}

/**
 * Reads BOM, XML declaration, comments and processing instructions before the root element.
 * @returns the offset of the root's `<`
 * @throws LiveSetError
 */
export function readProlog(input: XmlInput): number {
  let at = 0;
  if (input.at(0) === 0xef && input.at(1) === 0xbb && input.at(2) === 0xbf) {
    input.odd('XML_BOM', 'The XML begins with a byte order mark, which Live does not write.');
    at = 3;
  }
  if (input.startsWith('<?xml', at) && isWhiteSpace(input.at(at + 5))) at = readDeclaration(input, at);
  return readOutside(input, at);
}

/** Reads what may follow the root element. @throws LiveSetError when anything else follows */
export function readEpilog(input: XmlInput, from: number): void {
  const at = readOutside(input, from);
  if (at < input.length) input.malformed(at, 'something follows the end of the Set');
}

function readOutside(input: XmlInput, from: number): number {
  let at = skipWhiteSpace(input, from);
  while (input.at(at) === LESS_THAN) {
    const next = input.at(at + 1);
    if (next !== QUESTION_MARK && next !== 0x21) return at;
    if (input.startsWith('<![', at)) input.malformed(at, 'a CDATA section stands outside the Set');
    at = skipWhiteSpace(input, readMarkup(input, at));
  }
  if (at < input.length) input.malformed(at, 'text stands outside the Set');
  return at;
}

/**
 * Skips a comment or a processing instruction, or adds a CDATA section to `text`.
 * @returns the offset after it
 * @throws LiveSetError XML_DOCTYPE, XML_MALFORMED, XML_CUT_OFF
 */
export function readMarkup(input: XmlInput, at: number, text?: TextRun): number {
  if (input.startsWith('<?', at)) return readInstruction(input, at);
  if (input.startsWith('<!--', at)) return readComment(input, at);
  if (input.startsWith('<![CDATA[', at) && text !== undefined) return readSection(input, at, text);
  if (input.startsWith('<!DOCTYPE', at)) {
    input.fail('XML_DOCTYPE', at, 'it has a document type declaration, which no Live Set has,');
  }
  refuseUnfinished(input, at);
  input.malformed(at, 'markup that XML does not know');
}

/** Says "cut off" rather than "malformed" when the text ends inside `<!--` or `<![CDATA[`. */
function refuseUnfinished(input: XmlInput, at: number): void {
  const rest = input.length - at;
  if (rest >= 9) return;
  const text = input.platform.decode(input.bytes, at, input.length);
  if (['<!--', '<![CDATA[', '<!DOCTYPE'].some((opening) => opening.startsWith(text))) input.cutOff();
}

function readComment(input: XmlInput, start: number): number {
  input.odd('XML_COMMENT', 'The XML holds comments, which Live does not write.');
  let at = start + 4;
  while (!(input.at(at) === MINUS && input.at(at + 1) === MINUS)) at = skipCharacter(input, at, 'a comment');
  if (input.at(at + 2) !== GREATER_THAN) input.malformed(at + 2, '"--" stands in a comment');
  return at + 3;
}

function readInstruction(input: XmlInput, start: number): number {
  input.odd('XML_INSTRUCTION', 'The XML holds processing instructions, which Live does not write.');
  let at = start + 2;
  while (((BYTE_CLASS[Math.max(input.at(at), 0)] ?? 0) & NAME_BYTE) !== 0) at += 1;
  const target = input.platform.decode(input.bytes, start + 2, at);
  if (target === 'xml' && start > 0) input.malformed(start, 'a second document begins');
  if (!isTarget(target))
    input.malformed(at >= input.length ? at : start, 'a processing instruction without a proper name');
  if (!isWhiteSpace(input.at(at)) && !(input.at(at) === QUESTION_MARK && input.at(at + 1) === GREATER_THAN)) {
    input.malformed(
      input.at(at) === QUESTION_MARK ? at + 1 : at,
      'a processing instruction without a proper name',
    );
  }
  while (!(input.at(at) === QUESTION_MARK && input.at(at + 1) === GREATER_THAN)) {
    at = skipCharacter(input, at, 'a processing instruction');
  }
  return at + 2;
}

function isTarget(target: string): boolean {
  return isName(target) && target.toLowerCase() !== 'xml';
}

function readSection(input: XmlInput, start: number, text: TextRun): number {
  input.odd('XML_CDATA', 'The XML holds CDATA sections, which Live does not write.');
  const first = start + 9;
  let end = first;
  while (!input.startsWith(']]>', end)) end = skipCharacter(input, end, 'a CDATA section');
  text.readLiteral(first, end);
  return end + 3;
}

function skipCharacter(input: XmlInput, at: number, where: string): number {
  const byte = input.at(at);
  if (byte < 0 || !isXmlCharacter(byte)) input.malformed(at, `a control character stands in ${where}`);
  input.seen |= byte;
  return at + 1;
}

const DECLARATION =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][A-Za-z0-9._-]*)"|'([A-Za-z][A-Za-z0-9._-]*)'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>$/;
const LONGEST_DECLARATION = 1024;

function readDeclaration(input: XmlInput, start: number): number {
  const end = input.indexOf(GREATER_THAN, start);
  if (end >= input.length) input.cutOff();
  const text = end - start > LONGEST_DECLARATION ? '' : input.platform.decode(input.bytes, start, end + 1);
  const match = DECLARATION.exec(text);
  if (match === null) input.malformed(start, 'the XML declaration is not right');
  const encoding = match[1] ?? match[2] ?? 'UTF-8';
  if (!['UTF-8', 'US-ASCII'].includes(encoding.toUpperCase())) {
    input.fail('XML_ENCODING', start, `it says that its text is encoded as ${encoding}, not UTF-8,`);
  }
  return end + 1;
}
