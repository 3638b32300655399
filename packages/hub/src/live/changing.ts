/** Bringing what is shown to another tree, bit by bit: a change of thousands of nodes would hold the hub's loop. */
import type { NodeOf, Touched } from '@livetree/live-set';
import { treeOps } from '@livetree/live-set';
import type { SetLine } from './set-line.ts';
import { towards } from './towards.ts';

/** Nodes whose properties one change sets. */
export const NODES_PER_STEP = 200;

/**
 * Each step is one change of the file. What Live changes in between is taken into account.
 * @param wanted the tree as it should be, with all that Live has said by now
 * @param touched details that have changed, told with the first step
 */
export function* changing(
  line: SetLine,
  wanted: () => NodeOf<'set'> | undefined,
  touched: readonly Touched[],
  time: number,
): Generator<void> {
  yield;
  let [shown, goal] = [line.root, wanted()];
  let untold = touched;
  for (let isThere = false; !isThere; ) {
    yield;
    if (line.root !== shown) goal = wanted();
    if (line.root === undefined || goal === undefined) return;
    const nearer = towards(line.root, goal, NODES_PER_STEP);
    ({ isThere } = nearer);
    const ops = treeOps(line.root, nearer.root);
    if (ops.length + untold.length > 0) line.change({ ops, touched: untold, origin: 'file', time });
    [shown, untold] = [line.root, []];
  }
}
