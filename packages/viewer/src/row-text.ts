/** What a row says beside its title. Pure. */
import type { NodeOf, Signature, TreeNode } from '@livetree/live-set';
import { decibels, decimal, length, noteName, plural, position } from './format.ts';

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

/** Whether the thing makes no sound or does nothing: its row is dimmed, besides the badge. */
export const isOff = (node: TreeNode): boolean => badgesOf(node).some((badge) => badge.tone === 'off');

/** The figure at the end of the row: level, place, length, counts. */
export function figureOf(node: TreeNode, signature: Signature): string {
  switch (node.kind) {
    case 'track':
      return trackFigure(node);
    case 'chain':
      return joined([
        node.props.receivingNote !== undefined && noteName(node.props.receivingNote),
        node.props.volumeDb !== undefined && decibels(node.props.volumeDb),
      ]);
    case 'device':
      return joined([node.props.pluginFormat, counted(node.props.parameterCount, 'parameter')]);
    case 'clip':
      return clipFigure(node, signature);
    case 'scene':
      return sceneFigure(node);
    case 'locator':
      return position(node.props.time, signature);
    case 'send':
      return node.props.levelDb === undefined ? '' : decibels(node.props.levelDb);
    default:
      return '';
  }
}

const joined = (parts: readonly (string | false | undefined)[]): string => parts.filter(Boolean).join(' · ');
const counted = (count: number | undefined, thing: string): string | undefined =>
  count === undefined || count === 0 ? undefined : plural(count, thing);

function trackFigure({ props, lists }: NodeOf<'track'>): string {
  const clips = (lists.clips?.length ?? 0) + (lists.arrangement?.length ?? 0);
  return joined([
    counted(lists.tracks?.length, 'track'),
    counted(clips, 'clip'),
    counted(lists.devices?.length, 'device'),
    props.volumeDb !== undefined && decibels(props.volumeDb),
  ]);
}

function clipFigure({ props }: NodeOf<'clip'>, signature: Signature): string {
  const { start, end } = props;
  const isPlaced = start !== undefined && end !== undefined;
  const inside = props.loopStart !== undefined && props.loopEnd !== undefined;
  const isBeats = props.type === 'midi' || props.warped !== false;
  return joined([
    counted(props.noteCount, 'note'),
    isPlaced && `${position(start, signature)} – ${position(end, signature)}`,
    !isPlaced && inside && isBeats && length((props.loopEnd ?? 0) - (props.loopStart ?? 0), signature),
  ]);
}

function sceneFigure({ props }: NodeOf<'scene'>): string {
  const { tempoBpm, signatureNumerator, signatureDenominator } = props;
  return joined([
    tempoBpm !== undefined && `${decimal(tempoBpm)} BPM`,
    signatureNumerator !== undefined && `${signatureNumerator}/${signatureDenominator ?? 4}`,
  ]);
}
