/**
 * The journal: what is kept on disk of every Set, so that a hub that is killed goes on where it was. A change is
 * told to nobody (neither to the script nor to a client) before it lies here.
 */
import type { NodeId, NodeOf, Op, Touched } from '@livetree/live-set';
import type { Epoch, Lineage, Origin, SetId } from '@livetree/protocol';

/** How far the frames of one run of the Remote Script have come. */
export interface ScriptCursor {
  /** The run, 32 hex digits. */
  readonly run: string;
  /** Last `seq` that is in. */
  readonly seq: number;
}

/**
 * A frame of the Remote Script as it came, JSON text. The first is the hello after which everything was stated: frame
 * 0, or where a run was started over the last frame before that. Folding them gives what was stated.
 */
export interface ScriptFrame extends ScriptCursor {
  /** It is such a hello: what was kept before, of this run or another, is of no use. */
  readonly begins?: true;
  /** Empty: it stated nothing (audits). It is counted, and not kept. */
  readonly text: string;
}

/** One revision, or one frame that made none. Written in one transaction. */
export interface Committed {
  readonly set: SetId;
  readonly epoch: Epoch;
  /** Newest revision after it. */
  readonly revision: number;
  /** Revision of the newest skeleton patch, and the lineage there. */
  readonly skeleton: number;
  readonly lineage: Lineage;
  /** What changed; absent for a frame that changed nothing in the tree. */
  readonly change?: {
    /** ms since 1970. */
    readonly time: number;
    readonly origin: Origin;
    /** With `was`. */
    /** Absent: the tree came whole, and only a checkpoint has it. */
    readonly ops?: readonly Op[];
    readonly touched: readonly Touched[];
  };
  readonly frame?: ScriptFrame;
  /** Handles of the run that got a node with this change. */
  readonly keys?: readonly (readonly [handle: number, node: NodeId])[];
}

/** An entry of the log. */
export interface JournalledEntry {
  readonly set: SetId;
  readonly epoch: Epoch;
  readonly revision: number;
  /** As it is sent, JSON. */
  readonly text: string;
}

/** Where a line of revisions begins. */
export interface LineStart {
  readonly set: SetId;
  readonly epoch: Epoch;
  readonly revision: number;
  readonly lineage: Lineage;
}

/** The whole skeleton of a Set at one revision of a skeleton patch, packed as clients get it. */
export interface Checkpoint extends LineStart {
  /** deflate-raw of the UTF-8 JSON of the root, in pieces. */
  readonly chunks: readonly Uint8Array[];
}

/** One patch of the skeleton as it was journalled. */
export interface JournalledPatch {
  readonly from: number;
  /** Lineage at `from`; absent: that of the beginning of the epoch. */
  readonly fromLineage?: Lineage;
  readonly to: number;
  readonly lineage: Lineage;
  readonly time: number;
  readonly origin: Origin;
  readonly ops: readonly Op[];
}

/** What a hub finds of a Set when it starts. */
export interface KeptSet extends LineStart {
  /** Revision of the newest skeleton patch. */
  readonly skeleton: number;
  readonly root: NodeOf<'set'>;
  /** Newest skeleton patches, oldest first, unbroken up to `skeleton`. */
  readonly patches: readonly JournalledPatch[];
  /** Absent where no Live is connected, or its run has ended, or its frames are no longer kept. */
  readonly script?: ScriptCursor;
  /** All frames of that run that stated something, in order. */
  readonly frames: readonly ScriptFrame[];
  /** Its handles, and the nodes they stand for. */
  readonly keys: ReadonlyMap<number, NodeId>;
  /** Newest entries of the log, oldest first, JSON text. */
  readonly entries: readonly string[];
}

/** Where the journal is, or why there is none. */
export type JournalStatus =
  | { readonly kind: 'file'; readonly path: string }
  /** Every start of the hub then begins a new epoch. */
  | { readonly kind: 'none'; readonly reason: string };

export interface Journal {
  readonly status: JournalStatus;
  /** `undefined`: nothing usable is kept of this Set; a damaged line counts as none. */
  load(set: SetId): KeptSet | undefined;
  /** Writes all of it in one transaction. A store that fails turns the journal off and says so once; it never throws. */
  commit(entries: readonly Committed[]): void;
  /** Keeps an entry of the log. */
  tell(entry: JournalledEntry): void;
  /** Begins a line of revisions; the one before it is no longer gone on with. */
  begin(start: LineStart): void;
  /** What lies before is no longer needed to go on. */
  checkpoint(checkpoint: Checkpoint): void;
  /** A run of the script has ended: its frames and handles mean nothing any more. */
  endRun(set: SetId): void;
  /**
   * Keeps one thing of a Set until it is kept anew, whatever becomes of its lines of revisions.
   * @param name what it is, a word
   * @param value JSON text; absent: it is no longer needed
   */
  keep(set: SetId, name: string, value: string | undefined): void;
  /** What was last kept under that name. */
  keptThing(set: SetId, name: string): string | undefined;
  /** Sets of which anything is kept. */
  sets(): readonly SetId[];
  /**
   * Drops what was told of a Set, and the changes that are not needed to go on.
   * @param isOpen the Set is mirrored: what it needs to go on stays
   */
  forget(set: SetId, isOpen: boolean): void;
  /**
   * Drops some of what is older than a time (ms since 1970); what Sets need to go on stays.
   * @returns whether there may be more
   */
  forgetBefore(time: number): boolean;
  /**
   * Drops some of the oldest entries and changes while all takes more bytes than that; what Sets need to go on stays.
   * Entries that went are counted.
   * @returns whether there is more to drop
   */
  forgetOldest(mostBytes: number): boolean;
  /** Bytes on disk, 0 without a file. */
  sizeBytes(): number;
  close(): void;
}
