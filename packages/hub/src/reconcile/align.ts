/**
 * Rule 3: which node of Live's tree is which node of the file. Known pairs first; then kind, class and looks in
 * order under aligned parents; then by place between neighbours. Never by the name alone.
 */
import type { ListName, NodeId, NodeOf, TreeNode } from '@livetree/live-set';
import { forEachChild, walk } from '@livetree/live-set';
import { type KeyOf, ListAligner } from './align-lists.ts';
import {
  clipContent,
  deviceContent,
  isDistinctive,
  looksOf,
  looseOf,
  namedSortOf,
  rounded,
  sortOf,
} from './features.ts';
import { flatTracks } from './flat-tracks.ts';
import { NO_PAIRS, PairBook, type Pairing } from './pairing.ts';
import { toEnd } from './slices.ts';

/** From Live 10 on both sides count colours in one palette (docs/als-format.md, "Units"). */
const FIRST_WITH_PALETTE = 10;

/** The pairing of two trees. One-to-one, kinds and classes equal; near linear in their nodes. */
export const align = (live: NodeOf<'set'>, file: NodeOf<'set'>, known: Pairing = NO_PAIRS): Pairing =>
  toEnd(aligning(live, file, known));

/**
 * The same in slices: yields after each track, or a few hundred nodes.
 * @param before an earlier tree of Live: what is known of its nodes stays known, though they are gone
 */
export function* aligning(
  live: NodeOf<'set'>,
  file: NodeOf<'set'>,
  known: Pairing,
  before?: NodeOf<'set'>,
): Generator<void, Pairing> {
  const mine = indexOf(live);
  yield;
  const theirs = indexOf(file);
  yield;
  const aligner = new Aligner(mine, theirs, before && indexOf(before), file.props.liveMajor);
  aligner.book.add(live.id, file.id);
  yield* aligner.known(known);
  yield;
  yield* aligner.pairAll(live, file);
  return aligner.book;
}

class Aligner {
  readonly book = new PairBook();
  readonly #lists = new ListAligner(this.book);
  readonly #live: ReadonlyMap<NodeId, TreeNode>;
  readonly #file: ReadonlyMap<NodeId, TreeNode>;
  readonly #before: ReadonlyMap<NodeId, TreeNode> | undefined;
  readonly #hasColors: boolean;

  /** @param liveMajor of the file */
  constructor(
    live: ReadonlyMap<NodeId, TreeNode>,
    file: ReadonlyMap<NodeId, TreeNode>,
    before: ReadonlyMap<NodeId, TreeNode> | undefined,
    liveMajor: number | undefined,
  ) {
    this.#live = live;
    this.#before = before;
    this.#file = file;
    this.#hasColors = (liveMajor ?? 0) >= FIRST_WITH_PALETTE;
  }

  /** A pair that is known counts while both are there and of one sort; keys made of a place have to be borne out. */
  *known({ fileOf }: Pairing): Generator<void> {
    let left = PAIRS_PER_SLICE;
    for (const [live, file] of fileOf) {
      left -= 1;
      if (left === 0) {
        left = PAIRS_PER_SLICE;
        yield;
      }
      const mine = this.#before?.get(live) ?? this.#live.get(live);
      const theirs = this.#file.get(file);
      if (mine === undefined || theirs === undefined || !this.book.isFree(live, file)) continue;
      const keyOf = isWeak(file) ? namedSortOf : sortOf;
      if (keyOf(mine) === keyOf(theirs)) this.book.add(live, file);
    }
  }

  *pairAll(live: NodeOf<'set'>, file: NodeOf<'set'>): Generator<void> {
    yield* this.#structure(live, file);
    yield;
    let budget = NODES_PER_SLICE;
    const waiting: TreeNode[] = [live];
    for (let round = 0; round < ROUNDS; round++) {
      while (waiting.length > 0) {
        const node = waiting.pop() as TreeNode;
        const other = this.#file.get(this.book.fileOf.get(node.id) as NodeId);
        if (other === undefined) continue;
        this.#childrenOf(node, other);
        forEachChild(node, (child) => waiting.push(child));
        budget -= 1;
        if (budget > 0) continue;
        budget = NODES_PER_SLICE;
        yield;
      }
      waiting.push(...this.#elsewhere());
      if (waiting.length === 0) return;
    }
  }

  /** Tracks in their flat order, so that grouping moves none of them; what else the Set has once. */
  *#structure(live: NodeOf<'set'>, file: NodeOf<'set'>): Generator<void> {
    const looks = { hasColors: this.#hasColors, rowOf: () => '' };
    const keyOf: KeyOf = (node) => looksOf(node, looks);
    for (const list of ['main', 'returns'] as const) this.#inOrder(live.lists[list], file.lists[list], keyOf);
    this.#inOrder(flatTracks(live), flatTracks(file), keyOf);
    yield;
    const rows = { live: this.#rows(live, 'live'), file: this.#rows(file, 'file') };
    yield;
    this.#inOrder(live.lists.scenes, file.lists.scenes, (node, side) =>
      looksOf(node, { ...looks, rowOf: (id) => rows[side].get(id) ?? '' }),
    );
    this.#locators(live.lists.locators ?? [], file.lists.locators ?? []);
  }

  #inOrder(live: Nodes | undefined, file: Nodes | undefined, keyOf: KeyOf): void {
    if (live === undefined || file === undefined) return;
    this.#lists.byOrder(live, file, keyOf);
  }

  /** By scene: what lies in its row on tracks that are known, as the file calls them. */
  #rows(root: NodeOf<'set'>, side: 'live' | 'file'): ReadonlyMap<NodeId, string> {
    const rows = new Map<NodeId, string>();
    for (const track of flatTracks(root)) {
      const key = side === 'live' ? this.book.fileOf.get(track.id) : track.id;
      for (const clip of key === undefined ? [] : (track.lists.clips ?? [])) {
        const scene = looseOf(clip)['scene'] as NodeId;
        rows.set(scene, `${rows.get(scene) ?? ''}${key} ${looseOf(clip)['name']};`);
      }
    }
    return rows;
  }

  /** By time and name, then by time, then by place between known neighbours. */
  #locators(live: Nodes, file: Nodes): void {
    const timeOf = (node: TreeNode): string => rounded(looseOf(node)['time']);
    this.#lists.byKey(live, file, (node) => `${timeOf(node)} ${looseOf(node)['name']}`);
    this.#lists.byKey(live, file, timeOf);
    this.#lists.betweenNeighbours(live, file);
  }

  #childrenOf(live: TreeNode, file: TreeNode): void {
    for (const list of BELOW_NODES) {
      const [mine, theirs] = [live.lists[list], file.lists[list]];
      if (mine !== undefined && theirs !== undefined) this.#inList(list, mine, theirs);
    }
  }

  #inList(list: (typeof BELOW_NODES)[number], live: Nodes, file: Nodes): void {
    switch (list) {
      case 'devices':
      case 'takeLanes':
      case 'returnChains':
        this.#inOrder(live, file, this.#looks);
        return;
      case 'chains':
        this.#chains(live, file);
        return;
      case 'clips':
      case 'arrangement':
        this.#clips(live, file);
        return;
      case 'slots':
        this.#lists.byKey(live, file, this.#sceneOf);
        this.#lists.betweenNeighbours(live, file);
        return;
      case 'sends':
        this.#lists.byKey(live, file, this.#targetOf);
        this.#lists.betweenNeighbours(live, file);
        return;
      default: {
        const never: never = list;
        throw new Error(`unknown list ${never}`);
      }
    }
  }

  readonly #looks: KeyOf = (node) => looksOf(node, { hasColors: this.#hasColors, rowOf: () => '' });

  /** Of drums by note, then name; others by looks in their order. */
  #chains(live: Nodes, file: Nodes): void {
    const noteOf = (node: TreeNode): string | undefined => looseOf(node)['receivingNote']?.toString();
    const both: KeyOf = (node) => {
      const note = noteOf(node);
      return note === undefined ? undefined : `${note} ${looseOf(node)['name']}`;
    };
    this.#lists.byKey(live, file, both);
    this.#lists.byKey(live, file, noteOf);
    this.#inOrder(live, file, this.#looks);
  }

  /** In the Session by scene; in the Arrangement by start, then by content. */
  #clips(live: Nodes, file: Nodes): void {
    this.#lists.byKey(live, file, (node, side) => {
      const { scene, start } = looseOf(node);
      if (scene !== undefined) return `${sortOf(node)} ${this.#sceneOf(node, side)}`;
      return `${rounded(start)} ${clipContent(node)}`;
    });
    this.#lists.byKey(live, file, (node) => {
      const { start } = looseOf(node);
      return start === undefined ? undefined : `${sortOf(node)} ${rounded(start)}`;
    });
    this.#lists.byUniqueKey(live, file, (node) => (isDistinctive(node) ? clipContent(node) : undefined));
  }

  /** The scene of a clip or slot, as the file calls it. */
  readonly #sceneOf: KeyOf = (node, side) => this.#asInFile(looseOf(node)['scene'], side);
  readonly #targetOf: KeyOf = (node, side) => this.#asInFile(looseOf(node)['target'], side);

  #asInFile(id: unknown, side: 'live' | 'file'): string | undefined {
    if (typeof id !== 'string') return undefined;
    return side === 'file' ? id : this.book.fileOf.get(id as NodeId);
  }

  /** What was dragged to another parent, as far as what it holds tells it from all others. @returns the live ones */
  #elsewhere(): readonly TreeNode[] {
    const live = this.#lists.freeLive([...this.#live.values()]).filter(isDistinctive);
    if (live.length === 0) return [];
    const file = this.#lists.freeFile([...this.#file.values()]).filter(isDistinctive);
    this.#lists.byUniqueKey(live, file, (node) =>
      node.kind === 'device' ? deviceContent(node) : clipContent(node),
    );
    return live.filter(({ id }) => this.book.fileOf.has(id));
  }
}

type Nodes = readonly TreeNode[];

/** Lists below tracks, racks and chains; returns come before the chains whose sends name them. */
const BELOW_NODES = [
  'returnChains',
  'devices',
  'chains',
  'takeLanes',
  'clips',
  'slots',
  'arrangement',
  'sends',
] as const satisfies readonly ListName[];

const NODES_PER_SLICE = 200;
const PAIRS_PER_SLICE = 2_000;
/** What moved elsewhere may hold what moved on from there. */
const ROUNDS = 4;

/** Ids made from a position say little: `s@3`, `t7/a@16`. */
const isWeak = (id: NodeId): boolean => id.includes('@');

const indexOf = (root: TreeNode): ReadonlyMap<NodeId, TreeNode> =>
  new Map(walk(root).map((node) => [node.id, node]));
