import {
  asNodeId,
  type ListName,
  type NodeId,
  type NodeLists,
  type NodeOf,
  type TreeNode,
} from '../model/node.ts';
import type { Matching } from './match.ts';

/** Properties that hold the id of another node. */
const REFERENCES = ['scene', 'target'] as const;

/** New ids by the ids that the parser gave; empty when they stay as they are. */
export function renames({ before, after, toBefore }: Matching): ReadonlyMap<NodeId, NodeId> {
  const changed = new Map<NodeId, NodeId>();
  const taken = new Set<string>([...toBefore.values()]);
  for (const id of after.keys()) {
    const old = toBefore.get(id);
    if (old !== undefined) {
      if (old !== id) changed.set(id, old);
      continue;
    }
    // A new thing under a key that another thing had, or has: ids are never used for two things.
    const free = freeId(id, (wish) => taken.has(wish) || before.has(asNodeId(wish)));
    taken.add(free);
    if (free !== id) changed.set(id, free);
  }
  return changed;
}

function freeId(id: NodeId, isTaken: (id: string) => boolean): NodeId {
  let wish: string = id;
  for (let copy = 2; isTaken(wish); copy++) wish = `${id}~${copy}`;
  return asNodeId(wish);
}

/** The tree with other ids, also where properties name them. Untouched subtrees stay the same objects. */
export function withIds(root: NodeOf<'set'>, ids: ReadonlyMap<NodeId, NodeId>): NodeOf<'set'> {
  return ids.size === 0 ? root : (renamed(root, ids) as NodeOf<'set'>);
}

function renamed(node: TreeNode, ids: ReadonlyMap<NodeId, NodeId>): TreeNode {
  const lists = renamedLists(node.lists, ids);
  const props = renamedProps(node.props, ids);
  const id = ids.get(node.id) ?? node.id;
  if (id === node.id && lists === node.lists && props === node.props) return node;
  return { ...node, id, lists, props } as unknown as TreeNode;
}

function renamedLists(lists: NodeLists, ids: ReadonlyMap<NodeId, NodeId>): NodeLists {
  let result: { -readonly [L in keyof NodeLists]: NodeLists[L] } | undefined;
  for (const name in lists) {
    const list = name as ListName;
    const children = lists[list] ?? [];
    const made = children.map((child) => renamed(child, ids));
    if (made.every((child, index) => child === children[index])) continue;
    result ??= { ...lists };
    result[list] = made;
  }
  return result ?? lists;
}

function renamedProps<P extends TreeNode['props']>(props: P, ids: ReadonlyMap<NodeId, NodeId>): P {
  let result = props;
  for (const name of REFERENCES) {
    const value = (props as Readonly<Record<string, unknown>>)[name];
    const id = typeof value === 'string' ? ids.get(asNodeId(value)) : undefined;
    if (id !== undefined) result = { ...result, [name]: id };
  }
  return result;
}
