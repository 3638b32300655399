/**
 * The file of a Set beside Live: its tree under the file's own ids, and under the ids by which the same things are
 * served. Once a node was served its id stays, whichever source leads.
 */
import type { FacetName, NodeId, NodeOf, Op, Touched, Tree } from '@livetree/live-set';
import { walk } from '@livetree/live-set';
import type { FacetKey, Telling } from '@livetree/protocol';
import type { Pairing, Underlay } from '../reconcile/index.ts';
import {
  align,
  aligning,
  NO_PAIRS,
  NO_UNDERLAY,
  pairingOf,
  underLiveIds,
  underlayOf,
} from '../reconcile/index.ts';
import type { SaveMark } from '../set-source.ts';
import { isAlike } from './is-alike.ts';
import { OwnSaves } from './own-saves.ts';

/** A save of what Live has open. */
export interface OwnSave {
  /** Under the file's own ids, and under those that are served. */
  readonly root: NodeOf<'set'>;
  readonly shown: NodeOf<'set'>;
  readonly pairing: Pairing;
  readonly savedAt: number | undefined;
}

/** The file beside a tree of Live, worked out and not taken up yet. */
export interface Beside {
  /** The file as it was then; absent: there is none. */
  readonly root: NodeOf<'set'> | undefined;
  readonly pairing: Pairing;
  /** Under the ids of Live's tree; absent: it is another Set. */
  readonly shown?: NodeOf<'set'>;
  readonly creator: string | undefined;
  readonly underlay: Underlay;
}

export class FileSide {
  #tree: Tree | undefined;
  #pairing: Pairing = NO_PAIRS;
  /** Rows that were kept of an earlier hub, until there is a tree. */
  #rows: readonly (readonly [NodeId, NodeId])[] = [];
  #shown: NodeOf<'set'> | undefined;
  #own: OwnSave | undefined;
  #touched: readonly Touched[] = [];
  readonly #instead = new Set<string>();
  #under: { readonly creator: string | undefined; readonly underlay: Underlay } | undefined;

  /** Of the file as it is now. */
  mark: SaveMark | undefined;
  /** A save that held what Live had, to the last thing, has proved the pairs. */
  isProven = false;
  /** The saves of what Live had open. */
  readonly saves = new OwnSaves();

  /** The tree under the file's own ids. */
  get tree(): Tree | undefined {
    return this.#tree;
  }

  get root(): NodeOf<'set'> | undefined {
    return this.#tree?.root;
  }

  get pairing(): Pairing {
    return this.#pairing;
  }

  /** Whether all nodes of the file go by the file's own ids. */
  get isPlain(): boolean {
    return this.shown === this.root;
  }

  /** The tree under the ids that are served. */
  get shown(): NodeOf<'set'> | undefined {
    const root = this.#tree?.root;
    if (root !== undefined) this.#shown ??= underLiveIds(root, this.#pairing);
    return this.#shown;
  }

  /** The last save of what Live has open: the file as it is, unless that is another Set. */
  get own(): OwnSave | undefined {
    return this.#own;
  }

  /** The file as it is now is a save of what is served. */
  accept(savedAt: number | undefined): void {
    const { root, shown } = this;
    this.#under = undefined;
    this.#own = root && shown && { root, shown, pairing: this.#pairing, savedAt };
    if (this.mark !== undefined) this.saves.note(this.mark);
  }

  /** The same with pairs that were found elsewhere, in slices; until the last one nothing has changed. */
  *accepting(pairing: Pairing, creator: string | undefined, savedAt: number | undefined): Generator<void> {
    const { root } = this;
    if (root === undefined) return;
    const beside = yield* besideOf(root, pairing, creator);
    yield;
    this.#take(beside, savedAt);
  }

  /** What {@link pair} and {@link accept} would make of a tree of Live, in slices. Changes nothing. */
  *preparing(live: NodeOf<'set'>): Generator<void, Beside> {
    const [{ root }, { creator }] = [this, live.props];
    const other: Beside = { root, pairing: NO_PAIRS, creator, underlay: this.under(creator) };
    if (root === undefined) return other;
    const pairing = yield* aligning(live, root, this.#pairing);
    yield;
    if (!isAlike(live, root, pairing)) return other;
    yield;
    return yield* besideOf(root, pairing, creator);
  }

  /** Takes up what was prepared: it must be of the file as it is. */
  join(beside: Beside, savedAt: number | undefined): void {
    if (beside.root === undefined) return;
    this.isProven = false;
    if (beside.shown !== undefined) this.#take(beside, savedAt);
    else {
      this.#pairing = NO_PAIRS;
      this.#changed();
    }
  }

  #take({ pairing, shown, creator, underlay }: Beside, savedAt: number | undefined): void {
    [this.#pairing, this.#shown] = [pairing, shown];
    this.accept(savedAt);
    this.#under = { creator, underlay };
  }

  /** What the file alone knows, beside a Live of this name and version: as of the last own save. */
  under(creator: string | undefined): Underlay {
    if (this.#own === undefined) return NO_UNDERLAY;
    if (this.#under === undefined || this.#under.creator !== creator)
      this.#under = { creator, underlay: underlayOf(this.#own.shown, creator) };
    return this.#under.underlay;
  }

  /** Another tree: ids of the same reader mean the same things as before. */
  load(tree: Tree): void {
    this.#tree = tree;
    this.#changed();
    if (this.#rows.length > 0) this.#recall(tree.root);
  }

  /** @throws PatchError when the ops do not fit */
  apply(ops: readonly Op[]): void {
    this.#tree?.apply(ops);
    this.#changed();
  }

  /**
   * Finds out which nodes of the served tree are which of the file; what was known stays.
   * @returns `false`: the file is another Set, and none of them is
   */
  pair(served: NodeOf<'set'>): boolean {
    const { root } = this;
    if (root === undefined) return false;
    const found = align(served, root, this.#pairing);
    const isSame = isAlike(served, root, found);
    this.#pairing = isSame ? found : NO_PAIRS;
    this.isProven = false;
    this.#changed();
    return isSame;
  }

  /**
   * The file is what is served: each of its nodes has its id from now on.
   * @param before what was served until now: its ids are given to no other thing
   */
  settle(before?: NodeOf<'set'>): NodeOf<'set'> | undefined {
    const { root } = this;
    // Without pairs all go by the file's own ids, those that are served, too.
    const isPaired = this.#pairing.fileOf.size > 0;
    if (root !== undefined && before !== undefined && isPaired)
      this.#shown = underLiveIds(root, this.#pairing, before);
    const { shown } = this;
    if (root === undefined || shown === undefined) return undefined;
    if (root === shown) this.#pairing = NO_PAIRS;
    else {
      const served = walk(shown);
      this.#pairing = pairingOf(walk(root).map(({ id }, at) => [served[at]?.id ?? id, id] as const));
    }
    return shown;
  }

  /** Nothing of what is served is of this file. */
  forget(): void {
    this.#pairing = NO_PAIRS;
    this.#rows = [];
    this.#changed();
  }

  /** What has to be kept so that a later hub knows the same; an id that both use alike is left out. */
  rows(): readonly (readonly [NodeId, NodeId])[] {
    return [...this.#pairing.fileOf].filter(([served, file]) => served !== file);
  }

  /** Takes up the rows of an earlier hub, before there is a tree. */
  recall(rows: readonly (readonly [NodeId, NodeId])[]): void {
    this.#rows = rows;
  }

  #changed(): void {
    this.#shown = undefined;
  }

  #recall(root: NodeOf<'set'>): void {
    const all = walk(root).map(({ id }) => id);
    const there = new Set(all);
    const kept = this.#rows.filter(([, file]) => there.has(file));
    // Who is not among the rows goes by its own id.
    this.#pairing = pairingOf([...kept, ...all.map((id) => [id, id] as const)]);
    this.#rows = [];
  }

  /** The id by which a node of the file is served, if it is. */
  servedOf(id: NodeId): NodeId {
    return this.#pairing.liveOf.get(id) ?? id;
  }

  /** The file's own id of a node that is served; `undefined`: the file does not have it. */
  fileOf(id: NodeId): NodeId | undefined {
    if (this.#pairing !== NO_PAIRS) return this.#pairing.fileOf.get(id);
    return this.#tree?.get(id) && id;
  }

  servedTouched(touched: readonly Touched[]): readonly Touched[] {
    return this.#pairing === NO_PAIRS
      ? touched
      : touched.map((each) => ({ ...each, id: this.servedOf(each.id) }));
  }

  /** A save that is not accepted yet has changed these. */
  noteTouched(touched: readonly Touched[]): void {
    this.#touched = [...this.#touched, ...touched];
  }

  /** Details that the saves since the last own one have changed, of those that Live does not tell. */
  takeTouched(): readonly Touched[] {
    const touched = this.servedTouched(this.#touched);
    this.#touched = [];
    return touched.flatMap(({ id, facets }) => {
      const known = facets.filter(isOfFile);
      return known.length === 0 ? [] : [{ id, facets: known, other: [] }];
    });
  }

  /** Details that Live does not tell are asked for here in its place. @param key under the id that is served */
  noteInstead({ node, facet }: FacetKey): void {
    this.#instead.add(`${facet} ${this.fileOf(node)}`);
  }

  /** Whether these were asked for so. @param key under the file's own id */
  takeInstead({ node, facet }: FacetKey): boolean {
    return this.#instead.delete(`${facet} ${node}`);
  }

  servedTelling(telling: Telling): Telling {
    return this.#pairing === NO_PAIRS
      ? telling
      : { ...telling, nodes: telling.nodes.map((id) => this.servedOf(id)) };
  }
}

function* besideOf(
  root: NodeOf<'set'>,
  pairing: Pairing,
  creator: string | undefined,
): Generator<void, Beside> {
  const shown = underLiveIds(root, pairing);
  yield;
  return { root, pairing, shown, creator, underlay: underlayOf(shown, creator) };
}

/** Details that Live does not tell. */
export const isOfFile = (facet: FacetName): boolean => facet === 'envelopes' || facet === 'samples';
