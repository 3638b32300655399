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
  const nodes = walk(set.root);
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
  const { counted, pools } = spansOf(tape);
  const { name, parent } = tape;
  const isIn = (list: number) => (at: number) => name[parent[at] as number] === list;
  return {
    clipSlots: count(tape, CLIP_SLOT, counted, isIn(CLIP_SLOT_LIST)),
    automationEnvelopes: count(tape, AUTOMATION_ENVELOPE, counted),
    clipEnvelopes: count(tape, CLIP_ENVELOPE, counted),
    savedWarpMarkers: count(tape, WARP_MARKER, counted, isIn(SAVED_WARP_MARKERS)),
    grooves: {
      midiClips: count(tape, MIDI_CLIP, pools),
      audioClips: count(tape, AUDIO_CLIP, pools),
      notes: count(tape, MIDI_NOTE_EVENT, pools),
      warpMarkers: count(tape, WARP_MARKER, pools),
    },
  };
}

/** Elements from one up to, and without, another. */
type Span = readonly [from: number, to: number];

/** What is counted, which is all but frozen copies and groove pools; and the groove pools. */
function spansOf(tape: Tape): { readonly counted: readonly Span[]; readonly pools: readonly Span[] } {
  const counted: Span[] = [];
  const pools: Span[] = [];
  let frozen = -1;
  let pool = -1;
  for (let at = 0; at < tape.size; ) {
    if (frozen < at) frozen = nextOf(tape, FREEZE_SEQUENCER, at);
    if (pool < at) pool = nextOf(tape, GROOVE_POOL, at);
    const left = Math.min(frozen, pool);
    counted.push([at, left]);
    at = left < tape.size ? (tape.end[left] as number) : left;
    if (left === pool) pools.push([left, at]);
  }
  return { counted, pools };
}

/** First element of that name from `at` on; the number of elements when there is none. By a native search. */
function nextOf({ name, size }: Tape, id: number, at: number): number {
  const found = name.indexOf(id, at);
  return found < 0 ? size : Math.min(found, size);
}

function count(
  { name }: Tape,
  id: number,
  spans: readonly Span[],
  isCounted = (_: number): boolean => true,
): number {
  let sum = 0;
  for (const [from, to] of spans) {
    const part = name.subarray(from, to);
    for (let at = part.indexOf(id); at >= 0; at = part.indexOf(id, at + 1)) if (isCounted(from + at)) sum++;
  }
  return sum;
}
