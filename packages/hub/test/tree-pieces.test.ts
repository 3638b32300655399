import { Tree } from '@livetree/live-set';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutTree } from '../src/tree-pieces.ts';
import { apply, nodesOf, setOf, smallSet, someOp, track } from './support/trees.ts';

const rebuilt = (root: ReturnType<typeof smallSet>, nodes: number) => {
  const { trunk, pieces } = cutTree(root, nodes);
  const tree = new Tree(trunk);
  for (const ops of pieces) tree.apply(ops);
  return { tree, pieces };
};

describe('a tree in pieces', () => {
  it('[HUB-51] put together again it is the same tree, whatever the size of the pieces', () => {
    const steps = fc.array(fc.tuple(fc.nat(5), fc.nat(20), fc.nat(20)), { maxLength: 60 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 12 }), (all, nodes) => {
        let root = smallSet();
        all.forEach((step, at) => {
          root = apply(root, [someOp(root, step, `n${at}`)]);
        });
        const { tree } = rebuilt(root, nodes);
        expect(tree.root).toEqual(root);
        expect(tree.size).toBe(nodesOf(root).length);
      }),
    );
  });

  it('[HUB-51] no piece has more nodes than asked for', () => {
    const group = { ...track('g', 'Group'), lists: { tracks: tracks('a', 30) } };
    const { pieces, tree } = rebuilt(setOf(group, ...tracks('b', 30)), 7);
    expect(tree.size).toBe(62);
    for (const ops of pieces) {
      const nodes = ops.reduce((sum, { node }) => sum + [...nodesOf(setOf(node))].length - 1, 0);
      expect(nodes).toBeLessThanOrEqual(7);
    }
  });
});

const tracks = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, at) => track(`${prefix}${at}`, `${at}`));
