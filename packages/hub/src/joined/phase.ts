/** Where comparing one save with Live stands. */
import type { NodeOf } from '@livetree/live-set';
import type { Verdict } from '../reconcile/index.ts';
import type { Asking } from './asking.ts';

/** How a save is compared. */
export interface Compared {
  /** Live was followed while it was written. */
  readonly sawSave: boolean;
  /** 1 at first; once more after Live told of things that nobody had known. */
  readonly turn: number;
  /** Live's tree that it is compared with. */
  readonly served: NodeOf<'set'>;
}

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
  | (Compared & { readonly is: 'comparing'; readonly work: Generator<void, Verdict> })
  /** The file is taken up; `then` what follows. */
  | { readonly is: 'taking'; readonly work: Generator<void>; readonly then: () => void }
  | (Compared & { readonly is: 'asking'; readonly id: string; readonly asking: Asking });
