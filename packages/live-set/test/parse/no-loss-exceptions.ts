/**
 * What may change in the XML without showing as a change, although the reader does not call it noise: each
 * says again what another place says, or names a thing instead of describing it. Nothing else may.
 */

import { ROLE } from '../../src/parse/roles.ts';
import { LENGTH_MASK } from '../../src/xml/tape.ts';
import { type Marked, type Mutation, pathOf } from '../mutations.ts';

interface Exception {
  readonly place: RegExp;
  readonly because: string;
  /** Holds for this element only when true. */
  readonly when?: (marked: Marked, element: number) => boolean;
}

const EXCEPTIONS: readonly Exception[] = [
  { place: /@Id$/, because: 'identities pair things; they are no content' },
  { place: /(Midi|Audio)Clip@Time$/, because: 'repeats CurrentStart' },
  {
    place: /ClipSlot\/Value\/(Midi|Audio)Clip\/Current(Start|End)@Value$/,
    because: 'a clip in a slot has no place in the song',
  },
  {
    place: /\/Name\/EffectiveName@Value$/,
    because: 'Live derives it from the name that the user typed',
    when: hasUserName,
  },
  {
    place: /\/ArrangerAutomation\/Events\/(Float|Bool|Enum)Event@(Time|Value)$/,
    because: 'Live 9: the one event of a parameter without automation repeats Manual',
    when: repeatsManual,
  },
];

/** Why the change need not show; `undefined` = it must. */
export function exceptionFor(marked: Marked, { path, element }: Mutation): string | undefined {
  return exceptionAt(marked, path, element)?.because;
}

const exceptionAt = (marked: Marked, path: string, element: number): Exception | undefined =>
  EXCEPTIONS.find(({ place, when }) => place.test(path) && (when?.(marked, element) ?? true));

/** Whether a swap with the next of its kind changes nothing that Live shows. */
export function isSwapOfNothing(marked: Marked, { path, element }: Mutation): boolean {
  const next = marked.set.tape.end[element]!;
  // Up to Live 9 two scenes without a name are told apart by their number only.
  if (/\/SceneNames\/Scene$/.test(path))
    return [element, next].every((at) => /^ \d+$/.test(valueIn(marked, at)));
  // The last track of a group and the next outside of it: both stay where Live shows them.
  return /\/Tracks\/\w+$/.test(path) && groupOf(marked, element) !== groupOf(marked, next);
}

function groupOf(marked: Marked, track: number): string | undefined {
  const group = siblings(marked, track + 1).find((at) => tagOf(marked, at) === 'TrackGroupId');
  return group === undefined ? undefined : valueIn(marked, group);
}

const DEFAULTS = new Set(['', 'false', '-1']);

/**
 * Whether an element says nothing but what its absence would say: all its values are Live's defaults, noise,
 * or excepted above.
 */
export function saysNothing(marked: Marked, element: number): boolean {
  const { tape } = marked.set;
  for (let at = element; at < tape.end[element]!; at++) {
    if (tape.stop[at]! > tape.start[at]! && hasText(marked, at)) return false;
    for (let attribute = tape.firstAttribute[at]!; attribute < tape.firstAttribute[at + 1]!; attribute++) {
      if (!attributeSaysNothing(marked, at, attribute)) return false;
    }
  }
  return true;
}

function attributeSaysNothing(marked: Marked, element: number, attribute: number): boolean {
  const { tape } = marked.set;
  if (marked.roles.attributes[attribute] === ROLE.noise) return true;
  const value = rawValue(marked, attribute);
  const path = `${pathOf(marked.set, element)}@${tape.names[tape.attributeName[attribute]!]}`;
  if (DEFAULTS.has(value) || (path.endsWith('/HasStop@Value') && value === 'true')) return true;
  return exceptionAt(marked, path, element) !== undefined;
}

function rawValue({ set: { tape } }: Marked, attribute: number): string {
  const start = tape.valueStart[attribute]!;
  return Buffer.from(
    tape.bytes.subarray(start, start + (tape.valueLength[attribute]! & LENGTH_MASK)),
  ).toString();
}

const HEX = new Set(['Buffer', 'ProcessorState', 'ControllerState', 'Blob', 'Data']);
const hasText = ({ set: { tape } }: Marked, element: number): boolean =>
  HEX.has(tape.names[tape.name[element]!]!) && tape.end[element] === element + 1;

function hasUserName(marked: Marked, effectiveName: number): boolean {
  const user = siblings(marked, effectiveName).find((at) => tagOf(marked, at) === 'UserName');
  return user !== undefined && valueIn(marked, user) !== '';
}

function repeatsManual(marked: Marked, event: number): boolean {
  const { parent } = marked.set.tape;
  const automation = parent[parent[event]!]!;
  const isOnly = siblings(marked, event).length === 1;
  return isOnly && siblings(marked, automation).some((at) => tagOf(marked, at) === 'Manual');
}

const tagOf = ({ set: { tape } }: Marked, element: number): string => tape.names[tape.name[element]!]!;
const valueIn = (marked: Marked, element: number): string =>
  rawValue(marked, marked.set.tape.firstAttribute[element]!);

function siblings({ set: { tape } }: Marked, element: number): readonly number[] {
  const parent = tape.parent[element]!;
  const found: number[] = [];
  for (let at = parent + 1; at < tape.end[parent]!; at = tape.end[at]!) found.push(at);
  return found;
}
