/**
 * How far a tree is from the file: one for each property that differs, each node that only one of them has, and
 * each node that lies elsewhere. Kept as a running count while a tree is taken back change by change: only what a
 * change touches is counted anew.
 */
import type {
  ListName,
  NodeId,
  NodeOf,
  Op,
  Place,
  PropChanges,
  Props,
  PropValue,
  TreeNode,
} from '@livetree/live-set';
import { forEachChild, walk } from '@livetree/live-set';
import { compareProp, rowsOf } from './comparable.ts';
import { hasOwnOrder, isTellingNothing, type Leave } from './file-as-live.ts';
import { unstatedLists } from './live-knows.ts';

interface Spot {
  readonly kind: TreeNode['kind'];
  props: Props;
  parent: NodeId | undefined;
  list: ListName;
  /** Its lists, from the first time that one is asked for. */
  lists: Map<ListName, NodeId[]> | undefined;
  readonly node: TreeNode;
  /** What it adds to the distance. */
  cost: number;
}

/** Of a node of the file: where it lies, and after which sibling (`undefined`: the first, or the order says nothing). */
interface Wanted {
  readonly node: TreeNode;
  readonly parent: NodeId | undefined;
  readonly list: ListName;
  readonly after: NodeId | undefined;
  readonly isOrdered: boolean;
}

export interface DistanceOptions {
  /** Properties that count for nothing. */
  readonly leave?: (node: NodeId, prop: string) => Leave;
}

const NODES_PER_SLICE = 1_000;

/** A tree on its way back. */
export class Distance {
  readonly #wanted = new Map<NodeId, Wanted>();
  readonly #spots = new Map<NodeId, Spot>();
  readonly #unstated: ReadonlySet<ListName>;
  readonly #fileSet: Props;
  readonly #root: NodeId;
  readonly #leave: DistanceOptions['leave'];
  #total = 0;
  /** Nodes of the file that the tree has. */
  #found = 0;

  private constructor(tree: NodeOf<'set'>, file: NodeOf<'set'>, options: DistanceOptions) {
    this.#unstated = new Set(unstatedLists(tree.props.creator));
    this.#fileSet = file.props;
    this.#root = tree.id;
    this.#leave = options.leave;
  }

  /**
   * In slices. Linear in both trees.
   * @param file under the ids of the tree
   */
  static *measuring(
    tree: NodeOf<'set'>,
    file: NodeOf<'set'>,
    options: DistanceOptions = {},
  ): Generator<void, Distance> {
    const distance = new Distance(tree, file, options);
    const top = { parent: undefined, list: 'main', after: undefined, isOrdered: false } as const;
    yield* distance.#wanting({ node: file, ...top });
    yield* distance.#hanging(tree, undefined, 'main');
    let left = NODES_PER_SLICE;
    for (const { id } of walk(tree)) {
      distance.#count(id);
      left -= 1;
      if (left > 0) continue;
      left = NODES_PER_SLICE;
      yield;
    }
    return distance;
  }

  /** 0: nothing that can be compared differs. */
  get total(): number {
    return this.#total + this.#wanted.size - this.#found;
  }

  /** Nodes of the file that can be compared. */
  get size(): number {
    return this.#wanted.size;
  }

  /**
   * Takes back the ops of one change. Cost: the ops, and the lists they touch.
   * What lies in lists that this Live cannot state is passed over.
   * @returns `false`: they cannot be taken back, because they do not say what was
   */
  undo(ops: readonly Op[]): boolean {
    for (let at = ops.length - 1; at >= 0; at--) if (!this.#undo(ops[at] as Op)) return false;
    return true;
  }

  #undo(op: Op): boolean {
    switch (op.op) {
      case 'set':
        return op.was !== undefined && this.#set(op.id, op.was);
      case 'insert':
        return this.#takeOut(op.node.id, true);
      case 'remove':
        return op.was !== undefined && this.#putIn(op.was.node, op.was);
      case 'move':
        return op.was !== undefined && this.#move(op.id, op.was);
      default: {
        const never: never = op;
        throw new Error(`unknown op ${JSON.stringify(never)}`);
      }
    }
  }

  #set(id: NodeId, was: PropChanges): boolean {
    const spot = this.#spots.get(id);
    if (spot === undefined) return true;
    const props: Record<string, PropValue> = { ...spot.props };
    for (const [name, value] of Object.entries(was)) {
      if (value === null) delete props[name];
      else props[name] = value;
    }
    spot.props = props;
    this.#count(id);
    return true;
  }

  #takeOut(id: NodeId, forGood: boolean): boolean {
    const spot = this.#spots.get(id);
    const siblings = spot && this.#listOf(spot.parent, spot.list);
    const at = siblings?.indexOf(id) ?? -1;
    if (siblings === undefined || at < 0) return true;
    siblings.splice(at, 1);
    if (forGood) this.#forget(id);
    this.#count(siblings[at]);
    return true;
  }

  #putIn(node: TreeNode, { parent, list, index }: Place): boolean {
    const siblings = this.#listOf(parent, list);
    if (siblings === undefined || this.#spots.has(node.id) || this.#unstated.has(list)) return true;
    siblings.splice(index, 0, node.id);
    this.#hang(node, parent, list);
    for (const { id } of walk(node)) this.#count(id);
    this.#count(siblings[index + 1]);
    return true;
  }

  #move(id: NodeId, { parent, list, index }: Place): boolean {
    const spot = this.#spots.get(id);
    if (spot === undefined || !this.#takeOut(id, false)) return true;
    const siblings = this.#listOf(parent, list);
    if (siblings === undefined) return true;
    siblings.splice(index, 0, id);
    [spot.parent, spot.list] = [parent, list];
    this.#count(id);
    this.#count(siblings[index + 1]);
    return true;
  }

  #forget(id: NodeId): void {
    const spot = this.#spots.get(id);
    if (spot === undefined) return;
    this.#total -= spot.cost;
    if (this.#wanted.has(id)) this.#found -= 1;
    this.#spots.delete(id);
    for (const members of listsOf(spot).values()) for (const member of members) this.#forget(member);
  }

  /** Of the whole tree, a track at a time. */
  *#hanging(node: TreeNode, parent: NodeId | undefined, list: ListName): Generator<void> {
    this.#hangOne(node, parent, list);
    for (const [name, child] of childrenOf(node)) {
      if (this.#unstated.has(name)) continue;
      if (child.kind === 'track') yield* this.#hanging(child, node.id, name);
      else this.#hang(child, node.id, name);
    }
    yield;
  }

  #hang(node: TreeNode, parent: NodeId | undefined, list: ListName): void {
    this.#hangOne(node, parent, list);
    forEachChild(node, (child, name) => {
      if (!this.#unstated.has(name)) this.#hang(child, node.id, name);
    });
  }

  #hangOne(node: TreeNode, parent: NodeId | undefined, list: ListName): void {
    const props = node.props as Props;
    this.#spots.set(node.id, { kind: node.kind, props, parent, list, lists: undefined, node, cost: 0 });
    if (this.#wanted.has(node.id)) this.#found += 1;
  }

  /** Of the whole file, a track at a time. */
  *#wanting(wanted: Wanted): Generator<void> {
    this.#wanted.set(wanted.node.id, wanted);
    for (const each of this.#wantedIn(wanted.node)) {
      if (each.node.kind === 'track') yield* this.#wanting(each);
      else this.#want(each);
    }
    yield;
  }

  #want(wanted: Wanted): void {
    this.#wanted.set(wanted.node.id, wanted);
    for (const each of this.#wantedIn(wanted.node)) this.#want(each);
  }

  /** The children of a node of the file that Live would tell of, too. */
  #wantedIn(parent: TreeNode): readonly Wanted[] {
    const found: Wanted[] = [];
    forEachChild(parent, (node, list) => {
      if (this.#unstated.has(list) || isTellingNothing(node)) return;
      const before = found.at(-1);
      const after = before?.list === list ? before.node.id : undefined;
      found.push({ node, parent: parent.id, list, after, isOrdered: hasOwnOrder(list, parent) });
    });
    return found;
  }

  /** Counts one node anew. */
  #count(id: NodeId | undefined): void {
    const spot = id === undefined ? undefined : this.#spots.get(id);
    if (id === undefined || spot === undefined) return;
    const cost = this.#costOf(id, spot);
    this.#total += cost - spot.cost;
    spot.cost = cost;
  }

  #costOf(id: NodeId, spot: Spot): number {
    const wanted = this.#wanted.get(id);
    if (wanted === undefined) return saysNothing(spot) ? 0 : 1;
    return this.#placeCost(id, spot, wanted) + this.#propsCost(id, spot, wanted);
  }

  #placeCost(id: NodeId, { parent, list }: Spot, wanted: Wanted): number {
    if (parent !== wanted.parent || list !== wanted.list) return 1;
    if (!wanted.isOrdered || parent === undefined) return 0;
    const siblings = this.#listOf(parent, list) ?? [];
    return siblings[siblings.indexOf(id) - 1] === wanted.after ? 0 : 1;
  }

  #propsCost(id: NodeId, spot: Spot, { node }: Wanted): number {
    const liveSet = this.#spots.get(this.#root)?.props ?? {};
    const both = { live: spot.props, file: node.props as Props, liveSet, fileSet: this.#fileSet };
    let cost = 0;
    for (const row of rowsOf(spot.kind)) {
      const { prop } = row;
      if (both.live[prop] === both.file[prop] || compareProp(row, both) !== 'different') continue;
      if (this.#leave?.(id, prop) === undefined) cost += 1;
    }
    return cost;
  }

  #listOf(parent: NodeId | undefined, list: ListName): NodeId[] | undefined {
    const spot = parent === undefined ? undefined : this.#spots.get(parent);
    const lists = spot && listsOf(spot);
    const known = lists?.get(list);
    if (lists === undefined || known !== undefined) return known;
    const made: NodeId[] = [];
    lists.set(list, made);
    return made;
  }
}

function childrenOf(node: TreeNode): readonly (readonly [ListName, TreeNode])[] {
  const found: (readonly [ListName, TreeNode])[] = [];
  forEachChild(node, (child, list) => found.push([list, child]));
  return found;
}

const saysNothing = ({ kind, props }: Spot): boolean => kind === 'slot' && props['hasStop'] !== false;

/** Lists of members' ids, which change as the tree is taken back. */
function listsOf(spot: Spot): Map<ListName, NodeId[]> {
  if (spot.lists !== undefined) return spot.lists;
  const lists = new Map<ListName, NodeId[]>();
  forEachChild(spot.node, ({ id }, name) => {
    const members = lists.get(name);
    if (members === undefined) lists.set(name, [id]);
    else members.push(id);
  });
  spot.lists = lists;
  return lists;
}
