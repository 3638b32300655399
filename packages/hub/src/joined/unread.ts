/** How old the values may be that Live tells nobody of, and what was not read since it changed. */
import type { ScriptStats, Unsaved } from '@livetree/protocol';

/** s in which ages are told: who looks at the list need not hear of each second. */
const STEPS = [5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400, 86_400] as const;

export class Unread {
  #sweptMs: number | undefined;
  #aside = 0;

  /**
   * Figures of the script (docs/protocol-script.md, `heartbeat`); none, when it is gone.
   * @returns whether people are told something else now
   */
  take({ sweepOldestSeconds, setAside }: ScriptStats): boolean {
    const before = [this.#sweptMs, this.#aside];
    this.#sweptMs = typeof sweepOldestSeconds === 'number' ? stepOf(sweepOldestSeconds) : undefined;
    this.#aside = typeof setAside === 'number' ? setAside : 0;
    return this.#sweptMs !== before[0] || this.#aside !== before[1];
  }

  /** @param asked values of which Live and the file tell different things, and of which Live is being asked */
  toldWith(asked: number): Pick<Unsaved, 'unknown' | 'sweptMs'> {
    const unknown = asked + this.#aside;
    return { unknown, ...(this.#sweptMs !== undefined && { sweptMs: this.#sweptMs }) };
  }
}

const stepOf = (seconds: number): number =>
  (STEPS.find((step) => seconds <= step) ?? Math.ceil(seconds)) * 1_000;
