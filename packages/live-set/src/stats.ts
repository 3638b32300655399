import type { NodeOf, TreeNode } from './model/node.ts';
import type { ParsedSet } from './parse/parse-set.ts';
import { nameId } from './parse/vocabulary.ts';
import { walk } from './patch/tree.ts';
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

const CLIP_SLOT = nameId('ClipSlot');
const CLIP_SLOT_LIST = nameId('ClipSlotList');
const FREEZE_SEQUENCER = nameId('FreezeSequencer');
const SAVED_WARP_MARKERS = nameId('SavedWarpMarkersForStretched');
const GROOVE_POOL = nameId('GroovePool');
const MIDI_CLIP = nameId('MidiClip');
const AUDIO_CLIP = nameId('AudioClip');
const MIDI_NOTE_EVENT = nameId('MidiNoteEvent');
const WARP_MARKER = nameId('WarpMarker');
const AUTOMATION_ENVELOPE = nameId('AutomationEnvelope');
const CLIP_ENVELOPE = nameId('ClipEnvelope');

/** Counts a parsed Set. Linear in the number of elements. */
export function setStats(set: ParsedSet): SetStats {
  const nodes = [...walk(set.root)];
  const elements = countElements(set.tape);
  const of = <K extends TreeNode['kind']>(kind: K): readonly NodeOf<K>[] =>
    nodes.filter(
      (node): node is TreeNode & { kind: K } => node.kind === kind,
    ) as unknown as readonly NodeOf<K>[];
  const clips = of('clip');
  const devices = of('device');
  const grooves = elements.grooves;
  return {
    tracks: countTracks(of('track')),
    scenes: of('scene').length,
    clipSlots: elements.clipSlots,
    clips: countClips(nodes),
    midiClips: clips.filter(({ props }) => props.type === 'midi').length + grooves.midiClips,
    audioClips: clips.filter(({ props }) => props.type === 'audio').length + grooves.audioClips,
    devices: devices.length,
    pluginDevices: devices.filter(({ props }) => props.type === 'plugin').length,
    maxDevices: devices.filter(({ props }) => props.type === 'max').length,
    racks: devices.filter(({ props }) => props.type === 'rack').length,
    chains: devices.reduce((sum, { lists }) => sum + (lists.chains?.length ?? 0), 0),
    notes: sumOf(clips, ({ props }) => props.noteCount) + grooves.notes,
    warpMarkers:
      sumOf([...clips, ...devices], ({ props }) => props.warpMarkerCount) +
      grooves.warpMarkers +
      elements.savedWarpMarkers,
    locators: of('locator').length,
    takeLanes: of('takeLane').length,
    automationEnvelopes: elements.automationEnvelopes,
    clipEnvelopes: elements.clipEnvelopes,
  };
}

const sumOf = <T>(items: readonly T[], count: (item: T) => number | undefined): number =>
  items.reduce((sum, item) => sum + (count(item) ?? 0), 0);

function countTracks(tracks: readonly NodeOf<'track'>[]): SetStats['tracks'] {
  const count = { audio: 0, midi: 0, group: 0, return: 0, main: 0 };
  for (const { props } of tracks) count[props.type]++;
  const { main: _, ...shown } = count;
  return shown;
}

function countClips(nodes: readonly TreeNode[]): SetStats['clips'] {
  let session = 0;
  let arrangement = 0;
  let takeLane = 0;
  for (const { kind, lists } of nodes) {
    if (kind === 'takeLane') takeLane += lists.clips?.length ?? 0;
    else session += lists.clips?.length ?? 0;
    arrangement += lists.arrangement?.length ?? 0;
  }
  return { session, arrangement, takeLane };
}

interface ElementCounts {
  clipSlots: number;
  automationEnvelopes: number;
  clipEnvelopes: number;
  savedWarpMarkers: number;
  grooves: { midiClips: number; audioClips: number; notes: number; warpMarkers: number };
}

/** What the tree does not hold as nodes: slots, envelopes, the groove pool. */
function countElements(tape: Tape): ElementCounts {
  const counts: ElementCounts = {
    clipSlots: 0,
    automationEnvelopes: 0,
    clipEnvelopes: 0,
    savedWarpMarkers: 0,
    grooves: { midiClips: 0, audioClips: 0, notes: 0, warpMarkers: 0 },
  };
  const { name, parent, end } = tape;
  for (let at = 0; at < tape.size; at++) {
    const id = name[at];
    if (id === FREEZE_SEQUENCER) at = (end[at] as number) - 1;
    else if (id === CLIP_SLOT && name[parent[at] as number] === CLIP_SLOT_LIST) counts.clipSlots++;
    else if (id === AUTOMATION_ENVELOPE) counts.automationEnvelopes++;
    else if (id === CLIP_ENVELOPE) counts.clipEnvelopes++;
    else if (id === WARP_MARKER && name[parent[at] as number] === SAVED_WARP_MARKERS)
      counts.savedWarpMarkers++;
    else if (id === GROOVE_POOL) at = countGrooves(tape, at, counts.grooves);
  }
  return counts;
}

function countGrooves({ name, end }: Tape, pool: number, grooves: ElementCounts['grooves']): number {
  for (let at = pool; at < (end[pool] as number); at++) {
    const id = name[at];
    if (id === MIDI_CLIP) grooves.midiClips++;
    else if (id === AUDIO_CLIP) grooves.audioClips++;
    else if (id === MIDI_NOTE_EVENT) grooves.notes++;
    else if (id === WARP_MARKER) grooves.warpMarkers++;
  }
  return (end[pool] as number) - 1;
}
