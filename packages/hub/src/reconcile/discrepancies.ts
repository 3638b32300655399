/** Rule 5: what differed between file and Live at the moment of the save, and what comes of asking Live again. */
import type { NodeId, NodeOf, Op, PropValue, TreeNode } from '@livetree/live-set';
import { treeOps, walk } from '@livetree/live-set';
import { compareProp, rowOf } from './comparable.ts';
import { fileAsLive, type Leave, PLACE } from './file-as-live.ts';

/** One thing that file and Live do not agree on. */
export interface Discrepancy {
  readonly node: NodeId;
  /** {@link PLACE}: whether or where the node is there at all. */
  readonly prop: string;
  /** `track.color`, `clip.place`: by what they are counted. */
  readonly property: string;
  readonly live?: PropValue;
  readonly file?: PropValue;
  /** Of {@link PLACE}: the side that has the node; absent: both have it, elsewhere. */
  readonly onlyIn?: 'live' | 'file';
  /** The node that Live is asked for: that one, or the one in whose lists it lies or should lie. */
  readonly ask: NodeId;
}

export interface DiscrepancyOptions {
  readonly leave?: (node: NodeId, prop: string) => Leave;
}

/**
 * In slices.
 * @param base Live's tree at the moment of the save
 * @param file its tree under the same ids
 */
export function* findingDiscrepancies(
  base: NodeOf<'set'>,
  file: NodeOf<'set'>,
  options: DiscrepancyOptions = {},
): Generator<void, readonly Discrepancy[]> {
  const { root, differences } = yield* fileAsLive(base, file, options);
  const found: Discrepancy[] = differences.map(({ node, row, ...values }) => ({
    node,
    prop: row.prop,
    property: `${row.kind}.${row.prop}`,
    ...values,
    ask: node,
  }));
  yield;
  const kinds = new Map([...walk(root), ...walk(base)].map(({ id, kind }) => [id, kind]));
  for (const op of treeOps(root, base)) {
    const place = placeOf(op);
    if (place === undefined) continue;
    const kind = kinds.get(place.node) ?? 'set';
    // Live has all tracks in one list, those of groups, too.
    const ask = kind === 'track' ? base.id : place.ask;
    found.push({ ...place, ask, prop: PLACE, property: `${kind}.${PLACE}` });
  }
  return found;
}

function placeOf(op: Op): Pick<Discrepancy, 'node' | 'ask' | 'onlyIn'> | undefined {
  switch (op.op) {
    case 'set':
      return undefined;
    case 'insert':
      return { node: op.node.id, ask: op.parent, onlyIn: 'live' };
    case 'move':
      return { node: op.id, ask: op.parent };
    case 'remove':
      return op.was && { node: op.id, ask: op.was.parent, onlyIn: 'file' };
    default: {
      const never: never = op;
      throw new Error(`unknown op ${JSON.stringify(never)}`);
    }
  }
}

/**
 * What asking brought: `mismatch`: Live answered otherwise than it was known, an event was missed · `disagreement`:
 * Live insists, so a conversion or a pair of ours is at fault, and it is not listed · `settled`: they agree, or it
 * was changed since the save.
 */
export type Judgement = 'mismatch' | 'disagreement' | 'settled';

export interface Judged {
  readonly discrepancy: Discrepancy;
  readonly judgement: Judgement;
}

/**
 * Judges by Live's answer.
 * @param asked Live's tree as it was known when it was asked
 * @param answered Live's tree with the answer
 * @param file its tree under the same ids
 */
export function judge(
  discrepancies: readonly Discrepancy[],
  asked: NodeOf<'set'>,
  answered: NodeOf<'set'>,
  file: NodeOf<'set'>,
): readonly Judged[] {
  const sides = { asked: sideOf(asked), answered: sideOf(answered), file: sideOf(file) };
  return discrepancies.map((discrepancy) => ({ discrepancy, judgement: judgeOne(discrepancy, sides) }));
}

interface Side {
  readonly root: NodeOf<'set'>;
  readonly nodes: ReadonlyMap<NodeId, TreeNode>;
  readonly parents: ReadonlyMap<NodeId, NodeId>;
}
type Sides = { readonly [S in 'asked' | 'answered' | 'file']: Side };

function sideOf(root: NodeOf<'set'>): Side {
  const nodes = new Map<NodeId, TreeNode>();
  const parents = new Map<NodeId, NodeId>();
  for (const node of walk(root)) {
    nodes.set(node.id, node);
    for (const list of Object.values(node.lists)) for (const { id } of list ?? []) parents.set(id, node.id);
  }
  return { root, nodes, parents };
}

function judgeOne(discrepancy: Discrepancy, sides: Sides): Judgement {
  if (discrepancy.prop === PLACE) return judgePlace(discrepancy, sides);
  const { node, prop } = discrepancy;
  const [asked, answered, file] = [sides.asked, sides.answered, sides.file].map(
    (side) => side.nodes.get(node)?.props as Readonly<Record<string, PropValue>> | undefined,
  );
  if (asked?.[prop] !== answered?.[prop]) return 'mismatch';
  const row = rowOf(sides.file.nodes.get(node)?.kind ?? 'set', prop);
  if (answered === undefined || file === undefined || row === undefined) return 'settled';
  if (asked?.[prop] !== discrepancy.live) return 'settled';
  const both = {
    live: answered,
    file,
    liveSet: sides.answered.root.props,
    fileSet: sides.file.root.props,
  };
  return compareProp(row, both) === 'different' ? 'disagreement' : 'settled';
}

function judgePlace({ node, ask }: Discrepancy, { asked, answered, file }: Sides): Judgement {
  // What Live has that nobody knew of goes by an id of its own until it is paired.
  if (membersOf(asked, ask) !== membersOf(answered, ask)) return 'mismatch';
  const [before, after, wanted] = [asked, answered, file].map(({ parents }) => parents.get(node));
  if (before !== after) return 'mismatch';
  return after === wanted && orderOf(answered, node) === orderOf(file, node) ? 'settled' : 'disagreement';
}

/** Whether the lists of any of these nodes hold other things in one tree than in the other. Linear in both. */
export function hasOtherMembers(a: NodeOf<'set'>, b: NodeOf<'set'>, ids: ReadonlySet<NodeId>): boolean {
  const [one, other] = [sideOf(a), sideOf(b)];
  return [...ids].some((id) => membersOf(one, id) !== membersOf(other, id));
}

/** All that lies in the lists of a node, with the tracks of its groups, whatever the order. */
const membersOf = ({ nodes }: Side, id: NodeId): string => idsBelow(nodes.get(id)).sort().join();

function idsBelow(node: TreeNode | undefined): NodeId[] {
  return Object.entries(node?.lists ?? {}).flatMap(([name, list]) =>
    (list ?? []).flatMap((child) => (name === 'tracks' ? [child.id, ...tracksOf(child)] : [child.id])),
  );
}

const tracksOf = (group: TreeNode): readonly NodeId[] =>
  (group.lists.tracks ?? []).flatMap((track) => [track.id, ...tracksOf(track)]);

/** The siblings of a node, in their order. */
function orderOf({ nodes, parents }: Side, id: NodeId): string {
  const parent = nodes.get(parents.get(id) as NodeId);
  const list = Object.values(parent?.lists ?? {}).find((each) => each?.some((node) => node.id === id));
  return (list ?? []).map((node) => node.id).join();
}
