/** Where comparing one save with Live stands. */
import type { Verdict } from '../reconcile/index.ts';
import type { Asked } from './doubts.ts';

export type Phase =
  /** Nothing but the list is to be done. */
  | { readonly is: 'idle' }
  | {
      readonly is: 'barrier';
      readonly id: string;
      readonly since: number;
      isSaid: boolean;
      readonly sawSave: boolean;
    }
  | { readonly is: 'comparing'; readonly work: Generator<void, Verdict>; readonly revision: number }
  | (Asked & { readonly is: 'asking'; readonly id: string });

/** ms without an answer of Live after which people are told that comparing waits. */
const BARRIER_MS = 5_000;

export const WAITS = 'The file was saved; comparing waits until Live answers (a menu or dialog may be open).';

/** Whether people are to be told now that Live does not answer; once. */
export function isOverdue(phase: Phase, now: number): boolean {
  if (phase.is !== 'barrier' || phase.isSaid || now - phase.since < BARRIER_MS) return false;
  phase.isSaid = true;
  return true;
}
