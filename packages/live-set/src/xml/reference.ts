import { isName, isXmlCharacter } from './chars.ts';
import type { XmlInput } from './input.ts';

const PREDEFINED: ReadonlyMap<string, number> = new Map([
  ['amp', 0x26],
  ['lt', 0x3c],
  ['gt', 0x3e],
  ['quot', 0x22],
  ['apos', 0x27],
]);
const SEMICOLON = 0x3b;
const LONGEST_REFERENCE = 64;

/**
 * Reads `&name;`, `&#10;` or `&#xA;` at `offset`; sets `input.next` to the offset after it.
 * @returns the character's code point
 * @throws LiveSetError XML_UNKNOWN_ENTITY, XML_MALFORMED, XML_CUT_OFF
 */
export function readReference(input: XmlInput, offset: number): number {
  let end = offset + 1;
  while (input.at(end) !== SEMICOLON && end - offset < LONGEST_REFERENCE && input.at(end) > 0x20) end += 1;
  if (input.at(end) !== SEMICOLON)
    input.malformed(end >= input.length ? end : offset, '"&" without an entity');
  input.next = end + 1;
  const text = input.platform.decode(input.bytes, offset + 1, end);
  const codePoint = codePointOfReference(text);
  if (codePoint !== undefined) return codePoint;
  if (isName(text)) input.fail('XML_UNKNOWN_ENTITY', offset, `the entity "&${text};" is not known to XML`);
  input.malformed(offset, `"&${text};" is not a character of XML`);
}

/** What a reference stands for, given without `&` and `;`: `amp`, `#10`, `#x0A`; undefined when XML does not know it. */
export function codePointOfReference(text: string): number | undefined {
  const codePoint = text.startsWith('#') ? numericReference(text) : PREDEFINED.get(text);
  return codePoint !== undefined && isXmlCharacter(codePoint) ? codePoint : undefined;
}

function numericReference(text: string): number | undefined {
  const hexadecimal = /^#x([0-9a-fA-F]+)$/.exec(text)?.[1];
  if (hexadecimal !== undefined) return Number.parseInt(hexadecimal, 16);
  const decimal = /^#([0-9]+)$/.exec(text)?.[1];
  return decimal === undefined ? undefined : Number.parseInt(decimal, 10);
}
