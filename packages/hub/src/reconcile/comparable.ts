/**
 * What can be compared between Live and the file, property by property. What is not in the table is never compared:
 * only one of the two states it, or there is no exact conversion, or it follows from something else. The table with
 * its reasons for people: docs/compared-with-the-file.md.
 */
import type { NodeKind, Props, PropValue } from '@livetree/live-set';
import * as forms from './forms.ts';
import { canState } from './live-knows.ts';

/** How two values are held to be the same. */
export type How =
  | 'exact'
  /** The id of a node: that of its pair. */
  | 'node'
  /** The same within so much, at either side. */
  | { readonly within: number; readonly unit: string; readonly why: string };

/** A node on both sides, and the roots of both trees. */
export interface Compared {
  readonly live: Props;
  readonly file: Props;
  readonly liveSet: Props;
  readonly fileSet: Props;
}

/** How one property of one kind of node is compared. */
export interface Comparable {
  readonly kind: NodeKind;
  readonly prop: string;
  readonly how: How;
  /** Performance state is shown apart, and never counted as an edit. */
  readonly counts: 'edit' | 'performance';
  /** Brings the values of both sides into one form; `undefined`: this value cannot be compared. */
  readonly form?: (value: PropValue) => PropValue | null | undefined;
  /** What it means that a property is not there, `null`: none; absent: that side does not know it. */
  readonly absent?: PropValue | null;
  /** Whether it can be compared on this node; absent: always. */
  readonly where?: (both: Compared) => boolean;
  /** Why there is a form or a condition. */
  readonly why?: string;
}

type Row = Omit<Comparable, 'kind' | 'prop' | 'how' | 'counts'> & {
  readonly how?: How;
  readonly counts?: 'performance';
};

const EXACT: Row = {};
const FLAG: Row = { absent: false };
const PERFORMANCE: Row = { absent: false, counts: 'performance' };
const NODE: Row = {
  how: 'node',
  form: forms.knownNode,
  why: 'a place that the file does not resolve is written `?`',
};

const BEATS: Row = {
  how: { within: 0.001, unit: 'beats', why: 'single precision keeps 1/2048 beat up to bar 2049 of 4/4' },
};
/** Markers of a clip are the loop only while it loops. */
const LOOP: Row = {
  ...BEATS,
  where: ({ live, file }) => live['loopOn'] === true && file['loopOn'] === true,
  why: 'of a clip without loop Live tells its start and end under the names of the loop',
};
const FADER: Row = {
  how: {
    within: 0.051,
    unit: 'dB',
    why: 'below −18 dB Live says a level only as text with one digit after the point, which is half a tenth off at most',
  },
};
const PAN: Row = {
  how: {
    within: 0.00001,
    unit: 'of the way',
    why: 'single precision, 6e-8 of the value, with room for sums',
  },
};
const COLOR: Row = {
  form: forms.color,
  absent: null,
  where: ({ fileSet }) => Number(fileSet['liveMajor']) >= 10,
  why: 'up to Live 9 the file counts in another palette; Live 10 may write 140 + the number',
};
const CHAIN_NOTE: Row = { form: forms.chainNote, why: '128 and numbers below 0 stand for all notes' };
const SCENE_SWITCHED: Row = {
  absent: null,
  where: ({ liveSet }) => canState(liveSet['creator'], 'sceneTempo'),
  why: 'Live tells scene tempo and signature from 11.1 on',
};
const ROUTING = (target: string): Row => ({
  form: forms.routing,
  where: ({ file }) => !/\bTrack\./.test(String(file[target] ?? '')),
  why: 'the name of another track follows that track; Main was Master up to Live 11',
});

const MIXER: Readonly<Record<string, Row>> = {
  color: COLOR,
  mute: EXACT,
  solo: PERFORMANCE,
  volumeDb: FADER,
  pan: PAN,
};

/** The table by kind and property. */
const TABLE: Readonly<Record<NodeKind, Readonly<Record<string, Row>>>> = {
  set: {
    tempoBpm: {
      how: {
        within: 0.0005,
        unit: 'BPM',
        why: 'single precision keeps 1/16384 up to 999 BPM; Live shows hundredths',
      },
    },
    signatureNumerator: EXACT,
    signatureDenominator: EXACT,
    scaleRoot: EXACT,
    scaleName: { form: forms.scaleName, why: 'from 12.1 on the file has a number, of which two are known' },
    scaleOn: EXACT,
    loopOn: EXACT,
    loopStart: BEATS,
    loopLength: BEATS,
    punchIn: EXACT,
    punchOut: EXACT,
    metronomeOn: { counts: 'performance' },
    launchQuantization: EXACT,
    recordQuantization: EXACT,
  },
  track: {
    name: EXACT,
    ...MIXER,
    panMode: EXACT,
    panLeft: PAN,
    panRight: PAN,
    crossfade: EXACT,
    arm: PERFORMANCE,
    monitoring: { counts: 'performance' },
    frozen: FLAG,
    audioInputName: ROUTING('audioInput'),
    audioOutputName: ROUTING('audioOutput'),
    midiInputName: ROUTING('midiInput'),
    cueVolumeDb: FADER,
    crossfader: PAN,
  },
  device: {
    name: {
      where: ({ live, file }) => !(isNamedByLive(live) && isNamedByLive(file)),
      why: 'a device that nobody named is called as this version of Live calls its class',
    },
    on: EXACT,
    macroCount: EXACT,
  },
  chain: {
    name: EXACT,
    ...MIXER,
    receivingNote: CHAIN_NOTE,
    sendingNote: CHAIN_NOTE,
    chokeGroup: {
      absent: null,
      where: ({ file }) => file['sendingNote'] !== undefined,
      why: 'chains of drum racks only',
    },
  },
  clip: {
    name: EXACT,
    color: COLOR,
    scene: NODE,
    start: BEATS,
    end: BEATS,
    loopOn: EXACT,
    loopStart: LOOP,
    loopEnd: LOOP,
    startOffset: LOOP,
    endMarker: LOOP,
    disabled: FLAG,
    launchMode: EXACT,
    launchQuantization: EXACT,
    legato: FLAG,
    velocityAmount: PAN,
    signatureNumerator: EXACT,
    signatureDenominator: EXACT,
    warped: EXACT,
    warpMode: EXACT,
    pitchCoarse: EXACT,
    pitchFine: { how: { within: 0.01, unit: 'cents', why: 'single precision; Live shows whole cents' } },
    sample: EXACT,
  },
  slot: { scene: NODE, hasStop: { absent: true } },
  scene: {
    name: { form: forms.sceneName, why: 'up to Live 10 an unnamed scene is called by its number' },
    color: COLOR,
    tempoBpm: { ...SCENE_SWITCHED, how: { within: 0.0005, unit: 'BPM', why: 'as the tempo of the Set' } },
    signatureNumerator: SCENE_SWITCHED,
    signatureDenominator: SCENE_SWITCHED,
  },
  locator: { name: EXACT, time: BEATS },
  send: { target: NODE, levelDb: FADER, active: EXACT },
  takeLane: { name: EXACT },
};

/** Named by nobody: then the name follows from class and version. Plug-ins and Max devices bring their own. */
const isNamedByLive = ({ type, userName }: Props): boolean =>
  userName === undefined && (type === 'native' || type === 'rack');

/** All rows. */
export const COMPARABLE: readonly Comparable[] = Object.entries(TABLE).flatMap(([kind, rows]) =>
  Object.entries(rows).map(([prop, row]) => ({
    how: 'exact' as const,
    counts: 'edit' as const,
    ...row,
    kind: kind as NodeKind,
    prop,
  })),
);

const BY_KIND: Readonly<Record<string, readonly Comparable[]>> = Object.fromEntries(
  Object.keys(TABLE).map((kind) => [kind, COMPARABLE.filter((row) => row.kind === kind)]),
);
const BY_PROP = new Map(COMPARABLE.map((row) => [`${row.kind}.${row.prop}`, row]));

/** The rows of a kind. */
export const rowsOf = (kind: NodeKind): readonly Comparable[] => BY_KIND[kind] ?? [];
/** The row of a property; `undefined`: it is never compared. */
export const rowOf = (kind: NodeKind, prop: string): Comparable | undefined => BY_PROP.get(`${kind}.${prop}`);

/** `unknown`: one of the two does not say it, or it cannot be compared on this node. */
export type Outcome = 'same' | 'different' | 'unknown';

/** Compares one property of a node that is in both trees (the file's under the ids that are served). */
export function compareProp(row: Comparable, both: Compared): Outcome {
  const [live, file] = [formed(row, both.live), formed(row, both.file)];
  if (live === undefined || file === undefined) return 'unknown';
  if (row.where !== undefined && !row.where(both)) return 'unknown';
  return isSame(row.how, live, file) ? 'same' : 'different';
}

function formed({ prop, form, absent }: Comparable, props: Props): PropValue | null | undefined {
  const value = props[prop];
  if (value === undefined) return absent;
  return form === undefined ? value : form(value);
}

function isSame(how: How, live: PropValue | null, file: PropValue | null): boolean {
  if (live === file) return true;
  if (typeof how === 'string' || typeof live !== 'number' || typeof file !== 'number') return false;
  return Math.abs(live - file) <= how.within;
}
