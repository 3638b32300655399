/**
 * The difference of two states of an outline, from what differs alone: the same ops as `treeOps` of the whole
 * trees, at the cost of the lists that changed. Parents come before children, removals last, so that nothing
 * is lost with a parent that goes.
 */
import type { ListName, NodeId, Op, Place, TreeNode } from '@livetree/live-set';
import { LIST_NAMES, longestIncreasing, propChanges } from '@livetree/live-set';
import type { Handle } from '@livetree/protocol';
import { materialize, type Shallow, type ShallowLists } from './shallow.ts';

export interface ShownPlace {
  readonly owner: Handle;
  readonly list: ListName;
}

/** An outline before a change; `next` are the nodes that look different or are new. */
export interface OutlineChange {
  readonly shown: ReadonlyMap<Handle, Shallow>;
  readonly places: ReadonlyMap<Handle, ShownPlace>;
  readonly next: ReadonlyMap<Handle, Shallow>;
  /** Whether a node is in the tree afterwards. */
  readonly stays: (handle: Handle) => boolean;
}

export interface OutlineOps {
  readonly ops: readonly Op[];
  /** Nodes that are in the tree no longer. */
  readonly gone: readonly Handle[];
}

export function outlineOps(change: OutlineChange): OutlineOps {
  const maker = new OpMaker(change);
  maker.setProps();
  for (const owner of maker.ownersInOrder()) maker.arrangeAll(owner);
  maker.removeGone();
  return maker;
}

class OpMaker implements OutlineOps {
  readonly ops: Op[] = [];
  readonly gone: Handle[] = [];
  readonly #change: OutlineChange;
  /** Where each child of a changed list hangs in the end. */
  readonly #after = new Map<Handle, ShownPlace>();
  /** Changed lists as they are between two ops. */
  readonly #now = new Map<string, Handle[]>();
  readonly #inserted = new Set<Handle>();
  readonly #moved = new Map<Handle, ShownPlace>();

  constructor(change: OutlineChange) {
    this.#change = change;
    for (const [owner, { lists }] of change.next)
      for (const list of LIST_NAMES)
        for (const child of lists[list] ?? []) this.#after.set(child, { owner, list });
  }

  setProps(): void {
    for (const [handle, { id, props }] of this.#change.next) {
      const old = this.#change.shown.get(handle);
      const change = old && propChanges(old.props, props);
      if (change !== undefined) this.ops.push({ op: 'set', id, ...change });
    }
  }

  /** Owners with lists to bring in order, from the root down. */
  ownersInOrder(): readonly Handle[] {
    const owners = [...this.#change.next.keys()].filter((handle) => this.#isToArrange(handle));
    const depths = new Map(owners.map((handle) => [handle, this.#depthOf(handle)]));
    return owners.sort((a, b) => (depths.get(a) ?? 0) - (depths.get(b) ?? 0));
  }

  arrangeAll(owner: Handle): void {
    const lists = this.#listsAfter(owner);
    const old = this.#change.shown.get(owner)?.lists;
    for (const list of LIST_NAMES) {
      if (old !== undefined && isSame(old[list], lists[list])) continue;
      this.#arrange({ owner, list }, lists[list] ?? []);
    }
  }

  /** What left its list and came to no other is gone, with all below it. */
  removeGone(): void {
    for (const [owner, { lists }] of this.#changedBefore())
      for (const list of LIST_NAMES)
        for (const handle of lists[list] ?? [])
          if (!this.#change.stays(handle)) this.#remove(handle, { owner, list });
  }

  #changedBefore(): readonly (readonly [Handle, Shallow])[] {
    return [...this.#change.next.keys()].flatMap((owner) => {
      const old = this.#change.shown.get(owner);
      return old === undefined ? [] : [[owner, old] as const];
    });
  }

  #isToArrange(handle: Handle): boolean {
    const lists = this.#listsAfter(handle);
    const old = this.#change.shown.get(handle)?.lists;
    if (old !== undefined) return LIST_NAMES.some((list) => !isSame(old[list], lists[list]));
    return LIST_NAMES.some((list) => lists[list]?.some((child) => this.#change.shown.has(child)));
  }

  /** Brings one list into its order; what will be removed stays in between until the end. */
  #arrange(place: ShownPlace, wanted: readonly Handle[]): void {
    const now = this.#list(place);
    const positions = new Map(now.map((handle, at) => [handle, at]));
    const still = longestIncreasing(wanted.map((handle) => positions.get(handle) ?? -1));
    let index = 0;
    wanted.forEach((handle, at) => {
      if (still.has(at)) index = now.indexOf(handle, index) + 1;
      else index = this.#place(handle, place, index) + 1;
    });
  }

  /** Inserts or moves to the place meant before it is taken out; returns where it came to lie. */
  #place(handle: Handle, place: ShownPlace, index: number): number {
    const from = this.#placeNow(handle);
    const target = this.#list(place);
    if (from === undefined) {
      target.splice(index, 0, handle);
      this.ops.push({ op: 'insert', ...this.#opPlace(place, index), node: this.#bare(handle) });
      return index;
    }
    const old = this.#list(from);
    const oldIndex = old.indexOf(handle);
    old.splice(oldIndex, 1);
    this.#moved.set(handle, place);
    const newIndex = target === old && oldIndex < index ? index - 1 : index;
    target.splice(newIndex, 0, handle);
    const was = this.#opPlace(from, oldIndex);
    this.ops.push({ op: 'move', id: this.#idOf(handle), ...this.#opPlace(place, newIndex), was });
    return newIndex;
  }

  /** `undefined`: it is not in the tree yet. */
  #placeNow(handle: Handle): ShownPlace | undefined {
    if (!this.#change.shown.has(handle)) return undefined;
    return this.#moved.get(handle) ?? this.#change.places.get(handle);
  }

  /** A new node without those below it that are in the tree already: they move in later. */
  #bare(handle: Handle): TreeNode {
    const childOf = (child: Handle): Shallow | undefined => {
      if (this.#change.shown.has(child)) return undefined;
      this.#inserted.add(child);
      return this.#change.next.get(child);
    };
    this.#inserted.add(handle);
    return materialize(this.#change.next.get(handle) as Shallow, childOf);
  }

  #remove(handle: Handle, place: ShownPlace): void {
    const list = this.#list(place);
    const index = list.indexOf(handle);
    if (index < 0) return;
    const node = this.#asItIsNow(handle);
    list.splice(index, 1);
    const was = { ...this.#opPlace(place, index), node };
    this.ops.push({ op: 'remove', id: this.#idOf(handle), was });
  }

  /** With what still hangs in it: things may have moved out. Notes all of it as gone. */
  #asItIsNow(handle: Handle): TreeNode {
    this.gone.push(handle);
    const shallow = this.#change.shown.get(handle) as Shallow;
    const made: { -readonly [L in ListName]?: readonly TreeNode[] } = {};
    for (const list of LIST_NAMES) {
      const children = this.#now.get(listId({ owner: handle, list })) ?? shallow.lists[list] ?? [];
      if (children.length > 0) made[list] = children.map((child) => this.#asItIsNow(child));
    }
    return { id: shallow.id, kind: shallow.kind, props: shallow.props, lists: made } as unknown as TreeNode;
  }

  #list(place: ShownPlace): Handle[] {
    const id = listId(place);
    const known = this.#now.get(id);
    if (known !== undefined) return known;
    const made = [...(this.#listsNow(place.owner)[place.list] ?? [])];
    this.#now.set(id, made);
    return made;
  }

  /** Of a node that was inserted only what came with it. */
  #listsNow(owner: Handle): ShallowLists {
    const old = this.#change.shown.get(owner);
    if (old !== undefined) return old.lists;
    const lists: { -readonly [L in ListName]?: readonly Handle[] } = {};
    for (const list of LIST_NAMES)
      lists[list] = (this.#listsAfter(owner)[list] ?? []).filter((child) => this.#inserted.has(child));
    return lists;
  }

  #listsAfter(owner: Handle): ShallowLists {
    return (this.#change.next.get(owner) ?? this.#change.shown.get(owner))?.lists ?? {};
  }

  #depthOf(handle: Handle): number {
    let depth = 0;
    for (let at = this.#ownerAfter(handle); at !== undefined; at = this.#ownerAfter(at)) depth++;
    return depth;
  }

  #ownerAfter(handle: Handle): Handle | undefined {
    return (this.#after.get(handle) ?? this.#change.places.get(handle))?.owner;
  }

  #idOf(handle: Handle): NodeId {
    return (this.#change.next.get(handle) ?? (this.#change.shown.get(handle) as Shallow)).id;
  }

  #opPlace({ owner, list }: ShownPlace, index: number): Place {
    return { parent: this.#idOf(owner), list, index };
  }
}

const listId = ({ owner, list }: ShownPlace): string => `${list} ${owner}`;

const isSame = (a: readonly Handle[] = [], b: readonly Handle[] = []): boolean =>
  a.length === b.length && a.every((handle, at) => handle === b[at]);
