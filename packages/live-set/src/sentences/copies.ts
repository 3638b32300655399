import type { TreeNode } from '../model/node.ts';
import { LIST_NAMES } from '../model/node.ts';
import { walk } from '../patch/tree.ts';
import { formatCount } from './format-value.ts';
import { plainName } from './names.ts';

/** Where a thing is and how it is being played; two copies differ in it. */
const NOT_CONTENT = new Set(['start', 'end', 'scene', 'target', 'time', 'arm', 'solo']);

/** Equal for two nodes that hold the same. Linear in the subtree. */
export function contentKey(node: TreeNode): string {
  const props = Object.entries(node.props)
    .filter(([name]) => !NOT_CONTENT.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const lists = LIST_NAMES.map((list) => (node.lists[list] ?? []).map(contentKey));
  return JSON.stringify([node.kind, props, lists]);
}

/** What is in a track, chain or rack: ` (Operator, EQ Eight, 3 clips)`; empty for nothing. */
export function contentText(node: TreeNode): string {
  const { tracks = [], devices = [], clips = [], arrangement = [], chains = [] } = node.lists;
  const names = devices.map((device) => plainName(device.kind === 'device' ? device.props.name : ''));
  const clipCount = clips.length + arrangement.length;
  const parts = [
    ...(tracks.length > 0 ? [formatCount(tracks.length, 'track')] : []),
    ...(chains.length > 0 ? [formatCount(chains.length, 'chain')] : []),
    ...(names.length > 3 ? [formatCount(names.length, 'device')] : names),
    ...(clipCount > 0 ? [formatCount(clipCount, 'clip')] : []),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** Whether there is enough in a track or chain to speak of a copy: Live's new tracks are all alike. */
export const hasContent = (node: TreeNode): boolean =>
  walk(node).some(({ kind }) => kind === 'device' || kind === 'clip');
