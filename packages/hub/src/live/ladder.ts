/**
 * What to ask for when statements do not fit: the subtree; the third time within a minute the whole Set, once;
 * after that nothing more, and the Set counts as broken. Never a loop.
 */
import type { Handle } from '@livetree/protocol';
import { SCRIPT_LIMITS, SONG_HANDLE } from '@livetree/protocol';

export class ResyncLadder {
  readonly #asked = new Map<Handle, number[]>();
  /** Asked, and the answer is not complete. */
  readonly #waiting = new Set<Handle>();
  #wholeAt: number | undefined;
  #isBroken = false;

  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** @returns the handle to ask for; `undefined`: nothing, it is on its way or of no use */
  ask(handle: Handle, now: number): Handle | undefined {
    if (this.#isBroken || this.#waiting.has(handle) || this.#waiting.has(SONG_HANDLE)) return undefined;
    const recent = (this.#asked.get(handle) ?? []).filter((at) => now - at < SCRIPT_LIMITS.ladderMs);
    recent.push(now);
    this.#asked.set(handle, recent);
    return recent.length < SCRIPT_LIMITS.resyncs ? this.#wait(handle) : this.#whole(now);
  }

  /** The answer is complete. */
  answered(handle: Handle): void {
    this.#waiting.delete(handle);
    if (handle === SONG_HANDLE) this.#waiting.clear();
  }

  /** Was asked for by a hub before this one, or has to be. */
  owe(handle: Handle): void {
    this.#waiting.add(handle);
  }

  /** What was asked for and not answered; the whole Set stands for all of it. */
  get owed(): readonly Handle[] {
    return this.#waiting.has(SONG_HANDLE) ? [SONG_HANDLE] : [...this.#waiting];
  }

  /** Somebody wants it to be tried once more. */
  restart(): void {
    this.#asked.clear();
    this.#waiting.clear();
    this.#wholeAt = undefined;
    this.#isBroken = false;
  }

  #whole(now: number): Handle | undefined {
    if (this.#wholeAt !== undefined && now - this.#wholeAt < SCRIPT_LIMITS.ladderMs) {
      this.#isBroken = true;
      return undefined;
    }
    this.#wholeAt = now;
    return this.#wait(SONG_HANDLE);
  }

  #wait(handle: Handle): Handle {
    this.#waiting.add(handle);
    return handle;
  }
}
