/**
 * The connection hub ↔ client (`/sync`). JSON text frames, one message a frame; only snapshots bring binary
 * frames. The hub speaks after `hello`.
 *
 * Two chains: skeleton patches go to all (`from` is the revision of the previous skeleton patch, so
 * facet-only revisions leave no hole); facets are chained per (node, facet). What does not fit its chain is
 * never applied: the client asks anew.
 */
import type { FacetItem, FacetName, NodeId, Op, PropValue } from '@livetree/live-set';
import type { EventName } from './event-names.ts';
import type { SetId, SetInfo } from './set-info.ts';
import type { UnsavedMessage } from './unsaved.ts';

/** One unbroken line of revisions of one Set. */
export type Epoch = string;
/** Hash chained over the patches, 16 hex digits. */
export type Lineage = string;
/** Who caused a patch. */
export type Origin = 'file' | 'live';

export interface FacetKey {
  readonly node: NodeId;
  readonly facet: FacetName;
}

// ── client → hub ────────────────────────────────────────────────────────────────────────────────────────

/** First message, and again to change the Set. What the client holds lets the hub send only what it misses. */
export interface Hello {
  readonly type: 'hello';
  readonly protocol: number;
  /** Fresh per hello; answers carry it, so that late answers to an older one are known. */
  readonly request: string;
  /** Absent: the hub's first Set. */
  readonly set?: SetId;
  readonly epoch?: Epoch;
  readonly revision?: number;
  readonly lineage?: Lineage;
  readonly facets?: readonly FacetKey[];
}
export type OpenFacet = FacetKey & { readonly type: 'open_facet'; readonly request: string };
export type CloseFacet = FacetKey & { readonly type: 'close_facet' };
/** Channels beside the two chains. `playhead`: the ephemeral values with the position of the song, which Live is asked for only then. */
export const CHANNELS = ['log', 'ephemeral', 'playhead', 'unsaved'] as const;
export type Channel = (typeof CHANNELS)[number];

export interface Subscribe {
  readonly type: 'subscribe';
  readonly channels: readonly Channel[];
}
export interface Command {
  readonly type: 'command';
  readonly request: string;
  readonly name: CommandName;
  readonly args: Readonly<Record<string, PropValue>>;
}
/** Nothing in this list can write to Live or to a Set. */
export const COMMAND_NAMES = [
  'open_path',
  'open_bytes',
  'realtime',
  'resync',
  'dismiss',
  'install',
  'file_changed',
  'forget_sets',
  'close',
  'history_delete',
  'history_keep',
] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

export type ClientMessage = Hello | OpenFacet | CloseFacet | Subscribe | Command;

// ── hub → client ────────────────────────────────────────────────────────────────────────────────────────

/** Answers `hello`. Then come either patches (`resume: 'patches'`, possibly none) or a snapshot. */
export interface Welcome {
  readonly type: 'welcome';
  readonly protocol: number;
  readonly request: string;
  readonly hubVersion: string;
  readonly sets: readonly SetInfo[];
  /** The Set this connection follows; absent while the hub has none. */
  readonly set?: SetId;
  readonly resume: 'patches' | 'snapshot' | 'nothing';
}

/** The whole skeleton at one revision, in the `chunks` binary frames that follow: deflate-raw of UTF-8 JSON of the root node. */
export interface Snapshot {
  readonly type: 'snapshot';
  readonly set: SetId;
  readonly epoch: Epoch;
  readonly revision: number;
  readonly lineage: Lineage;
  readonly encoding: 'deflate-raw';
  readonly chunks: number;
  /** Sum of the chunks, for the progress bar. */
  readonly bytes: number;
  readonly nodes: number;
}

/**
 * The ops of one revision, or of several that waited for a slow client. Applies to the skeleton at `from`;
 * `was` is left out. May have no ops, where those that were merged cancel out: it still leads to `to`.
 */
export interface PatchMessage {
  readonly type: 'patch';
  readonly set: SetId;
  readonly from: number;
  readonly to: number;
  /** At `to`. */
  readonly lineage: Lineage;
  /** How many patches this one stands for; absent = 1. `time` and `origin` are then those of the last. */
  readonly merged?: number;
  /** ms since 1970; for people only. */
  readonly time: number;
  readonly origin: Origin;
  readonly ops: readonly Op[];
}

/** Nodes of which facets or other settings changed that this client does not watch; at most one a second. */
export interface TouchedMessage {
  readonly type: 'touched';
  readonly set: SetId;
  readonly revision: number;
  readonly nodes: readonly NodeId[];
}

/** The content of a facet; answers `open_facet`, and comes anew when a chain breaks. */
export type FacetMessage = FacetKey & {
  readonly type: 'facet';
  readonly set: SetId;
  readonly request?: string;
  readonly revision: number;
  readonly data: readonly FacetItem[];
};

/** Changes of one open facet: items to put (new or changed) by key, keys to take away, and the order where it changed. */
export type FacetPatch = FacetKey & {
  readonly type: 'facet_patch';
  readonly set: SetId;
  readonly from: number;
  readonly to: number;
  readonly put: readonly FacetItem[];
  readonly remove: readonly string[];
  readonly order?: readonly string[];
};

/** Latest values without history (playing, playhead, meters, selection). `value: null` ends a key. */
export interface Ephemeral {
  readonly type: 'ephemeral';
  readonly set: SetId;
  readonly values: readonly {
    readonly key: string;
    readonly node: NodeId;
    readonly value: PropValue | null;
  }[];
}

/** What people and scripts read of one change. */
export interface Telling {
  /** Of a save: the headline, one line for all its changes. */
  readonly save?: string;
  /** Names of the catalogue, in its order. */
  readonly names: readonly EventName[];
  /** The nodes the sentences tell of, some of which may be gone; at most {@link SYNC_LIMITS.entryNodes}. */
  readonly nodes: readonly NodeId[];
  /** Most important first; at most {@link SYNC_LIMITS.entrySentences}, the last then counts the others. */
  readonly sentences: readonly string[];
}

/**
 * One line of the log: a save, a discrete change, a closed act. It belongs to no chain: it may come before
 * the snapshot that shows its change, and a client too slow to take 200 of them misses the oldest. Set,
 * revision and time together name an entry.
 */
export interface Entry extends Telling {
  readonly type: 'entry';
  readonly set: SetId;
  /** The newest revision when the entry was made. */
  readonly revision: number;
  /** ms since 1970: when the file was saved. For people only. */
  readonly time: number;
  readonly origin: Origin;
  /** Made before this client subscribed. Recent entries come first, oldest first. */
  readonly recent?: true;
}

export type Result =
  | { readonly type: 'result'; readonly request: string; readonly ok: true; readonly value?: PropValue }
  | {
      readonly type: 'result';
      readonly request: string;
      readonly ok: false;
      readonly code: string;
      readonly message: string;
    };

/** The state of a Set's sources changed (file broken, Live gone, …), or a Set came or went. */
export interface Status {
  readonly type: 'status';
  readonly sets: readonly SetInfo[];
}

/** Every 15 s; carries the newest revision of all, and of the skeleton chain. */
export interface Heartbeat {
  readonly type: 'heartbeat';
  readonly set: SetId;
  readonly revision: number;
  readonly skeleton: number;
  readonly time: number;
}

export type HubMessage =
  | Welcome
  | Snapshot
  | PatchMessage
  | TouchedMessage
  | FacetMessage
  | FacetPatch
  | Ephemeral
  | Entry
  | UnsavedMessage
  | Result
  | Status
  | Heartbeat;
