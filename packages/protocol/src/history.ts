/** What is kept of a Set from earlier on: its saves, and what was done in Live between them. JSON of `/api/…/history`. */
import type { NodeId, SentenceKind } from '@livetree/live-set';
import type { EventName } from './event-names.ts';
import type { SetId } from './set-info.ts';
import type { Epoch, Origin } from './sync.ts';

/** A save that is kept. */
export interface KeptSave {
  readonly type: 'save';
  /** Names it in the store; never given twice. */
  readonly id: number;
  /** 0 = the newest of its Set, 1 = the one before … */
  readonly number: number;
  /** When it was saved, ms since 1970; of a file from `Backup/` as its name says. */
  readonly time: number;
  /** Read from the Set's own file, or from Live's `Backup/` folder. */
  readonly source: 'save' | 'backup';
  /** The file it was read from. */
  readonly path: string;
  readonly sizeBytes: number;
  /** SHA-256 of that file, hex. */
  readonly sha256: string;
  /** `Ableton Live 12.1.11` */
  readonly creator?: string;
  /** Bytes by which the store grew for it. */
  readonly storedBytes: number;
  /** What changed since the save before; absent for the oldest, and until it was compared. */
  readonly save?: string;
  readonly names: readonly EventName[];
  readonly nodes: readonly NodeId[];
  readonly sentences: readonly string[];
}

/** What was done in Live at one moment. */
export interface KeptAct {
  readonly type: 'act';
  readonly epoch: Epoch;
  readonly revision: number;
  readonly time: number;
  readonly origin: Origin;
  readonly save?: string;
  readonly names: readonly EventName[];
  readonly nodes: readonly NodeId[];
  readonly sentences: readonly string[];
}

/** A Set of which something is kept. */
export interface KeptLine {
  readonly id: SetId;
  readonly name: string;
  /** Where its file was last. */
  readonly path: string;
  /** How many saves are kept. */
  readonly saves: number;
  /** Time of the newest, ms since 1970. */
  readonly newest: number;
}

/** Where history is kept, how much there is, and how long it stays. */
export interface HistoryPlace {
  /** Absent: nothing is kept. */
  readonly folder?: string;
  /** Why nothing is kept; a sentence. */
  readonly problem?: string;
  readonly sizeBytes: number;
  /** Saves that are still to be read, or told in words. */
  readonly reading: number;
  /** Files in `Backup/` that could not be read. */
  readonly unreadable: number;
  readonly keep: HistoryLimits;
  /** Of what was done between saves: bytes on disk, and how many went for want of room; a quarter is theirs. */
  readonly acts?: { readonly sizeBytes: number; readonly dropped: number };
}

/** How much is kept. The newest save of a Set always stays. */
export interface HistoryLimits {
  /** Oldest saves go when the store is bigger. */
  readonly mostMegabytes: number;
  /** Saves and acts go when they are older. */
  readonly mostDays: number;
}

/** `/api/history` */
export interface HistoryOverview {
  readonly place: HistoryPlace;
  readonly sets: readonly KeptLine[];
}

/** `/api/sets/SET/history`, newest first. */
export interface SetHistory {
  readonly place: HistoryPlace;
  readonly set: KeptLine;
  readonly entries: readonly (KeptSave | KeptAct)[];
}

/** A moment of a Set that was asked for, and what of it was found: a save, or a revision between two. */
export type Moment =
  | Pick<KeptSave, 'type' | 'id' | 'number' | 'time'>
  | Pick<KeptAct, 'type' | 'revision' | 'time'>;

/** Part of the way to a change: a track, a device … */
export interface PlaceStep {
  readonly id: NodeId;
  readonly label: string;
  readonly order: number;
}

/** One change between two moments, and where in the tree it happened. */
export interface PlacedSentence {
  readonly kind: SentenceKind;
  /** The whole sentence. */
  readonly text: string;
  readonly minor: boolean;
  readonly nodes: readonly NodeId[];
  readonly way: readonly PlaceStep[];
  /** The sentence without that way. */
  readonly rest: string;
  readonly order: number;
}

/** `/api/sets/SET/compare?from=…&to=…` */
export interface Comparison {
  readonly from: Moment;
  readonly to: Moment;
  /** Absent where nothing differs. */
  readonly headline?: string;
  readonly sentences: readonly PlacedSentence[];
  /** Notes, parameters, envelopes were not compared: one of the two is not a save. */
  readonly withoutDetails?: true;
}
