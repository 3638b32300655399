/**
 * What changed since a save, found without the hub's comparing: Live (simulated) described when it saved, and now,
 * joined by the simulator's own identities.
 */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { ListName, NodeId, NodeOf, Op, Props, TreeNode } from '@livetree/live-set';
import { LIST_NAMES, tellChange, treeOps, walk } from '@livetree/live-set';
import type { Described } from '../simulator.ts';
import { treeOfTruth } from '../truth.ts';

/** What the list should say. */
export interface Since {
  /** In the words that people read, sorted. */
  readonly sentences: readonly string[];
  /** Nodes of the tree of now, and of that of the save, of which a property, place or being there is another. */
  readonly changed: ReadonlySet<NodeId>;
  /** Things whose details are others: values of parameters, notes. */
  readonly details: ReadonlySet<NodeId>;
  /** The tree of Live now, under ids of the simulator. */
  readonly root: NodeOf<'set'>;
}

/** The properties that the documentation lists as comparable, by `kind.property`. */
const LISTED = listed();

function listed(): { readonly edits: ReadonlySet<string>; readonly performance: ReadonlySet<string> } {
  const text = readFileSync(new URL('../../docs/compared-with-the-file.md', import.meta.url), 'utf8');
  const rows = text.split('\n').filter((line) => /^\| `\w+\.\w+`/.test(line));
  const of = (lines: readonly string[]) =>
    new Set(
      lines.flatMap((line) =>
        [...(line.split('|')[1] ?? '').matchAll(/`([\w.]+)`/g)].map(([, name = '']) => name),
      ),
    );
  const isPerformance = (line: string): boolean => line.includes('performance state');
  return {
    edits: of(rows.filter((line) => !isPerformance(line))),
    performance: of(rows.filter(isPerformance)),
  };
}

/** What a thing is and who named it: needed to tell of it. */
const BEING = new Set(['type', 'class', 'creator', 'liveMajor', 'autoName', 'userName']);

export function sinceSave(saved: Described, now: Described, profile: string): Since {
  const after = stated(treeOfTruth(now, profile));
  const before = asOrdered(masked(stated(treeOfTruth(saved, profile)), after), after);
  const ops = treeOps(before, after);
  const { sentences } = tellChange({ before: { root: before }, after: { root: after }, ops, touched: [] });
  return {
    sentences: sentences
      .filter(({ minor }) => !minor)
      .map(({ text }) => text)
      .toSorted(),
    changed: new Set(ops.map(idOf)),
    details: detailsOf(saved, now),
    root: after,
  };
}

export const idOf = (op: Op): NodeId => (op.op === 'insert' ? op.node.id : op.id);

const looseOf = (node: TreeNode): Props => node.props as Props;

/** With what is comparable, and no performance state. */
function stated<N extends TreeNode>(node: N): N {
  const isKept = (name: string): boolean => LISTED.edits.has(`${node.kind}.${name}`) || BEING.has(name);
  const props = Object.fromEntries(Object.entries(looseOf(node)).filter(([name]) => isKept(name)));
  const lists = Object.fromEntries(
    Object.entries(node.lists).map(([list, nodes]) => [list, nodes.map(stated)]),
  );
  return { ...node, props, lists } as N;
}

const LOOP = ['loopStart', 'loopEnd', 'startOffset', 'endMarker'];

/** The older tree, with the newer one's values where the two cannot be compared. */
function masked(root: NodeOf<'set'>, after: NodeOf<'set'>): NodeOf<'set'> {
  const newer = new Map(walk(after).map((node) => [node.id, node]));
  const mask = <N extends TreeNode>(node: N): N => {
    const other = newer.get(node.id);
    const lists = Object.fromEntries(
      Object.entries(node.lists).map(([list, nodes]) => [list, nodes.map(mask)]),
    );
    if (other === undefined) return { ...node, lists } as N;
    const [old, now] = [looseOf(node), looseOf(other)];
    const names = new Set(['autoName', 'userName', ...(hasLoops(old, now) ? [] : LOOP)]);
    const props: Record<string, unknown> = { ...old };
    for (const name of names) {
      if (now[name] === undefined) delete props[name];
      else props[name] = now[name];
    }
    // Another name is one that somebody gave; without this it is told as one that follows from the class.
    if ((node.kind === 'device' || node.kind === 'chain') && old['name'] !== now['name'])
      props['userName'] = old['name'];
    return { ...node, props, lists } as N;
  };
  return mask(root);
}

const hasLoops = (old: Props, now: Props): boolean => old['loopOn'] === true && now['loopOn'] === true;

const FOLLOWS = new Set<string>(['clips', 'slots', 'arrangement', 'locators']);

/** Lists whose order follows from what lies in them are in the order of the newer tree. */
function asOrdered<N extends TreeNode>(root: N, after: TreeNode): N {
  const newer = new Map(walk(after).map((node) => [node.id, node]));
  const order = <T extends TreeNode>(node: T): T => {
    const lists = Object.fromEntries(
      LIST_NAMES.flatMap((list) => {
        const nodes = node.lists[list]?.map(order);
        if (nodes === undefined) return [];
        const isDrum = node.kind === 'device' && node.props.class === 'DrumGroupDevice' && list === 'chains';
        const other = newer.get(node.id)?.lists[list];
        return [[list, (FOLLOWS.has(list) || isDrum) && other ? likeIn(other, nodes) : nodes] as const];
      }),
    );
    return { ...node, lists } as T;
  };
  return order(root);
}

function likeIn(wanted: readonly TreeNode[], nodes: readonly TreeNode[]): readonly TreeNode[] {
  const places = new Map(wanted.map(({ id }, at) => [id, at]));
  const placeOf = ({ id }: TreeNode): number => places.get(id) ?? Number.MAX_SAFE_INTEGER;
  return nodes.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** Ids that {@link treeOfTruth} gives. */
export const idOfUid = (uid: number): NodeId => `truth.${uid + 1_000}` as NodeId;

/** Devices with another value, clips with other notes; only those that were there when it was saved. */
function detailsOf(saved: Described, now: Described): ReadonlySet<NodeId> {
  const old = new Map(everything(saved).map((node) => [node.uid, node]));
  const found = everything(now).flatMap((node) => {
    const was = old.get(node.uid);
    return was !== undefined && isOther(was, node) ? [idOfUid(node.uid)] : [];
  });
  return new Set(found);
}

function isOther(was: Described, node: Described): boolean {
  if (node.kind === 'clip') return !isDeepStrictEqual(was.props['notes'] ?? [], node.props['notes'] ?? []);
  if (node.kind !== 'device') return false;
  const old = new Map(parametersOf(was).map(({ uid, props }) => [uid, props['value']]));
  // One that was configured meanwhile had no value.
  return parametersOf(node).some(
    ({ uid, moved, props }) => old.has(uid) && !moved && !isDeepStrictEqual(old.get(uid), props['value']),
  );
}

/** Without the first one, the switch: that is a property of its device. */
const parametersOf = ({ lists }: Described): readonly Described[] => (lists['parameters'] ?? []).slice(1);

export function everything(node: Described): readonly Described[] {
  return [node, ...Object.values(node.lists).flatMap((nodes) => nodes.flatMap(everything))];
}

/** The ids that the hub gives to the things of another tree of the same shape; arrangement clips in any order. */
export function idsByPlace(truth: NodeOf<'set'>, tree: NodeOf<'set'>): ReadonlyMap<NodeId, NodeId> {
  const found = new Map<NodeId, NodeId>();
  const [mine, theirs] = [scenesOf(truth), scenesOf(tree)];
  const join = (one: TreeNode, other: TreeNode): void => {
    found.set(one.id, other.id);
    for (const list of LIST_NAMES) {
      const others = inOrder(other, list, theirs);
      inOrder(one, list, mine).forEach((node, at) => {
        const pair = others[at];
        if (pair !== undefined) join(node, pair);
      });
    }
  };
  join(truth, tree);
  return found;
}

const scenesOf = ({ lists }: NodeOf<'set'>): ReadonlyMap<unknown, number> =>
  new Map((lists.scenes ?? []).map(({ id }, at) => [id, at]));

const SORTED = new Set<string>(['arrangement', 'locators', 'clips']);

function inOrder(node: TreeNode, list: ListName, scenes: ReadonlyMap<unknown, number>): readonly TreeNode[] {
  const nodes = node.lists[list] ?? [];
  if (!SORTED.has(list)) return nodes;
  const keyOf = ({ props }: TreeNode): string => JSON.stringify(Object.entries(props).toSorted());
  const timeOf = (each: TreeNode): number => {
    const { scene, start, time } = looseOf(each);
    return scenes.get(scene) ?? Number(start ?? time ?? 0);
  };
  return nodes.toSorted((a, b) => timeOf(a) - timeOf(b) || (keyOf(a) < keyOf(b) ? -1 : 1));
}
