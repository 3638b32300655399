/** What the hub's thread and the keeper of the saves say to each other. */
import type { HistoryLimits, SetId } from '@livetree/protocol';
import type { SavedBytes } from '../parse-messages.ts';
import type { HistoryFilter } from './past.ts';

/** A save that the reader of a Set has read. */
export interface SavedFile extends SavedBytes {
  readonly set: SetId;
  /** Of the Set. */
  readonly name: string;
  readonly path: string;
}

/** A Set that is served: it has a history, if only an empty one. */
export interface OpenSet {
  readonly name: string;
  readonly path: string;
}

/** Moments are texts as people type them. */
export type PastQuestion =
  | { readonly ask: 'overview' }
  | { readonly ask: 'history'; readonly set: SetId; readonly filter: HistoryFilter; readonly open?: OpenSet }
  | { readonly ask: 'moment' | 'tree' | 'file'; readonly set: SetId; readonly at: string }
  | { readonly ask: 'compare'; readonly set: SetId; readonly from: string; readonly to: string }
  /** Absent: all. */
  | { readonly ask: 'delete'; readonly set?: SetId }
  | { readonly ask: 'keep'; readonly limits: Partial<HistoryLimits> };

export type PastAnswer =
  | { readonly ok: true; readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly status: 400 | 404 | 503; readonly reason: string };

/** What the thread is started with. */
export interface KeeperStart {
  readonly folder: string;
  readonly stop: SharedArrayBuffer;
}

export type ToKeeper =
  | { readonly do: 'keep'; readonly save: SavedFile }
  | { readonly do: 'ask'; readonly ticket: number; readonly question: PastQuestion }
  /** Comes after the flag was raised: what was given is still kept, nothing more is read. */
  | { readonly do: 'stop' };

export type FromKeeper =
  | { readonly is: 'answer'; readonly ticket: number; readonly answer: PastAnswer }
  /** A sentence for the log. */
  | { readonly is: 'trouble'; readonly message: string };
