/** A small Set by hand, and changes of it, for the sentences. */
import type { FacetItem } from '../../src/model/facet.ts';
import {
  asNodeId,
  type FacetName,
  type NodeId,
  type NodeLists,
  type NodeOf,
  type TreeNode,
} from '../../src/model/node.ts';
import { applyOps } from '../../src/patch/apply.ts';
import type { Op, PropChanges, Touched } from '../../src/patch/op.ts';
import type { FacetSource } from '../../src/sentences/facet-source.ts';
import { type Change, type Telling, tellChange } from '../../src/sentences/sentences.ts';

/** Any node, by hand: its properties are checked by nobody. */
export const node = (
  kind: TreeNode['kind'],
  id: string,
  props: Readonly<Record<string, unknown>>,
  lists: NodeLists = {},
): TreeNode => ({ id: asNodeId(id), kind, props, lists }) as unknown as TreeNode;

export const track = (id: string, name: string, props: object = {}, lists: NodeLists = {}): TreeNode =>
  node('track', id, { type: 'midi', name, color: 1, volumeDb: 0, pan: 0, mute: false, ...props }, lists);
export const device = (id: string, name: string, props: object = {}, lists: NodeLists = {}): TreeNode =>
  node('device', id, { class: name.replace(' ', ''), type: 'native', name, on: true, ...props }, lists);
export const rack = (id: string, name: string, chains: readonly TreeNode[], props: object = {}): TreeNode =>
  device(id, name, { class: 'InstrumentGroupDevice', type: 'rack', ...props }, { chains });
export const chain = (
  id: string,
  name: string,
  props: object = {},
  devices: readonly TreeNode[] = [],
): TreeNode =>
  node('chain', id, { name, userName: name, volumeDb: 0, ...props }, devices.length === 0 ? {} : { devices });
/** A clip of four bars in the Arrangement, at a bar of 4/4. */
export const clip = (id: string, name: string, bar: number, props: object = {}): TreeNode =>
  node('clip', id, {
    ...{
      type: 'midi',
      name,
      start: (bar - 1) * 4,
      end: (bar + 3) * 4,
      loopStart: 0,
      loopEnd: 16,
      startOffset: 0,
    },
    ...{ endMarker: 16, loopOn: true, color: 1, noteCount: 8, ...props },
  });
export const sessionClip = (id: string, name: string, scene: string, props: object = {}): TreeNode =>
  node('clip', id, {
    ...{ type: 'midi', name, scene, loopStart: 0, loopEnd: 16, startOffset: 0, endMarker: 16 },
    ...{ loopOn: true, color: 1, noteCount: 8, ...props },
  });
export const scene = (id: string, name: string, props: object = {}): TreeNode =>
  node('scene', id, { name, ...props });
const send = (owner: string, target: string): TreeNode =>
  node('send', `${owner}>${target}`, { target, levelDb: -70 });

const kick = track(
  'kick',
  'Kick',
  { audioOutput: 'AudioOut/GroupTrack', audioOutputName: 'Group' },
  {
    devices: [
      rack('kick/rack', 'Drum Rack', [
        chain('kick/low', 'Low', { receivingNote: 36 }, [device('kick/simpler', 'Simpler')]),
        chain('kick/click', 'Click', { receivingNote: 37 }, [device('kick/simpler2', 'Simpler')]),
      ]),
    ],
  },
);
const member = (id: string, name: string): TreeNode =>
  track(id, name, { audioOutput: 'AudioOut/GroupTrack', audioOutputName: 'Group' });

const bass = track(
  'bass',
  'Bass',
  { audioOutput: 'AudioOut/Main', audioOutputName: 'Main', crossfade: 'none' },
  {
    sends: [send('bass', 'reverb'), send('bass', 'echo')],
    devices: [
      device('bass/op', 'Operator', { parameterCount: 2 }),
      device('bass/eq', 'EQ Eight', { class: 'Eq8' }),
      device('bass/comp', 'Compressor', { class: 'Compressor2' }),
      rack(
        'bass/rack',
        'Amp Rack',
        [chain('bass/clean', 'Clean', {}, [device('bass/sat', 'Saturator')]), chain('bass/dirt', 'Dirt')],
        {
          macroCount: 8,
        },
      ),
    ],
    clips: [sessionClip('bass/s1', 'Riff', 's1'), sessionClip('bass/s2', 'Fill', 's2')],
  },
);

const lead = track(
  'lead',
  'Lead',
  { delay: 0 },
  {
    devices: [
      device('lead/serum', 'Serum', { type: 'plugin', class: 'PluginDevice', pluginFormat: 'VST3' }),
      device('lead/max', 'LFO', { type: 'max', class: 'MxDeviceAudioEffect', patch: 'Max/LFO.amxd' }),
    ],
    arrangement: [clip('lead/verse', 'Verse', 17), clip('lead/bridge', 'Bridge', 41)],
    takeLanes: [node('takeLane', 'lead/lane', { name: 'Take 1' })],
  },
);

const vox = track(
  'vox',
  'Vox',
  { type: 'audio', monitoring: 'auto' },
  {
    arrangement: [
      clip('vox/take', 'Take', 9, {
        ...{ type: 'audio', noteCount: undefined, warped: true, warpMode: 0, pitchCoarse: 0, gainDb: 0 },
        ...{ sample: 'take 3.wav', samplePath: '/Users/ana/Desktop/take 3.wav' },
      }),
    ],
    slots: [node('slot', 'vox/slot', { scene: 's2', hasStop: false })],
  },
);

/** "Band": Drums (Kick, Snare, Hat, Tom), Bass, Lead, Vox; Reverb, Echo; 3 scenes, 2 locators; 4/4 at 120. */
export const BAND = node(
  'set',
  'set',
  {
    ...{ creator: 'Ableton Live 12.1.11', schema: '12.0_12120', liveMajor: 12, tempoBpm: 120 },
    ...{ signatureNumerator: 4, signatureDenominator: 4, scaleRoot: 0, scaleName: '0', loopOn: false },
    ...{ loopStart: 0, loopLength: 16, launchQuantization: 4, recordQuantization: 0, metronomeOn: false },
  },
  {
    tracks: [
      track(
        'drums',
        'Drums',
        { type: 'group' },
        {
          tracks: [kick, member('snare', 'Snare'), member('hat', 'Hat'), member('tom', 'Tom')],
        },
      ),
      bass,
      lead,
      vox,
    ],
    returns: [track('reverb', 'Reverb', { type: 'return' }), track('echo', 'Echo', { type: 'return' })],
    main: [track('main', 'Main', { type: 'main', cueVolumeDb: -6, crossfader: 0 })],
    scenes: [scene('s1', 'Intro'), scene('s2', 'Chorus'), scene('s3', '')],
    locators: [
      node('locator', 'l1', { name: 'Drop', time: 64 }),
      node('locator', 'l2', { name: 'Outro', time: 128 }),
    ],
  },
) as NodeOf<'set'>;

/** Items of a facet before and after. */
export type Details = Readonly<
  Record<string, Partial<Record<FacetName, readonly [before: readonly object[], after: readonly object[]]>>>
>;

/** What is changed in the band. */
export interface Edit {
  readonly ops?: readonly Op[];
  readonly details?: Details;
  /** XML paths of other settings by node. */
  readonly other?: Readonly<Record<string, readonly string[]>>;
  /** Another Set than {@link BAND} to begin with. */
  readonly from?: NodeOf<'set'>;
  /** Nobody has read the details. */
  readonly isBlind?: boolean;
}

export const set = (id: string, props: PropChanges): Op => ({ op: 'set', id: asNodeId(id), props });
export const insert = (parent: string, list: keyof NodeLists, index: number, added: TreeNode): Op => ({
  ...{ op: 'insert', parent: asNodeId(parent), list, index },
  node: added,
});
export const remove = (id: string): Op => ({ op: 'remove', id: asNodeId(id) });
export const move = (id: string, parent: string, list: keyof NodeLists, index: number): Op => ({
  ...{ op: 'move', id: asNodeId(id), parent: asNodeId(parent), list, index },
});

/** The change that an edit makes. */
export function changeOf({ ops = [], details = {}, other = {}, from = BAND, isBlind }: Edit): Change {
  const source =
    (side: 0 | 1): FacetSource =>
    (id, facet) =>
      (details[id]?.[facet]?.[side] ?? []) as readonly FacetItem[];
  const facets = (side: 0 | 1) => (isBlind === true ? {} : { facets: source(side) });
  return {
    before: { root: from, ...facets(0) },
    after: { root: applyOps(from, ops), ...facets(1) },
    ops,
    touched: touchedOf(details, other),
  };
}

function touchedOf(details: Details, other: Readonly<Record<string, readonly string[]>>): readonly Touched[] {
  const ids = new Set([...Object.keys(details), ...Object.keys(other)]);
  return [...ids].map((id) => ({
    id: asNodeId(id),
    facets: Object.keys(details[id] ?? {}) as FacetName[],
    other: other[id] ?? [],
  }));
}

export const telling = (edit: Edit): Telling => tellChange(changeOf(edit));

/** The texts of all sentences. */
export const texts = (edit: Edit): readonly string[] => telling(edit).sentences.map(({ text }) => text);

/** Ids of nodes that an edit changes, whatever the op. */
export const changedIds = ({ ops, touched }: Pick<Change, 'ops' | 'touched'>): readonly NodeId[] => [
  ...ops.map((op) => (op.op === 'insert' ? op.node.id : op.id)),
  ...touched.map(({ id }) => id),
];
