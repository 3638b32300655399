/** Tells where the time of a reading went. */
import type { Stage } from '../set-source.ts';

export class Stopwatch {
  /** ms by stage. */
  readonly stages: Partial<Record<Stage, number>> = {};
  #since = performance.now();

  /** The time since the last lap, or the start, was spent on this stage. */
  lap(stage: Stage): void {
    const now = performance.now();
    this.stages[stage] = (this.stages[stage] ?? 0) + now - this.#since;
    this.#since = now;
  }
}
