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
  readonly lists: ReadonlyMap<string, readonly Member[]>;
}

/** What lay in something that is gone: gone with it, or an object that went elsewhere before. */
type Member = Gone | { readonly elsewhere: Handle };

const isElsewhere = (member: Member): member is { readonly elsewhere: Handle } => 'elsewhere' in member;

/** A chain that nobody named is called as its devices are: as these leave it, it has another name. */
const followsFromDevices = ({ node, lists }: Gone): boolean =>
  node.kind === 'chain' && (lists.get('devices') ?? []).length > 0;

interface Grave {
  readonly gone: Gone;
  readonly parent: NodeId;
  readonly list: string;
  /** Its place among what lay there, where that went and comes back as a whole. */
  readonly index?: number;
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

/** Says nothing of what an object is: counts what Live does with it, or how it is played. */
const PASSING: ReadonlySet<string> = new Set(['notes_changes', 'arm', 'solo']);

export interface ReturnedOptions {
  readonly raw: RawSet;
  readonly idOf: (handle: Handle) => NodeId;
  /** That of what an object has become, if it has left and come back. */
  readonly nowOf: (handle: Handle) => NodeId;
  readonly isTaken: (id: NodeId) => boolean;
  /** Whether an object was there before what is being looked at. */
  readonly isOld: (handle: Handle) => boolean;
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
    const at = this.#newest(node, { parent, list });
    const grave = this.#graves[at];
    if (grave === undefined) return [];
    this.#graves.splice(at, 1);
    return this.#pairs(grave.gone, node).filter(({ id }) => id === undefined || !this.#options.isTaken(id));
  }

  /** What an undo brings back went last. Of equal things that went as a whole each comes back to its own place. */
  #newest(node: RawNode, { parent, list }: Pick<Grave, 'parent' | 'list'>): number {
    const index = this.#options.raw
      .get(node.parent?.owner ?? 0)
      ?.lists.get(list)
      ?.indexOf(node.handle);
    const isIt = (grave: Grave): boolean =>
      grave.parent === parent && grave.list === list && this.#isSame(grave.gone, node);
    const there = this.#graves.findLastIndex((grave) => grave.index === index && isIt(grave));
    return there === -1 ? this.#graves.findLastIndex(isIt) : there;
  }

  #goneOf(node: RawNode): Gone {
    const { idOf } = this.#options;
    const id = node.kind === 'parameter' ? undefined : idOf(node.handle);
    const lists = new Map([...node.lists.keys()].map((list) => [list, this.#membersOf(node, list)] as const));
    return { node, id, lists };
  }

  #membersOf(node: RawNode, list: string): readonly Member[] {
    const { raw } = this.#options;
    const within = new Set(raw.members(node.handle, list));
    return (node.lists.get(list) ?? []).flatMap((handle): Member[] => {
      const member = raw.get(handle);
      if (member !== undefined && within.has(member)) return [this.#goneOf(member)];
      return raw.isAttached(handle) ? [{ elsewhere: handle }] : [];
    });
  }

  /** As far as Live has told what is in it; what is told later is looked for among what lay in it. */
  #isSame(gone: Gone, node: RawNode): boolean {
    if (gone.node.kind !== node.kind) return false;
    if (!node.isFilled) return true;
    if (!this.#isAlike(gone, node)) return false;
    for (const list of gone.lists.keys()) {
      if (!node.lists.has(list)) continue;
      const { before, now } = this.#sides(gone, node, list);
      if (now.length !== before.length) return false;
      if (!before.every((member, at) => this.#isSameMember(member, now[at] as RawNode))) return false;
    }
    return true;
  }

  #isSameMember(member: Member, node: RawNode): boolean {
    return isElsewhere(member) ? member.elsewhere === node.handle : this.#isSame(member, node);
  }

  /** What lay in a list, and what lies there now, without what went elsewhere and what has come from there. */
  #sides(gone: Gone, node: RawNode, list: string) {
    const members = gone.lists.get(list) ?? [];
    const nodes = node.lists.has(list) ? this.#options.raw.members(node.handle, list) : [];
    const here = new Set(nodes.map(({ handle }) => handle));
    const before = members.filter((member) => !isElsewhere(member) || here.has(member.elsewhere));
    const back = new Set(before.flatMap((member) => (isElsewhere(member) ? [member.elsewhere] : [])));
    const now = nodes.filter(({ handle }) => back.has(handle) || !this.#options.isOld(handle));
    return { before, now };
  }

  /** A property that Live does not tell now (reading it may fail) speaks for nothing. */
  #isAlike(gone: Gone, { props: now }: RawNode): boolean {
    const before = gone.node.props;
    for (const name of Object.keys(now)) {
      if (PASSING.has(name) || isSameValue(before[name], now[name])) continue;
      if (name === 'name' && followsFromDevices(gone)) continue;
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
    return [own, ...[...gone.lists.keys()].flatMap((list) => this.#pairsWithin(gone, node, list))];
  }

  #pairsWithin(gone: Gone, node: RawNode, list: string): readonly Back[] {
    const { before, now } = this.#sides(gone, node, list);
    return before.flatMap((member, at) => {
      if (isElsewhere(member)) return [];
      const other = now[at];
      // Of a parameter only the place is looked at: who asks compares its value.
      if (other !== undefined && (other.isFilled || member.id === undefined))
        return this.#pairs(member, other);
      if (gone.id !== undefined) this.#graves.push({ gone: member, parent: gone.id, list, index: at });
      return [];
    });
  }
}
