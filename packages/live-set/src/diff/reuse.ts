/**
 * What did not change is kept as the very same objects: whoever compares two trees sees at a glance where nothing
 * happened, and only one copy of it stays in memory.
 */
import type { ListName, NodeId, NodeLists, NodeOf, Props, TreeNode } from '../model/node.ts';

/**
 * The newer tree with the older one's subtrees where they are equal. Linear in the number of nodes.
 * @param before the nodes of the older tree; equal ids mean the same thing
 */
export function reuse(before: ReadonlyMap<NodeId, TreeNode>, root: NodeOf<'set'>): NodeOf<'set'> {
  return reused(root, before) as NodeOf<'set'>;
}

function reused(node: TreeNode, before: ReadonlyMap<NodeId, TreeNode>): TreeNode {
  const old = before.get(node.id);
  const lists = reusedLists(node.lists, before);
  if (old?.kind === node.kind && sameLists(old.lists, lists) && sameProps(old.props, node.props)) return old;
  return lists === node.lists ? node : ({ ...node, lists } as TreeNode);
}

function reusedLists(lists: NodeLists, before: ReadonlyMap<NodeId, TreeNode>): NodeLists {
  let result: { [L in ListName]?: readonly TreeNode[] } | undefined;
  for (const name in lists) {
    const list = name as ListName;
    const children = lists[list] ?? [];
    const made = children.map((child) => reused(child, before));
    if (made.every((child, index) => child === children[index])) continue;
    result ??= { ...lists };
    result[list] = made;
  }
  return result ?? lists;
}

/** The same nodes in the same order. */
function sameLists(a: NodeLists, b: NodeLists): boolean {
  for (const name in a) if (b[name as ListName] === undefined) return false;
  for (const name in b) {
    const [old, young] = [a[name as ListName], b[name as ListName] ?? []];
    if (old?.length !== young.length) return false;
    for (let at = 0; at < young.length; at++) if (old[at] !== young[at]) return false;
  }
  return true;
}

/** The same properties with the same values. */
export function sameProps(a: Props, b: Props): boolean {
  for (const name in a) if (a[name] !== b[name]) return false;
  for (const name in b) if (a[name] === undefined) return false;
  return true;
}
