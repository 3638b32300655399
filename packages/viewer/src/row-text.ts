/** What a row says beside its title. Pure. */
import type { NodeOf, Signature, TreeNode } from '@livetree/live-set';
import {
  barText,
  formatCount,
  formatDecibels,
  formatNote,
  formatSignature,
  formatTempo,
} from '@livetree/live-set';
import { length } from './format.ts';

/** A state worth a word of its own; `tone` picks the colour, never the only sign of it. */
export interface Badge {
  readonly text: string;
  readonly tone: 'off' | 'on' | 'record';
}

type Mixer = NodeOf<'track'>['props'] | NodeOf<'chain'>['props'];

/** States that differ from the ordinary. */
export function badgesOf(node: TreeNode): readonly Badge[] {
  switch (node.kind) {
    case 'track':
      return trackBadges(node);
    case 'chain':
      return mixerBadges(node.props);
    case 'device':
      return node.props.on === false ? [{ text: 'off', tone: 'off' }] : [];
    case 'clip':
      return node.props.disabled ? [{ text: 'deactivated', tone: 'off' }] : [];
    case 'slot':
      return node.props.hasStop === false ? [{ text: 'no stop button', tone: 'off' }] : [];
    case 'send':
      return node.props.active === false ? [{ text: 'off', tone: 'off' }] : [];
    default:
      return [];
  }
}

function mixerBadges({ mute, solo }: Mixer): readonly Badge[] {
  return [
    ...(mute ? [{ text: 'muted', tone: 'off' } as const] : []),
    ...(solo ? [{ text: 'solo', tone: 'on' } as const] : []),
  ];
}

function trackBadges({ props }: NodeOf<'track'>): readonly Badge[] {
  return [
    ...mixerBadges(props),
    ...(props.arm ? [{ text: 'armed', tone: 'record' } as const] : []),
    ...(props.frozen ? [{ text: 'frozen', tone: 'on' } as const] : []),
  ];
}

/** What stands at the end of the row: facts (counts, place, length), and a level in a column of its own. */
export interface Figure {
  readonly facts: string;
  readonly level: string;
}

export function figureOf(node: TreeNode, signature: Signature): Figure {
  switch (node.kind) {
    case 'track':
      return { facts: trackFacts(node), level: levelText(node.props.volumeDb) };
    case 'chain':
      return { facts: noteText(node.props.receivingNote), level: levelText(node.props.volumeDb) };
    case 'device':
      return only(joined([node.props.pluginFormat, counted(node.props.parameterCount, 'parameter')]));
    case 'clip':
      return only(clipFacts(node, signature));
    case 'scene':
      return only(sceneFacts(node));
    case 'locator':
      return only(`bar ${barText(node.props.time, signature)}`);
    case 'send':
      return { facts: '', level: levelText(node.props.levelDb) };
    default:
      return only('');
  }
}

const only = (facts: string): Figure => ({ facts, level: '' });
const levelText = (db: number | undefined): string => (db === undefined ? '' : formatDecibels(db));
const noteText = (note: number | undefined): string => (note === undefined ? '' : formatNote(note));
const joined = (parts: readonly (string | false | undefined)[]): string => parts.filter(Boolean).join(' · ');
const counted = (count: number | undefined, thing: string): string | undefined =>
  count === undefined || count === 0 ? undefined : formatCount(count, thing);

function trackFacts({ lists }: NodeOf<'track'>): string {
  const clips = (lists.clips?.length ?? 0) + (lists.arrangement?.length ?? 0);
  return joined([
    counted(lists.tracks?.length, 'track'),
    counted(clips, 'clip'),
    counted(lists.devices?.length, 'device'),
  ]);
}

function clipFacts({ props }: NodeOf<'clip'>, signature: Signature): string {
  const { start, end } = props;
  const isPlaced = start !== undefined && end !== undefined;
  const inside = props.loopStart !== undefined && props.loopEnd !== undefined;
  const isBeats = props.type === 'midi' || props.warped !== false;
  return joined([
    counted(props.noteCount, 'note'),
    isPlaced && `bar ${barText(start, signature)} – ${barText(end, signature)}`,
    !isPlaced && inside && isBeats && length((props.loopEnd ?? 0) - (props.loopStart ?? 0), signature),
  ]);
}

function sceneFacts({ props }: NodeOf<'scene'>): string {
  const { tempoBpm, signatureNumerator: numerator, signatureDenominator: denominator = 4 } = props;
  return joined([
    tempoBpm !== undefined && formatTempo(tempoBpm),
    numerator !== undefined && formatSignature({ numerator, denominator }),
  ]);
}
