import type { NodeOf, TreeNode } from '@livetree/live-set';
import { asNodeId, Tree, walk } from '@livetree/live-set';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  align,
  aligning,
  NO_PAIRS,
  type Pairing,
  pairingOf,
  underLiveIds,
} from '../../src/reconcile/index.ts';
import { clip, setOf, track } from '../support/trees.ts';
import { edited, FIXTURE_NAMES, fixture, numbers, relabelled } from './support.ts';

const demo = fixture('demo');
const sortOf = ({ kind, props }: TreeNode): readonly unknown[] => [
  kind,
  'class' in props ? props.class : '',
  kind === 'track' || kind === 'clip' ? (props as { type: string }).type : '',
];

function expectSound({ fileOf, liveOf }: Pairing, live: NodeOf<'set'>, file: NodeOf<'set'>): void {
  const [mine, theirs] = [live, file].map((root) => new Map(walk(root).map((node) => [node.id, node])));
  expect(liveOf.size).toBe(fileOf.size);
  for (const [id, other] of fileOf) {
    expect(liveOf.get(other)).toBe(id);
    expect(sortOf(mine?.get(id) as TreeNode)).toEqual(sortOf(theirs?.get(other) as TreeNode));
  }
}

const idsBelow = (node: TreeNode | undefined): readonly string[] =>
  node === undefined ? [] : walk(node).map(({ id }) => id);

describe('aligning Live and the file', () => {
  it.each(FIXTURE_NAMES)('[REC-1] the same Set is paired node by node: %s', (name) => {
    const file = fixture(name);
    const live = relabelled(file);
    expect(underLiveIds(file, align(live, file), live)).toEqual(live);
  });

  it('[REC-2] is one-to-one, and pairs nothing of different kind, class or type', () => {
    fc.assert(
      fc.property(fc.array(numbers, { maxLength: 12 }), fc.array(numbers, { maxLength: 12 }), (a, b) => {
        const live = edited(relabelled(demo), a).roots.at(-1) as NodeOf<'set'>;
        const file = edited(demo, b).roots.at(-1) as NodeOf<'set'>;
        expectSound(align(live, file), live, file);
      }),
      { numRuns: 10 },
    );
  });

  it('[REC-3] what is known stays paired through renames, moves and other edits on both sides', () => {
    const live = relabelled(demo);
    const known = align(live, demo);
    fc.assert(
      fc.property(fc.array(numbers, { maxLength: 10 }), (choices) => {
        const now = edited(live, choices).roots.at(-1) as NodeOf<'set'>;
        const found = align(now, demo, known);
        for (const id of idsBelow(now)) {
          const before = known.fileOf.get(asNodeId(id));
          if (before !== undefined) expect(found.fileOf.get(asNodeId(id))).toBe(before);
        }
        expectSound(found, now, demo);
      }),
      { numRuns: 10 },
    );
  });

  it('[REC-3] without anything known a few renames and moves are found, too', () => {
    const live = relabelled(demo);
    const known = align(live, demo);
    const tree = new Tree(live);
    const [first, second, third] = (tree.root.lists.tracks ?? []).map(({ id }) => id);
    const list = { parent: live.id, list: 'tracks' } as const;
    tree.apply([
      { op: 'set', id: first as never, props: { name: 'Something else' } },
      { op: 'set', id: third as never, props: { name: 'Else again', color: 3 } },
      { op: 'move', id: second as never, ...list, index: 3 },
    ]);
    expect(new Map(align(tree.root, demo).fileOf)).toEqual(new Map(known.fileOf));
  });

  it('[REC-4] a name alone pairs nothing', () => {
    const live = setOf(track('a', 'Bass'), track('b', 'Keys'));
    const audio: TreeNode = { ...track('x', 'Bass'), props: { type: 'audio', name: 'Bass' } };
    const file = setOf(audio, track('y', 'Keys'));
    expect([...align(live, file).fileOf]).toEqual([
      ['set', 'set'],
      ['b', 'y'],
    ]);
  });

  it('[REC-5] a pair known by a place in the file counts only where the name bears it out', () => {
    const live = setOf(track('a', 'Bass'), track('b', 'Keys'));
    const file = setOf(track('t@1', 'Keys'), track('t@0', 'Bass'));
    const wrong = pairingOf([
      [asNodeId('a'), asNodeId('t@1')],
      [asNodeId('b'), asNodeId('t@0')],
    ]);
    expect(align(live, file, wrong).fileOf.get(asNodeId('a'))).toBe('t@0');
  });

  it('[REC-6] session clips go by scene, arrangement clips by start, drum chains by note, locators by time', () => {
    const scenes = (ids: readonly string[]): TreeNode[] =>
      ids.map((id) => ({ id: asNodeId(id), kind: 'scene', props: { name: id.slice(-1) }, lists: {} }));
    const chain = (id: string, note: number): TreeNode => ({
      id: asNodeId(id),
      kind: 'chain',
      props: { name: 'Hit', receivingNote: note },
      lists: {},
    });
    const rack = (id: string, chains: readonly TreeNode[]): TreeNode => ({
      id: asNodeId(id),
      kind: 'device',
      props: { class: 'DrumGroupDevice', type: 'rack', name: 'Kit' },
      lists: { chains },
    });
    const locator = (id: string, name: string, time: number): TreeNode => ({
      id: asNodeId(id),
      kind: 'locator',
      props: { name, time },
      lists: {},
    });
    const side = (to: string, order: readonly [number, number]): NodeOf<'set'> => {
      const both = <T>(one: T, other: T): T[] => order.map((at) => (at === 0 ? one : other));
      const bass = track(`${to}t`, 'Bass', [
        ...both(clip(`${to}c1`, 'x', { scene: `${to}1` }), clip(`${to}c2`, 'x', { scene: `${to}2` })),
      ]);
      const lists = {
        ...bass.lists,
        arrangement: both(
          clip(`${to}a1`, 'y', { start: 0, end: 4 }),
          clip(`${to}a2`, 'y', { start: 8, end: 12 }),
        ),
        devices: [rack(`${to}d`, both(chain(`${to}k1`, 36), chain(`${to}k2`, 38)))],
      };
      return {
        ...setOf({ ...bass, lists }),
        lists: {
          tracks: [{ ...bass, lists }],
          scenes: scenes([`${to}1`, `${to}2`]),
          locators: both(locator(`${to}l1`, 'Verse', 0), locator(`${to}l2`, 'Verse', 16)),
        },
      };
    };
    const found = align(side('L', [0, 1]), side('F', [1, 0]));
    for (const [live, file] of found.fileOf) expect(file.slice(1)).toBe(live.slice(1));
    expect(found.fileOf.size).toBe(13);
  });

  it('[REC-7] can be left at any time: all slices together give the same', () => {
    const live = relabelled(demo);
    const work = aligning(live, demo, NO_PAIRS);
    let slices = 0;
    for (;;) {
      const step = work.next();
      slices += 1;
      if (step.done !== true) continue;
      expect(new Map(step.value.fileOf)).toEqual(new Map(align(live, demo).fileOf));
      break;
    }
    expect(slices).toBeGreaterThan(3);
  });

  it('[REC-8] no id is given to two things: what the file alone has gets another where its own is taken', () => {
    const live = setOf(track('t1', 'Bass'), track('t2', 'Keys'));
    const file = setOf(track('t2', 'Bass'), { ...track('t1', 'Vox'), props: { type: 'audio', name: 'Vox' } });
    const shown = underLiveIds(file, align(live, file), live);
    expect(shown.lists.tracks?.map(({ id }) => id)).toEqual(['t1', 't1~2']);
  });
});
