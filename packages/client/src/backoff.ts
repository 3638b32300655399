/** How long to wait before the next attempt: full jitter, so that many clients never come back in step. */

export const BACKOFF = {
  /** Upper end of the first wait, ms. */
  firstMs: 250,
  /** Upper end of any wait, ms. */
  longestMs: 10_000,
  /** A connection that held this long counts as good again, ms. */
  stableMs: 5_000,
} as const;

/**
 * @param attempt failed attempts since the last good connection, 0-based
 * @param random a number in [0, 1)
 * @returns whole ms in [0, min(longest, first · 2^attempt))
 */
export function backoffMs(attempt: number, random: number): number {
  const most = Math.min(BACKOFF.longestMs, BACKOFF.firstMs * 2 ** Math.min(attempt, 16));
  return Math.floor(random * most);
}
