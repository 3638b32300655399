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
