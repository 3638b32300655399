/** Values that Live moves by itself (automation, a macro, another device), while they move. Pure. */
import type { EphemeralValue } from '@livetree/client';
import type { FacetItem, NodeId } from '@livetree/live-set';
import { formatNumber, formatPan, formatTempo } from '@livetree/live-set';

/** By node, then by the key of a parameter or by Live's name of a property: the value in Live's own scale. */
export type Motions = ReadonlyMap<NodeId, ReadonlyMap<string, number>>;
export const NOTHING_MOVES: Motions = new Map();

/** Keys are `motion NODE PROPERTY`. */
export function motionsOf(values: ReadonlyMap<string, EphemeralValue>): Motions {
  const motions = new Map<NodeId, Map<string, number>>();
  for (const { key, node, value } of values.values()) {
    const [name, , what] = key.split(' ');
    if (name !== 'motion' || what === undefined || typeof value !== 'number') continue;
    const known = motions.get(node) ?? new Map<string, number>();
    motions.set(node, known.set(what, value));
  }
  return motions.size === 0 ? NOTHING_MOVES : motions;
}

const share = (value: number): string => `${formatNumber(value * 100, 0)} %`;
const fader = (value: number): string => `fader at ${share(value)}`;

/** Our property of each that Live moves, and how its value in Live's scale reads. A fader's has no exact dB. */
const MIXER: Readonly<Record<string, readonly [property: string, show: (value: number) => string]>> = {
  volume: ['volumeDb', fader],
  panning: ['pan', formatPan],
  left_split_stereo: ['panLeft', formatPan],
  right_split_stereo: ['panRight', formatPan],
  value: ['levelDb', fader],
  cue_volume: ['cueVolumeDb', fader],
  crossfader: ['crossfader', (value) => formatNumber(value)],
  tempo: ['tempoBpm', formatTempo],
};

/** Text by our property, for what of one thing moves now. */
export function movingProperties(
  moved: ReadonlyMap<string, number> | undefined,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [name, value] of moved ?? []) {
    const [property, show] = MIXER[name] ?? [];
    if (property !== undefined && show !== undefined) texts.set(property, show(value));
  }
  return texts;
}

/** Where a parameter stands between its ends, in percent; the value itself, where they are not known. */
export function movingText({ min, max }: FacetItem, value: number): string {
  if (typeof min !== 'number' || typeof max !== 'number' || max <= min) return formatNumber(value, 3);
  return share((value - min) / (max - min));
}
