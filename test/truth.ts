/** The tree that the simulator's own walk of its model stands for, and trees without their ids. */
import type { NodeOf, TreeNode } from '@livetree/live-set';
import { LIST_NAMES, walk } from '@livetree/live-set';
import type { EventsFrame, RawKind, RawValue } from '@livetree/protocol';
import { Outline } from '../packages/hub/src/live/outline.ts';
import { RawSet } from '../packages/hub/src/live/raw-set.ts';
import { takeFrame } from '../packages/hub/src/live/take-frame.ts';
import type { Described } from './simulator.ts';

/** Uids become handles; the song is always 1. */
export function treeOfTruth(truth: Described, liveVersion: string): NodeOf<'set'> {
  const nodes: Record<string, { kind: RawKind; props: Record<string, RawValue> }> = {};
  const lists: Record<string, Record<string, number[]>> = {};
  const hidden = HIDDEN[liveVersion] ?? {};
  const handleOf = (uid: number): number => (uid === truth.uid ? 1 : uid + 1_000);
  const [major = 0, minor = 0] = liveVersion.split('.').map(Number);
  const isBefore = (a: number, b: number): boolean => major < a || (major === a && minor < b);
  const visit = (each: Described, above?: Described, rackAbove?: Described): void => {
    const handle = handleOf(each.uid);
    nodes[handle] = { kind: each.kind as RawKind, props: propsOf(each, handleOf, hidden) };
    lists[handle] = {};
    for (const [list, members] of Object.entries(each.lists)) {
      if (list === 'takeLanes' && isBefore(12, 2)) continue; // unknown to this Live
      (lists[handle] as Record<string, number[]>)[list] = members.map(({ uid }) => handleOf(uid));
      for (const member of members) visit(member, each, above);
    }
    // Before 12.3 the note of a chain is known from the pads, and a rack inside another has none (docs/live-api.md).
    const isNested = each.kind === 'chain' && rackAbove?.kind === 'chain';
    if (isNested && isBefore(12, 3)) delete nodes[handle]?.props['in_note'];
  };
  visit(truth);
  const raw = new RawSet();
  const frame: EventsFrame = { run: '', seq: 1, time: 0, nodes, lists };
  const { discards } = takeFrame(raw, frame, new Map());
  if (discards.length > 0) throw new Error(`the truth cannot be true: ${discards[0]?.why}`);
  const outline = new Outline({ raw, idPrefix: 'truth.', liveVersion });
  outline.projectAll();
  return outline.root();
}

/** Members that an older Live does not have (lom.json), by kind. */
const HIDDEN: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  '11.0.0': {
    song: ['scale_mode'],
    scene: [
      'tempo_enabled',
      'time_signature_numerator',
      'time_signature_denominator',
      'time_signature_enabled',
    ],
    device: ['visible_macro_count'],
  },
  '11.3.43': { song: ['scale_mode'] },
};

/** What nobody can be held to: Live itself answers otherwise a moment later. */
const isMoved = (moved: readonly string[], name: string): boolean =>
  moved.some((each) => name === each || name === `${each}_text`);

function propsOf(
  { kind, props, moved = [] }: Described,
  handleOf: (uid: number) => number,
  hidden: Readonly<Record<string, readonly string[]>>,
): Record<string, RawValue> {
  const found = Object.entries(props).flatMap(([name, value]): readonly (readonly [string, RawValue])[] => {
    if (value === null || name === 'notes' || isMoved(moved, name)) return [];
    if (hidden[kind]?.includes(name) === true) return [];
    if (name === 'group') return [['group_track', { handle: handleOf(Number(value)) }]];
    if (name === 'scene') return [['scene', { handle: handleOf(Number(value)) }]];
    return [[name, value as RawValue]];
  });
  return Object.fromEntries(found);
}

/** A tree without ids. */
export interface Plain {
  readonly kind: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly lists: Readonly<Record<string, readonly Plain[]>>;
}

/** With places in the tree instead of ids; what lies at one time in the arrangement in order of content. */
export function withoutIds(root: NodeOf<'set'>): Plain {
  const numbers = new Map(
    [...walk(root)]
      .filter(({ kind }) => kind === 'scene' || kind === 'track')
      .map(({ id }, at) => [String(id), at]),
  );
  const plain = ({ kind, props, lists }: TreeNode): Plain => ({
    kind,
    props: Object.fromEntries(
      Object.entries(props).map(([name, value]) => [
        name,
        name === 'scene' || name === 'target' ? (numbers.get(String(value)) ?? 'elsewhere') : value,
      ]),
    ),
    lists: Object.fromEntries(
      LIST_NAMES.flatMap((list) => {
        const nodes = lists[list]?.map(plain);
        return nodes === undefined ? [] : [[list, SORTED.has(list) ? sorted(nodes) : nodes]];
      }),
    ),
  });
  return plain(root);
}

const SORTED = new Set<string>(['arrangement', 'locators', 'clips']);
/** By place, so that what differs otherwise is held against what lies there. */
const placeOf = ({ props }: Plain): number => Number(props['scene'] ?? props['start'] ?? props['time'] ?? 0);
const keyOf = ({ props }: Plain): string => JSON.stringify(Object.entries(props).toSorted());
const sorted = (nodes: readonly Plain[]): readonly Plain[] =>
  nodes.toSorted((a, b) => placeOf(a) - placeOf(b) || (keyOf(a) < keyOf(b) ? -1 : 1));
