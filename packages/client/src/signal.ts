/** Listeners of one kind of event. */
export class Signal<T> {
  readonly #listeners = new Set<(event: T) => void>();

  /** @returns how to stop listening */
  on(listener: (event: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: T): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  clear(): void {
    this.#listeners.clear();
  }
}
