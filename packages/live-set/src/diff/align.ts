/** Most cells of the table for a longest common subsequence; beyond it only equal ends are paired. */
const MOST_CELLS = 4_000_000;

type PositionPair = readonly [before: number, after: number];

/**
 * Pairs the positions of two lists whose items have no identity: a longest common subsequence, and what lies
 * between two of its members where both lists have equally many. In order; at most quadratic.
 */
export function align(before: readonly string[], after: readonly string[]): readonly PositionPair[] {
  const pairs: PositionPair[] = [];
  let [a, b] = [0, 0];
  for (const [nextA, nextB] of [
    ...commonSubsequence(before, after),
    [before.length, after.length] as const,
  ]) {
    if (nextA - a === nextB - b) while (a < nextA) pairs.push([a++, b++]);
    if (nextA < before.length) pairs.push([nextA, nextB]);
    [a, b] = [nextA + 1, nextB + 1];
  }
  return pairs;
}

function commonSubsequence(before: readonly string[], after: readonly string[]): readonly PositionPair[] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const middle = between(before.slice(start, before.length - end), after.slice(start, after.length - end));
  const pairs: PositionPair[] = [];
  for (let at = 0; at < start; at++) pairs.push([at, at]);
  for (const [a, b] of middle) pairs.push([start + a, start + b]);
  for (let at = end; at > 0; at--) pairs.push([before.length - at, after.length - at]);
  return pairs;
}

/** By the usual table: `lengths[a, b]` = the longest one of what is left from `a` and from `b` on. */
function between(before: readonly string[], after: readonly string[]): readonly PositionPair[] {
  const width = after.length + 1;
  if ((before.length + 1) * width > MOST_CELLS) return [];
  const lengths = new Uint16Array((before.length + 1) * width);
  const at = (a: number, b: number): number => lengths[a * width + b] as number;
  for (let a = before.length - 1; a >= 0; a--) {
    for (let b = after.length - 1; b >= 0; b--) {
      const isEqual = before[a] === after[b];
      lengths[a * width + b] = isEqual ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1));
    }
  }
  const pairs: PositionPair[] = [];
  for (let [a, b] = [0, 0]; a < before.length && b < after.length; ) {
    if (before[a] === after[b]) pairs.push([a++, b++]);
    else if (at(a + 1, b) >= at(a, b + 1)) a++;
    else b++;
  }
  return pairs;
}
