/** What was not saved when a Live ended: frozen, kept until somebody dismisses it. */
import type { NodeOf, Op } from '@livetree/live-set';
import type { LostAct, LostChanges } from '@livetree/protocol';
import { UNSAVED_LIMITS } from '@livetree/protocol';
import { Looked } from './proof.ts';
import type { Line } from './unsaved-list.ts';

/** An act with what proves that it is there. */
export interface KeptAct {
  readonly act: LostAct;
  readonly ops: readonly Op[];
}

export interface KeptLost {
  readonly lost: LostChanges;
  /** The run of Live that ended; when it is there again nothing was lost. */
  readonly run: string;
  readonly proofs: Readonly<Record<string, readonly Op[]>>;
  /** No Live has had the Set since: what the file that is read next holds was saved after all. */
  readonly isFresh: boolean;
}

export class LostBook {
  #all: readonly KeptLost[] = [];

  /** For people, oldest first. */
  get all(): readonly LostChanges[] {
    return this.#all.map(({ lost }) => lost);
  }

  /** Acts that nobody has dismissed and that did not come back. */
  get count(): number {
    return this.all.reduce((sum, { acts }) => sum + acts.filter(({ isBack }) => isBack !== true).length, 0);
  }

  get kept(): readonly KeptLost[] {
    return this.#all;
  }

  recall(kept: readonly KeptLost[]): void {
    this.#all = kept;
  }

  freeze(run: string, acts: readonly KeptAct[], endedAt: number, savedAt: number | undefined): void {
    if (acts.length === 0) return;
    const id = `${run.slice(0, 8)}-${endedAt}`;
    const lost = { id, endedAt, ...(savedAt !== undefined && { savedAt }), acts: acts.map(({ act }) => act) };
    const proofs = Object.fromEntries(acts.map(({ act, ops }) => [act.id, ops]));
    this.thaw(run);
    this.#all = [...this.#all, { lost, run, proofs, isFresh: true }].slice(-UNSAVED_LIMITS.lost);
  }

  /** The run goes on. @returns whether something was frozen of it */
  thaw(run: string): boolean {
    const before = this.#all.length;
    this.#all = this.#all.filter((each) => each.run !== run);
    return this.#all.length < before;
  }

  /**
   * The same Live has the Set again: whoever closed it wanted it so.
   * @returns how many acts of that run did not come back
   */
  giveUp(run: string): number {
    const given = this.#all.filter((each) => each.run === run).flatMap(({ lost }) => lost.acts);
    this.#all = this.#all.filter((each) => each.run !== run);
    return given.filter(({ isBack }) => isBack !== true).length;
  }

  /** Live has come back with this tree: acts that are in it again are ticked off. @returns how many */
  cameBack(root: NodeOf<'set'>): number {
    const looked = new Looked(root);
    let back = 0;
    this.#all = this.#all.map((kept) => {
      const acts = kept.lost.acts.map((act): LostAct => {
        if (act.isBack === true || !looked.hasAll(kept.proofs[act.id] ?? [])) return act;
        back += 1;
        return { ...act, isBack: true };
      });
      return { ...kept, lost: { ...kept.lost, acts }, isFresh: false };
    });
    return back;
  }

  /** The first file that is read after the end: what it holds was saved after all. @returns how many acts */
  savedAfterAll(root: NodeOf<'set'>): number {
    if (!this.#all.some(({ isFresh }) => isFresh)) return 0;
    const looked = new Looked(root);
    let saved = 0;
    this.#all = this.#all.flatMap((kept) => {
      if (!kept.isFresh) return [kept];
      const acts = kept.lost.acts.filter(({ id }) => !looked.hasAll(kept.proofs[id] ?? []));
      saved += kept.lost.acts.length - acts.length;
      return acts.length === 0 ? [] : [{ ...kept, lost: { ...kept.lost, acts }, isFresh: false }];
    });
    return saved;
  }

  /** @returns whether there was such a thing */
  dismiss(id: string): boolean {
    const before = this.#all.length;
    this.#all = this.#all.filter(({ lost }) => lost.id !== id);
    return this.#all.length < before;
  }
}

/** The lines of a list as acts, with what is needed to do them again. */
export const actsOf = (
  lines: readonly Line[],
  detailsOf: (line: Line) => readonly string[],
): readonly KeptAct[] =>
  lines.map((line) => {
    const details = detailsOf(line);
    return { act: { ...line.change, ...(details.length > 0 && { details }) }, ops: line.ops };
  });
