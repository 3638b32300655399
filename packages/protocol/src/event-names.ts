/**
 * The catalogue of event names. Names are for people, logs, filters and scripts: they label what changed and
 * carry no state. A name one end emits and the other does not know fails a test.
 */
import type { FacetName, NodeId, NodeKind, Op, Touched } from '@livetree/live-set';

/**
 * How a change is delivered. `high`: structure, never dropped · `medium`: values; continuous ones may be
 * merged, the last always arrives · `low`: playback and selection, ephemeral only.
 */
export type EventPriority = 'high' | 'medium' | 'low';

/** What a name stands for. */
export interface EventMeaning {
  readonly priority: EventPriority;
  /** Kind of the node it is about; `set` for the song, its transport and its view. */
  readonly kind: NodeKind;
  /** `each`: every change counts · `latest`: by node, only the last value matters. */
  readonly coalescing: 'each' | 'latest';
}

const structure = (kind: NodeKind): EventMeaning => ({ priority: 'high', kind, coalescing: 'each' });
const discrete = (kind: NodeKind): EventMeaning => ({ priority: 'medium', kind, coalescing: 'each' });
const continuous = (kind: NodeKind): EventMeaning => ({ priority: 'medium', kind, coalescing: 'latest' });
const playback = (kind: NodeKind): EventMeaning => ({ priority: 'low', kind, coalescing: 'latest' });

/** Every event name. */
export const EVENT_NAMES = {
  track_added: structure('track'),
  track_removed: structure('track'),
  track_moved: structure('track'),
  track_renamed: structure('track'),
  device_added: structure('device'),
  device_removed: structure('device'),
  device_moved: structure('device'),
  device_renamed: structure('device'),
  chain_added: structure('chain'),
  chain_removed: structure('chain'),
  chain_moved: structure('chain'),
  chain_renamed: structure('chain'),
  clip_added: structure('clip'),
  clip_removed: structure('clip'),
  clip_moved: structure('clip'),
  clip_renamed: structure('clip'),
  scene_added: structure('scene'),
  scene_removed: structure('scene'),
  scene_moved: structure('scene'),
  scene_renamed: structure('scene'),
  locator_added: structure('locator'),
  locator_removed: structure('locator'),
  locator_moved: structure('locator'),
  locator_renamed: structure('locator'),
  take_lane_added: structure('takeLane'),
  take_lane_removed: structure('takeLane'),
  take_lane_moved: structure('takeLane'),
  take_lane_renamed: structure('takeLane'),

  track_muted: discrete('track'),
  track_soloed: discrete('track'),
  track_armed: discrete('track'),
  track_colored: discrete('track'),
  track_changed: discrete('track'),
  routing_changed: discrete('track'),
  device_enabled: discrete('device'),
  device_changed: discrete('device'),
  parameter_changed: continuous('device'),
  chain_changed: discrete('chain'),
  clip_colored: discrete('clip'),
  clip_changed: discrete('clip'),
  notes_changed: discrete('clip'),
  warp_changed: discrete('clip'),
  sample_changed: discrete('device'),
  automation_changed: discrete('track'),
  mixer_changed: continuous('track'),
  send_changed: continuous('send'),
  slot_changed: discrete('slot'),
  scene_changed: discrete('scene'),
  locator_changed: discrete('locator'),
  take_lane_changed: discrete('takeLane'),
  tempo_changed: continuous('set'),
  signature_changed: discrete('set'),
  scale_changed: discrete('set'),
  loop_changed: discrete('set'),
  set_changed: discrete('set'),

  clip_triggered: playback('clip'),
  clip_playing: playback('clip'),
  clip_stopped: playback('clip'),
  scene_fired: playback('scene'),
  transport_playing: playback('set'),
  playhead: playback('set'),
  selection_changed: playback('set'),
  view_changed: playback('set'),
} as const satisfies Record<string, EventMeaning>;

export type EventName = keyof typeof EVENT_NAMES;

/** What the structural ops of a kind are called; kinds without places of their own are one name. */
interface StructureNames {
  readonly insert: EventName;
  readonly remove: EventName;
  readonly move: EventName;
}

const placed = (word: 'track' | 'device' | 'chain' | 'clip' | 'scene' | 'locator'): StructureNames => ({
  insert: `${word}_added`,
  remove: `${word}_removed`,
  move: `${word}_moved`,
});
const always = (name: EventName): StructureNames => ({ insert: name, remove: name, move: name });

const STRUCTURE: Readonly<Record<NodeKind, StructureNames>> = {
  set: always('set_changed'),
  track: placed('track'),
  device: placed('device'),
  chain: placed('chain'),
  clip: placed('clip'),
  scene: placed('scene'),
  locator: placed('locator'),
  takeLane: { insert: 'take_lane_added', remove: 'take_lane_removed', move: 'take_lane_moved' },
  send: always('send_changed'),
  slot: always('slot_changed'),
};

/** Names by property; `''` names all others of the kind. */
type PropNames = Readonly<Record<string, EventName>> & { readonly '': EventName };

/** The same name for several properties. */
const named = (name: EventName, ...props: readonly string[]): Record<string, EventName> =>
  Object.fromEntries(props.map((prop) => [prop, name]));

const MIXER = named(
  'mixer_changed',
  ...['volumeDb', 'pan', 'panMode', 'panLeft', 'panRight', 'crossfade', 'crossfader', 'cueVolumeDb'],
);
const ROUTING = named(
  'routing_changed',
  ...['audioInput', 'audioInputName', 'audioOutput', 'audioOutputName'],
  ...['midiInput', 'midiInputName', 'midiOutput', 'midiOutputName', 'monitoring'],
);

const PROPS: Readonly<Record<NodeKind, PropNames>> = {
  set: {
    '': 'set_changed',
    tempoBpm: 'tempo_changed',
    ...named('signature_changed', 'signatureNumerator', 'signatureDenominator'),
    ...named('scale_changed', 'scaleRoot', 'scaleName', 'scaleOn'),
    ...named('loop_changed', 'loopOn', 'loopStart', 'loopLength', 'punchIn', 'punchOut'),
  },
  track: {
    '': 'track_changed',
    ...MIXER,
    ...ROUTING,
    ...named('track_renamed', 'name', 'autoName'),
    mute: 'track_muted',
    solo: 'track_soloed',
    arm: 'track_armed',
    color: 'track_colored',
    parameterCount: 'parameter_changed',
    envelopeCount: 'automation_changed',
  },
  device: {
    '': 'device_changed',
    ...named('device_renamed', 'name', 'userName'),
    on: 'device_enabled',
    parameterCount: 'parameter_changed',
    sampleCount: 'sample_changed',
    warpMarkerCount: 'warp_changed',
    envelopeCount: 'automation_changed',
  },
  chain: {
    '': 'chain_changed',
    ...MIXER,
    ...named('routing_changed', 'audioOutput', 'audioOutputName'),
    ...named('chain_renamed', 'name', 'userName'),
    parameterCount: 'parameter_changed',
  },
  clip: {
    '': 'clip_changed',
    ...named('clip_moved', 'scene', 'start'),
    name: 'clip_renamed',
    ...named('sample_changed', 'sample', 'samplePath'),
    color: 'clip_colored',
    noteCount: 'notes_changed',
    warpMarkerCount: 'warp_changed',
    envelopeCount: 'automation_changed',
  },
  scene: { '': 'scene_changed', name: 'scene_renamed' },
  locator: { '': 'locator_changed', name: 'locator_renamed', time: 'locator_moved' },
  takeLane: { '': 'take_lane_changed', name: 'take_lane_renamed' },
  send: { '': 'send_changed' },
  slot: { '': 'slot_changed' },
};

const FACETS: Readonly<Record<FacetName, EventName>> = {
  parameters: 'parameter_changed',
  notes: 'notes_changed',
  warpMarkers: 'warp_changed',
  envelopes: 'automation_changed',
  samples: 'sample_changed',
};

/** Says of what kind a node is, before or after the change; `undefined` = nobody knows it. */
export type KindOf = (id: NodeId) => NodeKind | undefined;

/**
 * The names of a change, each once, in the order of the catalogue. What is inserted or removed has one name,
 * that of its topmost node; other settings alone are `…_changed` of their kind. Linear in ops and touched.
 */
export function eventNames(
  ops: readonly Op[],
  touched: readonly Touched[],
  kindOf: KindOf,
): readonly EventName[] {
  const found = new Set<EventName>();
  for (const op of ops) addOp(found, op, kindOf);
  for (const each of touched) addTouched(found, each, kindOf(each.id));
  return NAMES.filter((name) => found.has(name));
}

const NAMES = Object.keys(EVENT_NAMES) as readonly EventName[];

function addOp(found: Set<EventName>, op: Op, kindOf: KindOf): void {
  const kind = op.op === 'insert' ? op.node.kind : kindOf(op.id);
  if (kind === undefined) return;
  if (op.op !== 'set') found.add(STRUCTURE[kind][op.op]);
  else for (const prop of Object.keys(op.props)) found.add(nameOfProp(kind, prop));
}

function addTouched(found: Set<EventName>, { facets, other }: Touched, kind: NodeKind | undefined): void {
  for (const facet of facets) found.add(FACETS[facet]);
  if (other.length > 0 && kind !== undefined) found.add(PROPS[kind]['']);
}

const nameOfProp = (kind: NodeKind, prop: string): EventName => PROPS[kind][prop] ?? PROPS[kind][''];
