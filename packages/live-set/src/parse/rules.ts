/**
 * Rules say what becomes of each child of an element: a property, a deeper table, a node of its own, noise.
 * A child without a rule is *other settings*, so nothing can fall through.
 */
import { attributeText } from '../xml/text.ts';
import { type Draft, mixText } from './draft.ts';
import type { Reader } from './reader.ts';
import { ROLE } from './roles.ts';
import { nameId, VALUE } from './vocabulary.ts';

/** Reads one element for a draft. `C` is what the caller passes down. */
export type Rule<C = unknown> = (reader: Reader, element: number, draft: Draft, context: C) => void;
/** Rules by name number. */
export type Table<C = unknown> = readonly (Rule<C> | undefined)[];

/** Makes a table; registers the names. */
export function table<C = unknown>(rules: Readonly<Record<string, Rule<C>>>): Table<C> {
  const made: (Rule<C> | undefined)[] = [];
  for (const [name, rule] of Object.entries(rules)) made[nameId(name)] = rule;
  for (let at = 0; at < made.length; at++) made[at] ??= undefined; // no holes: reads stay fast
  return made;
}

/** Not understood, on purpose: hashed onto the node. The same as no rule. */
export const opaque: Rule = (reader, element, draft) => {
  reader.opaque(element, draft);
};

/** Applies a table to all children of an element. The element itself is marked by the caller. */
export function readChildren<C>(
  reader: Reader,
  element: number,
  rules: Table<C>,
  draft: Draft,
  context: C,
  otherwise: Rule<C> = opaque,
): void {
  const { end, name } = reader.tape;
  const stop = end[element] as number;
  for (let child = element + 1; child < stop; child = end[child] as number) {
    (rules[name[child] as number] ?? otherwise)(reader, child, draft, context);
  }
}

/** The element's own attributes, except those named: identities are noise, others are other settings. */
export function readAttributes(
  reader: Reader,
  element: number,
  draft: Draft,
  known: readonly number[],
): void {
  const { tape, roles, masks } = reader;
  const stop = tape.firstAttribute[element + 1] as number;
  for (let at = tape.firstAttribute[element] as number; at < stop; at++) {
    const name = tape.attributeName[at] as number;
    if (known.includes(name)) {
      roles?.attribute(at, ROLE.modelled);
    } else if (masks.attributes[name] === 1) {
      roles?.attribute(at, ROLE.noise);
    } else {
      roles?.attribute(at, ROLE.opaque);
      mixAttribute(reader, at, draft);
    }
  }
}

function mixAttribute(reader: Reader, attribute: number, draft: Draft): void {
  const { names, attributeName } = reader.tape;
  mixText(draft.otherSum, names[attributeName[attribute] as number] as string);
  mixText(draft.otherSum, attributeText(reader.tape, attribute, reader.platform));
  draft.other.push(~attribute);
}

/** An element that only holds others, which the caller reads: its own attributes are other settings. */
export function enter(reader: Reader, element: number, draft: Draft): void {
  reader.roles?.element(element, ROLE.modelled);
  readAttributes(reader, element, draft, NONE);
}
const NONE: readonly number[] = [];

/**
 * A list: the elements of it that `isItem` knows, in order. What a newer Live may have put beside them is other
 * settings, and never an item.
 */
export function items(
  reader: Reader,
  list: number,
  draft: Draft,
  isItem: (reader: Reader, element: number) => boolean,
): readonly number[] {
  const { end } = reader.tape;
  const found: number[] = [];
  const stop = end[list] as number;
  enter(reader, list, draft);
  for (let child = list + 1; child < stop; child = end[child] as number) {
    if (isItem(reader, child)) found.push(child);
    else reader.opaque(child, draft);
  }
  return found;
}

/** Into the element with another table, for the same node. */
export function into<C>(rules: Table<C>, known: readonly number[] = []): Rule<C> {
  return (reader, element, draft, context) => {
    reader.roles?.element(element, ROLE.modelled);
    readAttributes(reader, element, draft, known);
    readChildren(reader, element, rules, draft, context);
  };
}

/** Known, and of no interest: bookkeeping that belongs to this place only (see noise.ts for the rest). */
export const noise: Rule = (reader, element) => {
  reader.noise(element);
};

/** Decoded text of an attribute; {@link ABSENT} = the default, which is left out; `undefined` = not understood. */
export type Decode = (text: string) => string | number | boolean | typeof ABSENT | undefined;
export const ABSENT: unique symbol = Symbol('absent');

/** A property from `Value`. Text that `decode` does not understand, and all else in the element, is opaque. */
export function prop(name: string, decode: Decode): Rule {
  return (reader, element, draft) => {
    const text = reader.attribute(element, VALUE);
    const value = text === undefined ? undefined : decode(text);
    if (value === undefined) {
      reader.opaque(element, draft);
      return;
    }
    if (value !== ABSENT) draft.props[name] = value;
    leaf(reader, element, draft);
  };
}

/** Marks an element whose `Value` was read, and takes care of all else in it. */
export function leaf(reader: Reader, element: number, draft: Draft): void {
  const { tape } = reader;
  reader.roles?.element(element, ROLE.modelled);
  const attributes = (tape.firstAttribute[element + 1] as number) - (tape.firstAttribute[element] as number);
  if (attributes > 1 || reader.roles !== undefined) readAttributes(reader, element, draft, JUST_VALUE);
  if (!reader.isEmpty(element)) for (const child of reader.children(element)) reader.opaque(child, draft);
}
const JUST_VALUE = [VALUE];
