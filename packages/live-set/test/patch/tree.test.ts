import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { treeOps } from '../../src/diff/ops.ts';
import { asNodeId, type NodeOf, type TreeNode } from '../../src/model/node.ts';
import type { Op } from '../../src/patch/op.ts';
import { PatchError, Tree, walk } from '../../src/patch/tree.ts';
import { anyEdit } from '../arbitraries.ts';

const RUNS = { numRuns: 150 };

/** All that a tree knows, by its public surface. */
function knowledge(tree: Tree): unknown {
  const ids = [...walk(tree.root)].map(({ id }) => id);
  return [tree.size, tree.root, ids.map((id) => [id, tree.get(id), tree.placeOf(id), tree.parentOf(id)?.id])];
}

function expectFreshIndex(tree: Tree): void {
  expect(knowledge(tree)).toEqual(knowledge(new Tree(tree.root)));
  for (const node of walk(tree.root)) expect(tree.get(node.id)).toBe(node);
}

const track = (id: string, ...children: readonly TreeNode[]): NodeOf<'track'> => ({
  id: asNodeId(id),
  kind: 'track',
  props: { type: 'audio', name: id },
  lists: children.length === 0 ? {} : { tracks: children },
});
const setOf = (...tracks: readonly TreeNode[]): NodeOf<'set'> => ({
  id: asNodeId('set'),
  kind: 'set',
  props: {},
  lists: tracks.length === 0 ? {} : { tracks },
});
const id = asNodeId;

/** Ops that fit no tree of {@link SMALL}. */
const BAD: readonly (readonly [string, Op])[] = [
  ['sets an unknown node', { op: 'set', id: id('?'), props: { name: 'x' } }],
  ['removes an unknown node', { op: 'remove', id: id('?') }],
  ['moves an unknown node', { op: 'move', id: id('?'), parent: id('set'), list: 'tracks', index: 0 }],
  ['removes the root', { op: 'remove', id: id('set') }],
  ['moves the root', { op: 'move', id: id('set'), parent: id('a'), list: 'tracks', index: 0 }],
  ['moves a node into itself', { op: 'move', id: id('a'), parent: id('a'), list: 'tracks', index: 0 }],
  ['moves a node below itself', { op: 'move', id: id('a'), parent: id('a1'), list: 'tracks', index: 0 }],
  ['moves to an unknown parent', { op: 'move', id: id('a'), parent: id('?'), list: 'tracks', index: 0 }],
  ['moves past the end', { op: 'move', id: id('a'), parent: id('set'), list: 'tracks', index: 2 }],
  ['inserts past the end', { op: 'insert', parent: id('set'), list: 'tracks', index: 3, node: track('x') }],
  [
    'inserts before the start',
    { op: 'insert', parent: id('set'), list: 'tracks', index: -1, node: track('x') },
  ],
  [
    'inserts between two places',
    { op: 'insert', parent: id('set'), list: 'tracks', index: 0.5, node: track('x') },
  ],
  [
    'inserts below an unknown parent',
    { op: 'insert', parent: id('?'), list: 'tracks', index: 0, node: track('x') },
  ],
  [
    'inserts an id that is there',
    { op: 'insert', parent: id('set'), list: 'tracks', index: 0, node: track('b') },
  ],
  [
    'inserts an id that is there, deep in a new node',
    { op: 'insert', parent: id('set'), list: 'tracks', index: 0, node: track('x', track('y', track('a1'))) },
  ],
  [
    'inserts the same id twice',
    { op: 'insert', parent: id('set'), list: 'tracks', index: 0, node: track('x', track('y'), track('y')) },
  ],
];
const NO_LIST = JSON.parse('{"op":"move","id":"b","parent":"a","list":"toString","index":0}') as Op;
const SMALL = setOf(track('a', track('a1')), track('b'));

describe('a tree with its index', () => {
  test('[PATCH-2] the index equals a fresh one after any ops', () => {
    fc.assert(
      fc.property(anyEdit, ([before, after]) => {
        const tree = new Tree(before);
        expectFreshIndex(tree);
        for (const op of treeOps(before, after)) {
          tree.apply([op]);
          expectFreshIndex(tree);
        }
        expect(tree.root).toEqual(after);
      }),
      { numRuns: 60 },
    );
  });

  test('[PATCH-3] all ops or none: a bad one in the middle leaves tree and index as before', () => {
    fc.assert(
      fc.property(anyEdit, badOp, fc.nat(), ([before, after], bad, at) => {
        const ops = treeOps(before, after);
        const tree = new Tree(before);
        expect(() => tree.apply(ops.toSpliced(at % (ops.length + 1), 0, bad))).toThrow(PatchError);
        expect(tree.root).toBe(before);
        expectFreshIndex(tree);
        expect(tree.apply(ops)).toEqual(after);
      }),
      RUNS,
    );
  });

  test.each(BAD)('[PATCH-4] refused: an op that %s', (_, op) => {
    const tree = new Tree(SMALL);
    expect(() => tree.apply([op])).toThrow(PatchError);
    expect(tree.root).toBe(SMALL);
    expectFreshIndex(tree);
  });

  test('[PATCH-4] refused: an op from the wire that names a list that does not exist', () => {
    expect(() => new Tree(SMALL).apply([NO_LIST])).toThrow(PatchError);
  });

  test('[PATCH-5] nothing given is changed in place', () => {
    fc.assert(
      fc.property(anyEdit, ([before, after]) => {
        const copy = structuredClone(before);
        new Tree(before).apply(treeOps(before, after));
        expect(before).toEqual(copy);
      }),
      RUNS,
    );
  });

  test('[PATCH-6] a list that becomes empty is absent, one that gets its first node is there', () => {
    const tree = new Tree(SMALL);
    tree.apply([{ op: 'remove', id: id('a1') }]);
    expect(tree.get(id('a'))?.lists).toEqual({});
    tree.apply([{ op: 'move', id: id('b'), parent: id('a'), list: 'tracks', index: 0 }]);
    expect(tree.placeOf(id('b'))).toEqual({ parent: 'a', list: 'tracks', index: 0 });
    expect(tree.root).toEqual(setOf(track('a', track('b'))));
  });

  test('[PATCH-7] null takes a property away', () => {
    const tree = new Tree(SMALL);
    tree.apply([{ op: 'set', id: id('a'), props: { color: 3, name: 'A' } }]);
    expect(tree.get(id('a'))?.props).toEqual({ type: 'audio', name: 'A', color: 3 });
    tree.apply([{ op: 'set', id: id('a'), props: { color: null } }]);
    expect(tree.get(id('a'))?.props).toEqual({ type: 'audio', name: 'A' });
  });

  test('[PATCH-8] the index of a move counts after the node was taken out', () => {
    const tree = new Tree(setOf(track('a'), track('b'), track('c')));
    tree.apply([{ op: 'move', id: id('a'), parent: id('set'), list: 'tracks', index: 2 }]);
    expect(tree.root).toEqual(setOf(track('b'), track('c'), track('a')));
  });

  test('[PATCH-9] of the root, and of what is not there, there is no place', () => {
    const tree = new Tree(SMALL);
    expect([
      tree.placeOf(id('set')),
      tree.placeOf(id('?')),
      tree.get(id('?')),
      tree.parentOf(id('set')),
    ]).toEqual([undefined, undefined, undefined, undefined]);
    expect(tree.parentOf(id('a1'))?.id).toBe('a');
  });
});

const nowhere = { parent: id('?'), list: 'tracks', index: 0 } as const;

/** Ops that fit no tree at all. */
const badOp: Arbitrary<Op> = fc.constantFrom<Op>(
  { op: 'set', id: id('?'), props: { name: 'x' } },
  { op: 'remove', id: id('?') },
  { op: 'move', id: id('?'), parent: id('n0'), list: 'tracks', index: 0 },
  { op: 'insert', ...nowhere, node: track('x') },
  { op: 'insert', parent: id('n0'), list: 'tracks', index: 99, node: track('x') },
  { op: 'insert', parent: id('n0'), list: 'tracks', index: 0, node: track('n0') },
  { op: 'remove', id: id('n0') },
);
