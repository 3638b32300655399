/** What comparing with the file needs of the Set around it. */
import type { FacetName, FacetSource, NodeId, NodeOf, Touched } from '@livetree/live-set';
import type { Handle, RawProps, Unsaved } from '@livetree/protocol';
import type { Pairing } from '../reconcile/index.ts';
import type { FileSide } from './file-side.ts';

/** Details that Live has told of since a moment: values of parameters, notes. */
export interface Details {
  readonly touched: readonly Touched[];
  /** As they were at that moment; only where they are known. */
  readonly before: FacetSource;
  readonly after: FacetSource;
  /** Notes of a clip that Live was not asked for because they are so many; absent: asked, or not yet. */
  readonly tooMany: (clip: NodeId) => number | undefined;
  /** Values that changed about that moment: nobody knows whether before or after it. */
  readonly unknown?: number;
}

export const NO_DETAILS: Details = {
  touched: [],
  before: () => undefined,
  after: () => undefined,
  tooMany: () => undefined,
};

/** A value of a parameter that changed. */
export interface Moved {
  readonly handle: Handle;
  /** When it was told. */
  readonly time: number;
  /** It changed after this moment: when it was read last, where nobody tells of it. */
  readonly after: number;
  /** All its properties before. */
  readonly before: RawProps;
}

/** A clip whose notes were edited. */
export interface Noted {
  readonly node: NodeId;
  readonly facet: FacetName;
  /** When it was told. */
  readonly time: number;
}

/** What a later hub has to know of details that Live told of: handles are those of its run. */
export interface KeptDetails {
  readonly moved: readonly Moved[];
  readonly noted: readonly Noted[];
}

export interface SaveEnv {
  readonly file: FileSide;
  /** ms, for the cost of the work. */
  readonly clock: () => number;
  /** Whether the real-time switch is on: off, Live may well go on when nothing is heard of it. */
  isRealtime(): boolean;
  /** The tree that is served. */
  root(): NodeOf<'set'> | undefined;
  /** When the file was saved. */
  savedAt(): number | undefined;
  /** Asks Live to state all that has changed, and to read some nodes again. @returns whether it can be asked */
  askLive(barrier: string, nodes: readonly NodeId[]): boolean;
  /** The file is a save of the Set that is open: what it alone knows is shown, in slices. */
  accepting(pairing: Pairing): Generator<void>;
  /** What Live has told of details after a moment, ms since 1970. */
  details(from: number): Details;
  /** Of these what a later hub has to know. */
  keptDetails(from: number): KeptDetails | undefined;
  /** Details of a node as Live has told them; `undefined`: it has not. */
  readonly facet: FacetSource;
  /** Asks Live for the notes of clips. */
  readNotes(clips: readonly NodeId[]): void;
  /** A line of the log. */
  log(text: string, time: number): void;
  put(unsaved: Unsaved): void;
  /** Keeps what a later hub has to know. */
  keep(text: string): void;
}
