/** Work under way that is done in slices, by whoever has the time; or to its end, when something depends on it. */
export class InSlices {
  #work: Generator<void> | undefined;

  get isUnderWay(): boolean {
    return this.#work !== undefined;
  }

  begin(work: Generator<void>): void {
    this.finish();
    this.#work = work;
  }

  /** One slice. */
  step(): void {
    if (this.#work?.next().done === true) this.#work = undefined;
  }

  finish(): void {
    while (this.isUnderWay) this.step();
  }
}
