/** Takes work in order, a little in each turn of the event loop: clients are served in between. */

/** ms of work after which the rest waits for the next turn; one piece of work may run over it. */
const TURN_MS = 6;

export class Inbox<T> {
  readonly #take: (item: T) => void;
  #items: T[] = [];
  #turn: NodeJS.Immediate | undefined;

  constructor(take: (item: T) => void) {
    this.#take = take;
  }

  /** Never handled in the caller's own turn: any number may come at once. */
  push(item: T): void {
    this.#items.push(item);
    this.#turn ??= setImmediate(() => this.#work());
  }

  /** Forgets what was not taken yet. */
  clear(): void {
    this.#items = [];
    clearImmediate(this.#turn);
    this.#turn = undefined;
  }

  #work(): void {
    this.#turn = undefined;
    const end = performance.now() + TURN_MS;
    const items = this.#items;
    let taken = 0;
    try {
      while (items === this.#items && taken < items.length && performance.now() < end) {
        taken += 1;
        this.#take(items[taken - 1] as T);
      }
    } finally {
      // A list that was cleared meanwhile is another one.
      if (items === this.#items) this.#items = items.slice(taken);
      if (this.#items.length > 0) this.#turn ??= setImmediate(() => this.#work());
    }
  }
}
