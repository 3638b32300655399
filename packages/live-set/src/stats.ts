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

/**
 * Counts a Set by its elements, so that it holds whether or not the tree has a place for them (a device on the
 * pre-hear track has none). Linear in their number.
 */
export function setStats({ tape, platform }: ParsedSet): SetStats {
  const reader = new Reader(tape, platform, masks());
  const frozen = frozenSpans(tape);
  const of = (id: number): number => countNamed(tape, id, frozen);
  const at = (id: number): readonly number[] => placesOf(tape, id, frozen);
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

/** Elements from one up to, and without, another. */
type Span = readonly [from: number, to: number];

/** The frozen copies, in the order of the file. */
function frozenSpans({ name, size, end }: Tape): readonly Span[] {
  const spans: Span[] = [];
  for (let at = name.indexOf(FREEZE_SEQUENCER); at >= 0 && at < size; ) {
    const stop = end[at] as number;
    spans.push([at, stop]);
    at = name.indexOf(FREEZE_SEQUENCER, stop);
  }
  return spans;
}

/**
 * Visits the elements of a name outside of frozen copies. By native searches: in a process that has just begun, a loop
 * over all elements takes longer than twenty of them (bench/cold-start.mjs).
 */
function eachNamed(
  { name, size }: Tape,
  id: number,
  frozen: readonly Span[],
  visit: (element: number) => void,
): void {
  let next = 0;
  for (let at = name.indexOf(id); at >= 0 && at < size; ) {
    while ((frozen[next]?.[1] ?? size) <= at) next++;
    if (at < (frozen[next]?.[0] ?? size)) visit(at);
    // Notes stand side by side, by the thousand.
    at = name[at + 1] === id ? at + 1 : name.indexOf(id, at + 1);
  }
}

function placesOf(tape: Tape, id: number, frozen: readonly Span[]): readonly number[] {
  const places: number[] = [];
  eachNamed(tape, id, frozen, (element) => {
    places.push(element);
  });
  return places;
}

function countNamed(tape: Tape, id: number, frozen: readonly Span[]): number {
  let count = 0;
  eachNamed(tape, id, frozen, () => {
    count++;
  });
  return count;
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
