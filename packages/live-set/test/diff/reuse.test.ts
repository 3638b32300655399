import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffSets } from '../../src/diff/diff.ts';
import { treeOps } from '../../src/diff/ops.ts';
import { reuse } from '../../src/diff/reuse.ts';
import type { TreeNode } from '../../src/model/node.ts';
import { walk } from '../../src/patch/tree.ts';
import { anyEdit } from '../arbitraries.ts';
import { fixture } from '../corpus.ts';

const byId = (root: TreeNode): ReadonlyMap<string, TreeNode> =>
  new Map(walk(root).map((node) => [node.id, node]));

describe('what did not change', () => {
  test('[DIFF-70] is the same object before and after, also under other ids', () => {
    const before = fixture('demo');
    const { after, ops } = diffSets(before, fixture('demo-next'));
    expect(ops.length).toBeGreaterThan(0);
    const old = byId(before.root);
    const kept = walk(after.root).filter((node) => old.get(node.id) === node);
    expect(kept.length).toBeGreaterThan(walk(after.root).length / 2);
    expect(diffSets(before, fixture('demo')).after.root).toBe(before.root);
  });

  test('[DIFF-70] equal subtrees, and no others, are taken from the older tree; the ops stay the same', () => {
    fc.assert(
      fc.property(anyEdit, ([before, after]) => {
        const old = new Map(walk(before).map((node) => [node.id, node]));
        const made = reuse(old, after);
        expect(made).toEqual(after);
        for (const node of walk(made)) {
          const was = old.get(node.id);
          const isEqual = was !== undefined && JSON.stringify(sorted(was)) === JSON.stringify(sorted(node));
          expect(node === was).toBe(isEqual);
        }
        expect(treeOps(before, made)).toEqual(treeOps(before, after));
      }),
    );
  });
});

/** With the keys of objects in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return members.map(([key, member]) => [key, sorted(member)]);
}
