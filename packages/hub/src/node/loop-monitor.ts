/** How long the event loop could not turn: what every client waited for at least once. */
import type { IntervalHistogram } from 'node:perf_hooks';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** ms between two looks; a delay is what comes on top. */
const RESOLUTION_MS = 10;

export class LoopMonitor {
  readonly #histogram: IntervalHistogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  constructor() {
    this.#histogram.enable();
  }

  /** ms, since the start. */
  get maxMs(): number {
    return Math.max(0, this.#histogram.max / 1e6 - RESOLUTION_MS);
  }

  close(): void {
    this.#histogram.disable();
  }
}
