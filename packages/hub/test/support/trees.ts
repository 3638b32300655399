/** Small trees by hand, and random changes of them. */
import type { FacetItem, KindProps, NodeOf, Op, TreeNode } from '@livetree/live-set';
import { asNodeId, Tree, walk } from '@livetree/live-set';

export const track = (id: string, name: string, clips: readonly TreeNode[] = []): NodeOf<'track'> => ({
  id: asNodeId(id),
  kind: 'track',
  props: { type: 'midi', name, mute: false },
  lists: clips.length > 0 ? { clips } : {},
});

export const clip = (id: string, name: string, more: Partial<KindProps['clip']> = {}): NodeOf<'clip'> => ({
  id: asNodeId(id),
  kind: 'clip',
  props: { type: 'midi', name, ...more },
  lists: {},
});

export const setOf = (...tracks: readonly TreeNode[]): NodeOf<'set'> => ({
  id: asNodeId('set'),
  kind: 'set',
  props: { tempoBpm: 120 },
  lists: { tracks },
});

/** Two tracks, one with a clip. */
export const smallSet = (): NodeOf<'set'> =>
  setOf(track('t1', 'Bass', [clip('c1', 'Verse', { noteCount: 2 })]), track('t2', 'Drüms'));

export const rename = (id: string, name: string, was = 'before'): Op => ({
  op: 'set',
  id: asNodeId(id),
  props: { name },
  was: { name: was },
});

export const notes = (...keys: readonly string[]): readonly FacetItem[] =>
  keys.map((key) => ({ key, pitch: key.length, time: 0 }));

export const nodesOf = (root: NodeOf<'set'>): TreeNode[] => [...walk(root)];

/** An op that fits the tree, chosen by numbers: they come from the property test's generator. */
export function someOp(
  root: NodeOf<'set'>,
  [what, a, b]: readonly [number, number, number],
  fresh: string,
): Op {
  const tracks = root.lists.tracks ?? [];
  const chosen = tracks[a % Math.max(1, tracks.length)];
  const place = { parent: root.id, list: 'tracks' } as const;
  if (what === 0 || chosen === undefined)
    return { op: 'insert', ...place, index: b % (tracks.length + 1), node: track(fresh, `new ${fresh}`) };
  if (what === 1) return { op: 'remove', id: chosen.id, was: { ...place, index: 0, node: chosen } };
  if (what === 2) return { op: 'move', id: chosen.id, ...place, index: b % tracks.length };
  if (what === 3)
    return {
      op: 'insert',
      parent: chosen.id,
      list: 'clips',
      index: 0,
      node: clip(`${fresh}c`, `clip ${fresh}`),
    };
  const nodes = nodesOf(root);
  const node = nodes[a % nodes.length] ?? root;
  return { op: 'set', id: node.id, props: { annotation: `note ${b} ♪` } };
}

export const apply = (root: NodeOf<'set'>, ops: readonly Op[]): NodeOf<'set'> => new Tree(root).apply(ops);
