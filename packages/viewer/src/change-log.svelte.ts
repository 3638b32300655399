/** The Changes pane's memory: what was told, what waits, what was seen. */
import type { NodeId, TreeNode } from '@livetree/live-set';
import type { Entry } from '@livetree/protocol';
import { type BlocksByKey, blocksOf, type ChangeBlock } from './change-blocks.ts';
import {
  bounded,
  type ChangeFilter,
  type ChangeGroup,
  type ChangeLine,
  filtered,
  groupOf,
  isNoFilter,
  type LinePlace,
  NO_FILTER,
} from './change-lines.ts';
import type { Shelf } from './kept.ts';
import { type Names, placesOfSentences } from './sentence-place.ts';

export interface ChangeLogOptions {
  readonly shelf: Shelf;
  readonly names: Names;
  readonly get: (id: NodeId) => TreeNode | undefined;
}

export class ChangeLog {
  readonly #options: ChangeLogOptions;
  /** Of which Set; names what is kept of it. */
  #set: string | undefined;
  /** By group: what each sentence leads to. */
  #places = new Map<string, readonly (NodeId | undefined)[]>();
  #isFirstVisit = false;

  /** Newest first. */
  #groups = $state.raw<readonly ChangeGroup[]>([]);
  /** Told, but not yet let in; newest first. */
  waiting = $state.raw<readonly ChangeGroup[]>([]);
  isPaused = $state(false);
  /** Somebody points at the list or has the cursor in it: nothing may move there. */
  #isHeld = $state(false);
  /** Older ones are no longer kept. */
  isCut = $state(false);
  filter = $state.raw<ChangeFilter>(NO_FILTER);
  /** Time of the newest change that was looked at, ms since 1970. */
  seen = $state(0);

  /** The blocks of last time. */
  #blocks: BlocksByKey = new Map();
  readonly isFiltered = $derived(!isNoFilter(this.filter));
  readonly #passing = $derived(
    filtered(this.#groups, this.filter, (group, line) => this.#placeOf(group, line)),
  );
  /** What is shown, newest first. */
  readonly blocks: readonly ChangeBlock[] = $derived.by(() => {
    const blocks = blocksOf(this.#passing, this.seen, this.#blocks);
    this.#blocks = new Map(blocks.map((block) => [block.key, block]));
    return blocks;
  });
  readonly isEmpty = $derived(this.#groups.length === 0);
  /** Saves, and minutes in Live, that nobody has looked at. */
  readonly newCount = $derived.by(() => {
    const news = [...this.waiting, ...this.#groups].filter(({ time }) => time > this.seen);
    return blocksOf(news, this.seen).length;
  });

  constructor(options: ChangeLogOptions) {
    this.#options = options;
  }

  /** Another Set, or none. */
  start(set: string | undefined): void {
    if (set === this.#set) return;
    this.#set = set;
    this.#groups = [];
    this.waiting = [];
    this.#places = new Map();
    this.isCut = false;
    this.filter = NO_FILTER;
    const kept = set === undefined ? undefined : this.#options.shelf.get(seenKey(set));
    this.#isFirstVisit = kept === undefined;
    this.seen = Number(kept) || 0;
  }

  /** What came, oldest first. What is known already comes again after a lost connection. */
  take(entries: readonly Entry[]): void {
    const groups = this.#unknown(
      entries.filter(({ set, sentences }) => set === this.#set && sentences.length > 0).map(groupOf),
    );
    if (groups.length === 0) return;
    this.#seeOlder(groups);
    this.waiting = bounded([...groups.toReversed(), ...this.waiting]);
    if (!this.isPaused && (!this.#isHeld || this.isEmpty)) this.catchUp();
  }

  #unknown(groups: readonly ChangeGroup[]): readonly ChangeGroup[] {
    const known = new Set([...this.#groups, ...this.waiting].map(({ key }) => key));
    return [...new Map(groups.map((group) => [group.key, group])).values()].filter(
      ({ key }) => !known.has(key),
    );
  }

  /** On the first visit nothing from before it counts as new. */
  #seeOlder(groups: readonly ChangeGroup[]): void {
    if (!this.#isFirstVisit) return;
    const times = groups.filter(({ entry }) => entry.recent).map(({ time }) => time);
    if (times.length > 0) this.#see(Math.max(this.seen, ...times));
  }

  /** Lets in what waits. */
  catchUp(): void {
    if (this.waiting.length === 0) return;
    const all = [...this.waiting, ...this.#groups];
    this.#groups = bounded(all);
    this.isCut ||= this.#groups.length < all.length;
    this.waiting = [];
    if (this.isCut) this.#forgetPlaces();
  }

  #forgetPlaces(): void {
    const kept = new Set(this.#groups.map(({ key }) => key));
    for (const key of this.#places.keys()) if (!kept.has(key)) this.#places.delete(key);
  }

  pause(isPaused: boolean): void {
    this.isPaused = isPaused;
    if (!isPaused) this.catchUp();
  }

  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    if (!isHeld && !this.isPaused) this.catchUp();
  }

  /** All that is shown was looked at. */
  look(): void {
    const newest = this.#groups.reduce((latest, { time }) => Math.max(latest, time), 0);
    if (newest > this.seen) this.#see(newest);
  }

  #see(time: number): void {
    this.seen = time;
    if (this.#set !== undefined) this.#options.shelf.put(seenKey(this.#set), String(time));
  }

  /** The node to go to; absent when it is gone with all that tells where it was. */
  target(group: ChangeGroup, line: ChangeLine): NodeId | undefined {
    const id = this.#find(group, line);
    return id !== undefined && this.#options.get(id) !== undefined ? id : undefined;
  }

  #placeOf(group: ChangeGroup, line: ChangeLine): LinePlace {
    const id = this.#find(group, line);
    if (id === undefined) return { kind: undefined, path: [] };
    return { kind: this.#options.get(id)?.kind, path: [id, ...this.#options.names.above(id)] };
  }

  /** Found once, while the names are still those of the sentences. */
  #find({ key, entry }: ChangeGroup, { index }: ChangeLine): NodeId | undefined {
    const places =
      this.#places.get(key) ?? placesOfSentences(entry.sentences, entry.nodes, this.#options.names);
    this.#places.set(key, places);
    return places[index];
  }
}

const seenKey = (set: string): string => `seen.${set}`;
