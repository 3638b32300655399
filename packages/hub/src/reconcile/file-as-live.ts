/**
 * The file as Live would show it: what can be compared is the file's, all else is Live's. Its difference from Live's
 * tree is what changed since the save. Subtrees without a difference are Live's own objects.
 */
import type { ListName, NodeId, NodeLists, NodeOf, Props, PropValue, TreeNode } from '@livetree/live-set';
import { LIST_NAMES, walk } from '@livetree/live-set';
import { type Comparable, compareProp, rowsOf } from './comparable.ts';
import { tracksUpwards } from './flat-tracks.ts';
import { unstatedLists } from './live-knows.ts';
import { statedProps } from './stated.ts';

/** One property of one node that differs. */
export interface PropDifference {
  readonly node: NodeId;
  readonly row: Comparable;
  /** Absent: it is not there. */
  readonly live?: PropValue;
  readonly file?: PropValue;
}

/** Why a property of a node is left as Live has it: not known since it could have changed, or set aside for good. */
export type Leave = 'unknown' | 'aside' | undefined;

/** Stands for the node itself where a property is asked for: whether it is there at all. */
export const PLACE = 'place';

export interface AsLiveOptions {
  /** Asked for properties that differ, and with {@link PLACE} for nodes that only one side has. */
  readonly leave?: (node: NodeId, prop: string) => Leave;
}

export interface FileAsLive {
  readonly root: NodeOf<'set'>;
  readonly differences: readonly PropDifference[];
  /** Properties that differ, and that nobody read since they could have changed. */
  readonly unknown: number;
}

const NODES_PER_SLICE = 200;

/**
 * In slices. Linear in the nodes.
 * @param file its tree under the ids that are served
 */
export function* fileAsLive(
  live: NodeOf<'set'>,
  file: NodeOf<'set'>,
  options: AsLiveOptions = {},
): Generator<void, FileAsLive> {
  const mine = new Map(walk(live).map((node) => [node.id, node]));
  yield;
  const theirs = new Set(walk(file).map(({ id }) => id));
  yield;
  const maker = new Maker({ root: live, nodes: mine }, { root: file, ids: theirs }, options);
  // Tracks one after the other; each of them at once: a generator for every node takes five times as long.
  for (const track of tracksUpwards(file)) if (maker.prepare(track)) yield;
  const root = maker.made(file) as NodeOf<'set'>;
  return { root, differences: maker.differences, unknown: maker.unknown };
}

interface LiveIndex {
  readonly root: NodeOf<'set'>;
  readonly nodes: ReadonlyMap<NodeId, TreeNode>;
}
interface FileIndex {
  readonly root: NodeOf<'set'>;
  readonly ids: ReadonlySet<NodeId>;
}

class Maker {
  readonly differences: PropDifference[] = [];
  unknown = 0;
  readonly #options: AsLiveOptions;
  readonly #live: ReadonlyMap<NodeId, TreeNode>;
  readonly #file: ReadonlySet<NodeId>;
  readonly #liveSet: Props;
  readonly #fileSet: Props;
  readonly #unstated: ReadonlySet<ListName>;
  readonly #prepared = new Map<TreeNode, TreeNode>();
  #budget = NODES_PER_SLICE;

  constructor(live: LiveIndex, file: FileIndex, options: AsLiveOptions) {
    this.#options = options;
    this.#live = live.nodes;
    this.#file = file.ids;
    [this.#liveSet, this.#fileSet] = [live.root.props, file.root.props];
    this.#unstated = new Set(unstatedLists(live.root.props.creator));
  }

  /** Makes a node ahead. @returns whether it is time for a rest */
  prepare(file: TreeNode): boolean {
    this.#prepared.set(file, this.made(file));
    if (this.#budget > 0) return false;
    this.#budget = NODES_PER_SLICE;
    return true;
  }

  made(file: TreeNode): TreeNode {
    const prepared = this.#prepared.get(file);
    if (prepared !== undefined) return prepared;
    this.#budget -= 1;
    const live = this.#live.get(file.id);
    const pair = live?.kind === file.kind ? live : undefined;
    const lists = this.#lists(file, pair);
    if (pair === undefined) return { ...file, props: statedProps(file), lists } as TreeNode;
    const props = this.#props(pair, file);
    if (props === pair.props && isSameLists(lists, pair.lists)) return pair;
    return { ...pair, props, lists } as TreeNode;
  }

  #lists(file: TreeNode, live: TreeNode | undefined): NodeLists {
    if (isEmpty(file.lists) && (live === undefined || isEmpty(live.lists))) return live?.lists ?? file.lists;
    const lists: { -readonly [L in ListName]?: NodeLists[L] } = {};
    for (const list of LIST_NAMES) {
      const [mine, theirs] = [live?.lists[list], file.lists[list]];
      if (mine === undefined && theirs === undefined) continue;
      if (this.#unstated.has(list)) {
        if (mine !== undefined) lists[list] = mine;
        continue;
      }
      const made: TreeNode[] = [];
      for (const child of theirs ?? []) {
        if (this.#live.has(child.id) || !this.#isLeft(child)) made.push(this.made(child));
      }
      const left = (mine ?? []).filter((node) => !this.#file.has(node.id) && this.#isLeft(node));
      const all = [...made, ...left];
      if (all.length === 0) continue;
      lists[list] = hasOwnOrder(list, file) && left.length === 0 ? all : inOrderOf(mine ?? [], all);
    }
    return lists;
  }

  /** Whether it counts for nothing that only one side has this node. */
  #isLeft(node: TreeNode): boolean {
    return isTellingNothing(node) || this.#options.leave?.(node.id, PLACE) !== undefined;
  }

  /** Live's properties, and the file's where they differ. */
  #props(live: TreeNode, file: TreeNode): Props {
    const own = live.props as Props;
    let made: Record<string, PropValue> | undefined;
    const both = { live: own, file: file.props as Props, liveSet: this.#liveSet, fileSet: this.#fileSet };
    for (const row of rowsOf(live.kind)) {
      const { prop } = row;
      if (both.live[prop] === both.file[prop] || compareProp(row, both) !== 'different') continue;
      const leave = this.#options.leave?.(live.id, prop);
      if (leave === 'unknown') this.unknown += 1;
      if (leave !== undefined) continue;
      this.differences.push({ node: live.id, row, ...valuesOf(prop, both) });
      made ??= { ...own };
      const value = both.file[prop];
      const shown = value === undefined || row.form === undefined ? value : row.form(value);
      if (shown === undefined || shown === null) delete made[prop];
      else made[prop] = shown;
      // Another name is one that somebody gave: without it the sentences take it for one that follows from the class.
      if (prop === 'name' && (live.kind === 'device' || live.kind === 'chain'))
        made['userName'] = shown ?? '';
    }
    return made ?? own;
  }
}

function valuesOf(
  prop: string,
  { live, file }: { readonly live: Props; readonly file: Props },
): {
  readonly live?: PropValue;
  readonly file?: PropValue;
} {
  const [mine, theirs] = [live[prop], file[prop]];
  return { ...(mine !== undefined && { live: mine }), ...(theirs !== undefined && { file: theirs }) };
}

/** A slot like any other: the file may have it, Live does not tell of it. */
export const isTellingNothing = (node: TreeNode): boolean =>
  node.kind === 'slot' && node.props.hasStop !== false;

/** Lists whose order follows from what lies in them; of drum chains the order in Live is not known (docs/live-api.md). */
const DERIVED = new Set<ListName>(['clips', 'slots', 'arrangement', 'locators']);
export const hasOwnOrder = (list: ListName, parent: TreeNode): boolean =>
  !DERIVED.has(list) &&
  !(list === 'chains' && parent.kind === 'device' && parent.props.class === 'DrumGroupDevice');

/** What both have in Live's order, then the rest. */
function inOrderOf(live: readonly TreeNode[], nodes: readonly TreeNode[]): readonly TreeNode[] {
  const left = new Map(nodes.map((node) => [node.id, node]));
  const ordered: TreeNode[] = [];
  for (const { id } of live) {
    const node = left.get(id);
    if (node !== undefined) ordered.push(node);
    left.delete(id);
  }
  return [...ordered, ...left.values()];
}

function isEmpty(lists: NodeLists): boolean {
  for (const _ in lists) return false;
  return true;
}

function isSameLists(a: NodeLists, b: NodeLists): boolean {
  for (const list in b) if (a[list as ListName] === undefined) return false;
  for (const list in a) {
    const [mine, theirs] = [a[list as ListName] ?? [], b[list as ListName] ?? []];
    if (mine.length !== theirs.length || mine.some((node, at) => node !== theirs[at])) return false;
  }
  return true;
}
