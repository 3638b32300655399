/**
 * What can be compared between Live and the file, property by property. What is not in the table is never compared:
 * only one of the two states it, or there is no exact conversion, or it follows from something else.
 */
import type { NodeKind, NodeOf, Props, PropValue } from '@livetree/live-set';

/** How two values are held to be the same, and why no closer. */
export type How =
  | { readonly how: 'exact' }
  /** The same within `within` of the unit, at either side. */
  | { readonly how: 'tolerance'; readonly within: number; readonly unit: string; readonly why: string }
  /** The same text, once both are brought into one form. */
  | { readonly how: 'text'; readonly form: (text: string) => string; readonly why: string }
  /** The id of a node: that of its pair. */
  | { readonly how: 'node' };

export interface Comparable {
  readonly kind: NodeKind;
  readonly prop: string;
  readonly compared: How;
  /** Performance state is shown apart, and never counted as an edit. */
  readonly counts: 'edit' | 'performance';
  /** What a property stands for that is not there; absent: then that side does not know it. */
  readonly absent?: PropValue | null;
  /** Whether it says something on this node; absent: always. */
  readonly where?: (about: Compared) => boolean;
  /** Why `where`. */
  readonly unless?: string;
}

/** A node on both sides. */
export interface Compared {
  readonly live: Props;
  readonly file: Props;
  readonly fileRoot: NodeOf<'set'>['props'];
}

const EXACT: How = { how: 'exact' };
const NODE: How = { how: 'node' };

/** Live states numbers of its interface in single precision: 24 bits, so about 6e-8 of the value. */
const SINGLE = 'Live keeps it in single precision';
/** Of a number up to 2^17 single precision keeps 1/128; of one up to 4,096 it keeps 1/4,096. */
const within = (size: number, unit: string, why = SINGLE): How => ({
  how: 'tolerance',
  within: size,
  unit,
  why,
});

const BEATS = within(0.001, 'beats', 'single precision keeps 1/2000 beat up to bar 2048 of 4/4');
const FADER = within(
  0.01,
  'dB',
  'the fader of Live, linear in dB from −18 dB up, in single precision; below it Live’s text with one digit is not exact',
);
/** Below it Live says a level only as text with one digit after the point. */
const TEXT_DB = within(0.0501, 'dB', 'Live’s text has one digit after the point');

interface Row extends Omit<Comparable, 'kind' | 'prop' | 'counts'> {
  readonly counts?: 'performance';
}

const text: Row = { compared: EXACT };
const exact: Row = { compared: EXACT };
const flag: Row = { compared: EXACT, absent: false };
const performance: Row = { compared: EXACT, absent: false, counts: 'performance' };
const color: Row = {
  compared: EXACT,
  absent: null,
  where: ({ fileRoot }) => (fileRoot.liveMajor ?? 0) >= 10,
  unless: 'up to Live 9 the file counts colours in another palette',
};
const beats: Row = { compared: BEATS };

/** The table by kind and property. */
const TABLE: Readonly<Record<NodeKind, Readonly<Record<string, Row>>>> = {
  set: {
    tempoBpm: { compared: within(0.0001, 'BPM') },
    signatureNumerator: exact,
    signatureDenominator: exact,
    loopOn: exact,
    loopStart: beats,
    loopLength: beats,
    punchIn: exact,
    punchOut: exact,
    metronomeOn: { compared: EXACT, counts: 'performance' },
    launchQuantization: exact,
  },
  track: {
    name: text,
    color,
    mute: exact,
    solo: performance,
    arm: performance,
    monitoring: { compared: EXACT, counts: 'performance' },
    volumeDb: { compared: FADER },
    pan: { compared: within(0.00001, 'of the way to one side') },
    frozen: flag,
    crossfade: exact,
  },
  device: { name: text, on: exact, macroCount: exact },
  chain: {
    name: text,
    color,
    mute: exact,
    solo: performance,
    volumeDb: { compared: FADER },
    pan: { compared: within(0.00001, 'of the way to one side') },
    receivingNote: exact,
    sendingNote: exact,
    chokeGroup: { compared: EXACT, absent: null },
  },
  clip: {
    name: text,
    color,
    scene: { compared: NODE },
    start: beats,
    end: beats,
    loopOn: exact,
    disabled: flag,
    legato: flag,
    launchMode: exact,
    launchQuantization: exact,
    signatureNumerator: exact,
    signatureDenominator: exact,
  },
  slot: { scene: { compared: NODE }, hasStop: exact },
  scene: { name: text, color },
  locator: { name: text, time: beats },
  send: { target: { compared: NODE }, levelDb: { compared: TEXT_DB } },
  takeLane: { name: text },
};

/** All rows. */
export const COMPARABLE: readonly Comparable[] = Object.entries(TABLE).flatMap(([kind, rows]) =>
  Object.entries(rows).map(([prop, row]) => ({
    counts: 'edit' as const,
    ...row,
    kind: kind as NodeKind,
    prop,
  })),
);

const BY_KIND: ReadonlyMap<NodeKind, ReadonlyMap<string, Comparable>> = new Map(
  (Object.keys(TABLE) as NodeKind[]).map((kind) => [
    kind,
    new Map(COMPARABLE.filter((row) => row.kind === kind).map((row) => [row.prop, row])),
  ]),
);

/** The rows of a kind, by property. */
export const rowsOf = (kind: NodeKind): ReadonlyMap<string, Comparable> =>
  BY_KIND.get(kind) ?? new Map<string, Comparable>();
