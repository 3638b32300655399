/** Rules 2 to 6 in one go: a new file has been read, and all that Live had told before it is in. */
import type { NodeOf, Op } from '@livetree/live-set';
import { invert, Tree } from '@livetree/live-set';
import { aligning } from './align.ts';
import { sayAsked, sayBase, sayForeign } from './decisions.ts';
import { type Discrepancy, type DiscrepancyOptions, findingDiscrepancies } from './discrepancies.ts';
import { fileAsLive } from './file-as-live.ts';
import { type BackStep, type Base, findingBase } from './find-base.ts';
import { commonShare, whyForeign } from './foreign.ts';
import { NO_PAIRS, type Pairing, pairingOf } from './pairing.ts';
import { toEnd } from './slices.ts';
import { underLiveIds } from './under-live-ids.ts';

export interface Evidence extends DiscrepancyOptions {
  /** Live's tree, and its revision. */
  readonly now: NodeOf<'set'>;
  readonly revision: number;
  /** Revisions since the last save (or 60 s), newest first. */
  readonly back: readonly BackStep[];
  /** The file's tree under its own ids. */
  readonly file: NodeOf<'set'>;
  readonly known: Pairing;
  /** No save has proved the known pairs (absent: one has). */
  readonly isGuess?: boolean;
  /**
   * Live's tree as it was when it had been read, if nothing was compared since: the file may be of that moment, and
   * what Live has inserted since is then nothing of the file.
   */
  readonly first?: NodeOf<'set'> | undefined;
  /**
   * Live was followed while the file was written (absent: it was): then what differs at that moment is no edit, but
   * something to be cleared up.
   */
  readonly sawSave?: boolean;
  /** `pointeeCounter` of this file, and of the last own save. */
  readonly pointees?: number | undefined;
  readonly lastPointees?: number | undefined;
  /** There is a save of Live's own that the list goes on to be against (absent: there is). */
  readonly hasOwn?: boolean;
  /** The same bytes as a save before the last one. */
  readonly isEarlierSave?: boolean | undefined;
}

export interface Verdict {
  /** Also of nodes that have gone since. */
  readonly pairing: Pairing;
  readonly base: Base;
  /** Why the file is not Live's own save; the pairing is then not to be kept. */
  readonly foreign?: string;
  /** To ask Live about; empty for a foreign file. */
  readonly discrepancies: readonly Discrepancy[];
  /** For people. */
  readonly decisions: readonly string[];
}

export const compareWithFile = (evidence: Evidence): Verdict => toEnd(comparingWithFile(evidence));

/** In slices. Near linear in both trees and in the ops since the last save. */
export function* comparingWithFile(evidence: Evidence): Generator<void, Verdict> {
  const verdict = yield* comparing(evidence);
  const { known, isGuess = false } = evidence;
  const isDoubtful = verdict.foreign !== undefined || isGuess;
  if (!isDoubtful || known.fileOf.size === 0) return verdict;
  yield;
  // Pairs that were found without a save to prove them may be at fault.
  const afresh = yield* comparing({ ...evidence, known: NO_PAIRS });
  // Of equals the one that owes nothing to a guess: what the file alone knows would stay with the wrong things.
  const isBetter = afresh.base.distance - verdict.base.distance < (isGuess ? 1 : 0);
  return isBetter ? afresh : verdict;
}

function* comparing(evidence: Evidence): Generator<void, Verdict> {
  const { now, back, file, sawSave = true } = evidence;
  const pairing = yield* findingPairs(evidence);
  yield;
  const theirs = underLiveIds(file, pairing, now);
  yield;
  const base = yield* findingMoment(evidence, theirs);
  yield;
  const foreign = whyForeign({ ...evidence, sawSave, base, inCommon: () => commonShare(now, file, pairing) });
  if (foreign !== undefined)
    return { pairing, base, foreign, discrepancies: [], decisions: [sayForeign(foreign, evidence.hasOwn)] };
  const discrepancies =
    base.distance === 0 || !sawSave
      ? []
      : yield* findingDiscrepancies(takenBack(now, back, base.steps), theirs, evidence);
  const asked = sayAsked(discrepancies);
  return {
    pairing,
    base,
    discrepancies,
    decisions: asked === undefined ? [sayBase(base, sawSave)] : [sayBase(base, sawSave), asked],
  };
}

/** From Live as it is now, or as it was first: by the moment that differs less from the file, of equals by now. */
function* findingPairs(evidence: Evidence): Generator<void, Pairing> {
  const { now, back, file, known, first } = evidence;
  const whole = withGone(now, back);
  const byNow = yield* pairingAll(now, whole, file, known);
  if (first === undefined || first === now) return byNow;
  const byFirst = yield* aligning(first, file, known);
  const nowDiffers = yield* differing(now, byNow, evidence);
  if (nowDiffers <= (yield* differing(first, byFirst, evidence))) return byNow;
  return yield* aligning(whole, file, byFirst, first);
}

function* differing(live: NodeOf<'set'>, pairing: Pairing, evidence: Evidence): Generator<void, number> {
  const theirs = underLiveIds(evidence.file, pairing, live);
  yield;
  return (yield* findingBase(live, 0, [], theirs, evidence)).distance;
}

/** What is there comes before what has gone since: that may have come back as another object. */
function* pairingAll(
  now: NodeOf<'set'>,
  withGoneToo: NodeOf<'set'>,
  file: NodeOf<'set'>,
  known: Pairing,
): Generator<void, Pairing> {
  const there = yield* aligning(now, file, known);
  if (withGoneToo === now) return there;
  yield;
  return yield* aligning(withGoneToo, file, pairingOf([...there.fileOf, ...known.fileOf]));
}

/** Most often nothing differs: that is found out with less ado. */
function* findingMoment(evidence: Evidence, theirs: NodeOf<'set'>): Generator<void, Base> {
  const { now, revision, back, sawSave = true } = evidence;
  const { root } = yield* fileAsLive(now, theirs, evidence);
  yield;
  if (root === now) return { revision, distance: 0, size: 0, ties: 1, steps: 0, looked: 0 };
  return yield* findingBase(now, revision, sawSave ? back : [], theirs, evidence);
}

/** The tree as it was before the newest so many steps. Cost: their ops. */
export function takenBack(now: NodeOf<'set'>, back: readonly BackStep[], steps: number): NodeOf<'set'> {
  if (steps === 0) return now;
  const tree = new Tree(now);
  for (const { ops } of back.slice(0, steps)) tree.apply(invert(ops));
  return tree.root;
}

/** The tree with what was removed since, about where it was: the file may still have it. */
function withGone(now: NodeOf<'set'>, back: readonly BackStep[]): NodeOf<'set'> {
  const removed = back.flatMap(({ ops }) => ops.toReversed().filter(isRemove));
  if (removed.length === 0) return now;
  const tree = new Tree(now);
  for (const { was } of removed) {
    const parent = was && tree.get(was.parent);
    if (parent === undefined || was === undefined) continue;
    const index = Math.min(was.index, parent.lists[was.list]?.length ?? 0);
    tryInsert(tree, { op: 'insert', parent: was.parent, list: was.list, index, node: was.node });
  }
  return tree.root;
}

type Remove = Extract<Op, { readonly op: 'remove' }>;
const isRemove = (op: Op): op is Remove => op.op === 'remove';

/** What came back under the same id is there already. */
function tryInsert(tree: Tree, op: Op): void {
  try {
    tree.apply([op]);
  } catch {
    // Then it is not gone.
  }
}
