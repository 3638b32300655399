import { deviceType, isChain } from './parse/device.ts';
import { masks } from './parse/noise.ts';
import type { ParsedSet } from './parse/parse-set.ts';
import { Reader } from './parse/reader.ts';
import { nameId } from './parse/vocabulary.ts';
import type { Tape } from './xml/tape.ts';

/** How much of what a Set holds. Frozen copies are left out. */
export interface SetStats {
  readonly tracks: {
    readonly audio: number;
    readonly midi: number;
    readonly group: number;
    readonly return: number;
  };
  readonly scenes: number;
  /** Slots of audio and MIDI tracks, empty ones too. */
  readonly clipSlots: number;
  readonly clips: { readonly session: number; readonly arrangement: number; readonly takeLane: number };
  /** With the clips of the groove pool. */
  readonly midiClips: number;
  readonly audioClips: number;
  /** At any depth, racks included. */
  readonly devices: number;
  readonly pluginDevices: number;
  readonly maxDevices: number;
  readonly racks: number;
  /** Without return chains. */
  readonly chains: number;
  /** With those of the groove pool. */
  readonly notes: number;
  /** Of clips, and of samples in Simpler and Sampler. */
  readonly warpMarkers: number;
  readonly locators: number;
  readonly takeLanes: number;
  /** From Live 10 on; before, automation lies in each parameter. */
  readonly automationEnvelopes: number;
  /** From Live 9 on. */
  readonly clipEnvelopes: number;
}

const FREEZE_SEQUENCER = nameId('FreezeSequencer');
const GROOVE_POOL = nameId('GroovePool');
const TRACKS = nameId('Tracks');
const AUDIO_TRACK = nameId('AudioTrack');
const MIDI_TRACK = nameId('MidiTrack');
const GROUP_TRACK = nameId('GroupTrack');
const RETURN_TRACK = nameId('ReturnTrack');
const SCENES = nameId('Scenes');
const SCENE_NAMES = nameId('SceneNames');
const SCENE = nameId('Scene');
const CLIP_SLOT_LIST = nameId('ClipSlotList');
const CLIP_SLOT = nameId('ClipSlot');
const ARRANGER_AUTOMATION = nameId('ArrangerAutomation');
const MIDI_CLIP = nameId('MidiClip');
const AUDIO_CLIP = nameId('AudioClip');
const DEVICES = nameId('Devices');
const BRANCHES = nameId('Branches');
const MIDI_NOTE_EVENT = nameId('MidiNoteEvent');
const WARP_MARKER = nameId('WarpMarker');
const LOCATOR = nameId('Locator');
const TAKE_LANE = nameId('TakeLane');
const AUTOMATION_ENVELOPE = nameId('AutomationEnvelope');
const CLIP_ENVELOPE = nameId('ClipEnvelope');

/** Of what is counted by where it stands, the places are kept. */
const PLACED = [TRACKS, SCENES, SCENE_NAMES, CLIP_SLOT_LIST, MIDI_CLIP, AUDIO_CLIP, DEVICES, BRANCHES];

/**
 * Counts a Set by its elements, so that it holds whether or not the tree has a place for them (a device on the
 * pre-hear track has none). Linear in their number.
 */
export function setStats({ tape, platform }: ParsedSet): SetStats {
  const { byName, places } = tally(tape);
  const reader = new Reader(tape, platform, masks());
  const of = (id: number): number => byName[id] as number;
  const at = (id: number): readonly number[] => places.get(id) ?? [];
  const inLists = (list: number, item: number): number =>
    at(list).reduce((sum, element) => sum + reader.countNamed(element, item), 0);
  return {
    tracks: {
      audio: inLists(TRACKS, AUDIO_TRACK),
      midi: inLists(TRACKS, MIDI_TRACK),
      group: inLists(TRACKS, GROUP_TRACK),
      return: inLists(TRACKS, RETURN_TRACK),
    },
    scenes: inLists(SCENES, SCENE) + inLists(SCENE_NAMES, SCENE),
    clipSlots: inLists(CLIP_SLOT_LIST, CLIP_SLOT),
    clips: countClips(tape, [...at(MIDI_CLIP), ...at(AUDIO_CLIP)]),
    midiClips: of(MIDI_CLIP),
    audioClips: of(AUDIO_CLIP),
    ...countDevices(reader, at(DEVICES)),
    chains: at(BRANCHES)
      .flatMap((list) => reader.children(list))
      .filter((child) => isChain(reader, child)).length,
    notes: of(MIDI_NOTE_EVENT),
    warpMarkers: of(WARP_MARKER),
    locators: of(LOCATOR),
    takeLanes: of(TAKE_LANE),
    automationEnvelopes: of(AUTOMATION_ENVELOPE),
    clipEnvelopes: of(CLIP_ENVELOPE),
  };
}

interface Tally {
  /** Name → number of elements outside of frozen copies. */
  readonly byName: Uint32Array;
  readonly places: ReadonlyMap<number, readonly number[]>;
}

function tally({ name, end, size, names }: Tape): Tally {
  const byName = new Uint32Array(names.length);
  const places = new Map<number, number[]>(PLACED.map((id) => [id, []]));
  const isPlaced = new Uint8Array(names.length);
  for (const id of PLACED) isPlaced[id] = 1;
  for (let at = 0; at < size; ) {
    const id = name[at] as number;
    if (id === FREEZE_SEQUENCER) {
      at = end[at] as number;
      continue;
    }
    byName[id] = (byName[id] as number) + 1;
    if (isPlaced[id] === 1) places.get(id)?.push(at);
    at++;
  }
  return { byName, places };
}

function countClips({ name, parent }: Tape, clips: readonly number[]): SetStats['clips'] {
  const count = { session: 0, arrangement: 0, takeLane: 0 };
  for (const clip of clips) {
    for (let at = parent[clip] as number; at >= 0; at = parent[at] as number) {
      const home = HOMES.get(name[at] as number);
      if (home === undefined) continue;
      if (home !== 'groovePool') count[home]++;
      break;
    }
  }
  return count;
}

/** What a clip lies in: the innermost of these. */
const HOMES: ReadonlyMap<number, keyof SetStats['clips'] | 'groovePool'> = new Map([
  [CLIP_SLOT, 'session'],
  [TAKE_LANE, 'takeLane'],
  [ARRANGER_AUTOMATION, 'arrangement'],
  [GROOVE_POOL, 'groovePool'],
]);

function countDevices(
  reader: Reader,
  lists: readonly number[],
): Pick<SetStats, 'devices' | 'pluginDevices' | 'maxDevices' | 'racks'> {
  const types = { rack: 0, plugin: 0, max: 0, native: 0 };
  for (const list of lists) for (const device of reader.children(list)) types[deviceType(reader, device)]++;
  const { rack, plugin, max, native } = types;
  return { devices: rack + plugin + max + native, pluginDevices: plugin, maxDevices: max, racks: rack };
}
