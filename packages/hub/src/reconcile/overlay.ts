/**
 * Live's tree plus what the file alone knows: properties that Live does not state (info texts, delays, counts of
 * details), and the lists that this version of Live cannot state. What Live states is never overwritten.
 */
import type {
  InsertOp,
  ListName,
  NodeId,
  NodeLists,
  NodeOf,
  Op,
  PropChanges,
  Props,
  PropValue,
  RemoveOp,
  SetOp,
  TreeNode,
} from '@livetree/live-set';
import { walk } from '@livetree/live-set';
import { rowOf } from './comparable.ts';
import { unstatedLists } from './live-knows.ts';

/** What the file knows, ready to be asked node by node. */
export interface Underlay {
  /** Nodes of the file, under the ids they are served under. */
  readonly nodes: ReadonlyMap<NodeId, TreeNode>;
  /** Lists that the running Live cannot state. */
  readonly unstated: readonly ListName[];
}

/** No file: the tree is Live's alone. */
export const NO_UNDERLAY: Underlay = { nodes: new Map(), unstated: [] };

/**
 * @param file its tree as {@link underLiveIds} gives it
 * @param creator that of Live's tree, which says its version
 */
export const underlayOf = (file: NodeOf<'set'>, creator: string | undefined): Underlay => ({
  nodes: new Map(walk(file).map((node) => [node.id, node])),
  unstated: unstatedLists(creator),
});

/** Live's tree with what the file alone knows. Linear in the nodes; what gains nothing stays the same object. */
export const overlay = (live: NodeOf<'set'>, file: NodeOf<'set'>): NodeOf<'set'> =>
  overlaid(live, underlayOf(file, live.props.creator)) as NodeOf<'set'>;

/** One node of Live's tree with all below it, over what the file knows of them. */
export function overlaid<N extends TreeNode>(node: N, under: Underlay): N {
  const file = under.nodes.get(node.id);
  const lists = overlaidLists(node, file, under);
  const props = file?.kind === node.kind ? overlaidProps(node, file.props) : node.props;
  if (lists === node.lists && props === node.props) return node;
  return { ...node, props, lists };
}

function overlaidLists(node: TreeNode, file: TreeNode | undefined, under: Underlay): NodeLists {
  let result: { -readonly [L in ListName]?: NodeLists[L] } | undefined;
  for (const name in node.lists) {
    const list = name as ListName;
    const children = node.lists[list] ?? [];
    const made = children.map((child) => overlaid(child, under));
    if (made.every((child, at) => child === children[at])) continue;
    result ??= { ...node.lists };
    result[list] = made;
  }
  for (const list of under.unstated) {
    const known = file?.lists[list];
    if (known === undefined || node.lists[list] !== undefined) continue;
    result ??= { ...node.lists };
    result[list] = known;
  }
  return result ?? node.lists;
}

function overlaidProps(node: TreeNode, file: Props): TreeNode['props'] {
  const own = node.props as Props;
  let made: Record<string, PropValue> | undefined;
  for (const name in file) {
    if (own[name] !== undefined || !isOfFile(node, name)) continue;
    made ??= { ...own };
    made[name] = file[name] as PropValue;
  }
  return (made ?? own) as TreeNode['props'];
}

/** Who gave a name goes with the name, which is Live's. */
const NAMING = new Set(['autoName', 'userName']);

/** Where a property is comparable its absence in Live says something, too. */
const isOfFile = ({ kind }: TreeNode, prop: string): boolean =>
  !NAMING.has(prop) && rowOf(kind, prop) === undefined;

/**
 * Ops of Live's tree as they are in the tree that is served: what Live no longer states falls back to the file's, new
 * and removed nodes bring along what the file knows of them. Cost: the ops.
 */
export function overlayOps(ops: readonly Op[], under: Underlay): readonly Op[] {
  if (under.nodes.size === 0) return ops;
  return ops.flatMap((op): readonly Op[] => {
    switch (op.op) {
      case 'insert':
        return [overInsert(op, under)];
      case 'remove':
        return [overRemove(op, under)];
      case 'set':
        return overSet(op, under);
      case 'move':
        return [op];
      default: {
        const never: never = op;
        return never;
      }
    }
  });
}

const overInsert = (op: InsertOp, under: Underlay): InsertOp => ({ ...op, node: overlaid(op.node, under) });

const overRemove = (op: RemoveOp, under: Underlay): RemoveOp =>
  op.was === undefined ? op : { ...op, was: { ...op.was, node: overlaid(op.was.node, under) } };

function overSet(op: SetOp, under: Underlay): readonly SetOp[] {
  const file = under.nodes.get(op.id);
  if (file === undefined) return [op];
  const props = withFallback(op.props, file);
  const was = op.was && withFallback(op.was, file);
  const same = Object.keys(props).filter((name) => was !== undefined && was[name] === props[name]);
  if (same.length === 0) return [{ ...op, props, ...(was && { was }) }];
  const [left, leftWas] = [without(props, same), without(was ?? {}, same)];
  return Object.keys(left).length === 0 ? [] : [{ ...op, props: left, was: leftWas }];
}

function withFallback(changes: PropChanges, file: TreeNode): PropChanges {
  const known = file.props as Props;
  return Object.fromEntries(
    Object.entries(changes).map(([name, value]) => [
      name,
      value ?? (isOfFile(file, name) ? (known[name] ?? null) : null),
    ]),
  );
}

const without = (changes: PropChanges, names: readonly string[]): PropChanges =>
  Object.fromEntries(Object.entries(changes).filter(([name]) => !names.includes(name)));
