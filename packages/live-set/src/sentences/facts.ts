import type { FacetName, NodeId, PropValue, TreeNode } from '../model/node.ts';
import type { Op, Touched } from '../patch/op.ts';
import type { TreeIndex } from './tree-index.ts';

/** Value of a property before and after; `undefined` = it is not there. */
export interface PropChange {
  readonly was: PropValue | undefined;
  readonly now: PropValue | undefined;
}

/**
 * What is different, without how: the net effect of the ops. Rules take from it what they tell; what remains
 * is told in general words, so that nothing is lost.
 */
export interface Facts {
  /** New nodes whose parent is not new (as in the newer tree). */
  readonly added: Map<NodeId, TreeNode>;
  /** Nodes that are gone, and whose parent is not (as in the older tree). */
  readonly removed: Map<NodeId, TreeNode>;
  readonly moved: Set<NodeId>;
  readonly props: Map<NodeId, Map<string, PropChange>>;
  readonly facets: Map<NodeId, Set<FacetName>>;
  readonly other: Map<NodeId, readonly string[]>;
  /** Nodes of ops that come to nothing, or lie inside something added or removed. */
  readonly within: Set<NodeId>;
}

export function factsOf(
  before: TreeIndex,
  after: TreeIndex,
  ops: readonly Op[],
  touched: readonly Touched[],
): Facts {
  const facts: Facts = {
    added: new Map(),
    removed: new Map(),
    moved: new Set(),
    props: new Map(),
    facets: new Map(touched.map(({ id, facets }) => [id, new Set(facets)])),
    other: new Map(touched.filter(({ other }) => other.length > 0).map(({ id, other }) => [id, other])),
    within: new Set(),
  };
  for (const op of ops) addFact(facts, before, after, op);
  return facts;
}

function addFact(facts: Facts, before: TreeIndex, after: TreeIndex, op: Op): void {
  const id = op.op === 'insert' ? op.node.id : op.id;
  const [old, young] = [before.entry(id), after.entry(id)];
  if (old === undefined && young !== undefined && !isNew(young.parent?.node.id, before)) {
    facts.added.set(id, young.node);
  } else if (old !== undefined && young === undefined && !isNew(old.parent?.node.id, after)) {
    facts.removed.set(id, old.node);
  } else if (old === undefined || young === undefined) {
    facts.within.add(id);
  } else if (op.op === 'move') {
    facts.moved.add(id);
  } else {
    addProps(facts, old.node, young.node, op.op === 'set' ? Object.keys(op.props) : []);
  }
}

const isNew = (id: NodeId | undefined, other: TreeIndex): boolean => id !== undefined && !other.has(id);

function addProps(facts: Facts, old: TreeNode, young: TreeNode, names: readonly string[]): void {
  const [before, after] = [old.props, young.props] as readonly Readonly<Record<string, PropValue>>[];
  const changes = facts.props.get(old.id) ?? new Map<string, PropChange>();
  for (const name of names) {
    const [was, now] = [before?.[name], after?.[name]];
    if (was !== now) changes.set(name, { was, now });
  }
  if (changes.size > 0) facts.props.set(old.id, changes);
  else facts.within.add(old.id);
}
