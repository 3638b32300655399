/** What changed between two moments of a Set. */
import type { NodeOf, Op, Sentence, Touched } from '@livetree/live-set';
import { diffSets, sentences, tellChange, treeOps } from '@livetree/live-set';
import type { ReadMoment } from './read-moment.ts';

export interface Difference {
  readonly before: NodeOf<'set'>;
  readonly after: NodeOf<'set'>;
  readonly told: readonly Sentence[];
  readonly ops: readonly Op[];
  readonly touched: readonly Touched[];
  /** Only the trees were compared: one of the two is not a save. */
  readonly withoutDetails: boolean;
}

export function compareMoments(before: ReadMoment, after: ReadMoment): Difference {
  if (before.set === undefined || after.set === undefined) return compareTrees(before.root, after.root);
  const diff = diffSets(before.set, after.set);
  const told = sentences(before.set, diff);
  return { before: before.root, ...diff, after: diff.after.root, told, withoutDetails: false };
}

function compareTrees(before: NodeOf<'set'>, after: NodeOf<'set'>): Difference {
  const ops = treeOps(before, after);
  const told = tellChange({ before: { root: before }, after: { root: after }, ops, touched: [] }).sentences;
  return { before, after, told, ops, touched: [], withoutDetails: true };
}
