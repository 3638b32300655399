/** What comparing with the file needs of the Set around it. */
import type { FacetSource, NodeId, NodeOf, Touched } from '@livetree/live-set';
import type { Unsaved } from '@livetree/protocol';
import type { Pairing } from '../reconcile/index.ts';
import type { FileSide } from './file-side.ts';

/** Details that Live has told of since a moment: values of parameters, notes. */
export interface Details {
  readonly touched: readonly Touched[];
  /** As they were at that moment; only where they are known. */
  readonly before: FacetSource;
  readonly after: FacetSource;
  /** Values that changed about that moment: nobody knows whether before or after it. */
  readonly unknown?: number;
}

export const NO_DETAILS: Details = { touched: [], before: () => undefined, after: () => undefined };

export interface SaveEnv {
  readonly file: FileSide;
  /** ms, for the cost of the work. */
  readonly clock: () => number;
  /** The tree that is served. */
  root(): NodeOf<'set'> | undefined;
  /** When the file was saved. */
  savedAt(): number | undefined;
  /** Asks Live to state all that has changed, and to read some nodes again. @returns whether it can be asked */
  askLive(barrier: string, nodes: readonly NodeId[]): boolean;
  /** The file is a save of the Set that is open: what it alone knows is shown. */
  accept(pairing: Pairing): void;
  /** What Live has told of details after a moment, ms since 1970. */
  details(from: number): Details;
  put(unsaved: Unsaved): void;
  /** Keeps what a later hub has to know. */
  keep(text: string): void;
}
