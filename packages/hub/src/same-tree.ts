/** Whether two trees are the same: by identity where they share nodes, else by content. */
import type { NodeOf, TreeNode } from '@livetree/live-set';
import { LIST_NAMES } from '@livetree/live-set';

/** Linear in the nodes that are not shared; stops at the first difference. */
export const isSameTree = (a: NodeOf<'set'>, b: NodeOf<'set'>): boolean => isSame(a, b);

function isSame(a: TreeNode, b: TreeNode): boolean {
  if (a === b) return true;
  if (a.id !== b.id || a.kind !== b.kind || !hasSameProps(a.props, b.props)) return false;
  return LIST_NAMES.every((list) => {
    const [one = [], other = []] = [a.lists[list], b.lists[list]];
    return one.length === other.length && one.every((child, at) => isSame(child, other[at] as TreeNode));
  });
}

function hasSameProps(a: object, b: object): boolean {
  const [one, other] = [Object.entries(a), new Map(Object.entries(b))];
  return one.length === other.size && one.every(([name, value]) => Object.is(value, other.get(name)));
}
