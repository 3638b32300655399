/** The real-time switch: a preference of the user, kept from one hub to the next. Off, Live is not listened to. */
import type { SetInfo } from '@livetree/protocol';
import { readPreferences, writePreferences } from './state-file.ts';

export class RealtimeSwitch {
  readonly #folder: string | undefined;
  readonly #onTurn: () => void;
  #isOn = true;
  /** When it was turned off, ms since 1970. */
  #since: number | undefined;

  /**
   * @param folder where it is kept; `undefined`: nowhere
   * @param onTurn called after each turn
   */
  constructor(folder: string | undefined, onTurn: () => void) {
    this.#folder = folder;
    this.#onTurn = onTurn;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Takes up what was kept. */
  async load(): Promise<void> {
    if (this.#folder !== undefined) this.#isOn = (await readPreferences(this.#folder)).realtime;
  }

  /** It holds at once; resolves when it is kept. @throws Error when it cannot be kept: it holds all the same */
  async turn(isOn: boolean, now: number): Promise<void> {
    if (isOn !== this.#isOn) {
      this.#isOn = isOn;
      this.#since = now;
      this.#onTurn();
    }
    if (this.#folder !== undefined) await writePreferences(this.#folder, { realtime: isOn });
  }

  /** What is told of a Set: while it is off nothing but that is told of Live. */
  shown(info: SetInfo): SetInfo {
    if (this.#isOn || info.live.state === 'off') return info;
    const { leads, simulated, recorded, version } = info.live;
    const since = this.#since === undefined ? {} : { since: this.#since };
    const live = {
      ...(leads && { leads }),
      ...(simulated && { simulated }),
      ...(recorded && { recorded }),
      ...(version !== undefined && { version }),
    };
    return { ...info, live: { state: 'off', ...since, ...live } };
  }
}
