/** When something was that a frame tells. */
import type { EventsFrame } from '@livetree/protocol';
import type { LiveRun } from './live-run.ts';

/** ms that a frame may be under way without being late. */
const LATE_MS = 5_000;
/** ms that one can have waited: beyond it a clock is wrong. */
const MOST_LATE_MS = 7 * 24 * 3_600_000;

/** When Live told: a frame that waited for the hub is of the time at which it was made; else now is. */
export function whenOf({ options }: LiveRun, { time }: EventsFrame, now: number): number {
  const waited = now - time * 1000;
  const isLate = waited > LATE_MS && waited < MOST_LATE_MS && options.recorded !== true;
  return isLate ? time * 1000 : now;
}
