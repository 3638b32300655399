/** One line of text for a node of the tree. */
import type { NodeOf, TreeNode } from '@livetree/live-set';
import type { Output } from './output.ts';

type Colors = Output['colors'];

const KIND_COLUMN = 9;

export function nodeText(node: TreeNode, colors: Colors, title?: string): string {
  const { label, details } = describe(node);
  const name = title ?? nameOf(node);
  const shown = details.filter((detail) => detail !== '').join(' · ');
  return `${colors.cyan(label.padEnd(KIND_COLUMN))} ${colors.bold(name)}${shown === '' ? '' : colors.dim(`  ${shown}`)}`;
}

const nameOf = (node: TreeNode): string => ('name' in node.props ? node.props.name || '(no name)' : '');

function describe(node: TreeNode): { readonly label: string; readonly details: readonly string[] } {
  switch (node.kind) {
    case 'set':
      return { label: 'Set', details: setDetails(node) };
    case 'track':
      return { label: trackLabel(node), details: mixerDetails(node.props) };
    case 'device':
      return { label: deviceLabel(node), details: deviceDetails(node) };
    case 'chain':
      return { label: 'Chain', details: [noteText(node.props.receivingNote), ...mixerDetails(node.props)] };
    case 'clip':
      return { label: node.props.type === 'midi' ? 'MIDI clip' : 'Audio clip', details: clipDetails(node) };
    case 'scene':
      return { label: 'Scene', details: [bpm(node.props.tempoBpm)] };
    case 'locator':
      return { label: 'Locator', details: [beat(node.props.time)] };
    case 'send':
      return { label: 'Send', details: [db(node.props.levelDb)] };
    case 'slot':
      return { label: 'Slot', details: [node.props.hasStop === false ? 'no stop button' : ''] };
    case 'takeLane':
      return { label: 'Take lane', details: [] };
    default: {
      const never: never = node;
      return never;
    }
  }
}

function setDetails({ props }: NodeOf<'set'>): readonly string[] {
  const signature = `${props.signatureNumerator}/${props.signatureDenominator}`;
  return [props.creator ?? '', bpm(props.tempoBpm), props.signatureNumerator === undefined ? '' : signature];
}

const TRACK_LABELS = { audio: 'Audio', midi: 'MIDI', group: 'Group', return: 'Return', main: 'Main' } as const;
const trackLabel = ({ props }: NodeOf<'track'>): string => TRACK_LABELS[props.type];

function mixerDetails(props: NodeOf<'track'>['props'] | NodeOf<'chain'>['props']): readonly string[] {
  return [db(props.volumeDb), props.mute === true ? 'muted' : '', props.solo === true ? 'solo' : '', 'arm' in props && props.arm === true ? 'armed' : ''];
}

const DEVICE_LABELS = { native: 'Device', rack: 'Rack', plugin: 'Plug-in', max: 'Max' } as const;
const deviceLabel = ({ props }: NodeOf<'device'>): string => DEVICE_LABELS[props.type];

function deviceDetails({ props }: NodeOf<'device'>): readonly string[] {
  return [props.pluginFormat ?? '', props.on === false ? 'off' : '', counted(props.parameterCount, 'parameter')];
}

function clipDetails({ props }: NodeOf<'clip'>): readonly string[] {
  const place = props.start === undefined ? '' : `${beat(props.start)}–${beat(props.end ?? props.start)}`;
  const content = props.type === 'midi' ? counted(props.noteCount, 'note') : (props.sample ?? '');
  return [place, content, counted(props.envelopeCount, 'envelope'), props.disabled === true ? 'off' : ''];
}

const NOTES = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B'];
/** Live calls MIDI note 60 C3. */
const noteText = (note: number | undefined): string =>
  note === undefined ? '' : `${NOTES[note % 12]}${Math.floor(note / 12) - 2}`;

const bpm = (tempo: number | undefined): string => (tempo === undefined ? '' : `${round(tempo)} BPM`);
const beat = (time: number): string => `beat ${round(time)}`;
const counted = (count: number | undefined, what: string): string =>
  count === undefined || count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}`;
/** The bottom of Live's fader is −70 dB; Live shows it as −inf. */
const db = (level: number | undefined): string =>
  level === undefined ? '' : level <= -69.99 ? '−inf dB' : `${level < 0 ? '−' : ''}${Math.abs(level).toFixed(1)} dB`;
const round = (value: number): string => String(Math.round(value * 100) / 100);
