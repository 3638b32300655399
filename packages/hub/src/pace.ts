/** How long a client has been too slow. */
import type { HubLimits } from './limits.ts';

/** A queue that shrinks by this part of its limit within the time allowed is slow, but alive. */
const PROGRESS = 1 / 4;

export class Pace {
  readonly #limits: HubLimits;
  #slow: { readonly since: number; readonly bytes: number } | undefined;

  constructor(limits: HubLimits) {
    this.#limits = limits;
  }

  /**
   * Notes the bytes that wait for the client.
   * @returns whether they have been over the limit for too long without shrinking
   */
  isTooSlow(waiting: number, now: number): boolean {
    const { queueBytes, slowMs } = this.#limits;
    if (waiting <= queueBytes) this.#slow = undefined;
    else if (this.#slow === undefined || waiting <= this.#slow.bytes - queueBytes * PROGRESS)
      this.#slow = { since: now, bytes: waiting };
    return this.#slow !== undefined && now - this.#slow.since > slowMs;
  }
}
