import type { NodeOf, TreeNode } from '@livetree/live-set';
import { asNodeId, Tree, treeOps, walk } from '@livetree/live-set';
import { describe, expect, it } from 'vitest';
import { towards } from '../../src/live/towards.ts';
import { fixture } from '../reconcile/support.ts';

const before = fixture('demo');

/** The tree with every node's properties made anew; every fifth node has another one. */
function changed<N extends TreeNode>(node: N, count = { nodes: 0 }): N {
  count.nodes += 1;
  const lists = Object.fromEntries(
    Object.entries(node.lists).map(([list, nodes]) => [list, nodes?.map((each) => changed(each, count))]),
  );
  const props = { ...node.props, ...(count.nodes % 5 === 0 && { annotation: `new ${count.nodes}` }) };
  return { ...node, props, lists };
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const different = (a: NodeOf<'set'>, b: NodeOf<'set'>): number =>
  walk(a).filter(({ props }, at) => JSON.stringify(props) !== JSON.stringify(walk(b)[at]?.props)).length;

describe('bringing what is shown to another tree', () => {
  it('[IDLE-3] one step changes the properties of so many nodes and no more; all steps lead to what is wanted', () => {
    const wanted = changed(before);
    const all = different(before, wanted);
    expect(all).toBeGreaterThan(30);
    let shown = before;
    let steps = 0;
    for (let isThere = false; !isThere; steps++) {
      const nearer = towards(shown, wanted, 10);
      const ops = treeOps(shown, nearer.root);
      expect(ops.length).toBeLessThanOrEqual(10);
      const tree = new Tree(shown);
      tree.apply(ops);
      [shown, { isThere }] = [tree.root, nearer];
    }
    expect(steps).toBe(Math.ceil(all / 10));
    expect(plain(shown)).toEqual(plain(wanted));
  });

  it('[IDLE-3] what is there, gone or elsewhere is so after one step; where nothing differs nothing is made', () => {
    const [first, ...rest] = before.lists.tracks ?? [];
    const track = { ...(first as NodeOf<'track'>), id: asNodeId('new'), lists: {} };
    const wanted = { ...before, lists: { ...before.lists, tracks: [...rest, track] } };
    const nearer = towards(before, wanted, 0);
    expect(nearer.isThere).toBe(true);
    expect(plain(nearer.root)).toEqual(plain(wanted));
    expect(towards(before, changed(before), 0).isThere).toBe(false);
    expect(towards(before, plain(before) as NodeOf<'set'>, 10).root).toBe(before);
  });
});
