import type { NodeOf } from '../model/node.ts';
import type { Op } from './op.ts';
import { Tree } from './tree.ts';

/**
 * A new tree with the ops applied; the given one is not changed, and subtrees that no op touches are the
 * same objects. Builds an index of the whole tree: whoever applies often keeps a {@link Tree}.
 * @throws PatchError when an op does not fit
 */
export const applyOps = (root: NodeOf<'set'>, ops: readonly Op[]): NodeOf<'set'> => new Tree(root).apply(ops);
