/** A Live that nobody has seen: elements and attributes that no version known writes, put anywhere in a Set. */
import type { NodeId } from '../src/model/node.ts';
import type { ParsedSet } from '../src/parse/parse-set.ts';
import { ROLE } from '../src/parse/roles.ts';
import { type Marked, pathOf } from './mutations.ts';
import { elementsByPlace } from './places.ts';
import { ownersOf } from './shown.ts';

/** What is put in: an attribute, or an element as the first or the last child. */
export const UNKNOWN = ['attribute', 'first child', 'last child'] as const;
export type Unknown = (typeof UNKNOWN)[number];

/** Where something is put in, and whose it is. */
export interface Place {
  readonly element: number;
  /** The innermost node around it. */
  readonly owner: NodeId;
  readonly path: string;
}

const ELEMENT = '<BrandNew Id="0" Value="1"><Inner Size="2" /></BrandNew>';

/**
 * One element of every place in a Set that is not noise, in batches with at most one per node, so that each shows
 * by itself. Of the places, those wanted.
 */
export function placesInBatches(
  { set, roles }: Marked,
  what: Unknown,
  isWanted = (_: number): boolean => true,
): readonly (readonly Place[])[] {
  const owners = ownersOf(set);
  const load = new Map<NodeId, number>();
  const batches: Place[][] = [];
  for (const elements of elementsByPlace(set)) {
    const [element] = elements.filter(
      (at) => roles.elements[at] !== ROLE.noise && (what === 'attribute' || mayHold(set, at)),
    );
    if (element === undefined || !isWanted(element)) continue;
    const owner = owners[element]!;
    const batch = load.get(owner) ?? 0;
    load.set(owner, batch + 1);
    batches[batch] ??= [];
    batches[batch].push({ element, owner, path: pathOf(set, element) });
  }
  return batches;
}

/** In an element that holds nothing, the last child is the first: one and the same file, which need not be told twice. */
export const isSameAsFirst = ({ tape }: ParsedSet, what: Unknown, element: number): boolean =>
  what === 'last child' && tape.end[element] === element + 1;

/** An element is never put beside text; and whatever is put among devices is a device. */
const mayHold = (set: ParsedSet, element: number): boolean =>
  !hasText(set, element) && set.tape.names[set.tape.name[element]!] !== 'Devices';

function hasText({ tape }: ParsedSet, element: number): boolean {
  if (tape.end[element]! > element + 1) return false;
  const source = Buffer.from(tape.bytes.subarray(tape.start[element]!, tape.stop[element]!)).toString(
    'latin1',
  );
  return !source.endsWith('/>') && />[^<]*\S[^<]*</.test(source);
}

/** The XML of a Set with something unknown in each of these elements. */
export function withUnknown({ tape }: ParsedSet, elements: readonly number[], what: Unknown): Buffer {
  const pieces: Uint8Array[] = [];
  let from = 0;
  const put = (at: number, text: string, next = at): void => {
    pieces.push(tape.bytes.subarray(from, at), Buffer.from(text));
    from = next;
  };
  const insertions = elements.map((element) => insertionAt(tape, element, what)).sort((a, b) => a.at - b.at);
  for (const { at, text, next } of insertions) put(at, text, next);
  return Buffer.concat([...pieces, tape.bytes.subarray(from)]);
}

interface Insertion {
  readonly at: number;
  readonly text: string;
  /** Where the old text goes on. */
  readonly next: number;
}

function insertionAt(tape: ParsedSet['tape'], element: number, what: Unknown): Insertion {
  const tag = tape.names[tape.name[element]!]!;
  const start = tape.start[element]!;
  const stop = tape.stop[element]!;
  if (what === 'attribute') {
    const at = start + 1 + tag.length;
    return { at, text: ' Mood="calm"', next: at };
  }
  const openingEnds = tape.bytes.indexOf(0x3e, start) + 1;
  if (tape.bytes[openingEnds - 2] === 0x2f)
    return { at: openingEnds - 2, text: `>${ELEMENT}</${tag}>`, next: openingEnds };
  const at = what === 'first child' ? openingEnds : stop - `</${tag}>`.length;
  return { at, text: ELEMENT, next: at };
}
