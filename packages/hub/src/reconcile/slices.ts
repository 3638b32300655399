/** Work that is done in slices: a generator that yields where it may be left for a while. */

/** All of it at once. */
export function toEnd<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
