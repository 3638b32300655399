/**
 * What one script run has stated of its song, as it stated it: objects by handle, raw values, lists of
 * handles. Who projects it asks {@link RawSet.takeChanges} what is new since the last time.
 */
import type { Handle, RawKind, RawProps } from '@livetree/protocol';
import { SONG_HANDLE } from '@livetree/protocol';

export interface RawNode {
  readonly handle: Handle;
  readonly kind: RawKind;
  /** Its properties were stated; before that only its place is known. */
  isFilled: boolean;
  /** Never changed in place. `null` never occurs. */
  props: RawProps;
  readonly lists: Map<string, readonly Handle[]>;
  /** Frame that stated a list last. */
  readonly listedAt: Map<string, number>;
  parent: RawPlace | undefined;
}

export interface RawPlace {
  readonly owner: Handle;
  readonly list: string;
}

/** What differs since changes were taken last. */
export interface RawChanges {
  /** Properties as they were, of objects whose properties differ. */
  readonly before: Map<Handle, RawProps>;
  readonly filled: Set<Handle>;
  readonly lists: Map<Handle, Set<string>>;
  /** Objects that came to another place. */
  readonly placed: Set<Handle>;
}

const noChanges = (): RawChanges => ({
  before: new Map(),
  filled: new Set(),
  lists: new Map(),
  placed: new Set(),
});

/** Frames for which an object that left its list is remembered: it may come back in another one. */
const ORPHAN_FRAMES = 64;

export class RawSet {
  readonly #nodes = new Map<Handle, RawNode>();
  /** Objects in no list, with the frame in which they left theirs. */
  readonly #orphans = new Map<Handle, number>();
  #changes = noChanges();
  #frame = 0;

  constructor() {
    this.#nodes.set(SONG_HANDLE, newNode(SONG_HANDLE, 'song'));
  }

  get(handle: Handle): RawNode | undefined {
    return this.#nodes.get(handle);
  }

  get size(): number {
    return this.#nodes.size;
  }

  get song(): RawNode {
    return this.#nodes.get(SONG_HANDLE) as RawNode;
  }

  /** Members of a list; empty when it was never stated. */
  members(owner: Handle, list: string): readonly RawNode[] {
    const handles = this.#nodes.get(owner)?.lists.get(list) ?? [];
    return handles.flatMap((handle) => {
      const node = this.#nodes.get(handle);
      // Who left a thing that is gone itself is still in its list.
      return node?.parent?.owner === owner && node.parent.list === list ? [node] : [];
    });
  }

  /** The nearest object of a kind on the way up, itself included. */
  enclosing(handle: Handle, kind: RawKind): RawNode | undefined {
    for (let at = this.get(handle); at !== undefined; at = at.parent && this.get(at.parent.owner))
      if (at.kind === kind) return at;
    return undefined;
  }

  /** Whether it hangs in the song. */
  isAttached(handle: Handle): boolean {
    return this.enclosing(handle, 'song') !== undefined;
  }

  /** Counts the frames, and forgets what left its list long ago. */
  beginFrame(): number {
    this.#frame += 1;
    for (const [handle, since] of this.#orphans) {
      if (this.#frame - since <= ORPHAN_FRAMES) break;
      this.#forget(handle);
    }
    return this.#frame;
  }

  /** Puts members into a list; those that are new are empty. Who leaves it hangs nowhere, unless placed again. */
  setList(owner: RawNode, list: string, kind: RawKind, members: readonly Handle[]): void {
    const known = owner.lists.get(list);
    const old = known ?? [];
    owner.lists.set(list, members);
    owner.listedAt.set(list, this.#frame);
    // That a list is empty says more than that nobody has stated it.
    if (known !== undefined && isSameList(old, members)) return;
    this.#noteList(owner.handle, list);
    const kept = new Set(members);
    for (const handle of old) if (!kept.has(handle)) this.#takeOut(handle, owner.handle, list);
    for (const handle of members) this.#putIn(handle, kind, { owner: owner.handle, list });
  }

  /** Takes a list away that is no longer stated. */
  dropList(owner: RawNode, list: string): void {
    const old = owner.lists.get(list) ?? [];
    owner.lists.delete(list);
    owner.listedAt.delete(list);
    this.#noteList(owner.handle, list);
    for (const handle of old) this.#takeOut(handle, owner.handle, list);
  }

  /** Replaces all properties. */
  fill(node: RawNode, props: RawProps): void {
    this.setProps(node, props);
    if (node.isFilled) return;
    node.isFilled = true;
    this.#changes.filled.add(node.handle);
  }

  setProps(node: RawNode, props: RawProps): void {
    if (props === node.props) return;
    if (!this.#changes.before.has(node.handle)) this.#changes.before.set(node.handle, node.props);
    node.props = props;
  }

  takeChanges(): RawChanges {
    const changes = this.#changes;
    this.#changes = noChanges();
    return changes;
  }

  #noteList(owner: Handle, list: string): void {
    const lists = this.#changes.lists.get(owner);
    if (lists === undefined) this.#changes.lists.set(owner, new Set([list]));
    else lists.add(list);
  }

  #takeOut(handle: Handle, owner: Handle, list: string): void {
    const node = this.#nodes.get(handle);
    // Another list of the same frame may have it already.
    if (node?.parent?.owner !== owner || node.parent.list !== list) return;
    node.parent = undefined;
    this.#orphans.set(handle, this.#frame);
  }

  #putIn(handle: Handle, kind: RawKind, place: RawPlace): void {
    const node = this.#nodes.get(handle) ?? newNode(handle, kind);
    this.#nodes.set(handle, node);
    this.#orphans.delete(handle);
    if (node.parent?.owner === place.owner && node.parent.list === place.list) return;
    node.parent = place;
    this.#changes.placed.add(handle);
  }

  #forget(handle: Handle): void {
    const node = this.#nodes.get(handle);
    this.#orphans.delete(handle);
    if (node === undefined) return;
    this.#nodes.delete(handle);
    for (const members of node.lists.values())
      for (const member of members)
        if (this.#nodes.get(member)?.parent?.owner === handle) this.#forget(member);
  }
}

const newNode = (handle: Handle, kind: RawKind): RawNode => ({
  handle,
  kind,
  isFilled: false,
  props: {},
  lists: new Map(),
  listedAt: new Map(),
  parent: undefined,
});

const isSameList = (a: readonly Handle[], b: readonly Handle[]): boolean =>
  a.length === b.length && a.every((handle, at) => handle === b[at]);
