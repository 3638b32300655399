/** Bringing what is shown to another tree, bit by bit: a change of thousands of ops would hold the hub's loop. */
import type { NodeOf, Op, Touched } from '@livetree/live-set';
import { treeOps } from '@livetree/live-set';
import type { SetLine } from './set-line.ts';

/** Of one change; those of any other are taken up by the next step. */
export const OPS_PER_STEP = 250;

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
  let left: readonly Op[] = [];
  let shown: NodeOf<'set'> | undefined;
  for (let isFirst = true; isFirst || left.length > 0; isFirst = false) {
    if (isFirst || line.root !== shown) left = opsBetween(line.root, wanted());
    const ops = left.slice(0, OPS_PER_STEP);
    left = left.slice(OPS_PER_STEP);
    const told = isFirst ? touched : [];
    if (ops.length + told.length > 0) line.change({ ops, touched: told, origin: 'file', time });
    shown = line.root;
    yield;
  }
}

const opsBetween = (before: NodeOf<'set'> | undefined, after: NodeOf<'set'> | undefined): readonly Op[] =>
  before === undefined || after === undefined ? [] : treeOps(before, after);
