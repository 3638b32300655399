/** What the hub's thread and a Set's worker say to each other. Trees and ops travel as JSON: it is the quickest way across. */
import type { FacetItem, FacetName, NodeId } from '@livetree/live-set';
import type { ChangedReading, FailedReading, FirstReading, SameReading } from '../set-source.ts';

/** The worker answers in order, and reports a reading before anything that was made from it. */
export type ToWorker =
  | { readonly do: 'read'; readonly path: string }
  | { readonly do: 'facet'; readonly node: NodeId; readonly facet: FacetName }
  | { readonly do: 'snapshot' };

export type FromWorker =
  | { readonly is: 'reading'; readonly reading: WireReading }
  | {
      readonly is: 'facet';
      readonly node: NodeId;
      readonly facet: FacetName;
      /** `undefined`: no such node. */
      readonly items: readonly FacetItem[] | undefined;
    }
  | { readonly is: 'snapshot'; readonly chunks: readonly Uint8Array[]; readonly nodes: number };

/** A reading with its tree or ops as JSON text. */
export type WireReading =
  | (Omit<FirstReading, 'root'> & { readonly rootJson: string })
  | (Omit<ChangedReading, 'ops'> & { readonly opsJson: string })
  | SameReading
  | FailedReading;
