import { asNodeId, Tree, treeOps } from '@livetree/live-set';
import { describe, expect, it } from 'vitest';
import { FileSide } from '../../src/joined/file-side.ts';
import { rename, smallSet } from '../support/trees.ts';

describe('the file of a Set beside Live', () => {
  it('[REC-116] a Set that goes on where the last hub was follows the next save under the same ids', () => {
    const kept = smallSet();
    const side = new FileSide();
    side.load(new Tree(smallSet()));
    expect(side.pair(kept)).toBe(true);
    expect(treeOps(kept, side.settle(kept) ?? kept)).toEqual([]);
    for (const name of ['A', 'B']) {
      const before = side.shown ?? kept;
      side.apply([rename('t1', name)]);
      const ops = treeOps(before, side.settle(before) ?? before);
      expect(ops).toMatchObject([{ op: 'set', id: asNodeId('t1'), props: { name } }]);
      expect(side.isPlain).toBe(true);
    }
  });
});
