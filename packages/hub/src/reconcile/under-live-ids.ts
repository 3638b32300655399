/** The file's tree under the ids that its things have in the tree that is served. */
import type { NodeId, NodeOf } from '@livetree/live-set';
import { asNodeId, walk, withIds } from '@livetree/live-set';
import type { Pairing } from './pairing.ts';

/**
 * Paired nodes get the ids they are served under, in properties that name them too; others keep their own, or
 * another where that one is taken. Linear in the nodes.
 * @param live the tree that is served: none of its ids is given to another thing
 */
export function underLiveIds(file: NodeOf<'set'>, pairing: Pairing, live?: NodeOf<'set'>): NodeOf<'set'> {
  const ids = new Map<NodeId, NodeId>();
  const alone: NodeId[] = [];
  for (const { id } of walk(file)) {
    const known = pairing.liveOf.get(id);
    if (known === undefined) alone.push(id);
    else if (known !== id) ids.set(id, known);
  }
  if (alone.length > 0) freeIds(alone, pairing, live, ids);
  return withIds(file, ids);
}

/** Other ids for those whose own stands for another thing. */
function freeIds(
  alone: readonly NodeId[],
  { fileOf }: Pairing,
  live: NodeOf<'set'> | undefined,
  ids: Map<NodeId, NodeId>,
): void {
  const taken = new Set<NodeId>(alone);
  const served = new Set<NodeId>(live === undefined ? [] : walk(live).map(({ id }) => id));
  const isServed = (id: NodeId): boolean => fileOf.has(id) || served.has(id);
  for (const id of alone) {
    if (!isServed(id)) continue;
    let wish = id;
    for (let copy = 2; isServed(wish) || taken.has(wish); copy++) wish = asNodeId(`${id}~${copy}`);
    taken.add(wish);
    ids.set(id, wish);
  }
}
