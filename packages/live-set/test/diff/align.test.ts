import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { align } from '../../src/diff/align.ts';

const lists = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });

/** Length of a longest common subsequence, by trying everything. */
function longest(before: readonly string[], after: readonly string[]): number {
  if (before.length === 0 || after.length === 0) return 0;
  const [a, ...restA] = before;
  const [b, ...restB] = after;
  return a === b ? 1 + longest(restA, restB) : Math.max(longest(before, restB), longest(restA, after));
}

describe('aligning lists without identities', () => {
  test('[DIFF-13] rises on both sides, and pairs at least as many equals as can be', () => {
    fc.assert(
      fc.property(lists, lists, (before, after) => {
        const pairs = align(before, after);
        for (const [index, [a, b]] of pairs.entries()) {
          const [lastA, lastB] = pairs[index - 1] ?? [-1, -1];
          expect(a > lastA && a < before.length && b > lastB && b < after.length).toBe(true);
        }
        expect(pairs.filter(([a, b]) => before[a] === after[b]).length).toBe(longest(before, after));
      }),
      { numRuns: 400 },
    );
  });

  test('[DIFF-13] what changed in place is paired, what is new is not', () => {
    expect(align(['a', 'b', 'c'], ['a', 'x', 'c'])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    expect(align(['', 'a', ''], ['', '', 'a', ''])).toEqual([
      [0, 0],
      [1, 2],
      [2, 3],
    ]);
    expect(align([], ['a'])).toEqual([]);
  });

  test('[DIFF-13] of very long lists only the ends are compared', () => {
    const long = Array.from({ length: 3000 }, (_, index) => `${index}`);
    const other = ['new', ...long.toReversed()];
    expect(align(long, other)).toEqual([]);
    expect(align(long, [...long, 'new']).length).toBe(3000);
  });
});
