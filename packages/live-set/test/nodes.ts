/** Finding nodes of a tree in tests. */
import type { NodeKind, NodeOf, TreeNode } from '../src/model/node.ts';
import { walk } from '../src/patch/tree.ts';

/** All nodes of a kind, in the order of the tree. */
export const allOf = <K extends NodeKind>(root: TreeNode, kind: K): readonly NodeOf<K>[] =>
  [...walk(root)].filter((node) => node.kind === kind) as unknown as readonly NodeOf<K>[];

/** The one node of a kind with this name; throws when there is none, or more than one. */
export function named<K extends NodeKind>(root: TreeNode, kind: K, name: string): NodeOf<K> {
  const found = allOf(root, kind).filter(({ props }) => 'name' in props && props.name === name);
  if (found.length !== 1) throw new Error(`${found.length} nodes of kind ${kind} are called "${name}"`);
  return found[0]!;
}

/** Names of the children in a list. */
export const names = (nodes: readonly TreeNode[] = []): readonly string[] =>
  nodes.map(({ props }) => ('name' in props ? props.name : ''));
