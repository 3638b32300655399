/** Names of things, for lines about other things: the scene of a clip, the return of a send. */
import { type NodeOf, type TreeNode, trackNumbers, trackTitle, walk } from '@livetree/live-set';

export type Titles = ReadonlyMap<string, string>;

export const NO_NAME = '(no name)';

/** By id: tracks as Live's headers show them, scenes (numbered where they have no name) and chains. */
export function titlesOf(root: NodeOf<'set'>): Titles {
  const numbers = trackNumbers(root);
  const titles = new Map<string, string>();
  for (const node of walk(root)) {
    const title = titleOf(node, numbers);
    if (title !== undefined) titles.set(node.id, title);
  }
  for (const [index, scene] of (root.lists.scenes ?? []).entries()) {
    if (scene.kind === 'scene') titles.set(scene.id, sceneName(scene) || String(index + 1));
  }
  return titles;
}

/** Empty when nobody named it: Live stores a blank and a number then, which is where the scene once lay. */
export const sceneName = ({ props }: NodeOf<'scene'>): string => props.name.replace(/^ \d+$/, '').trim();

function titleOf(node: TreeNode, numbers: ReadonlyMap<string, number>): string | undefined {
  if (node.kind === 'track') return trackTitle(node, numbers.get(node.id) ?? 1) || NO_NAME;
  return node.kind === 'chain' ? node.props.name || NO_NAME : undefined;
}
