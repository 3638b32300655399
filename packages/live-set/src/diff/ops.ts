import type { ListName, NodeId, NodeLists, NodeOf, Props, TreeNode } from '../model/node.ts';
import { LIST_NAMES } from '../model/node.ts';
import type { Op, Place, PropChanges } from '../patch/op.ts';
import { forEachChild, walk } from '../patch/tree.ts';
import { sameProps } from './reuse.ts';

/**
 * The ops that lead from one tree to another, where equal ids mean the same thing. Applied in order they give
 * exactly `after`. What moves is one `move`, wherever it goes; parents come before children, removals last,
 * so that nothing is lost with a parent that goes.
 */
export function treeOps(before: NodeOf<'set'>, after: NodeOf<'set'>): readonly Op[] {
  const work = findingTreeOps(before, after);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** The same in steps: yields after some hundreds of nodes, for those who must not be held up. */
export function* findingTreeOps(before: NodeOf<'set'>, after: NodeOf<'set'>): Generator<void, readonly Op[]> {
  return before === after ? [] : yield* new Differ(before, after).run();
}

const NODES_PER_STEP = 400;

class Differ {
  /** All nodes of the older tree. */
  readonly #before = new Map<NodeId, TreeNode>();
  /** Nodes of the newer tree; below those that are in both as the same object nothing is looked at. */
  readonly #after = new Set<NodeId>();
  readonly #same = new Set<TreeNode>();
  /** Nodes of the older tree, likewise. */
  readonly #loose: TreeNode[] = [];
  readonly #old: NodeOf<'set'>;
  readonly #root: NodeOf<'set'>;
  /** Where each node of the older tree (and each one inserted) now hangs. */
  readonly #parent = new Map<NodeId, { readonly parent: NodeId; readonly list: ListName }>();
  readonly #children = new Map<NodeId, Map<ListName, NodeId[]>>();
  readonly #ops: Op[] = [];

  constructor(before: NodeOf<'set'>, after: NodeOf<'set'>) {
    this.#old = before;
    this.#root = after;
  }

  *run(): Generator<void, readonly Op[]> {
    for (const node of walk(this.#old)) this.#before.set(node.id, node);
    yield;
    yield* inOrder(this.#root, (node) => this.#addAfter(node));
    yield* inOrder(this.#old, (node) => this.#addBefore(node));
    yield* inOrder(this.#root, (node) => this.#visit(node));
    this.#removeGone();
    return this.#ops;
  }

  #addAfter(node: TreeNode): boolean {
    this.#after.add(node.id);
    const isSame = this.#before.get(node.id) === node;
    if (isSame) this.#same.add(node);
    return !isSame;
  }

  #addBefore(node: TreeNode): boolean {
    this.#loose.push(node);
    if (this.#same.has(node)) return false;
    this.#hangChildren(node);
    return true;
  }

  #visit(node: TreeNode): boolean {
    const old = this.#before.get(node.id);
    if (old === node) return false;
    if (old !== undefined) this.#setProps(old, node);
    for (const list of LIST_NAMES) this.#arrange(node, list);
    return true;
  }

  #setProps(old: TreeNode, node: TreeNode): void {
    const change = propChanges(old.props, node.props);
    if (change !== undefined) this.#ops.push({ op: 'set', id: node.id, ...change });
  }

  /** Brings one list into its order; nodes that will be removed stay in between until the end. */
  #arrange(parent: TreeNode, list: ListName): void {
    const wanted = parent.lists[list];
    if (wanted === undefined) return;
    const now = this.#list(parent.id, list);
    if (now.length === wanted.length && wanted.every((node, at) => node.id === now[at])) return;
    const still = longestIncreasing(wanted.map((node) => now.indexOf(node.id)));
    let index = 0;
    wanted.forEach((node, at) => {
      if (still.has(at)) {
        index = now.indexOf(node.id) + 1;
        return;
      }
      index = this.#place(node, { parent: parent.id, list, index }) + 1;
    });
  }

  /** Inserts or moves a node to the place meant before it is taken out; returns where it came to lie. */
  #place(node: TreeNode, { parent, list, index }: Place): number {
    const from = this.#parent.get(node.id);
    if (from === undefined) {
      const bare = this.#withoutKnown(node);
      this.#list(parent, list).splice(index, 0, node.id);
      this.#ops.push({ op: 'insert', parent, list, index, node: bare });
      this.#parent.set(node.id, { parent, list });
      for (const inserted of walk(bare)) this.#hangChildren(inserted);
      return index;
    }
    const old = this.#list(from.parent, from.list);
    const oldIndex = old.indexOf(node.id);
    old.splice(oldIndex, 1);
    const target = this.#list(parent, list);
    const isBefore = target === old && oldIndex < index;
    const newIndex = isBefore ? index - 1 : index;
    target.splice(newIndex, 0, node.id);
    this.#parent.set(node.id, { parent, list });
    this.#ops.push({
      op: 'move',
      id: node.id,
      parent,
      list,
      index: newIndex,
      was: { ...from, index: oldIndex },
    });
    return newIndex;
  }

  /** A new node without those below it that are already in the older tree: they move in later. */
  #withoutKnown(node: TreeNode): TreeNode {
    const lists: { -readonly [L in ListName]?: NodeLists[L] } = {};
    for (const list of LIST_NAMES) {
      const kept = (node.lists[list] ?? []).filter((child) => !this.#before.has(child.id));
      if (kept.length > 0) lists[list] = kept.map((child) => this.#withoutKnown(child));
    }
    return { ...node, lists };
  }

  #removeGone(): void {
    for (const node of this.#loose) {
      const { id } = node;
      const place = this.#parent.get(id);
      if (this.#after.has(id) || place === undefined) continue;
      const isBelowGone = !this.#after.has(place.parent);
      if (isBelowGone) continue;
      const list = this.#list(place.parent, place.list);
      const index = list.indexOf(id);
      list.splice(index, 1);
      this.#ops.push({ op: 'remove', id, was: { ...place, index, node: this.#asItIsNow(node) } });
    }
  }

  /** The subtree with what still hangs in it: things may have moved out. */
  #asItIsNow(node: TreeNode): TreeNode {
    if (this.#same.has(node)) return node;
    const lists: { -readonly [L in ListName]?: NodeLists[L] } = {};
    for (const [list, ids] of this.#children.get(node.id) ?? []) {
      if (ids.length > 0) lists[list] = ids.map((id) => this.#asItIsNow(this.#before.get(id) as TreeNode));
    }
    return { ...node, lists };
  }

  #hangChildren(node: TreeNode): void {
    const lists = new Map<ListName, NodeId[]>();
    for (const list of LIST_NAMES) {
      const children = node.lists[list];
      if (children === undefined) continue;
      lists.set(
        list,
        children.map((child) => child.id),
      );
      for (const child of children) this.#parent.set(child.id, { parent: node.id, list });
    }
    this.#children.set(node.id, lists);
  }

  #list(parent: NodeId, list: ListName): NodeId[] {
    const lists = this.#children.get(parent) as Map<ListName, NodeId[]>;
    const known = lists.get(list);
    if (known !== undefined) return known;
    const made: NodeId[] = [];
    lists.set(list, made);
    return made;
  }
}

/** Parents before children, in steps. @param enter whether to go on below a node */
function* inOrder(root: TreeNode, enter: (node: TreeNode) => boolean): Generator<void> {
  const waiting: TreeNode[] = [root];
  for (let left = NODES_PER_STEP; waiting.length > 0; left--) {
    if (left === 0) {
      left = NODES_PER_STEP;
      yield;
    }
    const node = waiting.pop() as TreeNode;
    if (!enter(node)) continue;
    const at = waiting.length;
    forEachChild(node, (child) => waiting.push(child));
    reverseFrom(waiting, at);
  }
  yield;
}

function reverseFrom(nodes: TreeNode[], begin: number): void {
  for (let low = begin, high = nodes.length - 1; low < high; low++, high--)
    [nodes[low], nodes[high]] = [nodes[high] as TreeNode, nodes[low] as TreeNode];
}

/** Changed properties with their old values; `undefined` when all are equal. */
export function propChanges(
  before: Props,
  after: Props,
): { readonly props: PropChanges; readonly was: PropChanges } | undefined {
  if (sameProps(before, after)) return undefined;
  const props: Record<string, Props[string] | null> = {};
  const was: Record<string, Props[string] | null> = {};
  let count = 0;
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (before[name] === after[name]) continue;
    props[name] = after[name] ?? null;
    was[name] = before[name] ?? null;
    count++;
  }
  return count === 0 ? undefined : { props, was };
}

/** Positions in `values` of a longest strictly increasing run of those ≥ 0: what can stay where it is. */
export function longestIncreasing(values: readonly number[]): ReadonlySet<number> {
  const previous: number[] = [];
  const tails: number[] = [];
  values.forEach((value, at) => {
    if (value < 0) return;
    const place = firstNotBelow(tails, values, value);
    previous[at] = place === 0 ? -1 : (tails[place - 1] as number);
    tails[place] = at;
  });
  const result = new Set<number>();
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] as number) result.add(at);
  return result;
}

function firstNotBelow(tails: readonly number[], values: readonly number[], value: number): number {
  let low = 0;
  let high = tails.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[tails[middle] as number] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
