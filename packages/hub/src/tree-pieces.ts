/** A big tree in pieces, so that who receives it never has to take all of it in one turn. */
import type { InsertOp, NodeOf, TreeNode } from '@livetree/live-set';
import { forEachChild } from '@livetree/live-set';

/** The root alone, and inserts that hang all other nodes below it when applied in order. */
export interface TreePieces {
  readonly trunk: NodeOf<'set'>;
  readonly pieces: readonly (readonly InsertOp[])[];
}

/**
 * Cuts a tree into pieces of about `nodes` nodes. Whatever hangs below one node stays together as long as it
 * is not more than that. Linear in the nodes.
 */
export function cutTree(root: NodeOf<'set'>, nodes: number): TreePieces {
  const cutter = new Cutter(nodes);
  cutter.addChildren(root);
  return { trunk: { ...root, lists: {} }, pieces: cutter.finish() };
}

class Cutter {
  readonly #most: number;
  readonly #pieces: InsertOp[][] = [];
  readonly #sizes = new Map<TreeNode, number>();
  #piece: InsertOp[] = [];
  #weight = 0;

  constructor(most: number) {
    this.#most = most;
  }

  addChildren(parent: TreeNode): void {
    let index = 0;
    let last: string | undefined;
    forEachChild(parent, (node, list) => {
      index = list === last ? index + 1 : 0;
      last = list;
      this.#add({ op: 'insert', parent: parent.id, list, index, node });
    });
  }

  finish(): readonly (readonly InsertOp[])[] {
    this.#cut();
    return this.#pieces;
  }

  #add(op: InsertOp): void {
    const size = this.#sizeOf(op.node);
    if (size <= this.#most) this.#push(op, size);
    else {
      this.#push({ ...op, node: { ...op.node, lists: {} } }, 1);
      this.addChildren(op.node);
    }
  }

  #push(op: InsertOp, size: number): void {
    if (this.#weight + size > this.#most) this.#cut();
    this.#piece.push(op);
    this.#weight += size;
  }

  #cut(): void {
    if (this.#piece.length > 0) this.#pieces.push(this.#piece);
    this.#piece = [];
    this.#weight = 0;
  }

  /** Nodes from this one down. */
  #sizeOf(node: TreeNode): number {
    const known = this.#sizes.get(node);
    if (known !== undefined) return known;
    let size = 1;
    forEachChild(node, (child) => {
      size += this.#sizeOf(child);
    });
    this.#sizes.set(node, size);
    return size;
  }
}
