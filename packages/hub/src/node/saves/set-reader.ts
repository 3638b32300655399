/** Reads Sets of the store for comparing; the newest two stay read, for what is compared next. */
import type { ParsedSet } from '@livetree/live-set';
import { DEFAULT_LIMITS, parseSet } from '@livetree/live-set';
import { nodePlatform } from '@livetree/live-set/node';
import type { SavesStore } from './saves-store.ts';

const KEPT = 2;

export class SetReader {
  readonly #store: SavesStore;
  readonly #read = new Map<number, ParsedSet>();
  readonly #platform;

  constructor(store: SavesStore, platform = nodePlatform) {
    this.#store = store;
    this.#platform = platform;
  }

  /** @throws LiveSetError when it is no Set; Error when the store does not have it whole */
  read(save: number): ParsedSet {
    return this.#read.get(save) ?? this.keep(save, this.parse(this.#store.xml(save)));
  }

  /** @throws LiveSetError */
  parse(xml: Uint8Array): ParsedSet {
    return parseSet(xml, { platform: this.#platform, limits: DEFAULT_LIMITS });
  }

  /** Takes one that was read before it got its id. */
  keep(save: number, set: ParsedSet): ParsedSet {
    for (const old of [...this.#read.keys()].slice(0, Math.max(0, this.#read.size - KEPT + 1)))
      this.#read.delete(old);
    this.#read.set(save, set);
    return set;
  }

  /** Gives the memory back. */
  forget(): void {
    this.#read.clear();
  }
}
