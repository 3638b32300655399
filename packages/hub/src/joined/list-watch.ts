/** The list of what changed since the save, kept up to date: old as soon as something changes, made anew in slices. */
import type { KeptAct } from './lost-book.ts';
import { EMPTY, type Line, type List, type ListSource, listing, listNow } from './unsaved-list.ts';

export class ListWatch {
  #now: List = EMPTY;
  #making: Generator<void, List> | undefined;
  #isOld = false;
  /** A save was compared, and the list is still that against the one before. */
  #isOfOldSave = false;
  /** When Live told of lines, by their ids; ms since 1970. */
  #times = new Map<string, number>();

  get now(): List {
    return this.#now;
  }

  /** Nothing is told until the list against the newest save is made. */
  get isOfOldSave(): boolean {
    return this.#isOfOldSave;
  }

  /** It is not, or no longer, what it should be. */
  get isUnfinished(): boolean {
    return this.#isOld || this.#making !== undefined;
  }

  /** It is being made anew. */
  get isMaking(): boolean {
    return this.#making !== undefined;
  }

  /** Something has changed. */
  renew(): void {
    this.#isOld = true;
  }

  /** From now on it is against another save. */
  startOver(): void {
    this.#making = undefined;
    this.#isOfOldSave = true;
    this.#isOld = true;
    this.#times.clear();
  }

  /** The old list will not be made anew. */
  giveUp(): void {
    this.#isOfOldSave = false;
  }

  clear(): void {
    this.#now = EMPTY;
  }

  /** Lines of an earlier hub keep their times. */
  recall(acts: readonly KeptAct[]): void {
    for (const { act } of acts) if (act.time !== undefined) this.#times.set(act.id, act.time);
  }

  /**
   * One slice of the work.
   * @param source of a list that has to be begun; `undefined`: nothing to compare
   * @returns what came of it: `'same'` and `'new'` when a list was finished
   */
  step(source: () => ListSource | undefined): 'nothing' | 'going_on' | 'same' | 'new' {
    if (this.#making === undefined) return this.#begin(source);
    const step = this.#making.next();
    return step.done === true ? this.#take(step.value) : 'going_on';
  }

  #begin(source: () => ListSource | undefined): 'nothing' | 'going_on' {
    const found = this.#isOld ? source() : undefined;
    if (found === undefined) return 'nothing';
    this.#isOld = false;
    this.#making = listing(found);
    return 'going_on';
  }

  /** The list as it is at the end, at once. */
  finish(source: ListSource | undefined): 'nothing' | 'same' | 'new' {
    this.#making = undefined;
    this.#isOld = false;
    return source === undefined ? 'nothing' : this.#take(listNow(source));
  }

  #take(found: List): 'same' | 'new' {
    this.#making = undefined;
    this.#isOfOldSave = false;
    const lines = found.lines.map((line) => this.#withTime(line));
    const isSame = JSON.stringify(lines) === JSON.stringify(this.#now.lines);
    this.#now = { ...found, lines };
    return isSame ? 'same' : 'new';
  }

  /** A line that was there before keeps its time, though an earlier hub was told of it. */
  #withTime(line: Line): Line {
    const { id, time } = line.change;
    const known = this.#times.get(id);
    if (time !== undefined) this.#times.set(id, time);
    return time !== undefined || known === undefined
      ? line
      : { ...line, change: { ...line.change, time: known } };
  }
}
