/** Small changes to the XML of a Set, each well-formed and each a real difference. */
import { masks } from '../src/parse/noise.ts';
import { type ParsedSet, readTape } from '../src/parse/parse-set.ts';
import { ROLE, RoleMarks } from '../src/parse/roles.ts';
import { LENGTH_MASK } from '../src/xml/tape.ts';
import { attributeText } from '../src/xml/text.ts';
import type { Random } from './random.ts';

/** One change, and where it is. */
export interface Mutation {
  /** The element concerned, in the Set before. */
  readonly element: number;
  /** Tags from the root, then `@Attribute` or `text()`; for elements the tags alone. */
  readonly path: string;
  /** Value before and after, or what was done to the element. */
  readonly what: string;
  /** The parser calls the place noise. */
  readonly isNoise: boolean;
}

/** Another value for one attribute. */
export interface AttributeMutation extends Mutation {
  readonly attribute: number;
  readonly value: string;
}

/** A change that was made. */
export interface MutatedXml extends Mutation {
  readonly xml: Buffer;
}

/** A Set with what became of each of its elements and attributes. */
export interface Marked {
  readonly set: ParsedSet;
  readonly roles: RoleMarks;
}

export function mark(set: ParsedSet): Marked {
  const roles = new RoleMarks(set.tape, masks());
  readTape(set.tape, set.platform, roles);
  return { set, roles };
}

export function pathOf({ tape }: ParsedSet, element: number): string {
  const tags: string[] = [];
  for (let at = element; at >= 0; at = tape.parent[at]!) tags.unshift(tape.names[tape.name[at]!]!);
  return tags.join('/');
}

const splice = (bytes: Uint8Array, start: number, stop: number, put: string | Uint8Array): Buffer =>
  Buffer.concat([
    bytes.subarray(0, start),
    typeof put === 'string' ? Buffer.from(put) : put,
    bytes.subarray(stop),
  ]);

/** Another value of the same sort; never equal to the one given, as text or as number. */
export function otherValue(value: string, random: Random): string {
  if (value === 'true') return 'false';
  if (value === 'false') return 'true';
  if (/^-?\d+$/.test(value)) return String(Number(value) + random.pick([1, -1, 2, 7, 100]));
  if (/^-?\d*\.?\d+(e-?\d+)?$/i.test(value)) {
    const other = Number(value) * 1.5 + random.pick([0.25, -0.5, 3]);
    return String(other === Number(value) ? other + 1 : other);
  }
  return value === ''
    ? random.pick(['x', 'new text', '7'])
    : random.pick([`${value}x`, `y${value}`, `${value} 2`]);
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
    .replaceAll('\n', '&#x0A;')
    .replaceAll('\t', '&#x9;');

/** The element that an attribute belongs to, by halving. */
export function elementOf({ tape }: ParsedSet, attribute: number): number {
  let low = 0;
  let high = tape.size - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tape.firstAttribute[middle]! <= attribute) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** An identity that no file has: Live never re-uses one, and neither do we. */
const freshId = (random: Random): string => String(500_000_000 + random.below(400_000_000));

/** Tags from the root, then `@Name`. */
export function pathOfAttribute(set: ParsedSet, attribute: number): string {
  return `${pathOf(set, elementOf(set, attribute))}@${set.tape.names[set.tape.attributeName[attribute]!]}`;
}

/** A change of one attribute, not yet made. */
export function mutationOf({ set, roles }: Marked, attribute: number, random: Random): AttributeMutation {
  const { tape, platform } = set;
  const text = attributeText(tape, attribute, platform);
  const name = tape.names[tape.attributeName[attribute]!]!;
  const value = name === 'Id' ? freshId(random) : otherValue(text, random);
  const element = elementOf(set, attribute);
  return {
    attribute,
    value,
    element,
    path: pathOfAttribute(set, attribute),
    what: `"${text}" → "${value}"`,
    isNoise: roles.attributes[attribute] === ROLE.noise,
  };
}

/** The XML with attributes changed. */
export function changeAttributes(
  { tape }: ParsedSet,
  changes: readonly Pick<AttributeMutation, 'attribute' | 'value'>[],
): Buffer {
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (const { attribute, value } of [...changes].sort((a, b) => a.attribute - b.attribute)) {
    pieces.push(tape.bytes.subarray(from, tape.valueStart[attribute]!), Buffer.from(escaped(value)));
    from = tape.valueStart[attribute]! + (tape.valueLength[attribute]! & LENGTH_MASK);
  }
  return Buffer.concat([...pieces, tape.bytes.subarray(from)]);
}

/** Changes of all attributes that the parser calls noise, but those of the elements named. */
export function noiseMutations(
  marked: Marked,
  random: Random,
  isKept: (path: string) => boolean,
): readonly AttributeMutation[] {
  const { roles, set } = marked;
  const found: AttributeMutation[] = [];
  for (let attribute = 0; attribute < set.tape.attributeCount; attribute++) {
    if (roles.attributes[attribute] !== ROLE.noise) continue;
    const mutation = mutationOf(marked, attribute, random);
    if (!isKept(mutation.path)) found.push(mutation);
  }
  return found;
}

/** Elements that hold text. */
export function textElements({ tape }: ParsedSet): readonly number[] {
  const found: number[] = [];
  for (let at = 0; at < tape.size; at++) {
    const isLeaf = tape.end[at] === at + 1;
    if (isLeaf && textRange(tape.bytes, tape.start[at]!, tape.stop[at]!) !== undefined) found.push(at);
  }
  return found;
}

function textRange(bytes: Uint8Array, start: number, stop: number): readonly [number, number] | undefined {
  const from = bytes.indexOf(0x3e, start) + 1;
  if (from >= stop) return undefined;
  const to = bytes.lastIndexOf(0x3c, stop - 1);
  let first = from;
  while (first < to && bytes[first]! <= 0x20) first++;
  return first < to ? [first, to] : undefined;
}

/** Changes one digit of the text in an element. */
export function changeText({ set, roles }: Marked, element: number, random: Random): MutatedXml {
  const { tape } = set;
  const [from, to] = textRange(tape.bytes, tape.start[element]!, tape.stop[element]!)!;
  let at = from + random.below(to - from);
  while (tape.bytes[at]! <= 0x20) at--;
  const digit = tape.bytes[at] === 0x41 ? 'B' : 'A';
  return {
    xml: splice(tape.bytes, at, at + 1, digit),
    element,
    path: `${pathOf(set, element)}/text()`,
    what: `${String.fromCharCode(tape.bytes[at]!)} → ${digit}`,
    isNoise: roles.elements[element] === ROLE.noise,
  };
}

/** Takes an element out with all that is in it. */
export function deleteElement(marked: Marked, element: number): MutatedXml {
  const { tape } = marked.set;
  return {
    xml: splice(tape.bytes, tape.start[element]!, tape.stop[element]!, ''),
    element,
    path: pathOf(marked.set, element),
    what: 'deleted',
    isNoise: marked.roles.elements[element] === ROLE.noise,
  };
}

/** Writes an element twice, the copy right after it. */
export function duplicateElement(marked: Marked, element: number): MutatedXml {
  const { tape } = marked.set;
  const copy = tape.bytes.subarray(tape.start[element]!, tape.stop[element]!);
  return {
    xml: splice(tape.bytes, tape.stop[element]!, tape.stop[element]!, copy),
    element,
    path: pathOf(marked.set, element),
    what: 'duplicated',
    isNoise: marked.roles.elements[element] === ROLE.noise,
  };
}

/** Lets an element and the next of its kind change places; `undefined` when it is the last, or both are equal. */
export function swapWithNext(marked: Marked, element: number): MutatedXml | undefined {
  const { tape } = marked.set;
  const next = tape.end[element]!;
  const isPair =
    next < tape.size && tape.parent[next] === tape.parent[element] && tape.name[next] === tape.name[element];
  if (
    !isPair ||
    (tape.hashLow[next] === tape.hashLow[element] && tape.hashHigh[next] === tape.hashHigh[element])
  ) {
    return undefined;
  }
  const { bytes, start, stop } = tape;
  const pair = [
    bytes.subarray(start[next]!, stop[next]!),
    bytes.subarray(stop[element]!, start[next]!),
    bytes.subarray(start[element]!, stop[element]!),
  ];
  return {
    xml: splice(bytes, start[element]!, stop[next]!, Buffer.concat(pair)),
    element,
    path: pathOf(marked.set, element),
    what: 'swapped with the next',
    isNoise: marked.roles.elements[element] === ROLE.noise,
  };
}
