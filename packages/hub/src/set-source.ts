/** What the hub needs of whatever reads a Set's file: how a reading can end. */
import type { Op, Touched, Tree } from '@livetree/live-set';

/**
 * Where the time of a reading went, ms: `settle` from the first sign of a save until the file lay still;
 * `read` with inflating and hashing; `tell` the sentences; `transfer` to the hub's own thread, building
 * included; `commit` in the hub until all is handed to the sockets.
 */
export type Stage = 'settle' | 'read' | 'parse' | 'diff' | 'tell' | 'transfer' | 'commit';
export type Stages = Partial<Record<Stage, number>>;

/** By what one save is told from another. */
export interface SaveMark {
  /** SHA-256 of the file as it lies on disk, hex. */
  readonly sha256: string;
  /** Live never counts it down within one Set (docs/als-format.md, "Identity"); `undefined` up to Live 9. */
  readonly pointees?: number | undefined;
}

/** What is known of the bytes that were read. */
export interface FileFacts extends SaveMark {
  /** When the file was saved, ms since 1970. */
  readonly savedAt: number;
  readonly sizeBytes: number;
  /** What is odd about the file, one sentence each. */
  readonly oddities: readonly string[];
  readonly stages: Stages;
}

/** The first tree of this source. */
export interface FirstReading {
  readonly kind: 'first';
  readonly facts: FileFacts;
  readonly tree: Tree;
  /** `Ableton Live 12.1.11`, as the writer states it. */
  readonly creator: string | undefined;
}

/** A later tree that differs so much from the last that the whole is less than the difference. */
export interface ReplacedReading {
  readonly kind: 'replaced';
  readonly facts: FileFacts;
  readonly tree: Tree;
  readonly touched: readonly Touched[];
  readonly creator: string | undefined;
}

/** A later tree, as what changed since the last. */
export interface ChangedReading {
  readonly kind: 'changed';
  readonly facts: FileFacts;
  /** As clients get them, and their text (`wireOpsJson`). */
  readonly ops: readonly Op[];
  readonly opsJson: string;
  readonly touched: readonly Touched[];
  readonly creator: string | undefined;
}

/** The same bytes as last time (or ones that give the same tree are `changed` without ops). */
export interface SameReading {
  readonly kind: 'same';
  readonly facts: FileFacts;
}

/** The bytes are no readable Set. */
export interface FailedReading {
  readonly kind: 'failed';
  readonly code: string;
  /** Sentence for people. */
  readonly message: string;
}

export type Reading = FirstReading | ReplacedReading | ChangedReading | SameReading | FailedReading;

/** Failures that a file shows while somebody is still writing it: read again before they are told. */
const PASSING_CODES: ReadonlySet<string> = new Set([
  'FILE_EMPTY',
  'FILE_UNREADABLE',
  'GZIP_CUT_OFF',
  'GZIP_DAMAGED',
  'XML_CUT_OFF',
]);

/** Whether waiting may mend it. */
export const mayPass = (reading: FailedReading): boolean => PASSING_CODES.has(reading.code);
