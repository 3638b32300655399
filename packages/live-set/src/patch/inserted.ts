import type { NodeId, NodeLists, TreeNode } from '../model/node.ts';
import { LIST_NAMES } from '../model/node.ts';
import type { InsertOp, PropChanges, SetOp } from './op.ts';
import { withProps } from './tree.ts';

/** An insert of a composed list, and what came after it. */
export interface Inserted {
  /** Position in the list. */
  readonly at: number;
  readonly node: TreeNode;
  /** The insert that brought the node it was put under, if one did. */
  readonly outer: Inserted | undefined;
  /** The inserts below nodes of this one. */
  readonly inner: Inserted[];
  /** Later sets, by node. */
  readonly changes: Map<NodeId, Record<string, PropChanges[string]>>;
  /** More than sets and inserts happened to its nodes or in their lists: it cannot fall out any more. */
  isPinned: boolean;
}

/** @param outer the insert that brought the parent */
export function startInsert(at: number, node: TreeNode, outer: Inserted | undefined): Inserted {
  const inserted: Inserted = { at, node, outer, inner: [], changes: new Map(), isPinned: false };
  outer?.inner.push(inserted);
  return inserted;
}

/** Pins it and all around it. What is pinned already has those pinned: so pinning is linear altogether. */
export function pin(inserted: Inserted | undefined): void {
  for (let at = inserted; at !== undefined && !at.isPinned; at = at.outer) at.isPinned = true;
}

/** Takes over a set of one of its nodes. */
export function foldInto({ changes }: Inserted, { id, props }: SetOp): void {
  const known = changes.get(id);
  if (known === undefined) changes.set(id, { ...props });
  else Object.assign(known, props);
}

/** The op with what was set later; untouched parts of its node stay the same objects. */
export const settledInsert = ({ node, changes }: Inserted, op: InsertOp): InsertOp =>
  changes.size === 0 ? op : { ...op, node: withChanges(node, changes) };

function withChanges(node: TreeNode, changes: ReadonlyMap<NodeId, PropChanges>): TreeNode {
  const lists = changedLists(node.lists, changes);
  const change = changes.get(node.id);
  const changed = change === undefined ? node : withProps(node, change);
  return lists === node.lists ? changed : { ...changed, lists };
}

function changedLists(before: NodeLists, changes: ReadonlyMap<NodeId, PropChanges>): NodeLists {
  let lists = before;
  for (const list of LIST_NAMES) {
    const children = before[list];
    const made = children?.map((child) => withChanges(child, changes));
    if (made?.some((child, index) => child !== children?.[index])) lists = { ...lists, [list]: made };
  }
  return lists;
}
