import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { longestIncreasing, treeOps } from '../../src/diff/ops.ts';
import type { NodeOf, TreeNode } from '../../src/model/node.ts';
import { applyOps } from '../../src/patch/apply.ts';
import type { Op } from '../../src/patch/op.ts';
import { walk } from '../../src/patch/tree.ts';
import { anyEdit, anySet, mutableSet } from '../arbitraries.ts';
import { freeze, homesFor, insertAt, type MutableNode, spots, takeOut } from '../mutable-tree.ts';

const RUNS = { numRuns: 200 };

describe('laws of the ops between two trees', () => {
  test('[DIFF-1] applied to the older tree they give exactly the newer', () => {
    fc.assert(
      fc.property(anyEdit, ([before, after]) => {
        expect(applyOps(before, treeOps(before, after))).toEqual(after);
      }),
      RUNS,
    );
  });

  test('[DIFF-1] even between two trees that only share ids', () => {
    fc.assert(
      fc.property(anySet, anySet, (before, after) => {
        const sameRoot = { ...after, id: before.id };
        const kept = keepKinds(before, sameRoot);
        expect(applyOps(before, treeOps(before, kept))).toEqual(kept);
      }),
      RUNS,
    );
  });

  test('[DIFF-2] a tree and itself, or an equal one, have none', () => {
    fc.assert(
      fc.property(anySet, (set) => {
        expect(treeOps(set, set)).toEqual([]);
        expect(treeOps(set, structuredClone(set))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('[DIFF-3] they survive JSON', () => {
    fc.assert(
      fc.property(anyEdit, ([before, after]) => {
        const ops = JSON.parse(JSON.stringify(treeOps(before, after))) as readonly Op[];
        expect(applyOps(before, ops)).toEqual(after);
      }),
      RUNS,
    );
  });

  test('[DIFF-4] one node put elsewhere is one move', () => {
    fc.assert(
      fc.property(mutableSet, fc.nat(), fc.nat(), fc.nat(), (before, a, b, c) => {
        const after = moved(before, a, b, c);
        fc.pre(after !== undefined);
        const ops = treeOps(freeze(before), freeze(after));
        expect(ops.map(({ op }) => op)).toEqual(['move']);
      }),
      RUNS,
    );
  });

  test('[DIFF-5] `was` says what was there: value, place and the removed node as it then is', () => {
    fc.assert(
      fc.property(anyEdit, ([before, after]) => {
        let now = before;
        for (const op of treeOps(before, after)) {
          expectTrueWas(now, op);
          now = applyOps(now, [op]);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('[DIFF-6] a node that is in both trees is never removed or inserted', () => {
    fc.assert(
      fc.property(anyEdit, ([before, after]) => {
        const ids = (root: TreeNode) => new Set([...walk(root)].map(({ id }) => id));
        const [old, young] = [ids(before), ids(after)];
        for (const op of treeOps(before, after)) {
          if (op.op === 'insert') for (const { id } of walk(op.node)) expect(old.has(id)).toBe(false);
          if (op.op === 'remove') expect(young.has(op.id)).toBe(false);
        }
      }),
      RUNS,
    );
  });

  test('[PATCH-1] subtrees that no op touches stay the same objects', () => {
    fc.assert(
      fc.property(anyEdit, ([before, after]) => {
        const ops = treeOps(before, after);
        const mentioned = new Set(ops.flatMap(idsIn));
        const old = new Map([...walk(before)].map((node) => [node.id, node]));
        for (const node of walk(applyOps(before, ops))) {
          const isUntouched = [...walk(node)].every(({ id }) => old.has(id) && !mentioned.has(id));
          if (isUntouched) expect(node).toBe(old.get(node.id));
        }
      }),
      RUNS,
    );
  });
});

describe('longest increasing run', () => {
  const values = fc.array(fc.integer({ min: -1, max: 30 }), { maxLength: 30 });

  test('[DIFF-7] rises strictly, leaves out what is not there, and no run is longer', () => {
    fc.assert(
      fc.property(values, (list) => {
        const chosen = list.filter((_, at) => longestIncreasing(list).has(at));
        expect(chosen.every((value, at) => value >= 0 && (at === 0 || chosen[at - 1]! < value))).toBe(true);
        expect(chosen.length).toBe(longestLength(list));
      }),
      { numRuns: 500 },
    );
  });

  test('[DIFF-7] of nothing, and of what is all new, is empty', () => {
    expect([longestIncreasing([]).size, longestIncreasing([-1, -1]).size]).toEqual([0, 0]);
  });
});

/** In quadratic time, and easy to believe. */
function longestLength(values: readonly number[]): number {
  const best: number[] = [];
  values.forEach((value, at) => {
    const before = values
      .slice(0, at)
      .flatMap((other, index) => (other >= 0 && other < value ? [best[index]!] : []));
    best.push(value < 0 ? 0 : 1 + Math.max(0, ...before));
  });
  return Math.max(0, ...best);
}

/** The tree without nodes whose id names another kind in `before`: one id is never two kinds of thing. */
function keepKinds(before: TreeNode, after: NodeOf<'set'>): NodeOf<'set'> {
  const kinds = new Map([...walk(before)].map(({ id, kind }) => [id, kind]));
  const cut = (node: TreeNode): TreeNode => {
    const lists = Object.entries(node.lists).map(([list, children]) => [
      list,
      children.filter((child) => (kinds.get(child.id) ?? child.kind) === child.kind).map(cut),
    ]);
    return { ...node, lists: Object.fromEntries(lists.filter(([, children]) => children!.length > 0)) };
  };
  return cut(after) as NodeOf<'set'>;
}

/** A copy with one node elsewhere; `undefined` when it comes to lie where it was. */
function moved(before: MutableNode, a: number, b: number, c: number): MutableNode | undefined {
  const after = structuredClone(before);
  const all = spots(after);
  const spot = all[a % Math.max(all.length, 1)];
  if (spot === undefined) return undefined;
  const homes = homesFor(after, spot.node.kind, spot.node);
  const home = homes[b % homes.length]!;
  takeOut(spot);
  insertAt(home.parent, home.list, spot.node, c);
  return JSON.stringify(sorted(after)) === JSON.stringify(sorted(before)) ? undefined : after;
}

/** Ids in order, list by list. */
const sorted = (node: MutableNode): unknown => [
  node.id,
  Object.entries(node.lists)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([list, children]) => [list, children.map(sorted)]),
];

function expectTrueWas(root: NodeOf<'set'>, op: Op): void {
  if (op.op === 'insert') return;
  const node = [...walk(root)].find(({ id }) => id === op.id)!;
  if (op.op === 'set') {
    const props = node.props as Readonly<Record<string, unknown>>;
    expect(op.was).toEqual(
      Object.fromEntries(Object.keys(op.props).map((name) => [name, props[name] ?? null])),
    );
    return;
  }
  const { parent, list, index } = op.was!;
  const holder = [...walk(root)].find(({ id }) => id === parent)!;
  expect(holder.lists[list]?.[index]).toBe(node);
  if (op.op === 'remove') expect(op.was?.node).toEqual(node);
}

function idsIn(op: Op): readonly string[] {
  if (op.op === 'set') return [op.id];
  if (op.op === 'insert') return [op.parent, op.node.id];
  if (op.op === 'remove') return [op.id, op.was!.parent];
  return [op.id, op.parent, op.was!.parent];
}
