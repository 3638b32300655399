/**
 * Things that come back as they went: undoing a deletion makes a new object in Live. One of the same content in the
 * same place is the same thing, and keeps its id (docs/live-api.md).
 */
import type { NodeId } from '@livetree/live-set';
import type { Handle, RawProps, RawValue } from '@livetree/protocol';
import type { RawNode, RawSet } from './raw-set.ts';
import { handleOf, isSameValue } from './raw-value.ts';

/** An object that is gone, with all that lay in it. */
interface Gone {
  readonly node: RawNode;
  /** Of its node in the tree; absent for a parameter. */
  readonly id: NodeId | undefined;
  readonly lists: ReadonlyMap<string, readonly Gone[]>;
}

interface Grave {
  readonly gone: Gone;
  readonly parent: NodeId;
  readonly list: string;
}

/** Pairs of what came back with what it was. */
export interface Back {
  readonly now: Handle;
  readonly before: Handle;
  readonly id: NodeId | undefined;
  /** As they were before. */
  readonly props: RawProps;
}

/** Things remembered; beyond it the oldest are forgotten. */
const MOST = 300;

/** Counts what Live does with an object, and says nothing of what it is. */
const COUNTERS: ReadonlySet<string> = new Set(['notes_changes']);

export interface ReturnedOptions {
  readonly raw: RawSet;
  readonly idOf: (handle: Handle) => NodeId;
  /** That of what an object has become, if it has left and come back. */
  readonly nowOf: (handle: Handle) => NodeId;
  readonly isTaken: (id: NodeId) => boolean;
}

export class Returned {
  readonly #options: ReturnedOptions;
  readonly #graves: Grave[] = [];

  constructor(options: ReturnedOptions) {
    this.#options = options;
  }

  /** An object has left the tree, with all that is still in it. @param parent the node that it lay in */
  bury(handle: Handle, parent: NodeId, list: string): void {
    const node = this.#options.raw.get(handle);
    if (node === undefined) return;
    this.#graves.push({ gone: this.#goneOf(node), parent, list });
    if (this.#graves.length > MOST) this.#graves.shift();
  }

  /** The line of objects begins anew. */
  clear(): void {
    this.#graves.length = 0;
  }

  /** @returns what the object and all in it were before; empty: it is new. Cost: what went from that place, and it */
  find(handle: Handle, parent: NodeId, list: string): readonly Back[] {
    if (this.#graves.length === 0) return [];
    const node = this.#options.raw.get(handle);
    if (node?.isFilled !== true) return [];
    // The newest: it is what an undo brings back.
    const at = this.#graves.findLastIndex(
      (grave) => grave.parent === parent && grave.list === list && this.#isSame(grave.gone, node),
    );
    const grave = this.#graves[at];
    if (grave === undefined) return [];
    this.#graves.splice(at, 1);
    return this.#pairs(grave.gone, node).filter(({ id }) => id === undefined || !this.#options.isTaken(id));
  }

  #goneOf(node: RawNode): Gone {
    const { raw, idOf } = this.#options;
    const id = node.kind === 'parameter' ? undefined : idOf(node.handle);
    const lists = new Map<string, readonly Gone[]>();
    for (const list of node.lists.keys())
      lists.set(
        list,
        raw.members(node.handle, list).map((member) => this.#goneOf(member)),
      );
    return { node, id, lists };
  }

  /** As far as Live has told what is in it; what is told later is looked for among what lay in it. */
  #isSame(gone: Gone, node: RawNode): boolean {
    if (gone.node.kind !== node.kind) return false;
    if (!node.isFilled) return true;
    if (!this.#isAlike(gone.node, node)) return false;
    for (const [list, members] of gone.lists) {
      if (!node.lists.has(list)) continue;
      const now = this.#options.raw.members(node.handle, list);
      if (now.length !== members.length) return false;
      if (!members.every((member, at) => this.#isSame(member, now[at] as RawNode))) return false;
    }
    return true;
  }

  #isAlike({ props: before }: RawNode, { props: now }: RawNode): boolean {
    for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
      if (COUNTERS.has(name) || isSameValue(before[name], now[name])) continue;
      if (!this.#isSameThing(before[name], now[name])) return false;
    }
    return true;
  }

  /** A property that names an object: that may have come back, too. */
  #isSameThing(before: RawValue | undefined, now: RawValue | undefined): boolean {
    const [old, other] = [handleOf(before), handleOf(now)];
    const { nowOf } = this.#options;
    return old !== undefined && other !== undefined && nowOf(old) === nowOf(other);
  }

  #pairs(gone: Gone, node: RawNode): readonly Back[] {
    const { props, handle: before } = gone.node;
    const own: Back = { now: node.handle, before, id: gone.id, props };
    const below = [...gone.lists].flatMap(([list, members]) => {
      const now = node.lists.has(list) ? this.#options.raw.members(node.handle, list) : [];
      return members.flatMap((member, at) => {
        const other = now[at];
        // Of a parameter only the place is looked at: who asks compares its value.
        if (other !== undefined && (other.isFilled || member.id === undefined))
          return this.#pairs(member, other);
        if (gone.id !== undefined) this.#graves.push({ gone: member, parent: gone.id, list });
        return [];
      });
    });
    return [own, ...below];
  }
}
