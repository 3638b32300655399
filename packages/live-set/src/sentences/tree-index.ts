import type { ListName, NodeId, NodeOf, TreeNode } from '../model/node.ts';
import { forEachChild } from '../patch/tree.ts';

/** A node with its place. */
export interface Entry {
  readonly node: TreeNode;
  readonly parent: Entry | undefined;
  readonly list: ListName;
  /** Counts all nodes in the order in which a viewer shows them. */
  readonly order: number;
}

/** All nodes of one tree by id. Linear to make. */
export class TreeIndex {
  readonly root: NodeOf<'set'>;
  readonly #entries = new Map<NodeId, Entry>();

  constructor(root: NodeOf<'set'>) {
    this.root = root;
    this.#add(root, undefined, 'main');
  }

  has(id: NodeId): boolean {
    return this.#entries.has(id);
  }

  entry(id: NodeId): Entry | undefined {
    return this.#entries.get(id);
  }

  get(id: NodeId): TreeNode | undefined {
    return this.#entries.get(id)?.node;
  }

  parentId(id: NodeId): NodeId | undefined {
    return this.#entries.get(id)?.parent?.node.id;
  }

  /** The track a node lies in, itself included. */
  trackOf(id: NodeId): NodeOf<'track'> | undefined {
    for (let at = this.#entries.get(id); at !== undefined; at = at.parent) {
      if (at.node.kind === 'track') return at.node;
    }
    return undefined;
  }

  /** What hangs beside a node, itself included. */
  siblings(id: NodeId): readonly TreeNode[] {
    const entry = this.#entries.get(id);
    return entry?.parent?.node.lists[entry.list] ?? [];
  }

  #add(node: TreeNode, parent: Entry | undefined, list: ListName): void {
    const entry = { node, parent, list, order: this.#entries.size };
    this.#entries.set(node.id, entry);
    forEachChild(node, (child, childList) => {
      this.#add(child, entry, childList);
    });
  }
}
