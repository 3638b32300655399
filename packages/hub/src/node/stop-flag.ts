/**
 * How a reader's thread is asked to stop. A thread is never ended from outside while it works: Node 20 aborts
 * the whole process when that falls into the making of a native object (inflating makes one).
 */
import type { Platform } from '@livetree/live-set';

/** Thrown inside the thread by the work that is given up. */
export class Stopped extends Error {
  constructor() {
    super('the reader was asked to stop');
  }
}

/** One bit that both threads see. */
export class StopFlag {
  readonly shared: SharedArrayBuffer;
  readonly #bits: Int32Array;

  constructor(shared: SharedArrayBuffer = new SharedArrayBuffer(4)) {
    this.shared = shared;
    this.#bits = new Int32Array(shared);
  }

  raise(): void {
    Atomics.store(this.#bits, 0, 1);
  }

  get isUp(): boolean {
    return Atomics.load(this.#bits, 0) === 1;
  }

  /** @throws Stopped once the flag is up */
  check(): void {
    if (this.isUp) throw new Stopped();
  }
}

/** The same platform, which gives the work up soon after the flag is up: the parser decodes texts all the time. */
export const stoppable = (platform: Platform, flag: StopFlag): Platform => ({
  decode(bytes, start, end) {
    flag.check();
    return platform.decode(bytes, start, end);
  },
  firstInvalidUtf8: (bytes) => platform.firstInvalidUtf8(bytes),
});
