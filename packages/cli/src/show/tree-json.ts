/** The tree as JSON. */
import { LIST_NAMES, type NodeLists, type NodeOf, type TreeNode } from '@livetree/live-set';

/** The tree with its lists in their usual order, and without those deeper than `depth` levels below the root. */
export function treeJson(root: NodeOf<'set'>, depth: number): TreeNode {
  return cut(root, depth);
}

const cut = <N extends TreeNode>(node: N, depth: number): N => ({
  ...node,
  lists: depth === 0 ? {} : listsOf(node, depth),
});

function listsOf({ lists }: TreeNode, depth: number): NodeLists {
  const entries = LIST_NAMES.flatMap((list) => {
    const members = lists[list];
    return members === undefined ? [] : [[list, members.map((member) => cut(member, depth - 1))] as const];
  });
  return Object.fromEntries(entries);
}
