/** How it stands with Live, as people are told. */
import type { LiveProgress, LiveStatus, ScriptHeartbeat } from '@livetree/protocol';
import { SCRIPT_LIMITS } from '@livetree/protocol';

/** ms between two tellings of figures. */
const STATS_MS = 5_000;

type Facts = Pick<LiveStatus, 'simulated' | 'recorded' | 'version' | 'stats' | 'progress' | 'problem'>;

/** What a script says of its Live. */
interface Connected {
  readonly simulated: boolean;
  readonly recorded?: boolean | undefined;
  readonly liveVersion: string;
}

export class LiveState {
  #state: LiveStatus['state'] = 'none';
  #since: number | undefined;
  #facts: Facts = {};
  #isConnected = false;
  #isBroken = false;
  #isLight = false;
  #lastSign = 0;
  #statsAt = Number.NEGATIVE_INFINITY;

  get isConnected(): boolean {
    return this.#isConnected;
  }

  get status(): LiveStatus {
    const since = this.#since === undefined ? {} : { since: this.#since };
    return { state: this.#state, ...since, ...this.#facts };
  }

  connected(live: Connected, now: number): void {
    this.#isConnected = true;
    this.#isLight = false;
    this.#lastSign = now;
    const simulated = live.simulated ? { simulated: true as const } : {};
    const recorded = live.recorded === true ? { recorded: true as const } : {};
    this.#facts = { version: live.liveVersion, ...simulated, ...recorded };
    this.#judge(now);
  }

  /** Anything came from the script. */
  sign(now: number): void {
    this.#lastSign = now;
    if (this.#state === 'stalled') this.#judge(now);
  }

  beat({ light, walking, stats, listeners, unacked, dirty }: ScriptHeartbeat, now: number): void {
    this.#isLight = light;
    this.#lastSign = now;
    this.progressed(walking ?? undefined);
    if (now - this.#statsAt >= STATS_MS) {
      this.#statsAt = now;
      this.#facts = { ...this.#facts, stats: { ...stats, listeners, unacked, dirty } };
    }
    this.#judge(now);
  }

  /** @param progress `undefined`: all was read */
  progressed(progress: LiveProgress | undefined): void {
    const { progress: _, ...rest } = this.#facts;
    this.#facts = progress === undefined ? rest : { ...rest, progress };
  }

  broke(now: number): void {
    this.#isBroken = true;
    this.#judge(now);
  }

  mended(now: number): void {
    this.#isBroken = false;
    this.#judge(now);
  }

  tick(now: number): void {
    if (this.#isConnected) this.#judge(now);
  }

  /** The connection broke off. */
  gone(now: number): void {
    this.#isConnected = false;
    this.progressed(undefined);
    this.#enter('gone', now);
    this.#problem('Live is gone (closed, crashed or hung). What you see is the last that it told.');
  }

  /** Live said goodbye, and the file is shown. */
  ended(): void {
    this.#isConnected = false;
    this.#isBroken = false;
    this.#state = 'none';
    this.#since = undefined;
    this.#facts = {};
  }

  /** Live said goodbye, and there is no file. */
  closed(now: number): void {
    this.gone(now);
    this.#problem('Live has closed this Set, which was never saved. What you see is how it was.');
  }

  #judge(now: number): void {
    if (this.#isBroken) {
      this.#enter('broken', now);
      this.#problem(
        'What Live told contradicted itself again and again. Read the Set anew, or restart Live.',
      );
    } else if (now - this.#lastSign >= SCRIPT_LIMITS.stalledMs) this.#enter('stalled', now);
    else this.#enter(this.#isLight ? 'light' : 'live', now);
  }

  #enter(state: LiveStatus['state'], now: number): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#since = now;
    this.#problem(undefined);
  }

  #problem(sentence: string | undefined): void {
    const { problem: _, ...rest } = this.#facts;
    this.#facts = sentence === undefined ? rest : { ...rest, problem: sentence };
  }
}
