/** Properties of our nodes from those of Live's objects. What Live does not say is absent. */
import type { NodeKind, Props, PropValue } from '@livetree/live-set';
import type { Handle, RawKind, RawProps, RawValue } from '@livetree/protocol';
import { dbOfText, volumeDb } from './levels.ts';
import type { RawNode } from './raw-set.ts';
import { flagOf, handleOf, itemsOf, numberOf, textOf } from './raw-value.ts';

/** What the properties of a node depend on beside its own object. */
export interface Surroundings {
  /** The list it hangs in. */
  readonly list: string;
  readonly idOf: (handle: Handle) => string;
  /** 1-based place of a track among all tracks in Live's flat order. */
  readonly number: number | undefined;
  /** Id of the return that a send goes to. */
  readonly target: string | undefined;
  /** `12.3.6` */
  readonly liveVersion: string;
}

/** The kind of node that an object becomes; parameters are no nodes but details. */
export const NODE_KINDS: Readonly<Record<Exclude<RawKind, 'parameter'>, NodeKind>> = {
  song: 'set',
  track: 'track',
  send: 'send',
  device: 'device',
  chain: 'chain',
  clip: 'clip',
  slot: 'slot',
  scene: 'scene',
  locator: 'locator',
  takeLane: 'takeLane',
};

type Loose = Record<string, PropValue | undefined>;

/** Properties of the node; none of them is `undefined`. */
export function projectProps(node: RawNode, around: Surroundings): Props {
  const found = PROJECTIONS[node.kind](node.props, around, node);
  return Object.fromEntries(
    Object.entries(found).filter((entry): entry is [string, PropValue] => entry[1] !== undefined),
  );
}

type Projection = (props: RawProps, around: Surroundings, node: RawNode) => Loose;

/** Only `true` is worth a property, as in a file. */
const onlyTrue = (value: RawValue | undefined): true | undefined =>
  flagOf(value) === true ? true : undefined;
/** One of several, by Live's number. */
const choice = (value: RawValue | undefined, ...names: readonly string[]): string | undefined =>
  names[numberOf(value) ?? -1];
/** Numbers below 0 stand for none. */
const notNegative = (value: RawValue | undefined): number | undefined => {
  const number = numberOf(value);
  return number !== undefined && number >= 0 ? number : undefined;
};
const nameOf = (value: RawValue | undefined): string => textOf(value) ?? '';

const song: Projection = (props, { liveVersion }) => ({
  creator: `Ableton Live ${liveVersion}`,
  liveMajor: numberOf(Number.parseInt(liveVersion, 10)),
  tempoBpm: numberOf(props['tempo']),
  signatureNumerator: numberOf(props['signature_numerator']),
  signatureDenominator: numberOf(props['signature_denominator']),
  scaleRoot: numberOf(props['root_note']),
  scaleName: textOf(props['scale_name']),
  scaleOn: flagOf(props['scale_mode']),
  loopOn: flagOf(props['loop']),
  loopStart: numberOf(props['loop_start']),
  loopLength: numberOf(props['loop_length']),
  punchIn: flagOf(props['punch_in']),
  punchOut: flagOf(props['punch_out']),
  metronomeOn: flagOf(props['metronome']),
  launchQuantization: numberOf(props['clip_trigger_quantization']),
  recordQuantization: numberOf(props['midi_recording_quantization']),
});

const mixer = (props: RawProps): Loose => ({
  volumeDb: volumeDb(props['volume'], props['volume_text']),
  pan: numberOf(props['panning']),
  mute: flagOf(props['mute']),
  solo: onlyTrue(props['solo']),
  color: notNegative(props['color_index']),
});

const track: Projection = (props, around) => {
  const type = trackType(props, around.list);
  return {
    type,
    ...trackName(nameOf(props['name']), type, around.number),
    ...mixer(props),
    panMode: choice(props['panning_mode'], 'stereo', 'split'),
    panLeft: numberOf(props['left_split_stereo']),
    panRight: numberOf(props['right_split_stereo']),
    crossfade: choice(props['crossfade_assign'], 'A', 'none', 'B'),
    arm: onlyTrue(props['arm']),
    monitoring: choice(props['current_monitoring_state'], 'in', 'auto', 'off'),
    frozen: onlyTrue(props['is_frozen']),
    [type === 'midi' ? 'midiInputName' : 'audioInputName']: textOf(props['input_routing_type']),
    [flagOf(props['has_audio_output']) === false ? 'midiOutputName' : 'audioOutputName']: textOf(
      props['output_routing_type'],
    ),
    cueVolumeDb: volumeDb(props['cue_volume'], props['cue_volume_text']),
    crossfader: numberOf(props['crossfader']),
  };
};

/** Live has no property for the kind of a track (docs/live-api.md). */
function trackType(props: RawProps, list: string): string {
  if (list === 'returns') return 'return';
  if (list === 'main') return 'main';
  if (flagOf(props['is_foldable']) === true) return 'group';
  return flagOf(props['has_midi_input']) === true ? 'midi' : 'audio';
}

/** A number or letter that follows from the position is no part of the name. */
function trackName(name: string, type: string, number: number | undefined): Loose {
  if (type === 'return') return { name: name.replace(/^[A-Z]-/, '') };
  const prefix = `${number ?? ''}-`;
  const isAutomatic = number !== undefined && name.startsWith(prefix) && name.length > prefix.length;
  return isAutomatic ? { name: name.slice(prefix.length), autoName: true } : { name };
}

/** Whether the name of a track may hold its number. */
export const mayHoldNumber = (props: RawProps): boolean => /^\d+-./.test(nameOf(props['name']));

const device: Projection = (props, _, node) => {
  const tag = nameOf(props['class_name']);
  const name = nameOf(props['name']);
  const type = deviceType(tag, props);
  const shown = textOf(props['class_display_name']);
  const isRenamed = (type === 'native' || type === 'rack') && shown !== undefined && shown !== name;
  return {
    class: tag,
    type,
    name,
    userName: isRenamed ? name : undefined,
    on: flagOf(props['on']),
    macroCount: numberOf(props['visible_macro_count']),
    parameterCount: node.lists.get('parameters')?.length ?? numberOf(props['parameter_count']),
  };
};

function deviceType(tag: string, props: RawProps): string {
  if (tag === 'PluginDevice' || tag === 'AuPluginDevice') return 'plugin';
  if (tag.startsWith('MxDevice')) return 'max';
  return flagOf(props['can_have_chains']) === true ? 'rack' : 'native';
}

const chain: Projection = (props) => {
  const choke = numberOf(props['choke_group']);
  return {
    name: nameOf(props['name']),
    ...mixer(props),
    receivingNote: notNegative(props['in_note']),
    sendingNote: notNegative(props['out_note']),
    chokeGroup: choke === 0 ? undefined : choke,
  };
};

const clip: Projection = (props, { list, idOf }) => {
  const scene = handleOf(props['scene']);
  const isPlaced = scene === undefined || list !== 'clips';
  const file = textOf(props['file_path']);
  return {
    type: flagOf(props['is_midi_clip']) === true ? 'midi' : 'audio',
    name: nameOf(props['name']),
    color: notNegative(props['color_index']),
    scene: isPlaced ? undefined : idOf(scene),
    start: isPlaced ? numberOf(props['start_time']) : undefined,
    end: isPlaced ? numberOf(props['end_time']) : undefined,
    ...loop(props),
    disabled: onlyTrue(props['muted']),
    launchMode: numberOf(props['launch_mode']),
    launchQuantization: numberOf(props['launch_quantization']),
    legato: onlyTrue(props['legato']),
    velocityAmount: numberOf(props['velocity_amount']),
    signatureNumerator: numberOf(props['signature_numerator']),
    signatureDenominator: numberOf(props['signature_denominator']),
    warped: flagOf(props['warping']),
    warpMode: numberOf(props['warp_mode']),
    pitchCoarse: numberOf(props['pitch_coarse']),
    pitchFine: numberOf(props['pitch_fine']),
    sample: file?.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1) || undefined,
    samplePath: file || undefined,
  };
};

/** The file keeps the start marker relative to the start of the loop; Live counts both from the same zero. */
function loop(props: RawProps): Loose {
  const loopStart = numberOf(props['loop_start']);
  const marker = numberOf(props['start_marker']);
  return {
    loopOn: flagOf(props['looping']),
    loopStart,
    loopEnd: numberOf(props['loop_end']),
    startOffset: loopStart === undefined || marker === undefined ? undefined : marker - loopStart,
    endMarker: numberOf(props['end_marker']),
  };
}

const scene: Projection = (props) => ({
  name: nameOf(props['name']),
  color: notNegative(props['color_index']),
  ...(flagOf(props['tempo_enabled']) === true && { tempoBpm: notNegative(props['tempo']) }),
  ...(flagOf(props['time_signature_enabled']) === true && {
    signatureNumerator: notNegative(props['time_signature_numerator']),
    signatureDenominator: notNegative(props['time_signature_denominator']),
  }),
});

const slot: Projection = (props, { idOf }) => {
  const at = handleOf(props['scene']);
  return { scene: at === undefined ? '?' : idOf(at), hasStop: flagOf(props['has_stop_button']) };
};

const send: Projection = (props, { target }) => ({
  target: target ?? '?',
  levelDb: dbOfText(props['value_text']),
  active: flagOf(props['is_enabled']),
});

const locator: Projection = (props) => ({
  name: nameOf(props['name']),
  time: numberOf(props['time']) ?? 0,
});
const takeLane: Projection = (props) => ({ name: nameOf(props['name']) });

const PROJECTIONS: Readonly<Record<RawKind, Projection>> = {
  song,
  track,
  send,
  device,
  chain,
  parameter: () => ({}),
  clip,
  slot,
  scene,
  locator,
  takeLane,
};

/**
 * What Live says and the tree has no property for: a change of it is told as one of the other settings of the
 * node, under the name that people know from Live.
 */
export const OTHER_SETTINGS: Readonly<Partial<Record<RawKind, Readonly<Record<string, string>>>>> = {
  track: { input_routing_channel: 'Input Channel', output_routing_channel: 'Output Channel' },
  clip: { gain: 'Gain' },
  song: {},
};

/** Details whose content a property of the object stands for. */
export const FACET_PROPS: Readonly<Record<string, 'notes' | 'warpMarkers'>> = {
  notes: 'notes',
  notes_changes: 'notes',
  warp_markers: 'warpMarkers',
};

/** Rows of numbers, as watched details come. */
export function rowsOf(value: RawValue | undefined): readonly (readonly RawValue[])[] | undefined {
  return itemsOf(value)?.flatMap((row) => {
    const cells = itemsOf(row);
    return cells === undefined ? [] : [cells];
  });
}
