import type { ListName, NodeId, NodeOf, Props, TreeNode } from '../model/node.ts';
import { LIST_NAMES } from '../model/node.ts';
import type { Op, Place, PropChanges } from './op.ts';

/** An op that does not fit the tree it meets: the receiver's tree is not the sender's. */
export class PatchError extends Error {
  override readonly name = 'PatchError';
}

interface Entry {
  node: TreeNode;
  parent: NodeId | undefined;
  list: ListName;
}

/**
 * A tree with its index: the newest root, every node by id. The root and its nodes are never changed in
 * place; {@link Tree.apply} makes new ones along the changed paths and keeps all others.
 */
export class Tree {
  #root: NodeOf<'set'>;
  /** Child lists made by the {@link Tree.apply} under way: nobody else has seen them yet. */
  #own = new Set<readonly TreeNode[]>();
  readonly #entries = new Map<NodeId, Entry>();

  constructor(root: NodeOf<'set'>) {
    this.#root = root;
    this.#addAll(root, undefined, 'main');
  }

  get root(): NodeOf<'set'> {
    return this.#root;
  }

  /** Number of nodes. */
  get size(): number {
    return this.#entries.size;
  }

  get(id: NodeId): TreeNode | undefined {
    return this.#entries.get(id)?.node;
  }

  /** Where a node hangs; `undefined` for the root and for unknown ids. Linear in the length of its list. */
  placeOf(id: NodeId): Place | undefined {
    const entry = this.#entries.get(id);
    if (entry?.parent === undefined) return undefined;
    const { parent, list, node } = entry;
    return { parent, list, index: this.#listOf(parent, list).indexOf(node) };
  }

  parentOf(id: NodeId): TreeNode | undefined {
    const parent = this.#entries.get(id)?.parent;
    return parent === undefined ? undefined : this.get(parent);
  }

  /**
   * Applies the ops one after the other. All or nothing: when one does not fit, the tree is as before.
   * Cost: the lists on the ways to the root, once each, and for each op a search in its list.
   * @throws PatchError
   */
  apply(ops: readonly Op[]): NodeOf<'set'> {
    const before = this.#root;
    this.#own = new Set();
    try {
      for (const op of ops) this.#applyOne(op);
    } catch (error) {
      this.#root = before;
      this.#entries.clear();
      this.#addAll(before, undefined, 'main');
      throw error;
    }
    return this.#root;
  }

  #applyOne(op: Op): void {
    switch (op.op) {
      case 'insert':
        this.#insert(op, op.node);
        return;
      case 'remove':
        this.#removeAll(this.#takeOut(op.id));
        return;
      case 'move':
        this.#move(op.id, op);
        return;
      case 'set':
        this.#set(op.id, op.props);
        return;
      default: {
        const never: never = op;
        throw new PatchError(`unknown op ${JSON.stringify(never)}`);
      }
    }
  }

  #insert(place: Place, node: TreeNode): void {
    this.#assertNew(node);
    this.#putIn(place, node);
    this.#addAll(node, place.parent, place.list);
  }

  #move(id: NodeId, place: Place): void {
    if (this.#isWithin(place.parent, id)) throw new PatchError(`cannot move ${id} into itself`);
    const node = this.#takeOut(id);
    this.#putIn(place, node);
    const entry = this.#entry(id);
    entry.parent = place.parent;
    entry.list = place.list;
  }

  #set(id: NodeId, changes: PropChanges): void {
    this.#replace(id, withProps(this.#entry(id).node, changes));
  }

  #takeOut(id: NodeId): TreeNode {
    const { node, parent, list } = this.#entry(id);
    if (parent === undefined) throw new PatchError('the root cannot be moved or removed');
    const children = this.#ownList(parent, list);
    children.splice(children.indexOf(node), 1);
    if (children.length === 0) this.#dropList(parent, list);
    return node;
  }

  #putIn({ parent, list, index }: Place, node: TreeNode): void {
    const { length } = this.#listOf(parent, list);
    if (!LIST_NAMES.includes(list)) throw new PatchError(`there is no list ${list}`);
    if (!Number.isInteger(index) || index < 0 || index > length) {
      throw new PatchError(`index ${index} is outside ${list} of ${parent} (${length})`);
    }
    this.#ownList(parent, list).splice(index, 0, node);
  }

  /** The child list for changing: a copy, unless this batch of ops has made it. New versions of all above with it. */
  #ownList(parent: NodeId, list: ListName): TreeNode[] {
    const known = this.#listOf(parent, list);
    if (this.#own.has(known)) return known as TreeNode[];
    const made = [...known];
    this.#own.add(made);
    const { node } = this.#entry(parent);
    this.#replace(parent, { ...node, lists: { ...node.lists, [list]: made } });
    return made;
  }

  /** An empty list is none. */
  #dropList(parent: NodeId, list: ListName): void {
    const { node } = this.#entry(parent);
    const { [list]: _, ...lists } = node.lists;
    this.#replace(parent, { ...node, lists });
  }

  /** Puts a new version of a node in its place, and new versions of all above it. */
  #replace(id: NodeId, node: TreeNode): void {
    const entry = this.#entry(id);
    const old = entry.node;
    if (entry.parent === undefined) this.#root = node as NodeOf<'set'>;
    else {
      const children = this.#ownList(entry.parent, entry.list);
      children[children.indexOf(old)] = node;
    }
    entry.node = node;
  }

  #isWithin(id: NodeId, ancestor: NodeId): boolean {
    for (let at: NodeId | undefined = id; at !== undefined; at = this.#entries.get(at)?.parent) {
      if (at === ancestor) return true;
    }
    return false;
  }

  #assertNew(node: TreeNode): void {
    const seen = new Set<NodeId>();
    for (const { id } of walk(node)) {
      if (this.#entries.has(id)) throw new PatchError(`${id} is already in the tree`);
      if (seen.has(id)) throw new PatchError(`${id} occurs twice in the new node`);
      seen.add(id);
    }
  }

  #addAll(node: TreeNode, parent: NodeId | undefined, list: ListName): void {
    this.#entries.set(node.id, { node, parent, list });
    forEachChild(node, (child, childList) => {
      this.#addAll(child, node.id, childList);
    });
  }

  #removeAll(node: TreeNode): void {
    this.#entries.delete(node.id);
    forEachChild(node, (child) => {
      this.#removeAll(child);
    });
  }

  #listOf(parent: NodeId, list: ListName): readonly TreeNode[] {
    return this.#entry(parent).node.lists[list] ?? [];
  }

  #entry(id: NodeId): Entry {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new PatchError(`no node ${id}`);
    return entry;
  }
}

/** The node with other values of its properties; `null` takes one away. */
export function withProps(node: TreeNode, changes: PropChanges): TreeNode {
  const props: Record<string, Props[string]> = { ...node.props };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete props[name];
    else props[name] = value;
  }
  return { ...node, props } as unknown as TreeNode;
}

/** Calls back for each child, list by list in the order of {@link LIST_NAMES}. */
export function forEachChild(node: TreeNode, visit: (child: TreeNode, list: ListName) => void): void {
  const { lists } = node;
  for (const list of listNames(lists)) {
    for (const child of lists[list] as readonly TreeNode[]) visit(child, list);
  }
}

const NONE: readonly ListName[] = [];
const JUST: ReadonlyMap<string, readonly ListName[]> = new Map(LIST_NAMES.map((list) => [list, [list]]));

/** The lists that are there, in order. Most nodes have none or one: asking for all thirteen takes far longer. */
function listNames(lists: TreeNode['lists']): readonly ListName[] {
  let names = NONE;
  for (const list in lists) {
    if (names !== NONE) return LIST_NAMES.filter((known) => lists[known] !== undefined);
    names = JUST.get(list) ?? names;
  }
  return names;
}

/** The node and all below it, parents before children. */
export function walk(node: TreeNode): readonly TreeNode[] {
  const nodes: TreeNode[] = [];
  gather(node, nodes);
  return nodes;
}

/** Not a generator: over all nodes of a big Set that takes five times as long, most of it when the process is young. */
function gather(node: TreeNode, nodes: TreeNode[]): void {
  nodes.push(node);
  const { lists } = node;
  for (const list of listNames(lists)) {
    for (const child of lists[list] as readonly TreeNode[]) gather(child, nodes);
  }
}
