/** What the hub's thread and a Set's worker say to each other. Trees and ops travel as JSON: it is the quickest way across. */
import type { FacetName, NodeId } from '@livetree/live-set';
import type { Telling } from '@livetree/protocol';
import type { PackedFacet } from '../facet-content.ts';
import type {
  ChangedReading,
  FailedReading,
  FirstReading,
  ReplacedReading,
  SameReading,
} from '../set-source.ts';

/** The worker answers in order, and reports a reading before anything that was made from it. */
export type ToWorker =
  | { readonly do: 'read'; readonly path: string; readonly keeps: boolean }
  | { readonly do: 'read_bytes'; readonly bytes: Uint8Array; readonly name: string; readonly savedAt: number }
  | { readonly do: 'facet'; readonly node: NodeId; readonly facet: FacetName }
  | { readonly do: 'snapshot' }
  /** Comes after the flag was raised: nothing more is asked, the thread may end. */
  | { readonly do: 'stop' };

export type FromWorker =
  /** The root of a tree that comes, then the rest of it in pieces, then the reading it belongs to. */
  | { readonly is: 'trunk'; readonly rootJson: string }
  | { readonly is: 'piece'; readonly opsJson: string }
  | {
      readonly is: 'reading';
      readonly reading: WireReading;
      /** When it was handed over, ms since 1970. */
      readonly postedAt: number;
    }
  /** What the log says of the change reported last, and the ms it took to find the words. */
  | { readonly is: 'telling'; readonly telling: Telling; readonly ms: number }
  /** Something went wrong that harms no tree; a sentence for the log. */
  | { readonly is: 'trouble'; readonly message: string }
  | {
      readonly is: 'facet';
      readonly node: NodeId;
      readonly facet: FacetName;
      /** `undefined`: no such node. */
      readonly items: { readonly json: string } | PackedFacet | undefined;
    }
  /** What was read, to be kept; after its reading and its telling. */
  | { readonly is: 'saved'; readonly saved: SavedBytes }
  | { readonly is: 'snapshot'; readonly chunks: readonly Uint8Array[]; readonly nodes: number };

/** A save that was read, with its bytes. */
export interface SavedBytes {
  /** When the file was saved, ms since 1970. */
  readonly time: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly creator: string | undefined;
  /** What changed since the reading before; absent for the first. */
  readonly telling: Telling | undefined;
  /** As they lie on disk. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A reading whose tree has come before, or with its ops as the JSON text that clients get. */
export type WireReading =
  | Omit<FirstReading, 'tree'>
  | Omit<ReplacedReading, 'tree'>
  | Omit<ChangedReading, 'ops'>
  | SameReading
  | FailedReading;
