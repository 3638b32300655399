/** Values of which Live and its save tell different things: being asked about, or insisted on by Live. */
import type { NodeId, NodeOf } from '@livetree/live-set';
import type { Discrepancy, Judged, Leave } from '../reconcile/index.ts';
import { judge } from '../reconcile/index.ts';
import type { Findings } from './findings.ts';

/** Nodes that Live is asked for at once (docs/protocol-script.md, `barrier`). */
const MOST_ASKED = 100;

/** What Live was asked about, with the tree as it was known then. */
export interface Asked {
  readonly asked: NodeOf<'set'>;
  readonly discrepancies: readonly Discrepancy[];
  /** Nodes that the sweep has found meanwhile. */
  readonly seen: Set<NodeId>;
}

export class Doubts {
  /** `node property` that Live insists on. */
  readonly #aside = new Set<string>();
  /** `node property` that Live is asked about. */
  #pending = new Set<string>();

  /** Whether a value is left out of what changed since the save. */
  readonly leave = (node: NodeId, prop: string): Leave => {
    const key = `${node} ${prop}`;
    if (this.#aside.has(key)) return 'aside';
    return this.#pending.has(key) ? 'unknown' : undefined;
  };

  get kept(): readonly string[] {
    return [...this.#aside];
  }

  recall(kept: readonly string[]): void {
    for (const key of kept) this.#aside.add(key);
  }

  ask(found: readonly Discrepancy[], findings: Findings): void {
    for (const { property } of found) findings.count('discrepancies', property);
    this.#pending = new Set(found.map(({ node, prop }) => `${node} ${prop}`));
  }

  forgetAsked(): void {
    this.#pending = new Set();
  }

  /** Judges by Live's answer. @param file the save under the ids that are served */
  judge(
    { asked, discrepancies, seen }: Asked,
    answered: NodeOf<'set'>,
    file: NodeOf<'set'>,
    findings: Findings,
  ): readonly Judged[] {
    const judged = judge(discrepancies, asked, answered, file).filter(
      ({ discrepancy, judgement }) => judgement !== 'mismatch' || !seen.has(discrepancy.node),
    );
    for (const { discrepancy, judgement } of judged) {
      if (judgement === 'mismatch') findings.count('mismatches', discrepancy.property);
      if (judgement !== 'disagreement') continue;
      findings.count('disagreements', discrepancy.property);
      this.#aside.add(`${discrepancy.node} ${discrepancy.prop}`);
    }
    return judged;
  }
}

export const askedOf = (found: readonly Discrepancy[]): readonly NodeId[] =>
  [...new Set(found.map(({ ask }) => ask))].slice(0, MOST_ASKED);
