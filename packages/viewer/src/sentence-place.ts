/**
 * Which thing a sentence tells of. An entry of the log names the things of all its sentences together; which
 * belongs to which is found by the names in a sentence. Pure.
 */
import type { NodeId } from '@livetree/live-set';

/** Questions about the tree as it is now. */
export interface Names {
  /** The name as Live shows it; absent for what is gone. */
  readonly title: (id: NodeId) => string | undefined;
  /** What it lies in, nearest first. */
  readonly above: (id: NodeId) => readonly NodeId[];
  readonly set: NodeId;
  /** The track of this title, if there is just one. */
  readonly track: (title: string) => NodeId | undefined;
}

/** One thing of the entry: its own name last, before it those of what it lies in. */
interface Candidate {
  readonly id: NodeId;
  readonly way: readonly string[];
}
/**
 * For each sentence the thing it leads to, if any: the one that is named most fully (`Bass › EQ Eight › Gain` is
 * the EQ Eight of Bass, whatever other EQ Eights changed); of what is gone, the track it was in; where
 * nothing is named and no number says that it is many, the Set. Cost: sentences times nodes.
 */
export function placesOfSentences(
  sentences: readonly string[],
  nodes: readonly NodeId[],
  names: Names,
): readonly (NodeId | undefined)[] {
  const candidates = nodes.flatMap((id): Candidate[] => {
    const title = names.title(id);
    if (title === undefined) return [];
    const above = names.above(id).map((owner) => names.title(owner) ?? '');
    return [{ id, way: [...above.toReversed(), title] }];
  });
  const set = nodes.includes(names.set) ? names.set : undefined;
  return sentences.map((text) => {
    if (isOfMany(text)) return undefined;
    return guess(text, candidates, names) ?? (isOfSet(text) ? set : undefined);
  });
}

/** `8 tracks: muted`: there is no one thing to go to. */
const isOfMany = (text: string): boolean => /^\d+ [a-z ]+s\b/.test(text);
/** `Tempo 120 → 124 BPM`: nothing says where. */
const isOfSet = (text: string): boolean => !/ › |: /.test(text);

function guess(text: string, candidates: readonly Candidate[], names: Names): NodeId | undefined {
  let best: NodeId | undefined;
  let most = 0;
  const named = withoutValues(text);
  for (const { id, way } of candidates) {
    const score = fullness(named, way);
    if (score <= most) continue;
    most = score;
    best = id;
  }
  return most >= 1 ? best : (trackOf(text, names) ?? best);
}

/** Values can be names of other things (`Audio To: Main → Sends Only`): of them only what is in quotes is kept. */
function withoutValues(text: string): string {
  const colon = text.indexOf(': ');
  if (colon < 0 || !text.includes(' → ')) return text;
  const quoted = text.slice(colon).match(/"[^"]*"/g) ?? [];
  return [text.slice(0, colon), ...quoted].join(' : ');
}

/**
 * How many names of the way stand in the text, each in a place of its own; under 1 without the last. A name
 * without any of those above it counts only in quotes or in front: else it is a part of another name.
 */
function fullness(text: string, way: readonly string[]): number {
  const own = way.at(-1) ?? '';
  const [top = ''] = way;
  if (!text.includes(own) && !text.includes(top)) return 0;
  let left = text;
  let found = 0;
  for (const name of way.slice(0, -1)) {
    const at = placeOfName(left, name);
    if (at < 0) continue;
    found += 1;
    left = `${left.slice(0, at)}${TAKEN}${left.slice(at + name.length)}`;
  }
  const at = placeOfName(left, own);
  const isAlone = found === 0 && way.length > 1;
  if (at === 0 || (at > 0 && (!isAlone || left.charAt(at - 1) === '"'))) return 1 + found;
  return found === 0 ? 0 : 1 - 1 / (1 + found);
}

/** Stands for a name that was found, so that no other is found in it. */
const TAKEN = '\u0000';

/** Where a name stands in the text as a whole, not as a part of another word; −1: nowhere. */
export function placeOfName(text: string, name: string): number {
  if (name === '') return -1;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!isWord(text.charAt(at - 1)) && !isWord(text.charAt(at + name.length))) return at;
  }
  return -1;
}
const isWord = (char: string): boolean => /[\p{L}\p{N}]/u.test(char);

/** `Drums / Kick › Simpler: …` → the track Kick. */
function trackOf(text: string, names: Names): NodeId | undefined {
  const where = text.split(/ › |: /, 1)[0] ?? '';
  return names.track(where) ?? names.track(where.split(' / ').at(-1) ?? '');
}
