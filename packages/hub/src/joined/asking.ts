/** Live being asked about what it and its save tell differently: some nodes at a time, each round with its barrier. */
import type { NodeId, NodeOf } from '@livetree/live-set';
import type { Discrepancy, Judged, Verdict } from '../reconcile/index.ts';
import { foreignByAnswer, hasOtherMembers, judge, PLACE } from '../reconcile/index.ts';

/** Nodes that Live is asked for at once (docs/protocol-script.md, `barrier`). */
const MOST_ASKED = 100;
/** Rounds for one save. What is left then stays unknown: it is neither listed nor counted as a fault. */
const MOST_ROUNDS = 20;

export class Asking {
  readonly verdict: Verdict;
  /** An answer of Live could show that the file is something else. */
  readonly mayBeForeign: boolean;
  readonly #compared: NodeOf<'set'>;
  /** The save under the ids that are served. */
  readonly #file: NodeOf<'set'>;
  #left: readonly Discrepancy[];
  /** What Live is being asked about, and the tree as it was known then. */
  #round: readonly Discrepancy[] = [];
  #asked: NodeOf<'set'> | undefined;
  #rounds = 0;
  /** Nodes that the sweep has found meanwhile. */
  readonly #seen = new Set<NodeId>();
  readonly #judged: Judged[] = [];

  /**
   * @param compared Live's tree that the save was compared with
   * @param file the save under the ids that are served
   */
  constructor(verdict: Verdict, compared: NodeOf<'set'>, file: NodeOf<'set'>) {
    this.verdict = verdict;
    this.#compared = compared;
    this.#file = file;
    this.#left = verdict.discrepancies;
    const insisted = this.#left.map((discrepancy) => ({ discrepancy, judgement: 'disagreement' }) as const);
    this.mayBeForeign = foreignByAnswer(insisted) !== undefined;
  }

  /** The nodes of this round. */
  get nodes(): readonly NodeId[] {
    return [...new Set(this.#round.map(({ ask }) => ask))];
  }

  /** What came of the rounds so far. */
  get judged(): readonly Judged[] {
    return this.#judged;
  }

  /** What Live was not asked about. */
  get left(): readonly Discrepancy[] {
    return this.#left;
  }

  /** Why the file is not Live's own save, after all. */
  get foreign(): string | undefined {
    return foreignByAnswer(this.#judged);
  }

  /** Live has told meanwhile of things of which nobody knew when both were compared, where the file has others. */
  hasFoundThings(served: NodeOf<'set'>): boolean {
    const places = this.verdict.discrepancies.filter(({ prop }) => prop === PLACE);
    return (
      places.length > 0 && hasOtherMembers(this.#compared, served, new Set(places.map(({ ask }) => ask)))
    );
  }

  /** Begins the next round. @returns whether there is one */
  next(served: NodeOf<'set'>): boolean {
    if (this.#left.length === 0 || this.#rounds === MOST_ROUNDS) return false;
    this.#rounds += 1;
    const nodes = new Set<NodeId>();
    for (const { ask } of this.#left) if (nodes.size < MOST_ASKED) nodes.add(ask);
    this.#round = this.#left.filter(({ ask }) => nodes.has(ask));
    this.#left = this.#left.filter(({ ask }) => !nodes.has(ask));
    this.#asked = served;
    return true;
  }

  saw(node: NodeId): void {
    this.#seen.add(node);
  }

  /** Live has answered this round. */
  answered(served: NodeOf<'set'>): void {
    const { length } = this.#round;
    if (length === 0 || this.#asked === undefined) return;
    const judged = judge(this.#round, this.#asked, served, this.#file);
    this.#judged.push(
      ...judged.filter(
        ({ discrepancy, judgement }) => judgement !== 'mismatch' || !this.#seen.has(discrepancy.node),
      ),
    );
    this.#round = [];
  }
}
