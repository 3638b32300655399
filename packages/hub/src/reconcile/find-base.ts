/** Rule 2: which moment the file is of. Found by content, never by a clock. */
import type { NodeOf, Op } from '@livetree/live-set';
import { Distance, type DistanceOptions } from './distance.ts';
import { toEnd } from './slices.ts';

/** One revision on the way back. */
export interface BackStep {
  readonly revision: number;
  /** The revision it was made upon. */
  readonly before: number;
  /** ms since 1970; for people only. */
  readonly time: number;
  /** With `was`; a revision that came as a whole tree ends the way back. */
  readonly ops: readonly Op[];
}

export interface Base {
  /** Of it and all with the same distance the latest one. */
  readonly revision: number;
  /** Properties, nodes and places in which it differs from the file. */
  readonly distance: number;
  /** Nodes of the file: what the distance is measured against. */
  readonly size: number;
  /** Revisions with that distance, of those that were looked at. */
  readonly ties: number;
  /** How many steps lie between it and the newest revision. */
  readonly steps: number;
  /** Steps that were looked at. */
  readonly looked: number;
}

/** @param newest the revision of `now` */
export const findBase = (
  now: NodeOf<'set'>,
  newest: number,
  back: Iterable<BackStep>,
  file: NodeOf<'set'>,
  options?: DistanceOptions,
): Base => toEnd(findingBase(now, newest, back, file, options));

const OPS_PER_SLICE = 200;

/**
 * The revision that differs least from the file, in slices. Cost: the tree once, then the ops.
 * @param file under the ids of `now`
 */
export function* findingBase(
  now: NodeOf<'set'>,
  newest: number,
  back: Iterable<BackStep>,
  file: NodeOf<'set'>,
  options: DistanceOptions = {},
): Generator<void, Base> {
  const distance = yield* Distance.measuring(now, file, options);
  const { size } = distance;
  let best: Base = { revision: newest, distance: distance.total, size, ties: 1, steps: 0, looked: 0 };
  let [looked, ops] = [0, 0];
  yield;
  for (const step of back) {
    // Nothing can fit better, and of equals the latest counts.
    if (best.distance === 0 || !distance.undo(step.ops)) break;
    looked += 1;
    const { total } = distance;
    if (total < best.distance)
      best = { ...best, revision: step.before, distance: total, ties: 1, steps: looked };
    else if (total === best.distance) best = { ...best, ties: best.ties + 1 };
    ops += step.ops.length;
    if (ops < OPS_PER_SLICE) continue;
    ops = 0;
    yield;
  }
  return { ...best, looked };
}
