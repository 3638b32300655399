/** The properties of a node as lines for people: label and value with its unit. Pure. */
import type { PropValue, Signature, TreeNode } from '@livetree/live-set';
import {
  choiceName,
  FACET_COUNT,
  formatDecibels,
  formatNote,
  formatNumber,
  formatPan,
  formatRoot,
  formatTempo,
} from '@livetree/live-set';
import { humanise, length, plain, position, signed } from './format.ts';

export interface Property {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** Seldom looked for: what another line says better, or what only Live itself understands. */
  readonly isRare: boolean;
}

interface Frame {
  readonly node: TreeNode;
  readonly signature: Signature;
  /** Title of the node of an id, for properties that name another node. */
  readonly titleOfId: (id: string) => string | undefined;
}
interface Word {
  readonly label?: string;
  readonly show?: (value: never, frame: Frame) => string;
}

const db = { show: (value: number) => formatDecibels(value) };
const pan = { show: (value: number) => formatPan(value) };
const place = { show: (beats: number, { signature }: Frame) => position(beats, signature) };
const span = { show: (beats: number, { signature }: Frame) => length(beats, signature) };
const bpm = { label: 'Tempo', show: (value: number) => formatTempo(value) };
const referred = { show: (id: string, { titleOfId }: Frame) => titleOfId(id) ?? id };
/** Inside a clip: beats, or seconds where the audio is not warped. */
const inClip = {
  show: (value: number, { node, signature }: Frame) => {
    const isSeconds = node.kind === 'clip' && node.props.type === 'audio' && node.props.warped === false;
    return isSeconds ? `${formatNumber(value, 3)} s` : position(value, signature);
  },
};
/** As Live's chooser names it; a clip counts otherwise than the Set. */
const choice = (property: string) => ({
  show: (value: number, { node }: Frame) => choiceName(node.kind, property, value) ?? `Live’s no. ${value}`,
});
const scale = (value: PropValue): string =>
  ({ '0': 'Major', '1': 'Minor' })[String(value)] ??
  (/^\d+$/.test(String(value)) ? `Live’s no. ${value}` : String(value));
const either = (yes: string, no: string) => ({ show: (value: boolean) => (value ? yes : no) });
const yesNo = either('yes', 'no');

/** In the order in which they are listed; what is not here follows, named after its own name. */
const WORDS: Readonly<Record<string, Word>> = {
  userName: { label: 'Own name' },
  tempoBpm: bpm,
  class: { label: 'Live’s class' },
  on: { label: 'Switched on', ...yesNo },
  volumeDb: { label: 'Volume', ...db },
  pan: { label: 'Pan', ...pan },
  panMode: {},
  panLeft: { label: 'Pan left', ...pan },
  panRight: { label: 'Pan right', ...pan },
  levelDb: { label: 'Level', ...db },
  mute: { label: 'Muted', ...yesNo },
  solo: yesNo,
  arm: { label: 'Armed', ...yesNo },
  frozen: yesNo,
  active: yesNo,
  autoName: { label: 'Named by', ...either('Live', 'the user') },
  monitoring: {},
  crossfade: { label: 'Crossfade side' },
  crossfader: { label: 'Crossfader', show: (value: number) => signed(value, '(A −1 … B +1)') },
  cueVolumeDb: { label: 'Cue volume', ...db },
  delay: {
    label: 'Track delay',
    show: (value: number, { node }: Frame) =>
      node.kind === 'track' && node.props.delayInSamples
        ? `${formatNumber(value)} samples`
        : `${formatNumber(value)} ms`,
  },
  start: place,
  end: place,
  time: { label: 'Position', ...place },
  loopOn: { label: 'Loop' },
  loopStart: inClip,
  loopEnd: inClip,
  loopLength: span,
  startOffset: { label: 'Start marker', ...inClip },
  endMarker: { label: 'End marker', ...inClip },
  disabled: { label: 'Deactivated', ...yesNo },
  warped: yesNo,
  pitchCoarse: { label: 'Transpose', show: (value: number) => signed(value, 'st') },
  pitchFine: { label: 'Detune', show: (value: number) => signed(value, 'ct') },
  gainDb: { label: 'Gain', ...db },
  sample: {},
  samplePath: { label: 'Sample file' },
  scene: referred,
  target: { label: 'To', ...referred },
  receivingNote: { label: 'Receives', show: formatNote },
  sendingNote: { label: 'Plays', show: formatNote },
  scaleRoot: { label: 'Scale root', show: formatRoot },
  scaleName: { label: 'Scale', show: scale },
  scaleOn: { label: 'Scale mode' },
  metronomeOn: { label: 'Metronome' },
  launchQuantization: { label: 'Launch quantization', ...choice('launchQuantization') },
  recordQuantization: { label: 'Record quantization', show: (value: number) => `Live’s no. ${value}` },
  launchMode: { label: 'Launch mode', ...choice('launchMode') },
  warpMode: { label: 'Warp mode', ...choice('warpMode') },
  velocityAmount: { label: 'Velocity amount', show: (value: number) => formatNumber(value) },
  hasStop: { label: 'Stop button', ...yesNo },
  songStart: { label: 'Starts the song', ...yesNo },
  audioInputName: { label: 'Audio from' },
  audioInput: { label: 'Audio from (Live’s text)' },
  audioOutputName: { label: 'Audio to' },
  audioOutput: { label: 'Audio to (Live’s text)' },
  midiInputName: { label: 'MIDI from' },
  midiInput: { label: 'MIDI from (Live’s text)' },
  midiOutputName: { label: 'MIDI to' },
  midiOutput: { label: 'MIDI to (Live’s text)' },
  pluginFormat: { label: 'Plug-in format' },
  pluginVendor: { label: 'Plug-in maker' },
  patch: { label: 'Max device file' },
  liveMajor: { label: 'Live version' },
  creator: { label: 'Saved by' },
  annotation: { label: 'Info text' },
};
const ORDER = Object.keys(WORDS);

/** Shown elsewhere on the page, or together with another one. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'name',
  'type',
  'color',
  'delayInSamples',
  'signatureNumerator',
  'signatureDenominator',
  ...Object.values(FACET_COUNT),
]);

/** See {@link Property.isRare}. Left and right of a pan say something only where it is split. */
const RARE: ReadonlySet<string> = new Set([
  'class',
  'autoName',
  'audioInput',
  'audioOutput',
  'midiInput',
  'midiOutput',
  'liveMajor',
  'schema',
]);
const PAN_PARTS: ReadonlySet<string> = new Set(['panMode', 'panLeft', 'panRight']);

function isRare(name: string, { node }: Frame): boolean {
  const isSplit = 'panMode' in node.props && node.props.panMode === 'split';
  return RARE.has(name) || (PAN_PARTS.has(name) && !isSplit);
}

/** All properties of a node but those shown elsewhere; none is left out because it is unknown here. */
export function propertiesOf(frame: Frame): readonly Property[] {
  const props: Readonly<Record<string, PropValue>> = frame.node.props;
  const names = Object.keys(props).filter((name) => !ELSEWHERE.has(name));
  names.sort((a, b) => rank(a) - rank(b));
  const lines = names.map((name) => property(name, props[name] ?? '', frame));
  const numerator = props['signatureNumerator'];
  if (numerator === undefined) return lines;
  const value = `${numerator}/${props['signatureDenominator'] ?? 4}`;
  return [{ name: 'signature', label: 'Signature', value, isRare: false }, ...lines];
}

const rank = (name: string): number => {
  const at = ORDER.indexOf(name);
  return at < 0 ? ORDER.length : at;
};

function property(name: string, value: PropValue, frame: Frame): Property {
  const word = WORDS[name];
  const show = word?.show as ((value: PropValue, frame: Frame) => string) | undefined;
  return {
    name,
    label: word?.label ?? humanise(name),
    value: show?.(value, frame) ?? plain(value),
    isRare: isRare(name, frame),
  };
}
