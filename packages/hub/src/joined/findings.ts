/** What comparing Live with the file has found: counts by property, and what was decided, in words. */
import type { CountByProperty, Unsaved } from '@livetree/protocol';
import { UNSAVED_LIMITS } from '@livetree/protocol';

export type KeptFindings = Pick<Unsaved, 'decisions' | Finding>;

/**
 * `mismatches`: Live had stated something else than it holds; `discrepancies`: Live and the save differed, and Live
 * was asked; `disagreements`: Live insists.
 */
export type Finding = 'mismatches' | 'discrepancies' | 'disagreements';

type Counts = Record<string, number>;

export class Findings {
  #counts: Record<Finding, Counts> = { mismatches: {}, discrepancies: {}, disagreements: {} };
  #decisions: Unsaved['decisions'] = [];

  count(finding: Finding, property: string): void {
    const counts = this.#counts[finding];
    counts[property] = (counts[property] ?? 0) + 1;
  }

  /** @param time ms since 1970 */
  decide(text: string, time: number): void {
    this.#decisions = [...this.#decisions, { time, text }].slice(-UNSAVED_LIMITS.decisions);
  }

  /** A copy, for people and for a later hub. */
  get all(): KeptFindings {
    const copy = (finding: Finding): CountByProperty => ({ ...this.#counts[finding] });
    return {
      mismatches: copy('mismatches'),
      discrepancies: copy('discrepancies'),
      disagreements: copy('disagreements'),
      decisions: this.#decisions,
    };
  }

  recall({ decisions, mismatches, discrepancies, disagreements }: KeptFindings): void {
    this.#decisions = decisions;
    this.#counts = {
      mismatches: { ...mismatches },
      discrepancies: { ...discrepancies },
      disagreements: { ...disagreements },
    };
  }
}
