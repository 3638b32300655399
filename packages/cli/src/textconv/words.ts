/** How a node and its properties are written in the text for git. */
import {
  choiceName,
  deviceName,
  formatDecibels,
  formatNote,
  formatNumber,
  formatPan,
  formatRoot,
  type Props,
  type PropValue,
  type TreeNode,
} from '@livetree/live-set';
import { NO_NAME } from '../show/titles.ts';

/** Properties that stand in the heading of their node or in a list below it. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  ...['type', 'name', 'class', 'scene', 'start', 'time', 'liveMajor'],
  ...['parameterCount', 'noteCount', 'warpMarkerCount', 'envelopeCount', 'sampleCount'],
]);

const LABELS: Readonly<Record<string, string>> = {
  creator: 'saved with',
  schema: 'file version',
  mute: 'muted',
  annotation: 'info text',
  userName: 'own name',
  autoName: 'named by Live',
  songStart: 'start of the song',
  color: 'colour',
};

/** What else is a number stands as the file has it. */
const SHOWN: Readonly<Record<string, (value: number) => string>> = {
  tempoBpm: exactTempo,
  volumeDb: formatDecibels,
  cueVolumeDb: formatDecibels,
  gainDb: (db) => (formatDecibels(db) === SHUT ? SHUT : `${formatNumber(db, 6)} dB`),
  pan: formatPan,
  panLeft: formatPan,
  panRight: formatPan,
  receivingNote: formatNote,
  sendingNote: formatNote,
  scaleRoot: formatRoot,
};
const SHUT = formatDecibels(Number.NEGATIVE_INFINITY);

/** `volume: −6.0 dB`, one for each property, in the order of the file. */
export function propLines(node: TreeNode): readonly string[] {
  const props: Props = node.props;
  const product = node.kind === 'device' ? deviceName(node.props.class) : '';
  const lines = product === '' || product === props['name'] ? [] : [`product: ${product}`];
  for (const [name, value] of Object.entries(props)) {
    const isTitle = name === 'userName' && value === props['name'];
    if (!isTitle && !ELSEWHERE.has(name)) lines.push(`${labelOf(name)}: ${valueText(node, name, value)}`);
  }
  return lines;
}

/** `loopStart` → `loop start`; units stand with the value. */
function labelOf(name: string): string {
  const words = name.replace(/(Db|Bpm)$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return LABELS[name] ?? words;
}

function valueText({ kind }: TreeNode, name: string, value: PropValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return oneLine(value);
  return choiceName(kind, name, value) ?? (SHOWN[name] ?? exact)(value);
}

/** Text on one line, with nothing in it that steers a terminal; line breaks stay visible. */
export const oneLine = (text: string): string =>
  text.replaceAll('\\', '\\\\').replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, escaped);

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const escaped = (letter: string): string =>
  ESCAPES[letter] ?? `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`;

/** Every digit that the file has. */
export const exact = (value: number): string => String(value).replace('-', '−');

/** Live shows two decimals; the song follows all of them. */
function exactTempo(bpm: number): string {
  return `${exact(bpm)} BPM`;
}

const TRACKS = { audio: 'Audio', midi: 'MIDI', group: 'Group', return: 'Return', main: 'Main' } as const;
const DEVICES = { native: 'Device', rack: 'Rack', plugin: 'Plug-in', max: 'Max device' } as const;

/** `MIDI track "Bass"`: kind and own name. Not the number that Live puts before: it changes with other tracks. */
export function heading(node: TreeNode): string {
  switch (node.kind) {
    case 'set':
      return 'Set';
    case 'track':
      return `${TRACKS[node.props.type]} track ${quoted(node.props.name)}`;
    case 'device':
      return `${DEVICES[node.props.type]} ${quoted(node.props.name)}`;
    case 'chain':
      return `Chain ${quoted(node.props.name)}`;
    case 'clip':
      return `${node.props.type === 'midi' ? 'MIDI' : 'Audio'} clip ${quoted(node.props.name)}`;
    case 'scene':
      return `Scene ${quoted(node.props.name)}`;
    case 'locator':
      return `Locator ${quoted(node.props.name)}`;
    case 'takeLane':
      return `Take lane ${quoted(node.props.name)}`;
    case 'slot':
      return 'Clip slot';
    case 'send':
      return 'Send';
    default:
      return node satisfies never;
  }
}

const quoted = (name: string): string => (name === '' ? NO_NAME : `"${oneLine(name)}"`);
