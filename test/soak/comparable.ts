/** What a tree can be held to: all of it, but what only a sweep can find while there is no sweep. */
import type { Plain } from '../truth.ts';

/** Properties that come from members without a listener (remote-script/tests/model/swept.py). */
const SWEPT_CLIP = [
  'launchMode',
  'launchQuantization',
  'legato',
  'velocityAmount',
  'signatureNumerator',
  'signatureDenominator',
  'warpMode',
  'pitchCoarse',
  'pitchFine',
  'sample',
  'samplePath',
  'endMarker',
];

export interface Held {
  readonly sweeps: boolean;
  /** `11.0.0` */
  readonly profile: string;
}

/** A tree without that which cannot be known. */
export const comparable = (tree: Plain, held: Held): Plain => (held.sweeps ? tree : withoutSwept(tree, held));

function withoutSwept(node: Plain, held: Held): Plain {
  const hidden = new Set(hiddenOf(node, held));
  const props = Object.entries(node.props).filter(([name]) => !hidden.has(name));
  const lists = Object.entries(node.lists).filter(([list]) => list !== 'slots');
  return {
    kind: node.kind,
    props: Object.fromEntries(props),
    lists: Object.fromEntries(
      lists.map(([list, nodes]) => [list, nodes.map((each) => withoutSwept(each, held))]),
    ),
  };
}

function hiddenOf({ kind, props }: Plain, { profile }: Held): readonly string[] {
  if (kind === 'clip') return props['scene'] === undefined ? [...SWEPT_CLIP, 'startOffset'] : SWEPT_CLIP;
  if (kind === 'set') return profile.startsWith('11.') ? ['scaleOn'] : [];
  const isFirst = profile === '11.0.0';
  if (kind === 'scene' && isFirst) return ['tempoBpm', 'signatureNumerator', 'signatureDenominator'];
  return kind === 'device' && isFirst ? ['macroCount'] : [];
}
