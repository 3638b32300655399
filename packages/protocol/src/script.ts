/**
 * The connection Remote Script → hub (`/script`), as docs/protocol-script.md has it: what the script states of
 * a running Live, and what the hub asks of it. A frame states what is, never what was done; order inside a
 * frame has no meaning.
 */

/** One run of the script on one song: 32 hexadecimal digits. */
export type RunId = string;

/** Names one object of Live within a run; the song is {@link SONG_HANDLE}. */
export type Handle = number;
export const SONG_HANDLE: Handle = 1;

/** Kinds of objects that are stated. */
export const RAW_KINDS = [
  'song',
  'track',
  'send',
  'device',
  'chain',
  'parameter',
  'clip',
  'slot',
  'scene',
  'locator',
  'takeLane',
] as const;
export type RawKind = (typeof RAW_KINDS)[number];

/** An object of Live as the value of a property. */
export interface HandleValue {
  readonly handle: Handle;
}
/** A number that JSON cannot hold. */
export interface FloatValue {
  readonly float: 'inf' | '-inf' | 'nan';
}
type RawScalar = string | number | boolean | null;

/** A value as Live has it, never converted. */
export type RawValue =
  | RawScalar
  | HandleValue
  | FloatValue
  | readonly (RawScalar | FloatValue | readonly (RawScalar | FloatValue)[])[];
export type RawProps = Readonly<Record<string, RawValue>>;

/** A list in full, or its changed stretch. */
export type ListStatement = readonly Handle[] | ListStretch;
/** From `from` on `remove` members were replaced by `insert`; the list has `length` members afterwards. */
export interface ListStretch {
  readonly length: number;
  readonly from: number;
  readonly remove: number;
  readonly insert: readonly Handle[];
}

/** Keys are handles in decimal digits. */
export type ByHandle<T> = Readonly<Record<string, T>>;

// ── script → hub ────────────────────────────────────────────────────────────────────────────────────────

/** What a dead run left in the spool. */
export interface SpoolOffer {
  readonly run: RunId;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly gap: boolean;
}

export interface ScriptHello {
  readonly protocol: number;
  readonly run: RunId;
  readonly pid: number;
  readonly scriptVersion: string;
  readonly liveVersion: string;
  readonly pythonVersion: string;
  /** `''` while unknown. */
  readonly setName: string;
  /** `''` while the Set was never saved, or this Live does not tell. */
  readonly setPath: string;
  /** Last `seq` this run has stated; 0 = none. */
  readonly lastSeq: number;
  readonly commandPort: number | null;
  readonly simulated: boolean;
  /** A recorded run of a simulated Live is played again; absent: it happens now. */
  readonly recorded?: boolean | undefined;
  readonly features: readonly string[];
  readonly spool: SpoolOffer | null;
}

/** One frame of statements. */
export interface EventsFrame {
  readonly run: RunId;
  readonly seq: number;
  /** Seconds since 1970; for people only. */
  readonly time: number;
  readonly nodes?: ByHandle<{ readonly kind: RawKind; readonly props: RawProps }> | undefined;
  readonly sets?: ByHandle<RawProps> | undefined;
  readonly lists?: ByHandle<Readonly<Record<string, ListStatement>>> | undefined;
  readonly names?: readonly (readonly [name: string, handle: Handle])[] | undefined;
  readonly begin?: readonly Handle[] | undefined;
  readonly end?: readonly Handle[] | undefined;
  readonly audit?: ByHandle<string> | undefined;
  readonly mismatch?: readonly (readonly [handle: Handle, what: string])[] | undefined;
  readonly seen?: ByHandle<string> | undefined;
  readonly barrier?: readonly (string | number)[] | undefined;
  readonly late?: boolean | undefined;
  readonly forced?: boolean | undefined;
  readonly acts?:
    | readonly (readonly [handle: Handle, prop: string, before: RawValue, after: RawValue])[]
    | undefined;
}

export type EphemeralTriple = readonly [key: string, handle: Handle, value: EphemeralRaw];
export type EphemeralRaw = RawScalar | FloatValue | HandleValue | EphemeralNumbers | EphemeralFields;
/** Of `meter`: several numbers that are one value; `null` where there is none. At most 16. */
export type EphemeralNumbers = readonly (number | FloatValue | null)[];
/** Of `transport`, `selection` and `motion`. */
export type EphemeralFields = Readonly<Record<string, RawScalar | FloatValue | HandleValue>>;

export interface EphemeralFrame {
  readonly run: RunId;
  readonly values: readonly EphemeralTriple[];
}

type Figure = number | string | boolean | null;
/** Figures of the script, by name: ms in Live's thread, events a second, mismatches by property … */
export type ScriptStats = Readonly<Record<string, Figure | Readonly<Record<string, Figure>>>>;

export interface ScriptHeartbeat {
  readonly run: RunId;
  readonly seq: number;
  readonly time: number;
  readonly dirty: number;
  readonly walking: { readonly done: number; readonly total: number } | null;
  readonly light: boolean;
  readonly realtime: boolean;
  readonly setName: string;
  readonly setPath: string;
  readonly listeners: number;
  readonly unacked: number;
  readonly spool: { readonly bytes: number; readonly frames: number };
  readonly stats: ScriptStats;
  readonly pong?: string | number | undefined;
}

/** Frames that no longer exist anywhere. */
export interface ScriptGap {
  readonly run: RunId;
  readonly fromSeq: number;
  readonly toSeq: number;
}

export interface ScriptBye {
  readonly run: RunId;
  readonly reason: string;
}

/** The user has turned the real-time switch at the script (port 9001): the hub keeps it. */
export interface ScriptRealtime {
  readonly run: RunId;
  readonly on: boolean;
}

export type ScriptMessage =
  | { readonly type: 'hello'; readonly payload: ScriptHello }
  | { readonly type: 'events'; readonly payload: EventsFrame }
  | { readonly type: 'ephemeral'; readonly payload: EphemeralFrame }
  | { readonly type: 'heartbeat'; readonly payload: ScriptHeartbeat }
  | { readonly type: 'gap'; readonly payload: ScriptGap }
  | { readonly type: 'realtime'; readonly payload: ScriptRealtime }
  | { readonly type: 'bye'; readonly payload: ScriptBye };

// ── hub → script ────────────────────────────────────────────────────────────────────────────────────────

/** Facets that are stated only while somebody looks; `keptNotes`: once, for the list of what was not saved. */
export const OBSERVED_FACETS = [
  'parameters',
  'notes',
  'keptNotes',
  'warpMarkers',
  'meter',
  'playhead',
] as const;
export type ObservedFacet = (typeof OBSERVED_FACETS)[number];

export interface ScriptWelcome {
  readonly protocol: number;
  readonly hub: 'LiveTree';
  /** State again all after this `seq`; `null`: start over with a snapshot of the song. */
  readonly resumeAfter: number | null;
  readonly realtime: boolean;
  readonly spool: 'send' | 'drop' | null;
}
export interface ObserveRequest {
  readonly handle: Handle;
  readonly facet: ObservedFacet;
}

/** Why the hub ends a conversation; the script shows the message and tries again. */
export type RefusalCode = 'version' | 'bad_message' | 'too_slow' | 'too_many' | 'replaced' | 'out_of_order';

export type ToScript =
  | { readonly type: 'welcome'; readonly payload: ScriptWelcome }
  | { readonly type: 'ack'; readonly payload: { readonly run: RunId; readonly seq: number } }
  | { readonly type: 'observe' | 'unobserve'; readonly payload: ObserveRequest }
  | { readonly type: 'resync'; readonly payload: { readonly handle: Handle; readonly reason: string } }
  | {
      readonly type: 'barrier';
      /** `read`: things to read again from Live before the answer. */
      readonly payload: { readonly id: string | number; readonly read?: readonly Handle[] };
    }
  | {
      readonly type: 'configure';
      readonly payload: {
        readonly realtime?: boolean;
        readonly sweepMs?: number;
        readonly maxListeners?: number;
      };
    }
  | { readonly type: 'ping'; readonly payload: { readonly id: string | number } }
  | { readonly type: 'refuse'; readonly payload: { readonly code: RefusalCode; readonly message: string } };

/** The text of a frame to the script. */
export const encodeToScript = ({ type, payload }: ToScript): string =>
  JSON.stringify({ source: 'hub', type, payload });
