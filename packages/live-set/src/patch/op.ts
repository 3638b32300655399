/** Ops: what a change is made of. Each op sees the result of those before it. */
import type { FacetName, ListName, NodeId, PropValue, TreeNode } from '../model/node.ts';

export interface Place {
  readonly parent: NodeId;
  readonly list: ListName;
  /** 0-based. Of an insert: in the list as it is then. Of a move: after the node was taken out. */
  readonly index: number;
}

/** New values by name; `null` takes the property away. */
export type PropChanges = Readonly<Record<string, PropValue | null>>;

export type InsertOp = Place & { readonly op: 'insert'; readonly node: TreeNode };
/** `was` is stored, and left out on the wire to clients. */
export type RemoveOp = {
  readonly op: 'remove';
  readonly id: NodeId;
  readonly was?: Place & { readonly node: TreeNode };
};
export type MoveOp = Place & { readonly op: 'move'; readonly id: NodeId; readonly was?: Place };
export type SetOp = {
  readonly op: 'set';
  readonly id: NodeId;
  readonly props: PropChanges;
  readonly was?: PropChanges;
};
export type Op = InsertOp | RemoveOp | MoveOp | SetOp;

/** A node whose facets or other settings changed; the skeleton does not show it. */
export interface Touched {
  readonly id: NodeId;
  readonly facets: readonly FacetName[];
  /** XML paths of *other settings* that changed, relative to the node's element. */
  readonly other: readonly string[];
}
