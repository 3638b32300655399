/** Values of which Live and its save tell different things: being asked about, or insisted on by Live. */
import type { NodeId } from '@livetree/live-set';
import type { Discrepancy, Judged, Leave } from '../reconcile/index.ts';
import type { Findings } from './findings.ts';

export class Doubts {
  /** `node property` that Live insists on. */
  readonly #aside = new Set<string>();
  /** `node property` that Live is asked about, or was not: there were too many. */
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

  ask(found: readonly Discrepancy[]): void {
    this.#pending = new Set(found.map(keyOf));
  }

  /** Live has answered. @param left what it was not asked about */
  settle(judged: readonly Judged[], left: readonly Discrepancy[], findings: Findings): void {
    this.ask(left);
    for (const { discrepancy, judgement } of judged) {
      if (judgement === 'mismatch') findings.count('mismatches', discrepancy.property);
      if (judgement !== 'disagreement') continue;
      findings.count('disagreements', discrepancy.property);
      this.#aside.add(keyOf(discrepancy));
    }
  }
}

const keyOf = ({ node, prop }: Discrepancy): string => `${node} ${prop}`;
