import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BACKOFF, backoffMs } from '../src/backoff.ts';

it('[CLIENT-13] waits a random share of 250 ms, doubled with each failure up to 10 s', () => {
  const most = (attempt: number) => backoffMs(attempt, 0.999_999);
  expect([0, 1, 2, 3].map(most)).toEqual([249, 499, 999, 1999]);
  expect(most(40)).toBe(9999);
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempt, random) => {
        const wait = backoffMs(attempt, random);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThan(BACKOFF.longestMs);
      },
    ),
  );
});
