/** What two lists of keys have in common, in order: near linear, for lists of any length. */
import { longestIncreasing } from '@livetree/live-set';

/** Positions of equal keys. */
export type PositionPair = readonly [a: number, b: number];

/** A stretch of both lists. */
interface Stretch {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

/** Most cells of the table of one stretch without a key that occurs once; beyond it the stretch has nothing in common. */
const MOST_CELLS = 40_000;

/**
 * A common subsequence: equal ends, then keys that occur once in both lists (the longest run of them in order), then
 * the stretches in between in the same way; small stretches without such keys by the usual table (then the longest).
 */
export function commonOrder(a: readonly string[], b: readonly string[]): readonly PositionPair[] {
  const pairs: PositionPair[] = [];
  inStretch(a, b, { fromA: 0, toA: a.length, fromB: 0, toB: b.length }, pairs);
  return pairs;
}

function inStretch(
  a: readonly string[],
  b: readonly string[],
  { fromA, toA, fromB, toB }: Stretch,
  pairs: PositionPair[],
): void {
  let [startA, startB, endA, endB] = [fromA, fromB, toA, toB];
  while (startA < endA && startB < endB && a[startA] === b[startB]) pairs.push([startA++, startB++]);
  while (startA < endA && startB < endB && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  if (startA < endA && startB < endB)
    middle(a, b, { fromA: startA, toA: endA, fromB: startB, toB: endB }, pairs);
  while (endA < toA) pairs.push([endA++, endB++]);
}

function middle(a: readonly string[], b: readonly string[], stretch: Stretch, pairs: PositionPair[]): void {
  const anchors = onceInBoth(a, b, stretch);
  if (anchors.length === 0) {
    table(a, b, stretch, pairs);
    return;
  }
  let { fromA, fromB } = stretch;
  for (const [atA, atB] of anchors) {
    inStretch(a, b, { fromA, toA: atA, fromB, toB: atB }, pairs);
    pairs.push([atA, atB]);
    [fromA, fromB] = [atA + 1, atB + 1];
  }
  inStretch(a, b, { ...stretch, fromA, fromB }, pairs);
}

/** Keys that occur once in each list: the most of them that are in the same order. */
function onceInBoth(a: readonly string[], b: readonly string[], stretch: Stretch): readonly PositionPair[] {
  const inA = once(a, stretch.fromA, stretch.toA);
  const inB = once(b, stretch.fromB, stretch.toB);
  const found: PositionPair[] = [];
  for (const [key, atA] of inA) {
    const atB = inB.get(key);
    if (atA >= 0 && atB !== undefined && atB >= 0) found.push([atA, atB]);
  }
  found.sort(([x], [y]) => x - y);
  const kept = longestIncreasing(found.map(([, atB]) => atB));
  return found.filter((_, at) => kept.has(at));
}

/** Position by key; −1 for one that occurs again. */
function once(keys: readonly string[], from: number, to: number): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (let at = from; at < to; at++) {
    const key = keys[at] as string;
    found.set(key, found.has(key) ? -1 : at);
  }
  return found;
}

/** By the usual table: `lengths[x, y]` = the longest one of what is left from `x` and from `y` on. */
function table(
  a: readonly string[],
  b: readonly string[],
  { fromA, toA, fromB, toB }: Stretch,
  pairs: PositionPair[],
): void {
  const [height, width] = [toA - fromA + 1, toB - fromB + 1];
  if (height * width > MOST_CELLS) return;
  const lengths = new Uint16Array(height * width);
  const at = (x: number, y: number): number => lengths[x * width + y] as number;
  for (let x = height - 2; x >= 0; x--) {
    for (let y = width - 2; y >= 0; y--) {
      const isEqual = a[fromA + x] === b[fromB + y];
      lengths[x * width + y] = isEqual ? at(x + 1, y + 1) + 1 : Math.max(at(x + 1, y), at(x, y + 1));
    }
  }
  for (let [x, y] = [0, 0]; x < height - 1 && y < width - 1; ) {
    if (a[fromA + x] === b[fromB + y]) pairs.push([fromA + x++, fromB + y++]);
    else if (at(x + 1, y) >= at(x, y + 1)) x++;
    else y++;
  }
}
