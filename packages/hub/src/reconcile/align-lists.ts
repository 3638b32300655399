/** Pairs the members of two lists, as far as they are not paired yet. */
import type { TreeNode } from '@livetree/live-set';
import { commonOrder, type PositionPair } from './common-order.ts';
import { namedSortOf, sortOf } from './features.ts';
import type { PairBook } from './pairing.ts';

type Nodes = readonly TreeNode[];
/** What a node is told by; `undefined`: by nothing. */
export type KeyOf = (node: TreeNode, side: 'live' | 'file') => string | undefined;

/** Members of two lists that hang in the same place. */
export class ListAligner {
  readonly #book: PairBook;

  constructor(book: PairBook) {
    this.#book = book;
  }

  /** Equal keys are one thing; of several with one key the first is paired with the first, and so on. */
  byKey(live: Nodes, file: Nodes, keyOf: KeyOf): void {
    const waiting = new Map<string, TreeNode[]>();
    for (const node of this.freeFile(file)) {
      const key = keyOf(node, 'file');
      if (key === undefined) continue;
      const same = waiting.get(key);
      if (same === undefined) waiting.set(key, [node]);
      else same.push(node);
    }
    if (waiting.size === 0) return;
    for (const node of this.freeLive(live)) {
      const key = keyOf(node, 'live');
      this.#pair(node, key === undefined ? undefined : waiting.get(key)?.shift());
    }
  }

  /** Pairs what has a key that occurs once among the free nodes of each list. */
  byUniqueKey(live: Nodes, file: Nodes, keyOf: KeyOf): void {
    const mine = uniqueBy(this.freeLive(live), (node) => keyOf(node, 'live'));
    if (mine.size === 0) return;
    for (const [key, node] of uniqueBy(this.freeFile(file), (other) => keyOf(other, 'file'))) {
      const found = mine.get(key);
      if (node !== undefined && found !== undefined) this.#pair(found, node);
    }
  }

  /**
   * A common subsequence of looks (pairs that are known hold their places); then what was moved out of it, as far as
   * its looks occur once; then what lies between two members of it: all in order where both sides have equally many
   * of the same sorts, else by sort and name.
   */
  byOrder(live: Nodes, file: Nodes, keyOf: KeyOf): void {
    if (this.freeLive(live).length === 0 || this.freeFile(file).length === 0) return;
    const common = commonOrder(
      live.map((node) => this.#anchorOf(node) ?? keyOf(node, 'live') ?? `live ${node.id}`),
      file.map((node) => (this.#book.liveOf.has(node.id) ? `= ${node.id}` : (keyOf(node, 'file') ?? ''))),
    );
    for (const [a, b] of common) this.#pair(live[a], file[b]);
    this.byUniqueKey(live, file, (node, side) => (isUnnamed(node) ? undefined : keyOf(node, side)));
    this.#betweenThem(live, file, common);
  }

  /** What is free between known neighbours. */
  betweenNeighbours(live: Nodes, file: Nodes): void {
    const keys = (nodes: Nodes, keyOf: (node: TreeNode) => string): readonly string[] => nodes.map(keyOf);
    const common = commonOrder(
      keys(live, (node) => this.#anchorOf(node) ?? `live ${node.id}`),
      keys(file, (node) => `= ${node.id}`),
    );
    this.#betweenThem(live, file, common);
  }

  freeLive(nodes: Nodes): Nodes {
    return nodes.filter(({ id }) => !this.#book.fileOf.has(id));
  }

  freeFile(nodes: Nodes): Nodes {
    return nodes.filter(({ id }) => !this.#book.liveOf.has(id));
  }

  /** Key of a paired live node: its pair has the same. */
  #anchorOf({ id }: TreeNode): string | undefined {
    const file = this.#book.fileOf.get(id);
    return file === undefined ? undefined : `= ${file}`;
  }

  #betweenThem(live: Nodes, file: Nodes, common: readonly PositionPair[]): void {
    let [a, b] = [0, 0];
    for (const [nextA, nextB] of [...common, [live.length, file.length] as const]) {
      if (nextA > a && nextB > b)
        this.#inGap(this.freeLive(live.slice(a, nextA)), this.freeFile(file.slice(b, nextB)));
      [a, b] = [nextA + 1, nextB + 1];
    }
  }

  #inGap(live: Nodes, file: Nodes): void {
    if (
      live.length === file.length &&
      live.every((node, at) => sortOf(node) === sortOf(file[at] as TreeNode))
    ) {
      live.forEach((node, at) => {
        this.#pair(node, file[at]);
      });
      return;
    }
    const [mine, theirs] = [live.map(namedSortOf), file.map(namedSortOf)];
    for (const [a, b] of commonOrder(mine, theirs)) this.#pair(live[a], file[b]);
  }

  #pair(live: TreeNode | undefined, file: TreeNode | undefined): void {
    if (live === undefined || file === undefined || sortOf(live) !== sortOf(file)) return;
    if (this.#book.isFree(live.id, file.id)) this.#book.add(live.id, file.id);
  }
}

const isUnnamed = ({ props }: TreeNode): boolean => 'name' in props && props.name === '';

/** By key; `undefined` for a key that occurs again. */
function uniqueBy(
  nodes: Nodes,
  keyOf: (node: TreeNode) => string | undefined,
): ReadonlyMap<string, TreeNode | undefined> {
  const found = new Map<string, TreeNode | undefined>();
  for (const node of nodes) {
    const key = keyOf(node);
    if (key !== undefined) found.set(key, found.has(key) ? undefined : node);
  }
  return found;
}
