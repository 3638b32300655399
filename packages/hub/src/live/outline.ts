/** The tree that a raw Set stands for, kept in step: only what changed is projected again. */
import type { ListName, NodeId, NodeOf, Op, RemoveOp, Touched } from '@livetree/live-set';
import { asNodeId, LIST_NAMES } from '@livetree/live-set';
import type { Handle, RawProps } from '@livetree/protocol';
import { SONG_HANDLE } from '@livetree/protocol';
import { toEnd } from '../reconcile/slices.ts';
import { type Affected, affectedBy, everything } from './affected.ts';
import { type Nesting, NO_NESTING } from './nesting.ts';
import { outlineOps, type ShownPlace } from './outline-ops.ts';
import type { RawChanges, RawNode, RawSet } from './raw-set.ts';
import { handleOf } from './raw-value.ts';
import { Returned } from './returned.ts';
import { materialize, returnOf, type Shallow, shallowOf } from './shallow.ts';
import { touchedBy } from './touched-by.ts';

export interface OutlineOptions {
  readonly raw: RawSet;
  /** Begins the ids of this run's nodes: unique among all runs of the Set. */
  readonly idPrefix: string;
  /** `12.3.6` */
  readonly liveVersion: string;
}

export interface Projected {
  readonly ops: readonly Op[];
  readonly touched: readonly Touched[];
}

export class Outline {
  readonly #options: OutlineOptions;
  readonly #raw: RawSet;
  /** Ids that nodes have from an earlier run. */
  readonly #ids = new Map<Handle, NodeId>();
  readonly #handles = new Map<NodeId, Handle>();
  readonly #shown = new Map<Handle, Shallow>();
  readonly #places = new Map<Handle, ShownPlace>();
  readonly #returned: Returned;
  /** Objects that came back, by what they were before. */
  readonly #successors = new Map<Handle, Handle>();
  /** What was known of parameters that came back, until they are stated. */
  readonly #former = new Map<Handle, RawProps>();
  #adoptedNow: (readonly [Handle, NodeId])[] = [];
  /** What leaves the tree with the change that is being made. */
  #leaving: ReadonlySet<Handle> = new Set();
  /** Of those, what comes back with it. */
  readonly #left = new Set<Handle>();
  #nesting: Nesting = NO_NESTING;

  constructor(options: OutlineOptions) {
    this.#options = options;
    this.#raw = options.raw;
    const isTaken = (id: NodeId): boolean => {
      const handle = this.#handles.get(id);
      return handle !== undefined && !this.#leaving.has(handle);
    };
    const nowOf = (handle: Handle): NodeId => this.idOf(this.successorOf(handle));
    const isOld = (handle: Handle): boolean => this.#shown.has(handle);
    this.#returned = new Returned({ raw: options.raw, idOf: this.idOf, nowOf, isTaken, isOld });
  }

  /** The song was read: there is a tree. */
  get isReady(): boolean {
    return this.#raw.song.isFilled;
  }

  /** Nodes of the tree. */
  get size(): number {
    return this.#shown.size;
  }

  /** The whole tree as it was projected last. Linear in its nodes. */
  root(): NodeOf<'set'> {
    const song = this.#shown.get(SONG_HANDLE);
    if (song === undefined) throw new Error('nothing was projected yet');
    return materialize(song, (handle) => this.#shown.get(handle)) as NodeOf<'set'>;
  }

  readonly idOf = (handle: Handle): NodeId => {
    if (handle === SONG_HANDLE) return ROOT;
    return this.#ids.get(handle) ?? asNodeId(`${this.#options.idPrefix}${handle}`);
  };

  /** The object of a node; `undefined` when it is not in the tree. */
  handleOf(id: NodeId): Handle | undefined {
    return this.#handles.get(id);
  }

  isShown(handle: Handle): boolean {
    return this.#shown.has(handle);
  }

  /** Ids that do not follow from handle and prefix; handle 0 stands for the prefix itself. */
  get adopted(): readonly (readonly [Handle, NodeId])[] {
    return [[0, asNodeId(this.#options.idPrefix)], ...this.#ids];
  }

  /** Those that came since they were asked for last: what was deleted and came back. */
  takeAdopted(): readonly (readonly [Handle, NodeId])[] {
    const adopted = this.#adoptedNow;
    this.#adoptedNow = [];
    return adopted;
  }

  /** The object that stands for another one since that was deleted and came back; else itself. */
  successorOf(handle: Handle): Handle {
    let now = handle;
    for (let next = this.#successors.get(now); next !== undefined; next = this.#successors.get(now))
      now = next;
    return now;
  }

  /** The properties of a parameter before it was deleted and came back; asked for once. */
  takeFormer(handle: Handle): RawProps | undefined {
    const former = this.#former.get(handle);
    this.#former.delete(handle);
    return former;
  }

  /** Takes the ids of {@link adopted} of the same run. */
  readopt(keys: Iterable<readonly [Handle, NodeId]>): void {
    for (const [handle, id] of keys) if (handle !== 0) this.#ids.set(handle, id);
  }

  /** Gives nodes the ids they had in an earlier run, and projects everything anew, in slices. */
  *adopting(ids: ReadonlyMap<NodeId, NodeId>): Generator<void> {
    const given = new Set(ids.values());
    for (const [handle, { id }] of this.#shown) {
      const old = ids.get(id);
      if (handle === SONG_HANDLE) continue;
      if (old !== undefined) this.#ids.set(handle, old);
      // What had it is another thing now.
      else if (given.has(id)) this.#ids.delete(handle);
    }
    yield* this.projectingAll();
  }

  /** Projects everything from the statements, whatever was known. */
  projectAll(): void {
    toEnd(this.projectingAll());
  }

  /** The same in slices, between which the statements must not change. */
  *projectingAll(): Generator<void> {
    this.#shown.clear();
    this.#places.clear();
    this.#handles.clear();
    this.#returned.clear();
    this.#nesting = everything(this.#raw).nesting;
    const waiting = this.isReady ? [SONG_HANDLE] : [];
    for (let left = NODES_PER_SLICE; waiting.length > 0; left--) {
      if (left === 0) {
        left = NODES_PER_SLICE;
        yield;
      }
      const handle = waiting.pop() as Handle;
      const shallow = this.#shown.has(handle) ? undefined : this.#look(handle);
      if (shallow === undefined) continue;
      this.#keepOne(handle, shallow);
      for (const list of LIST_NAMES) waiting.push(...(shallow.lists[list] ?? []));
    }
  }

  /** What the statements since the last time change in the tree. The tree must have been projected before. */
  update(changes: RawChanges): Projected {
    const affected = affectedBy(this.#raw, changes, this.#nesting);
    this.#nesting = affected.nesting;
    const stays = this.#presence();
    this.#left.clear();
    this.#buryLeaving(affected, stays);
    const next = this.#lookAgainUntilKnown(affected, stays);
    const first = [...this.#left].map((handle) => this.#takeOut(handle));
    const { ops, gone } = outlineOps({ shown: this.#shown, places: this.#places, next, stays });
    for (const handle of gone) this.#forget(handle);
    this.#leaving = new Set();
    // What is new brings its details along.
    const touched = touchedBy(changes, this.#raw, (handle) => this.#shown.get(handle)?.id);
    this.#keep(next);
    return { ops: first.length === 0 ? ops : [...first, ...ops], touched };
  }

  /** Remembers what leaves the tree, for the case that it comes back: with this change or a later one. */
  #buryLeaving({ handles }: Affected, stays: (handle: Handle) => boolean): void {
    const leaving = new Set<Handle>();
    for (const owner of handles) {
      const shallow = this.#shown.get(owner);
      if (shallow === undefined || !stays(owner)) continue;
      for (const list of LIST_NAMES)
        for (const child of shallow.lists[list] ?? [])
          if (!stays(child)) this.#bury(child, { parent: shallow.id, list }, stays, leaving);
    }
    this.#leaving = leaving;
  }

  /** Members of a group lie in it here, and beside it for Live. */
  #bury(
    handle: Handle,
    { parent, list }: { readonly parent: NodeId; readonly list: ListName },
    stays: (handle: Handle) => boolean,
    leaving: Set<Handle>,
  ): void {
    this.#leavesWhole(handle, stays, leaving);
    this.#returned.bury(handle, parent, list);
    const place = { parent: this.idOf(handle), list: 'tracks' } as const;
    for (const member of this.#shown.get(handle)?.lists.tracks ?? [])
      if (!stays(member)) this.#bury(member, place, stays, leaving);
  }

  /** What something moves out of in the very change in which it goes cannot come back with the same change. */
  #leavesWhole(handle: Handle, stays: (handle: Handle) => boolean, leaving: Set<Handle>): boolean {
    if (stays(handle)) return false;
    let isWhole = true;
    for (const child of Object.values(this.#shown.get(handle)?.lists ?? {}).flat())
      isWhole = this.#leavesWhole(child, stays, leaving) && isWhole;
    if (isWhole) leaving.add(handle);
    return isWhole;
  }

  /** What is new, or was there before, in a list of a node. */
  #welcome(child: Handle, parent: NodeId, list: ListName): void {
    for (const { now, before, id, props } of this.#returned.find(child, parent, list)) {
      this.#successors.set(before, now);
      if (id === undefined) this.#former.set(now, props);
      if (id === undefined) continue;
      this.#give(now, id);
      // The old object may be stated again all the same: then it is another thing.
      this.#give(before, asNodeId(`${this.#options.idPrefix}${before}~${now}`));
      if (this.#leaving.has(before) && !this.#isInside(before, this.#left)) this.#left.add(before);
    }
  }

  #give(handle: Handle, id: NodeId): void {
    this.#ids.set(handle, id);
    this.#adoptedNow.push([handle, id]);
  }

  #isInside(handle: Handle, roots: ReadonlySet<Handle>): boolean {
    for (let at = this.#places.get(handle); at !== undefined; at = this.#places.get(at.owner))
      if (roots.has(at.owner)) return true;
    return false;
  }

  /** Takes a node with all in it out of what is shown. */
  #takeOut(handle: Handle): RemoveOp {
    const { owner, list } = this.#places.get(handle) as ShownPlace;
    const [parent, own] = [this.#shown.get(owner) as Shallow, this.#shown.get(handle) as Shallow];
    const members = parent.lists[list] ?? [];
    const node = materialize(own, (each) => this.#shown.get(each));
    const rest = members.filter((each) => each !== handle);
    this.#shown.set(owner, { ...parent, lists: { ...parent.lists, [list]: rest } });
    this.#forgetAll(handle);
    return {
      op: 'remove',
      id: own.id,
      was: { parent: parent.id, list, index: members.indexOf(handle), node },
    };
  }

  #forgetAll(handle: Handle): void {
    for (const members of Object.values(this.#shown.get(handle)?.lists ?? {}))
      for (const member of members) this.#forgetAll(member);
    this.#forget(handle);
  }

  /** What names a thing that came back has to be looked at again. */
  #lookAgainUntilKnown(affected: Affected, stays: (handle: Handle) => boolean): Map<Handle, Shallow> {
    let handles = affected.handles;
    for (;;) {
      const known = this.#adoptedNow.length;
      const next = this.#lookAgain({ ...affected, handles }, stays);
      if (this.#adoptedNow.length === known) return next;
      const back = new Set(this.#adoptedNow.slice(known).map(([handle]) => handle));
      handles = new Set([...handles, ...this.#naming(back)]);
    }
  }

  /** Clips and slots that lie in one of these scenes, sends that go to one of these returns. */
  #naming(back: ReadonlySet<Handle>): readonly Handle[] {
    return [...this.#shown.keys()].filter((handle) => {
      const node = this.#raw.get(handle);
      if (node === undefined) return false;
      const named = node.kind === 'send' ? returnOf(this.#raw, node) : handleOf(node.props['scene']);
      return named !== undefined && back.has(named);
    });
  }

  #lookAgain({ handles }: Affected, stays: (handle: Handle) => boolean): Map<Handle, Shallow> {
    const next = new Map<Handle, Shallow>();
    for (const handle of handles) {
      if (!this.#shown.has(handle) || !stays(handle)) continue;
      const shallow = this.#look(handle);
      if (shallow !== undefined) next.set(handle, shallow);
    }
    for (const shallow of [...next.values()]) this.#addFreshChildren(shallow, next);
    return next;
  }

  #addFreshChildren({ id, lists }: Shallow, next: Map<Handle, Shallow>): void {
    for (const list of LIST_NAMES)
      for (const child of lists[list] ?? []) {
        if (this.#shown.has(child) || next.has(child)) continue;
        if (!this.#ids.has(child)) this.#welcome(child, id, list);
        this.#fresh(child, next);
      }
  }

  #fresh(handle: Handle, next: Map<Handle, Shallow>): Map<Handle, Shallow> {
    const shallow = this.#look(handle);
    if (shallow === undefined) return next;
    next.set(handle, shallow);
    this.#addFreshChildren(shallow, next);
    return next;
  }

  #look(handle: Handle): Shallow | undefined {
    const node = this.#raw.get(handle);
    const { liveVersion } = this.#options;
    return node && shallowOf({ raw: this.#raw, nesting: this.#nesting, idOf: this.idOf, liveVersion }, node);
  }

  #keep(next: ReadonlyMap<Handle, Shallow>): void {
    for (const [handle, shallow] of next) this.#keepOne(handle, shallow);
  }

  #keepOne(handle: Handle, shallow: Shallow): void {
    this.#shown.set(handle, shallow);
    this.#successors.delete(handle);
    this.#handles.set(shallow.id, handle);
    for (const list of LIST_NAMES)
      for (const child of shallow.lists[list] ?? []) this.#places.set(child, { owner: handle, list });
  }

  #forget(handle: Handle): void {
    const shallow = this.#shown.get(handle);
    if (shallow !== undefined && this.#handles.get(shallow.id) === handle) this.#handles.delete(shallow.id);
    this.#shown.delete(handle);
    this.#places.delete(handle);
  }

  /** Whether an object is in the tree as the statements have it now: it and all above it are filled. */
  #presence(): (handle: Handle) => boolean {
    const known = new Map<Handle, boolean>();
    const isPresent = (handle: Handle): boolean => {
      const before = known.get(handle);
      if (before !== undefined) return before;
      const made = this.#isPresent(handle, isPresent);
      known.set(handle, made);
      return made;
    };
    return isPresent;
  }

  #isPresent(handle: Handle, isPresent: (handle: Handle) => boolean): boolean {
    const node = this.#raw.get(handle);
    if (node === undefined || !node.isFilled || node.kind === 'parameter') return false;
    if (node.kind === 'song') return true;
    const owner = this.#ownerOf(node);
    return owner !== undefined && isPresent(owner);
  }

  #ownerOf({ handle, parent }: RawNode): Handle | undefined {
    return parent?.list === 'tracks' ? this.#nesting.parents.get(handle) : parent?.owner;
  }
}

const ROOT = asNodeId('set');
const NODES_PER_SLICE = 200;
