/**
 * How long the event loop could not turn: what every client waited for at least once. It looks a hundred times a
 * second, so it looks only while somebody is connected.
 */
import type { IntervalHistogram } from 'node:perf_hooks';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** ms between two looks; a delay is what comes on top. */
const RESOLUTION_MS = 10;

export class LoopMonitor {
  readonly #histogram: IntervalHistogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  /** @param isNeeded whether anybody could wait */
  watch(isNeeded: boolean): void {
    if (isNeeded) this.#histogram.enable();
    else this.#histogram.disable();
  }

  /** ms, since the start; of the time in which somebody was connected. */
  get maxMs(): number {
    return Math.max(0, this.#histogram.max / 1e6 - RESOLUTION_MS);
  }

  close(): void {
    this.#histogram.disable();
  }
}
