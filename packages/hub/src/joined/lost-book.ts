/** What was not saved when a Live ended: frozen, kept until somebody dismisses it. */
import type { NodeId, NodeOf, Op } from '@livetree/live-set';
import type { LostAct, LostChanges } from '@livetree/protocol';
import { UNSAVED_LIMITS } from '@livetree/protocol';
import { type DetailProof, type FacetOf, isProved } from './detail-proof.ts';
import { Looked } from './proof.ts';
import type { Line } from './unsaved-list.ts';

/** An act with what proves that it is there. */
export interface KeptAct {
  readonly act: LostAct;
  readonly ops: readonly Op[];
  readonly known?: readonly DetailProof[];
}

export interface KeptLost {
  readonly lost: LostChanges;
  /** The run of Live that ended; when it is there again nothing was lost. */
  readonly run: string;
  readonly proofs: Readonly<Record<string, readonly Op[]>>;
  /** By act; absent: none of them is about details. */
  readonly known?: Readonly<Record<string, readonly DetailProof[]>>;
  /** No Live has had the Set since: what the file that is read next holds was saved after all. */
  readonly isFresh: boolean;
}

/** How a Live went out of sight. */
export interface Ending extends Pick<LostChanges, 'endedAt'> {
  readonly cause: LostChanges['cause'];
  readonly savedAt: number | undefined;
}

export class LostBook {
  #all: readonly KeptLost[] = [];

  /** For people, oldest first. */
  get all(): readonly LostChanges[] {
    return this.#all.map(({ lost }) => lost);
  }

  /** Acts that nobody has dismissed and that did not come back: of Lives that ended, or that are not followed. */
  count(cause: LostChanges['cause']): number {
    const acts = this.all.flatMap((lost) => (lost.cause === cause ? lost.acts : []));
    return acts.filter(({ isBack }) => isBack !== true).length;
  }

  get kept(): readonly KeptLost[] {
    return this.#all;
  }

  recall(kept: readonly KeptLost[]): void {
    this.#all = kept;
  }

  /** What is known of that run already stands: one that ended before real time went off has ended. */
  freeze(run: string, acts: readonly KeptAct[], { endedAt, savedAt, ...ending }: Ending): void {
    if (acts.length === 0) return;
    const before = this.#all.find((each) => each.run === run);
    const cause = before === undefined ? ending.cause : before.lost.cause;
    const lost = {
      id: `${run.slice(0, 8)}-${endedAt}`,
      endedAt,
      ...(cause !== undefined && { cause }),
      ...(savedAt !== undefined && { savedAt }),
      acts: acts.map(({ act }) => act),
    };
    const proofs = Object.fromEntries(acts.map(({ act, ops }) => [act.id, ops]));
    const known = Object.fromEntries(acts.flatMap((each) => (each.known ? [[each.act.id, each.known]] : [])));
    this.thaw(run);
    this.#all = [...this.#all, { lost, run, proofs, known, isFresh: true }].slice(-UNSAVED_LIMITS.lost);
  }

  /** The run goes on. @returns whether something was frozen of it */
  thaw(run: string): boolean {
    const before = this.#all.length;
    this.#all = this.#all.filter((each) => each.run !== run);
    return this.#all.length < before;
  }

  /**
   * The same Live has the Set again: whoever closed it wanted it so. What was not followed is listed anew.
   * @returns how many acts of that run, seen to its end, did not come back
   */
  giveUp(run: string): number {
    const isClosed = ({ run: of, lost }: KeptLost): boolean => of === run && lost.cause === undefined;
    const given = this.#all.filter(isClosed).flatMap(({ lost }) => lost.acts);
    this.#all = this.#all.filter((each) => each.run !== run);
    return given.filter(({ isBack }) => isBack !== true).length;
  }

  /**
   * Live has come back with this tree: acts that are in it again are ticked off.
   * @param facet details as Live tells them now
   * @returns how many
   */
  cameBack(root: NodeOf<'set'>, facet: FacetOf): number {
    const looked = new Looked(root);
    let back = 0;
    this.#all = this.#all.map((kept) => {
      const acts = kept.lost.acts.map((act): LostAct => {
        if (act.isBack === true || !isThere(kept, act.id, looked, facet)) return act;
        back += 1;
        return { ...act, isBack: true };
      });
      return { ...kept, lost: { ...kept.lost, acts }, isFresh: false };
    });
    return back;
  }

  /** Clips of which nothing but their notes is missing to know whether acts are back. */
  unread(root: NodeOf<'set'>, facet: FacetOf): ReadonlySet<NodeId> {
    const looked = new Looked(root);
    const found = new Set<NodeId>();
    for (const kept of this.#all) {
      for (const { id, isBack } of kept.lost.acts) {
        const [ops = [], known = []] = [kept.proofs[id], kept.known?.[id]];
        if (isBack === true || (ops.length > 0 && !looked.hasAll(ops))) continue;
        for (const proof of known) {
          const node = looked.nodeOf(proof.node, ops);
          if (proof.notes !== undefined && node && facet(node, 'notes') === undefined) found.add(node);
        }
      }
    }
    return found;
  }

  /**
   * The first file that is read after the end: what it holds was saved after all. A Live that is not followed may
   * save at any time. @returns how many acts
   */
  savedAfterAll(root: NodeOf<'set'>): number {
    if (!this.#all.some(({ isFresh }) => isFresh)) return 0;
    const looked = new Looked(root);
    let saved = 0;
    this.#all = this.#all.flatMap((kept) => {
      if (!kept.isFresh) return [kept];
      // What the file holds of details is not at hand here.
      const isSaved = (id: string): boolean =>
        kept.known?.[id] === undefined && looked.hasAll(kept.proofs[id] ?? []);
      const acts = kept.lost.acts.filter(({ id }) => !isSaved(id));
      saved += kept.lost.acts.length - acts.length;
      const isFresh = kept.lost.cause === 'realtime_off';
      return acts.length === 0 ? [] : [{ ...kept, lost: { ...kept.lost, acts }, isFresh }];
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

/** Whether all that an act did is there: in the tree, and in the details that Live has told. */
function isThere(kept: KeptLost, act: string, looked: Looked, facet: FacetOf): boolean {
  const [ops = [], known = []] = [kept.proofs[act], kept.known?.[act]];
  if (ops.length + known.length === 0 || (ops.length > 0 && !looked.hasAll(ops))) return false;
  return known.every((proof) => {
    const node = looked.nodeOf(proof.node, ops);
    return node !== undefined && isProved(proof, facet(node, proof.facet)) === true;
  });
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
