/** What is said of a property that changed, by kind of node. */
import type { NodeKind, PropValue, TreeNode } from '../model/node.ts';
import {
  formatDecibels,
  formatInUnit,
  formatNote,
  formatNumber,
  formatPan,
  formatTempo,
  formatValue,
} from './format-value.ts';
import type { SentenceKind } from './sentence.ts';

/** Shows one value. `node` is the newer state of its owner. */
export type Show = (value: never, more: number, node: TreeNode) => string;

interface Told {
  readonly kind: SentenceKind;
  /** Older versions of Live do not write it. */
  readonly isNew?: boolean;
}
/** `Bass › Volume: −6.0 dB → −3.0 dB`, of many `8 tracks: volume changed`. */
export interface ValueWord extends Told {
  readonly label: string;
  readonly show: Show;
  /** What stands for a value that is not there. */
  readonly absent?: string;
}
/** `Kick: muted`, of many `8 tracks muted`. A value that is not there is off. */
export interface StateWord extends Told {
  readonly off: string;
  readonly on: string;
}
/** `Bass: colour changed`, of many `8 tracks coloured`. */
export interface ChangeWord extends Told {
  readonly says: string;
  readonly many: string;
}
export type PropWord = ValueWord | StateWord | ChangeWord;

const text: Show = (value: PropValue) => formatValue(value);
const db: Show = (value: number, more) => formatDecibels(value, more);
const pan: Show = (value: number, more) => formatPan(value, more);
const choice =
  (names: readonly string[]): Show =>
  (value: number) =>
    names[value] ?? 'another choice';
const annotation: ChangeWord = {
  kind: 'info-text',
  says: 'info text changed',
  many: 'given other info text',
};
const SILENT = '−inf dB';

const mixer: Readonly<Record<string, PropWord>> = {
  volumeDb: { kind: 'volume', label: 'Volume', show: db, absent: SILENT },
  pan: { kind: 'pan', label: 'Pan', show: pan, absent: 'C' },
  panLeft: { kind: 'pan', label: 'Left Pan', show: pan },
  panRight: { kind: 'pan', label: 'Right Pan', show: pan },
  panMode: {
    kind: 'pan',
    label: 'Pan Mode',
    show: (mode: string) => (mode === 'split' ? 'Split Stereo' : 'Stereo'),
  },
  mute: { kind: 'mute', off: 'unmuted', on: 'muted' },
  solo: { kind: 'solo', off: 'solo off', on: 'solo on' },
  crossfade: {
    kind: 'crossfade',
    label: 'Crossfade',
    show: text,
    absent: 'none',
  },
};

const MONITORING: Readonly<Record<string, string>> = { in: 'In', auto: 'Auto', off: 'Off' };

const track: Readonly<Record<string, PropWord>> = {
  ...mixer,
  arm: { kind: 'arm', off: 'disarmed', on: 'armed' },
  monitoring: { kind: 'monitoring', label: 'Monitor', show: (value: string) => MONITORING[value] ?? value },
  frozen: { kind: 'frozen', off: 'unfrozen', on: 'frozen' },
  delay: {
    kind: 'track-delay',
    label: 'Track Delay',
    absent: '0 ms',
    show: (value: number, more, node) =>
      node.kind === 'track' && node.props.delayInSamples === true
        ? `${formatNumber(value, more)} samples`
        : `${formatNumber(value, 2 + more)} ms`,
  },
  delayInSamples: { kind: 'track-delay', off: 'track delay in ms', on: 'track delay in samples' },
  cueVolumeDb: { kind: 'cue', label: 'Cue Volume', show: db, absent: SILENT },
  crossfader: {
    kind: 'crossfade',
    label: 'Crossfader',
    show: (value: number, more) =>
      value === 0 ? 'centre' : `${formatNumber(Math.abs(value) * 100, more)} % ${value < 0 ? 'A' : 'B'}`,
  },
  color: { kind: 'color', says: 'colour changed', many: 'coloured' },
  annotation,
};

const chain: Readonly<Record<string, PropWord>> = {
  ...mixer,
  receivingNote: { kind: 'chain-note', label: 'Receive', show: formatNoteValue(), absent: 'All Notes' },
  sendingNote: { kind: 'chain-note', label: 'Play', show: formatNoteValue(), absent: 'none' },
  chokeGroup: { kind: 'choke', label: 'Choke', show: text, absent: 'None' },
  color: { kind: 'color', says: 'colour changed', many: 'coloured' },
  annotation,
};

function formatNoteValue(): Show {
  return (value: number) => formatNote(value);
}

const device: Readonly<Record<string, PropWord>> = {
  on: { kind: 'device-switched', off: 'switched off', on: 'switched on' },
  macroCount: { kind: 'macro-count', label: 'Macros', show: text, absent: '8' },
  pluginFormat: { kind: 'device-source', label: 'Plug-in format', show: text, absent: 'none' },
  annotation,
};

/** In the order of Live's choosers, which the file counts from 0. */
const QUANTIZATIONS = [
  ...['None', '8 Bars', '4 Bars', '2 Bars', '1 Bar', '1/2', '1/2T'],
  ...['1/4', '1/4T', '1/8', '1/8T', '1/16', '1/16T', '1/32'],
];
const WARP_MODES = ['Beats', 'Tones', 'Texture', 'Re-Pitch', 'Complex', 'REX', 'Complex Pro'];
const LAUNCH_MODES = ['Trigger', 'Gate', 'Toggle', 'Repeat'];
const CLIP_QUANTIZATIONS = ['Global', ...QUANTIZATIONS];

/** Properties that the file counts: the names of the choices, by kind of node and property. */
const CHOICES: Readonly<Partial<Record<NodeKind, Readonly<Record<string, readonly string[]>>>>> = {
  set: { launchQuantization: QUANTIZATIONS },
  clip: { launchQuantization: CLIP_QUANTIZATIONS, warpMode: WARP_MODES, launchMode: LAUNCH_MODES },
};

/**
 * What Live's chooser shows for a number of the file.
 * @returns `undefined` for a property that is no choice, and for a number that no known Live writes
 */
export const choiceName = (kind: NodeKind, property: string, value: number): string | undefined =>
  CHOICES[kind]?.[property]?.[value];

const clip: Readonly<Record<string, PropWord>> = {
  color: { kind: 'color', says: 'colour changed', many: 'coloured' },
  loopOn: { kind: 'clip-loop', off: 'loop off', on: 'loop on' },
  disabled: { kind: 'clip-switched', off: 'activated', on: 'deactivated' },
  launchMode: { kind: 'clip-launch', label: 'Launch Mode', show: choice(LAUNCH_MODES) },
  launchQuantization: {
    kind: 'clip-launch',
    label: 'Launch Quantization',
    show: choice(CLIP_QUANTIZATIONS),
  },
  legato: { kind: 'clip-launch', off: 'Legato off', on: 'Legato on' },
  velocityAmount: {
    kind: 'clip-launch',
    label: 'Velocity Amount',
    show: (value: number, more) => formatInUnit(value * 100, '%', more),
    absent: '0 %',
  },
  warped: { kind: 'clip-warp', off: 'Warp off', on: 'Warp on', isNew: true },
  warpMode: { kind: 'clip-warp', label: 'Warp Mode', show: choice(WARP_MODES) },
  pitchCoarse: {
    kind: 'clip-pitch',
    label: 'Transpose',
    show: (value: number, more) => formatInUnit(value, 'st', more),
    absent: '0 st',
  },
  pitchFine: {
    kind: 'clip-pitch',
    label: 'Detune',
    show: (value: number, more) => formatInUnit(value, 'ct', more),
    absent: '0 ct',
  },
  gainDb: { kind: 'clip-gain', label: 'Gain', show: db, absent: SILENT },
  annotation,
};

const scene: Readonly<Record<string, PropWord>> = {
  color: { kind: 'color', says: 'colour changed', many: 'coloured' },
  tempoBpm: {
    kind: 'scene-tempo',
    label: 'Tempo',
    show: (bpm: number, more) => formatTempo(bpm, more),
    absent: 'none',
  },
  annotation,
};

const send: Readonly<Record<string, PropWord>> = {
  levelDb: { kind: 'send', label: '', show: db, absent: SILENT },
  active: { kind: 'send', off: 'switched off', on: 'switched on' },
};

const locator: Readonly<Record<string, PropWord>> = {
  songStart: {
    kind: 'locator-moved',
    off: 'no longer the start of the song',
    on: 'now the start of the song',
  },
  annotation,
};

const set: Readonly<Record<string, PropWord>> = {
  scaleOn: { kind: 'scale', off: 'Scale mode off', on: 'Scale mode on', isNew: true },
  loopOn: { kind: 'loop-brace', off: 'Loop off', on: 'Loop on' },
  punchIn: { kind: 'punch', off: 'Punch-in off', on: 'Punch-in on' },
  punchOut: { kind: 'punch', off: 'Punch-out off', on: 'Punch-out on' },
  metronomeOn: { kind: 'metronome', off: 'Metronome off', on: 'Metronome on' },
  launchQuantization: { kind: 'quantization', label: 'Launch Quantization', show: choice(QUANTIZATIONS) },
  recordQuantization: { kind: 'quantization', says: 'Record quantization changed', many: '' },
  annotation: { kind: 'info-text', says: 'Info text of the Set changed', many: '' },
};

/** By kind of node, then property. What is not here has a rule of its own. */
export const PROP_WORDS: Readonly<Record<NodeKind, Readonly<Record<string, PropWord>>>> = {
  set,
  track,
  device,
  chain,
  clip,
  slot: {},
  scene,
  locator,
  send,
  takeLane: { annotation },
};

/** One of them, for counts. */
export const THINGS: Readonly<Record<NodeKind, string>> = {
  set: 'Set',
  track: 'track',
  device: 'device',
  chain: 'chain',
  clip: 'clip',
  slot: 'clip slot',
  scene: 'scene',
  locator: 'locator',
  send: 'send',
  takeLane: 'take lane',
};
