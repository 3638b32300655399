/** What changed between two moments of a Set. */
import type { NodeOf, Op, Sentence, Touched } from '@livetree/live-set';
import { diffSets, sentences } from '@livetree/live-set';
import { PastProblem } from './past-error.ts';
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

/** @throws PastProblem when the two are not of one Set */
export async function compareMoments(before: ReadMoment, after: ReadMoment): Promise<Difference> {
  if (before.set === undefined || after.set === undefined) return compareTrees(before, after);
  const diff = diffSets(before.set, after.set);
  const told = sentences(before.set, diff);
  return { before: before.root, ...diff, after: diff.after.root, told, withoutDetails: false };
}

/** Only when needed: without the hub's libraries the other commands start in half the time. */
async function compareTrees(before: ReadMoment, after: ReadMoment): Promise<Difference> {
  const { compareSides } = await import('@livetree/hub');
  const [from, to] = [before, after].map(({ root, set }) => ({ root, isSave: set !== undefined }));
  const found = from && to && compareSides(from, to);
  if (found === undefined)
    throw new PastProblem('The two have too little in common to be compared: they are not of one Set.');
  return { ...found, touched: [], withoutDetails: true };
}
