/** What one line says of a node. */
import {
  barText,
  deviceName,
  formatDecibels,
  type NodeOf,
  type Signature,
  type TreeNode,
} from '@livetree/live-set';
import { NO_NAME, type Titles } from './titles.ts';
import { counted, isShut, meterText, noteText, panText, tempoText, volumeText } from './values.ts';

export interface NodeText {
  readonly label: string;
  readonly name: string;
  /** Empty ones are left out. */
  readonly details: readonly string[];
}

/** What lines need beside the node itself. */
export interface Context {
  readonly titles: Titles;
  readonly signature: Signature;
  /** Of the Set: its file's. */
  readonly setName: string;
}

export function nodeText(node: TreeNode, context: Context): NodeText {
  switch (node.kind) {
    case 'set':
      return { label: 'Set', name: context.setName, details: setDetails(node) };
    case 'track':
      return { ...titled(TRACK_LABELS[node.props.type], node, context), details: trackDetails(node) };
    case 'device':
      return { label: DEVICE_LABELS[node.props.type], name: node.props.name, details: deviceDetails(node) };
    case 'chain':
      return { ...titled('Chain', node, context), details: chainDetails(node) };
    case 'clip':
      return { ...named(CLIP_LABELS[node.props.type], node.props.name), details: clipDetails(node, context) };
    case 'scene':
      return { ...titled('Scene', node, context), details: sceneDetails(node) };
    case 'locator':
      return {
        ...named('Locator', node.props.name),
        details: [`bar ${barText(node.props.time, context.signature)}`],
      };
    case 'send':
      return sendText(node, context);
    case 'slot':
      return { label: 'Slot', ...slotText(node, context) };
    case 'takeLane':
      return { ...named('Take lane', node.props.name), details: [] };
    default:
      return node satisfies never;
  }
}

const TRACK_LABELS = {
  audio: 'Audio',
  midi: 'MIDI',
  group: 'Group',
  return: 'Return',
  main: 'Main',
} as const;
const DEVICE_LABELS = { native: 'Device', rack: 'Rack', plugin: 'Plug-in', max: 'Max' } as const;
const CLIP_LABELS = { midi: 'MIDI clip', audio: 'Audio clip' } as const;

const named = (label: string, name: string) => ({ label, name: name || NO_NAME });
const titled = (label: string, { id }: TreeNode, { titles }: Context) => ({
  label,
  name: titles.get(id) ?? NO_NAME,
});

/** Whether there is nothing to say: a send through which nothing goes. Live makes one for every return. */
export const isDefault = (node: TreeNode): boolean =>
  node.kind === 'send' && (node.props.levelDb === undefined || isShut(node.props.levelDb));

const setDetails = ({ props }: NodeOf<'set'>): readonly string[] => [
  props.creator ?? '',
  tempoText(props.tempoBpm),
  meterText(props.signatureNumerator, props.signatureDenominator),
];

type Mixer = NodeOf<'track'>['props'] | NodeOf<'chain'>['props'];

const mixerDetails = ({ volumeDb, pan, mute, solo }: Mixer): readonly string[] => [
  volumeText(volumeDb),
  panText(pan),
  mute === true ? 'muted' : '',
  solo === true ? 'solo' : '',
];

const trackDetails = ({ props }: NodeOf<'track'>): readonly string[] => [
  ...mixerDetails(props),
  props.arm === true ? 'armed' : '',
  props.frozen === true ? 'frozen' : '',
  counted(props.envelopeCount, 'envelope'),
];

const chainDetails = ({ props }: NodeOf<'chain'>): readonly string[] => [
  noteText(props.receivingNote),
  ...mixerDetails(props),
];

function deviceDetails({ props }: NodeOf<'device'>): readonly string[] {
  const isRenamed = props.userName !== undefined && (props.type === 'native' || props.type === 'rack');
  const product = isRenamed ? deviceName(props.class) : '';
  return [product === props.name ? '' : product, props.pluginFormat ?? '', props.on === false ? 'off' : ''];
}

const clipDetails = ({ props }: NodeOf<'clip'>, context: Context): readonly string[] => [
  clipPlace(props, context),
  counted(props.noteCount, 'note'),
  isNamedAfter(props.sample, props.name) ? '' : (props.sample ?? ''),
  counted(props.envelopeCount, 'envelope'),
  props.disabled === true ? 'off' : '',
];

function clipPlace({ start, end, scene }: NodeOf<'clip'>['props'], { signature, titles }: Context): string {
  if (start === undefined) return scene === undefined ? '' : `scene ${titles.get(scene) ?? '?'}`;
  const to = end === undefined ? '' : `–${barText(end, signature)}`;
  return `bar ${barText(start, signature)}${to}`;
}

/** Live names a clip after its sample. */
const isNamedAfter = (sample: string | undefined, name: string): boolean =>
  sample !== undefined && sample.replace(/\.[^.]*$/, '') === name;

const sceneDetails = ({ props }: NodeOf<'scene'>): readonly string[] => [
  tempoText(props.tempoBpm),
  meterText(props.signatureNumerator, props.signatureDenominator),
];

function sendText({ props }: NodeOf<'send'>, { titles }: Context): NodeText {
  const level = props.levelDb === undefined ? '' : ` ${formatDecibels(props.levelDb)}`;
  const off = props.active === false ? ' (off)' : '';
  return { label: `Send → ${titles.get(props.target) ?? '?'}${level}${off}`, name: '', details: [] };
}

const slotText = ({ props }: NodeOf<'slot'>, { titles }: Context) => ({
  name: `scene ${titles.get(props.scene) ?? '?'}`,
  details: [props.hasStop === false ? 'no stop button' : ''],
});
