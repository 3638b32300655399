/** Live was restarted: which nodes of the new run are the things that the old one showed. */
import type { Matching, NodeId, NodeOf, TreeNode } from '@livetree/live-set';
import { LIST_NAMES, match, renames } from '@livetree/live-set';

/**
 * Ids of the older tree by those of the newer: by content, then by place between neighbours that are known, so
 * that what was renamed or changed meanwhile is found, too.
 */
export function rejoin(before: NodeOf<'set'>, after: NodeOf<'set'>): ReadonlyMap<NodeId, NodeId> {
  const matching = match(before, after);
  const gaps = new Gaps(matching);
  gaps.visit(before, after);
  return renames({ ...matching, toBefore: gaps.toBefore });
}

class Gaps {
  readonly toBefore: Map<NodeId, NodeId>;
  readonly #toAfter: Map<NodeId, NodeId>;
  readonly #after: Matching['after'];

  constructor({ toBefore, toAfter, after }: Matching) {
    this.toBefore = new Map(toBefore);
    this.#toAfter = new Map(toAfter);
    this.#after = after;
  }

  visit(before: TreeNode, after: TreeNode): void {
    for (const list of LIST_NAMES) this.#inList(before.lists[list] ?? [], after.lists[list] ?? []);
    for (const list of LIST_NAMES) {
      for (const old of before.lists[list] ?? []) {
        const young = this.#after.get(this.#toAfter.get(old.id) as NodeId);
        if (young !== undefined) this.visit(old, young);
      }
    }
  }

  /** Between two known neighbours: all in order where there are equally many, else those of equal name. */
  #inList(before: readonly TreeNode[], after: readonly TreeNode[]): void {
    const places = new Map(after.map((node, at) => [node.id, at]));
    let [a, b] = [0, 0];
    for (let at = 0; at <= before.length; at++) {
      const old = before[at];
      const place = old === undefined ? after.length : places.get(this.#toAfter.get(old.id) as NodeId);
      if (place === undefined || place < b) continue;
      this.#inGap(
        this.#free(before.slice(a, at), this.#toAfter),
        this.#free(after.slice(b, place), this.toBefore),
      );
      [a, b] = [at + 1, place + 1];
    }
  }

  #free(nodes: readonly TreeNode[], known: ReadonlyMap<NodeId, NodeId>): readonly TreeNode[] {
    return nodes.filter(({ id }) => !known.has(id));
  }

  #inGap(before: readonly TreeNode[], after: readonly TreeNode[]): void {
    if (before.length === after.length) {
      for (const [at, old] of before.entries()) this.#pair(old, after[at], sortOf);
      return;
    }
    for (const old of before) {
      const young = after.find((node) => !this.toBefore.has(node.id) && nameOf(node) === nameOf(old));
      this.#pair(old, young, nameOf);
    }
  }

  #pair(old: TreeNode, young: TreeNode | undefined, key: (node: TreeNode) => string): void {
    if (young === undefined || key(old) !== key(young)) return;
    this.toBefore.set(young.id, old.id);
    this.#toAfter.set(old.id, young.id);
  }
}

/** What never changes about a thing. */
const sortOf = ({ kind, props }: TreeNode): string =>
  `${kind} ${'class' in props ? props.class : ''} ${'type' in props ? props.type : ''}`;
const nameOf = (node: TreeNode): string => `${sortOf(node)} ${'name' in node.props ? node.props.name : ''}`;
