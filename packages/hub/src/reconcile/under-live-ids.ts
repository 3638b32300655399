/** The file's tree under the ids that its things have in the tree that is served. */
import type { NodeId, NodeOf, TreeNode } from '@livetree/live-set';
import { renames, walk, withIds } from '@livetree/live-set';
import type { Pairing } from './pairing.ts';

/**
 * Paired nodes get the ids they are served under, in properties that name them too; others keep their own, or
 * another where that one is taken. Linear in the nodes.
 * @param live the tree that is served: none of its ids is given to another thing
 */
export function underLiveIds(file: NodeOf<'set'>, pairing: Pairing, live?: NodeOf<'set'>): NodeOf<'set'> {
  const taken = new Map<NodeId, TreeNode>(live === undefined ? [] : indexed(live));
  return withIds(
    file,
    renames({
      before: taken,
      after: new Map(indexed(file)),
      toBefore: pairing.liveOf,
      toAfter: pairing.fileOf,
    }),
  );
}

const indexed = (root: TreeNode): readonly (readonly [NodeId, TreeNode])[] =>
  walk(root).map((node) => [node.id, node]);
