/** A song that edits change at random, and the frames a script without faults would make of it. */
import type { RawKind, RawProps, RawValue } from '@livetree/protocol';
import type { Statements } from './statements.ts';

interface Thing {
  readonly handle: number;
  readonly kind: RawKind;
  props: RawProps;
  readonly lists: Map<string, number[]>;
  place: { readonly owner: number; readonly list: string } | undefined;
}

/** Numbers 0 … n − 1. */
export type Dice = (sides: number) => number;

/** The same throws for the same seed. */
export function diceFrom(seed: number): Dice {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return sides === 0 ? 0 : (state >>> 8) % sides;
  };
}

const LISTS: Readonly<Partial<Record<RawKind, readonly (readonly [string, RawKind])[]>>> = {
  song: [
    ['tracks', 'track'],
    ['returns', 'track'],
    ['scenes', 'scene'],
    ['locators', 'locator'],
  ],
  track: [
    ['devices', 'device'],
    ['clips', 'clip'],
    ['arrangement', 'clip'],
    ['sends', 'send'],
    ['takeLanes', 'takeLane'],
    ['slots', 'slot'],
  ],
  device: [
    ['chains', 'chain'],
    ['returnChains', 'chain'],
    ['parameters', 'parameter'],
  ],
  chain: [
    ['devices', 'device'],
    ['sends', 'send'],
  ],
  takeLane: [['clips', 'clip']],
};

export class Stage {
  readonly #things = new Map<number, Thing>();
  readonly #dice: Dice;
  #handles = 0;
  #frame: Required<Pick<Statements, 'nodes' | 'sets' | 'lists'>> = { nodes: {}, sets: {}, lists: {} };
  /** In a list, and not yet filled. */
  readonly #empty = new Set<number>();

  constructor(dice: Dice) {
    this.#dice = dice;
    this.#make('song');
    this.#fill(1);
  }

  get size(): number {
    return this.#things.size;
  }

  /** Some edits at once, as one frame. */
  edit(edits: number): Statements {
    this.#frame = { nodes: {}, sets: {}, lists: {} };
    for (let at = 0; at < edits; at++) this.#one();
    return this.#frame;
  }

  /** Fills what is still empty. */
  settle(): Statements {
    this.#frame = { nodes: {}, sets: {}, lists: {} };
    for (const handle of [...this.#empty]) this.#fill(handle);
    return this.#frame;
  }

  /** All of it in one frame. */
  snapshot(): Statements {
    const filled = [...this.#things.values()].filter(({ handle }) => !this.#empty.has(handle));
    return {
      begin: [1],
      end: [1],
      nodes: Object.fromEntries(filled.map(({ handle, kind, props }) => [handle, { kind, props }])),
      lists: Object.fromEntries(
        [...this.#things.values()].map(({ handle, lists }) => [handle, Object.fromEntries(lists)]),
      ),
    };
  }

  #one(): void {
    const edits = [this.#add, this.#add, this.#move, this.#move, this.#remove, this.#set, this.#fillOne];
    (edits[this.#dice(edits.length)] ?? this.#add).call(this);
  }

  #add(): void {
    const owner = this.#any(({ kind }) => LISTS[kind] !== undefined);
    const lists = LISTS[owner.kind] ?? [];
    const [list, kind] = lists[this.#dice(lists.length)] ?? ['tracks', 'track'];
    const thing = this.#make(kind);
    this.#put(thing, owner, list);
    this.#empty.add(thing.handle);
    if (this.#dice(3) > 0) this.#fill(thing.handle);
  }

  #move(): void {
    const thing = this.#any(({ place }) => place !== undefined);
    if (thing.place === undefined) return;
    const homes = [...this.#things.values()].flatMap((owner) =>
      this.#isWithin(owner.handle, thing.handle)
        ? []
        : (LISTS[owner.kind] ?? []).flatMap(([list, kind]) =>
            kind === thing.kind ? [[owner, list] as const] : [],
          ),
    );
    const home = homes[this.#dice(homes.length)];
    if (home === undefined) return;
    this.#takeOut(thing);
    this.#put(thing, ...home);
  }

  #remove(): void {
    const thing = this.#any(({ place }) => place !== undefined);
    if (thing.place === undefined || this.#dice(2) > 0) return;
    this.#takeOut(thing);
    this.#forget(thing);
  }

  #set(): void {
    const thing = this.#any(({ handle }) => !this.#empty.has(handle));
    const before = thing.props;
    thing.props = { ...before, ...this.#props(thing.kind) };
    if (this.#frame.nodes?.[thing.handle] === undefined)
      (this.#frame.sets as Record<string, RawProps>)[thing.handle] = thing.props;
    else
      (this.#frame.nodes as Record<string, unknown>)[thing.handle] = { kind: thing.kind, props: thing.props };
  }

  #fillOne(): void {
    const [handle] = this.#empty;
    if (handle !== undefined) this.#fill(handle);
  }

  #fill(handle: number): void {
    const thing = this.#things.get(handle) as Thing;
    this.#empty.delete(handle);
    thing.props = this.#props(thing.kind);
    (this.#frame.nodes as Record<string, unknown>)[handle] = { kind: thing.kind, props: thing.props };
  }

  #props(kind: RawKind): RawProps {
    const scene = this.#handleOf('scene');
    const values: Record<string, RawValue> = { name: NAMES[this.#dice(NAMES.length)] ?? '' };
    if (kind === 'track') values['group_track'] = this.#dice(2) > 0 ? this.#handleOf('track') : null;
    if (kind === 'track') values['is_foldable'] = this.#dice(3) === 0;
    if (kind === 'clip' || kind === 'slot') values['scene'] = scene;
    if (kind === 'clip') values['start_time'] = this.#dice(8);
    if (kind === 'locator') values['time'] = this.#dice(8);
    if (kind === 'parameter') values['value'] = this.#dice(8);
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
  }

  #handleOf(kind: RawKind): RawValue {
    const found = [...this.#things.values()].filter((thing) => thing.kind === kind);
    const one = found[this.#dice(found.length)];
    return one === undefined ? null : { handle: one.handle };
  }

  #any(which: (thing: Thing) => boolean): Thing {
    const found = [...this.#things.values()].filter(which);
    return found[this.#dice(found.length)] ?? (this.#things.get(1) as Thing);
  }

  #make(kind: RawKind): Thing {
    this.#handles += 1;
    const thing: Thing = { handle: this.#handles, kind, props: {}, lists: new Map(), place: undefined };
    this.#things.set(thing.handle, thing);
    return thing;
  }

  #put(thing: Thing, owner: Thing, list: string): void {
    const members = owner.lists.get(list) ?? [];
    members.splice(this.#dice(members.length + 1), 0, thing.handle);
    owner.lists.set(list, members);
    thing.place = { owner: owner.handle, list };
    this.#state(owner, list);
  }

  #takeOut(thing: Thing): void {
    const { owner, list } = thing.place as NonNullable<Thing['place']>;
    const from = this.#things.get(owner) as Thing;
    const members = from.lists.get(list) ?? [];
    members.splice(members.indexOf(thing.handle), 1);
    this.#state(from, list);
  }

  #state({ handle, lists }: Thing, list: string): void {
    const stated = this.#frame.lists as Record<string, Record<string, readonly number[]>>;
    stated[handle] = { ...stated[handle], [list]: [...(lists.get(list) ?? [])] };
  }

  #forget(thing: Thing): void {
    this.#things.delete(thing.handle);
    this.#empty.delete(thing.handle);
    for (const made of ['nodes', 'sets', 'lists'] as const)
      delete (this.#frame[made] as Record<string, unknown>)[thing.handle];
    for (const members of thing.lists.values())
      for (const member of members) this.#forget(this.#things.get(member) as Thing);
  }

  #isWithin(handle: number, above: number): boolean {
    for (
      let at = this.#things.get(handle);
      at !== undefined;
      at = at.place && this.#things.get(at.place.owner)
    )
      if (at.handle === above) return true;
    return false;
  }
}

const NAMES = ['Bass', '1-Audio', '2-Audio', '3-Audio', 'A-Reverb', 'Größe', ''];
