/** Applying a patch to the tree held, and telling others what became of it. */
import type { NodeId, NodeOf, Op, Place, Tree } from '@livetree/live-set';
import type { Origin, PatchMessage } from '@livetree/protocol';

/** The tree became another one. `root` is the whole of it; untouched subtrees are the same objects. */
export interface TreeChange {
  /** `patch`: the ops lead from the tree before to this one. `snapshot`: read anew. `gone`: there is none now. */
  readonly cause: 'patch' | 'snapshot' | 'gone';
  readonly root: NodeOf<'set'> | undefined;
  /** Empty unless `cause` is `patch`. */
  readonly ops: readonly Op[];
  /** Where each node hung, before the ops, that they take out. */
  readonly removedFrom: ReadonlyMap<NodeId, Place>;
  readonly origin: Origin | undefined;
  /** ms since 1970, by the hub's clock; for people only. */
  readonly time: number | undefined;
}

/** A change that is no patch. */
export const wholeChange = (cause: 'snapshot' | 'gone', root?: NodeOf<'set'>): TreeChange => ({
  cause,
  root,
  ops: [],
  removedFrom: new Map(),
  origin: undefined,
  time: undefined,
});

/** @returns the change, or `undefined` when an op does not fit: the tree is as before then */
export function applyPatch(tree: Tree, patch: PatchMessage): TreeChange | undefined {
  const { ops, origin, time } = patch;
  const removedFrom = placesOfRemoved(tree, ops);
  try {
    return { cause: 'patch', root: tree.apply(ops), ops, removedFrom, origin, time };
  } catch {
    return undefined;
  }
}

function placesOfRemoved(tree: Tree, ops: readonly Op[]): ReadonlyMap<NodeId, Place> {
  const places = new Map<NodeId, Place>();
  for (const op of ops) {
    const place = op.op === 'remove' ? tree.placeOf(op.id) : undefined;
    if (op.op === 'remove' && place !== undefined) places.set(op.id, place);
  }
  return places;
}
