/** Answers about names, for sentences that tell of the tree. */
import { asNodeId, type NodeId, type TreeNode } from '@livetree/live-set';
import type { Names } from './sentence-place.ts';

/** The part of the tree's state that knows names. */
interface Titled {
  readonly root: TreeNode | undefined;
  title(node: TreeNode): string;
  above(id: NodeId): readonly TreeNode[];
}

export function namesOf(tree: Titled, get: (id: NodeId) => TreeNode | undefined): Names {
  return {
    get set() {
      return tree.root?.id ?? asNodeId('');
    },
    title: (id) => {
      const node = get(id);
      return node && tree.title(node);
    },
    above: (id) => tree.above(id).map((node) => node.id),
    track: (title) => {
      const found =
        tree.root === undefined ? [] : tracksIn(tree.root).filter((track) => tree.title(track) === title);
      return found.length === 1 ? found[0]?.id : undefined;
    },
  };
}

/** All tracks, groups before their members. */
function tracksIn(node: TreeNode): readonly TreeNode[] {
  const { tracks = [], returns = [], main = [] } = node.lists;
  return [...tracks, ...returns, ...main].flatMap((track) => [track, ...tracksIn(track)]);
}
