/** Names of kinds, lists and details, in Live's own words. Pure. */
import type { FacetName, ListName, NodeId, NodeOf, TreeNode } from '@livetree/live-set';
import { trackNumbers, trackTitle } from '@livetree/live-set';

export const LIST_WORDS: Readonly<Record<ListName, string>> = {
  tracks: 'Tracks',
  returns: 'Return tracks',
  main: 'Main',
  scenes: 'Scenes',
  locators: 'Locators',
  devices: 'Devices',
  chains: 'Chains',
  returnChains: 'Return chains',
  clips: 'Session clips',
  slots: 'Clip slots',
  arrangement: 'Arrangement clips',
  takeLanes: 'Take lanes',
  sends: 'Sends',
};

/** Details that are read when somebody looks: heading, and one of them. */
export const FACET_WORDS: Readonly<Record<FacetName, { readonly title: string; readonly one: string }>> = {
  parameters: { title: 'Parameters', one: 'parameter' },
  notes: { title: 'Notes', one: 'note' },
  warpMarkers: { title: 'Warp markers', one: 'warp marker' },
  envelopes: { title: 'Automation', one: 'envelope' },
  samples: { title: 'Samples', one: 'sample' },
};

const TRACK_WORDS = {
  audio: 'Audio track',
  midi: 'MIDI track',
  group: 'Group track',
  return: 'Return track',
  main: 'Main track',
} as const;
const DEVICE_WORDS = { native: 'Device', rack: 'Rack', plugin: 'Plug-in', max: 'Max device' } as const;

/** What a node is. */
export function kindOf(node: TreeNode): string {
  switch (node.kind) {
    case 'set':
      return 'Set';
    case 'track':
      return TRACK_WORDS[node.props.type];
    case 'device':
      return DEVICE_WORDS[node.props.type];
    case 'chain':
      return node.props.receivingNote === undefined ? 'Chain' : 'Drum chain';
    case 'clip':
      return node.props.type === 'midi' ? 'MIDI clip' : 'Audio clip';
    case 'slot':
      return 'Clip slot';
    case 'scene':
      return 'Scene';
    case 'locator':
      return 'Locator';
    case 'send':
      return 'Send';
    case 'takeLane':
      return 'Take lane';
    default:
      return node satisfies never;
  }
}

/** What titles need beyond the node itself. */
export interface Titles {
  /** Numbers of tracks, returns and scenes, as Live counts them. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly find: (id: NodeId) => TreeNode | undefined;
}

/** Numbers for {@link Titles}. Linear in the tracks and scenes. */
export function numbersOf(root: NodeOf<'set'>): ReadonlyMap<string, number> {
  const numbers = new Map(trackNumbers(root));
  for (const [index, scene] of (root.lists.scenes ?? []).entries()) numbers.set(scene.id, index + 1);
  return numbers;
}

/** The name as Live shows it; things without a name are named by what they belong to. */
export function titleOf(node: TreeNode, titles: Titles): string {
  switch (node.kind) {
    case 'set':
      return 'Set';
    case 'track':
      return trackTitle(node, titles.numbers.get(node.id) ?? 1) || kindOf(node);
    case 'scene':
      return node.props.name || `Scene ${titles.numbers.get(node.id) ?? ''}`.trim();
    case 'send':
      return targetTitle(node.props.target, 'Send', titles);
    case 'slot':
      return targetTitle(node.props.scene, 'Clip slot', titles);
    default:
      return node.props.name || kindOf(node);
  }
}

/** Sends and slots name their target by id. */
function targetTitle(id: string, otherwise: string, titles: Titles): string {
  const target = titles.find(id as NodeId);
  return target === undefined || target.kind === 'send' || target.kind === 'slot'
    ? otherwise
    : titleOf(target, titles);
}
