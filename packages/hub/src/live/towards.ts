/** Part of the way from one tree to another, where one of them was made anew of the other's parts. */
import type { ListName, NodeLists, NodeOf, Props, TreeNode } from '@livetree/live-set';
import { sameProps } from '@livetree/live-set';

export interface Nearer {
  /** What is not changed yet is the very object of the tree that was. */
  readonly root: NodeOf<'set'>;
  /** It is the tree that is wanted. */
  readonly isThere: boolean;
}

/**
 * The tree with the properties of at most so many nodes changed; where nodes are added, removed or moved that is done
 * at once, so that it stays a tree. Linear in the nodes.
 */
export function towards(before: NodeOf<'set'>, wanted: NodeOf<'set'>, most: number): Nearer {
  const way = new Way(most);
  return { root: way.step(before, wanted) as NodeOf<'set'>, isThere: way.left >= 0 };
}

class Way {
  /** Nodes whose properties may still be changed; below 0: some were not. */
  left: number;

  constructor(most: number) {
    this.left = most;
  }

  step(before: TreeNode, wanted: TreeNode): TreeNode {
    if (before === wanted) return before;
    const props = this.#props(before, wanted);
    const lists = this.#lists(before.lists, wanted.lists);
    if (props === before.props && lists === before.lists) return before;
    return { ...before, props, lists } as TreeNode;
  }

  #props(before: TreeNode, wanted: TreeNode): TreeNode['props'] {
    if (sameProps(before.props as Props, wanted.props as Props)) return before.props;
    if (this.left < 0) return before.props;
    this.left -= 1;
    return this.left < 0 ? before.props : wanted.props;
  }

  #lists(before: NodeLists, wanted: NodeLists): NodeLists {
    const made: { -readonly [L in ListName]?: NodeLists[L] } = {};
    for (const name in wanted) {
      const list = name as ListName;
      made[list] = this.#list(before[list], wanted[list] ?? []);
    }
    return isSame(before, made) ? before : made;
  }

  #list(before: readonly TreeNode[] | undefined, wanted: readonly TreeNode[]): readonly TreeNode[] {
    if (before === undefined || !hasSameNodes(before, wanted)) return wanted;
    const made = before.map((node, at) => this.step(node, wanted[at] as TreeNode));
    return made.every((node, at) => node === before[at]) ? before : made;
  }
}

const hasSameNodes = (a: readonly TreeNode[], b: readonly TreeNode[]): boolean =>
  a.length === b.length && a.every(({ id, kind }, at) => id === b[at]?.id && kind === b[at]?.kind);

function isSame(a: NodeLists, b: NodeLists): boolean {
  for (const list in { ...a, ...b }) if (a[list as ListName] !== b[list as ListName]) return false;
  return true;
}
