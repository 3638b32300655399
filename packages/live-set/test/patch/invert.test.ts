import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { treeOps } from '../../src/diff/ops.ts';
import { asNodeId } from '../../src/model/node.ts';
import { applyOps } from '../../src/patch/apply.ts';
import { invert, withWas } from '../../src/patch/invert.ts';
import type { Op } from '../../src/patch/op.ts';
import { PatchError } from '../../src/patch/tree.ts';
import { anyEdit } from '../arbitraries.ts';
import { frozen, node, setOf, stories, wire } from './edits.ts';

const id = asNodeId;
const RUNS = { numRuns: 500 };

describe('invert', () => {
  it('[PATCH-20] undoes any ops: the tree is as it was', () => {
    const law = fc.property(stories(1), ({ before, patches: [ops = []], after: [after] }) => {
      expect(applyOps(after!, invert(frozen(ops)))).toStrictEqual(before);
    });
    fc.assert(law, RUNS);
  });

  it('[PATCH-21] gives ops that can be undone in turn: twice inverted is the same in effect', () => {
    const law = fc.property(stories(1), ({ before, patches: [ops = []], after: [after] }) => {
      const again = invert(invert(ops));
      expect(applyOps(before, again)).toStrictEqual(after);
      expect(again.map((op) => op.op)).toEqual(ops.map((op) => op.op));
    });
    fc.assert(law, RUNS);
  });

  it('[PATCH-20] undoes a group that came and took old tracks in', () => {
    const [kick, snare, bass] = [node('kick'), node('snare'), node('bass')];
    const before = setOf({ tracks: [kick, snare, bass] });
    const after = setOf({ tracks: [node('drums', { tracks: [kick, node('hat'), snare] }), bass] });
    const ops = treeOps(before, after);
    expect(ops.map(({ op }) => op)).toEqual(['insert', 'move', 'move']);
    expect(applyOps(after, invert(ops))).toStrictEqual(before);
    // The removal that undoes the insert holds the group as it was inserted: without the old tracks.
    expect(invert(ops).at(-1)).toMatchObject({
      op: 'remove',
      was: { node: { lists: { tracks: [{ id: 'hat' }] } } },
    });
  });

  it('[PATCH-20] undoes what a diff says of two trees with the same ids, either way', () => {
    const law = fc.property(anyEdit, ([before, after]) => {
      const [forth, back] = [treeOps(before, after), treeOps(after, before)];
      expect(applyOps(after, invert(forth))).toStrictEqual(before);
      expect(applyOps(before, invert(back))).toStrictEqual(after);
      expect(withWas(before, wire(forth))).toStrictEqual(forth);
    });
    fc.assert(law, { numRuns: 200 });
  });

  it('[PATCH-22] refuses ops that do not say what was, in a sentence', () => {
    const place = { parent: id('set'), list: 'tracks', index: 0 } as const;
    const refused: readonly (readonly [Op, RegExp])[] = [
      [{ op: 'remove', id: id('kick') }, /cannot undo the removal of kick/],
      [{ op: 'move', id: id('kick'), ...place }, /cannot undo the move of kick/],
      [{ op: 'set', id: id('kick'), props: { muted: true } }, /cannot undo the change of muted of kick/],
      [
        { op: 'set', id: id('kick'), props: { muted: true, toString: 'a' }, was: { muted: null } },
        /change of toString/,
      ],
    ];
    for (const [op, message] of refused) {
      expect(() => invert([op])).toThrow(PatchError);
      expect(() => invert([op])).toThrow(message);
    }
  });

  it('[PATCH-20] undoes only the properties that were set, whatever else `was` says', () => {
    const ops: readonly Op[] = [
      { op: 'set', id: id('kick'), props: { pan: 1 }, was: { pan: null, name: 'old' } },
    ];
    expect(invert(ops)).toEqual([{ op: 'set', id: 'kick', props: { pan: null }, was: { pan: 1 } }]);
  });
});

describe('withWas', () => {
  it('[PATCH-23] completes ops from the wire with what the tree holds', () => {
    const law = fc.property(stories(1), ({ before, patches: [ops = []] }) => {
      expect(withWas(before, frozen(wire(ops)))).toStrictEqual(ops);
    });
    fc.assert(law, RUNS);
  });

  it('[PATCH-23] believes the tree, not the op', () => {
    const before = setOf({ tracks: [node('kick')] });
    const told: Op = { op: 'set', id: id('kick'), props: { name: 'a' }, was: { name: 'wrong' } };
    expect(withWas(before, [told])).toEqual([{ ...told, was: { name: 'kick' } }]);
  });

  it('[PATCH-23] refuses ops that do not fit the tree', () => {
    const ops: readonly Op[] = [{ op: 'remove', id: id('nobody') }];
    expect(() => withWas(setOf({}), ops)).toThrow(PatchError);
    expect(() => withWas(setOf({}), [{ op: 'remove', id: id('set') }])).toThrow(PatchError);
  });
});

describe('JSON', () => {
  it('[PATCH-24] ops come back from JSON as they were, with `was` and without, also undone ones', () => {
    const law = fc.property(stories(1), ({ patches: [ops = []] }) => {
      for (const list of [ops, wire(ops), invert(ops)])
        expect(JSON.parse(JSON.stringify(list))).toStrictEqual(list);
    });
    fc.assert(law, RUNS);
  });
});
