/** Entries of the log as what the Changes pane shows. Pure. */
import type { NodeId, NodeKind } from '@livetree/live-set';
import type { Entry } from '@livetree/protocol';
import { EVENT_NAMES } from '@livetree/protocol';

/** One sentence, cut where the eye should rest. */
export interface ChangeLine {
  /** Place in its entry. */
  readonly index: number;
  readonly text: string;
  /** What it is about: all before the colon; empty when there is none. */
  readonly where: string;
  /** The rest, with what was before the last arrow. */
  readonly was: string;
  /** What is now; with `was` the whole rest. */
  readonly now: string;
}

/** What was told at once: of a save, or of a moment in Live. */
export interface ChangeGroup {
  readonly key: string;
  readonly time: number;
  /** Absent where the only sentence says the same. */
  readonly headline: string | undefined;
  readonly entry: Entry;
  readonly lines: readonly ChangeLine[];
}

/** Names an entry. */
const keyOf = ({ set, revision, time }: Entry): string => `${set} ${revision} ${time}`;

export function groupOf(entry: Entry): ChangeGroup {
  const { sentences, save, time } = entry;
  const isSame = save === undefined || (sentences.length === 1 && sentences[0] === save);
  const headline = isSame ? undefined : save;
  return { key: keyOf(entry), time, headline, entry, lines: sentences.map(lineOf) };
}

function lineOf(text: string, index: number): ChangeLine {
  const colon = text.indexOf(': ');
  const where = colon < 0 ? '' : text.slice(0, colon);
  const rest = colon < 0 ? text : text.slice(colon + 2);
  const arrow = rest.lastIndexOf(' → ');
  const cut = arrow < 0 ? 0 : arrow + 3;
  return { index, text, where, was: rest.slice(0, cut), now: rest.slice(cut) };
}

/** Moments and sentences that are kept; older ones go. Live tells some moments a second. */
export const MOST_GROUPS = 2_000;
export const MOST_LINES = 5_000;

/** The newest groups within the limits; `groups` is newest first. */
export function bounded(groups: readonly ChangeGroup[]): readonly ChangeGroup[] {
  let lines = 0;
  const end = groups.findIndex((group, index) => {
    lines += group.lines.length;
    return index >= MOST_GROUPS || (index > 0 && lines > MOST_LINES);
  });
  return end < 0 ? groups : groups.slice(0, end);
}

// ── filters ─────────────────────────────────────────────────────────────────────────────────────────────

/** What a change can be about, in the words of the page. */
export const TOPICS = {
  tracks: 'Tracks and mixer',
  devices: 'Devices',
  clips: 'Clips',
  scenes: 'Scenes and locators',
  set: 'The whole Set',
} as const;
export type Topic = keyof typeof TOPICS;

const TOPIC_OF: Readonly<Record<NodeKind, Topic>> = {
  set: 'set',
  track: 'tracks',
  send: 'tracks',
  slot: 'clips',
  takeLane: 'clips',
  clip: 'clips',
  device: 'devices',
  chain: 'devices',
  scene: 'scenes',
  locator: 'scenes',
};

export interface ChangeFilter {
  readonly text: string;
  readonly topic: Topic | undefined;
  /** Only this node, and what lies in it. */
  readonly below: NodeId | undefined;
}
export const NO_FILTER: ChangeFilter = { text: '', topic: undefined, below: undefined };
export const isNoFilter = ({ text, topic, below }: ChangeFilter): boolean =>
  text.trim() === '' && topic === undefined && below === undefined;

/** Where a sentence belongs, as far as that is known. */
export interface LinePlace {
  readonly kind: NodeKind | undefined;
  /** The node itself, then what it lies in. */
  readonly path: readonly NodeId[];
}
export type PlaceOfLine = (group: ChangeGroup, line: ChangeLine) => LinePlace;

/** The groups with the lines that pass; those with none are left out. */
export function filtered(
  groups: readonly ChangeGroup[],
  filter: ChangeFilter,
  placeOf: PlaceOfLine,
): readonly ChangeGroup[] {
  const text = filter.text.trim().toLowerCase();
  if (isNoFilter(filter)) return groups;
  const passes = (group: ChangeGroup, line: ChangeLine): boolean => {
    if (!line.text.toLowerCase().includes(text)) return false;
    if (filter.topic === undefined && filter.below === undefined) return true;
    const place = placeOf(group, line);
    if (filter.below !== undefined && !place.path.includes(filter.below)) return false;
    return filter.topic === undefined || isOn(filter.topic, place, group);
  };
  return groups
    .map((group) => ({ ...group, lines: group.lines.filter((line) => passes(group, line)) }))
    .filter((group) => group.lines.length > 0);
}

/** Of what is gone nobody knows the kind: then the names of its entry decide. */
function isOn(topic: Topic, { kind }: LinePlace, { entry }: ChangeGroup): boolean {
  if (kind !== undefined) return TOPIC_OF[kind] === topic;
  return entry.names.some((name) => TOPIC_OF[EVENT_NAMES[name].kind] === topic);
}
