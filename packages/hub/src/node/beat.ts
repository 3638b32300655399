/** The regular work of the hub: as often as there is something to do, and never when there is nothing. */

export interface BeatOptions {
  /** The work. */
  readonly tick: () => void;
  /** ms between two; `undefined` = nothing to do. Asked after each, and by {@link Beat.adjust}. */
  readonly paceMs: () => number | undefined;
}

export class Beat {
  readonly #options: BeatOptions;
  #timer: NodeJS.Timeout | undefined;
  #paceMs: number | undefined;
  #count = 0;
  #isClosed = false;

  constructor(options: BeatOptions) {
    this.#options = options;
  }

  /** How often the work was done. */
  get count(): number {
    return this.#count;
  }

  /** There may be more to do, or less, than at the last tick. */
  adjust(): void {
    const paceMs = this.#isClosed ? undefined : this.#options.paceMs();
    if (paceMs === this.#paceMs) return;
    this.#paceMs = paceMs;
    clearInterval(this.#timer);
    this.#timer = paceMs === undefined ? undefined : setInterval(() => this.#tick(), paceMs).unref();
  }

  close(): void {
    this.#isClosed = true;
    this.adjust();
  }

  #tick(): void {
    this.#count += 1;
    this.#options.tick();
    this.adjust();
  }
}
