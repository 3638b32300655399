/**
 * The lists of one frame, judged all together before any is taken: a list of the wrong kind, a thing in two
 * places or inside itself cannot be, and what cannot be is left out.
 */
import type { EventsFrame, Handle, ListStatement, RawKind } from '@livetree/protocol';
import { SONG_HANDLE } from '@livetree/protocol';
import type { RawPlace, RawSet } from './raw-set.ts';
import { memberKind } from './raw-shape.ts';

/** A list as it will be. */
export interface Placing extends RawPlace {
  readonly kind: RawKind;
  readonly members: readonly Handle[];
}

/** A statement that cannot be true, and the smallest subtree that has to be stated again. */
export interface Discard {
  readonly why: string;
  readonly resync: Handle;
}

export interface JudgedLists {
  /** Owners come before what is only known by their lists. */
  readonly placings: readonly Placing[];
  readonly discards: readonly Discard[];
}

/** Linear in the members, and in the depth of what changes its place. */
export function judgeLists(raw: RawSet, frame: EventsFrame): JudgedLists {
  const judge = new Judge(raw, frame);
  judge.resolve();
  judge.placeAll();
  return judge;
}

interface Statement extends RawPlace {
  readonly told: ListStatement;
}

class Judge implements JudgedLists {
  readonly discards: Discard[] = [];
  placings: Placing[] = [];
  readonly #raw: RawSet;
  readonly #frame: EventsFrame;
  /** Kinds of things that are new in this frame. */
  readonly #kinds = new Map<Handle, RawKind>();
  #claims = new Map<Handle, Placing>();
  #restated = new Set<string>();

  constructor(raw: RawSet, frame: EventsFrame) {
    this.#raw = raw;
    this.#frame = frame;
  }

  /** Finds out what each list means: kinds of owner and members, stretches put into their lists. */
  resolve(): void {
    let waiting = statements(this.#frame);
    for (let before = -1; before !== waiting.length && waiting.length > 0; ) {
      before = waiting.length;
      waiting = waiting.filter((each) => !this.#resolveOne(each));
    }
    for (const { owner } of waiting) this.#discard(`list of an unknown handle ${owner}`, SONG_HANDLE);
  }

  /** Leaves lists out until all that remain go together. */
  placeAll(): void {
    for (let isStable = false; !isStable; ) {
      this.#claim();
      const wrong = new Set(this.placings.filter((placing) => this.#isWrong(placing)));
      isStable = wrong.size === 0;
      if (!isStable) this.placings = this.placings.filter((placing) => !wrong.has(placing));
    }
  }

  /** @returns whether the owner is known */
  #resolveOne({ owner, list, told }: Statement): boolean {
    const ownerKind = this.#kindOf(owner);
    if (ownerKind === undefined) return false;
    const kind = memberKind(ownerKind, list);
    const members = kind && this.#membersOf({ owner, list, told });
    if (kind === undefined) this.#discard(`a ${ownerKind} has no list ${list}`, owner);
    else if (members === undefined) this.#discard(`a stretch that does not fit ${list} of ${owner}`, owner);
    else if (!this.#fit(members, kind)) this.#discard(`members that do not fit ${list} of ${owner}`, owner);
    else {
      for (const member of members) this.#kinds.set(member, kind);
      this.placings.push({ owner, list, kind, members });
    }
    return true;
  }

  #kindOf(handle: Handle): RawKind | undefined {
    return this.#raw.get(handle)?.kind ?? this.#kinds.get(handle);
  }

  #membersOf({ owner, list, told }: Statement): readonly Handle[] | undefined {
    if (isFull(told)) return told;
    const old = this.#raw.get(owner)?.lists.get(list) ?? [];
    const { from, remove, insert, length } = told;
    if (from + remove > old.length) return undefined;
    const made = [...old.slice(0, from), ...insert, ...old.slice(from + remove)];
    return made.length === length ? made : undefined;
  }

  #fit(members: readonly Handle[], kind: RawKind): boolean {
    const isOnce = new Set(members).size === members.length;
    const told = this.#frame.nodes;
    return (
      isOnce &&
      members.every((member) => {
        const known = this.#kindOf(member) ?? told?.[member]?.kind ?? kind;
        return known === kind && (told?.[member]?.kind ?? kind) === kind;
      })
    );
  }

  #claim(): void {
    this.#claims = new Map();
    this.#restated = new Set(this.placings.map(placeId));
    for (const placing of this.placings)
      for (const member of placing.members) if (!this.#claims.has(member)) this.#claims.set(member, placing);
  }

  #isWrong(placing: Placing): boolean {
    return placing.members.some((member) => {
      const other = this.#otherPlace(member, placing);
      const isWrong = other !== undefined || this.#isInside(placing.owner, member);
      if (isWrong) this.#discard(`handle ${member} in two places`, this.#common(placing.owner, other));
      return isWrong;
    });
  }

  /** Owner of another list that holds this member after the frame, too. */
  #otherPlace(member: Handle, placing: Placing): Handle | undefined {
    const claim = this.#claims.get(member);
    if (claim !== placing) return claim?.owner ?? SONG_HANDLE;
    const now = this.#raw.get(member)?.parent;
    if (now === undefined || placeId(now) === placeId(placing) || this.#restated.has(placeId(now)))
      return undefined;
    return this.#isAttached(now.owner) ? now.owner : undefined;
  }

  /** Where it will hang. */
  #ownerAfter(handle: Handle): Handle | undefined {
    const claim = this.#claims.get(handle);
    if (claim !== undefined) return claim.owner;
    const now = this.#raw.get(handle)?.parent;
    return now === undefined || this.#restated.has(placeId(now)) ? undefined : now.owner;
  }

  #isAttached(handle: Handle): boolean {
    return this.#wayUp(handle).includes(SONG_HANDLE);
  }

  #isInside(owner: Handle, member: Handle): boolean {
    const isNew = this.#raw.get(member) === undefined;
    const isLeaf = isNew && !this.#frame.lists?.[member];
    return member === SONG_HANDLE || (!isLeaf && this.#wayUp(owner).includes(member));
  }

  /** The handle and all it will hang in; ends where it would go in a circle. */
  #wayUp(handle: Handle): readonly Handle[] {
    const way: Handle[] = [];
    const seen = new Set<Handle>();
    for (let at: Handle | undefined = handle; at !== undefined && !seen.has(at); at = this.#ownerAfter(at)) {
      seen.add(at);
      way.push(at);
    }
    return way;
  }

  /** The smallest subtree that holds both, as things stand now. */
  #common(a: Handle, b: Handle | undefined): Handle {
    const others = new Set(b === undefined ? [] : nowAbove(this.#raw, b));
    return nowAbove(this.#raw, a).find((handle) => others.has(handle)) ?? SONG_HANDLE;
  }

  #discard(why: string, resync: Handle): void {
    this.discards.push({ why, resync: this.#raw.isAttached(resync) ? resync : SONG_HANDLE });
  }
}

const isFull = (told: ListStatement): told is readonly Handle[] => Array.isArray(told);
const placeId = ({ owner, list }: RawPlace): string => `${list} ${owner}`;

const statements = ({ lists = {} }: EventsFrame): Statement[] =>
  Object.entries(lists).flatMap(([owner, told]) =>
    Object.entries(told).map(([list, each]) => ({ owner: Number(owner), list, told: each })),
  );

function nowAbove(raw: RawSet, handle: Handle): readonly Handle[] {
  const way: Handle[] = [];
  for (let at = raw.get(handle); at !== undefined; at = at.parent && raw.get(at.parent.owner))
    way.push(at.handle);
  return way;
}
