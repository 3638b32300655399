/**
 * The saved file beside Live's truth, joined without the hub: what the simulator held when it saved and what the parser
 * reads are one Set of one shape, and from then on the simulator's own identities say what is what.
 */
import { readFileSync } from 'node:fs';
import type { NodeId, NodeKind, NodeOf, Props, TreeNode } from '@livetree/live-set';
import { DEFAULT_LIMITS, LIST_NAMES, parseSet } from '@livetree/live-set';
import { inflateSet, nodePlatform } from '@livetree/live-set/node';
import { rowOf } from '../../packages/hub/src/reconcile/comparable.ts';
import type { Described } from '../simulator.ts';
import { treeOfTruth } from '../truth.ts';
import { everything, idOfUid, idsByPlace } from './since-save.ts';

/** What a file knows of the things of Live. */
export interface FileBeside {
  /** Nodes of the file by the ids that the truth gives to the same things. */
  readonly nodes: ReadonlyMap<NodeId, TreeNode>;
  /** How often each thing had been made anew when it was saved. */
  readonly again: ReadonlyMap<NodeId, number>;
}

export const NO_FILE: FileBeside = { nodes: new Map(), again: new Map() };

/** @param saved the truth of the moment at which the file was saved */
export function fileBeside(path: string, saved: Described, profile: string): FileBeside {
  const { root } = parseSet(inflateSet(readFileSync(path), DEFAULT_LIMITS), { platform: nodePlatform });
  const file = withoutUsualSlots(root);
  const nodes = new Map<NodeId, TreeNode>();
  const index = (node: TreeNode): void => {
    nodes.set(node.id, node);
    for (const list of LIST_NAMES) node.lists[list]?.forEach(index);
  };
  index(file);
  const beside = new Map<NodeId, TreeNode>();
  for (const [mine, theirs] of idsByPlace(treeOfTruth(saved, profile), file)) {
    const node = nodes.get(theirs);
    if (node !== undefined) beside.set(mine, node);
  }
  return { nodes: beside, again: againOf(saved) };
}

const againOf = (described: Described): ReadonlyMap<NodeId, number> =>
  new Map(
    everything(described).flatMap(({ uid, again }) => (again === undefined ? [] : [[idOfUid(uid), again]])),
  );

/** Live does not tell of a slot that is like any other. */
function withoutUsualSlots<N extends TreeNode>(node: N): N {
  const lists = Object.fromEntries(
    LIST_NAMES.flatMap((list) => {
      const nodes = node.lists[list]
        ?.filter((each) => each.kind !== 'slot' || each.props.hasStop === false)
        .map(withoutUsualSlots);
      return nodes === undefined || nodes.length === 0 ? [] : [[list, nodes] as const];
    }),
  );
  return { ...node, lists } as N;
}

/** Who gave a name goes with the name, which is Live's. */
const NAMING = new Set(['autoName', 'userName']);

/** Marks a thing that the file does not have. */
export const NEW = '(new)';

/**
 * Lists what the file alone knows of a thing that undo has made anew since: a new object for Live, of which only its
 * content tells what it was. All of that may be missing, or none.
 */
export const ANEW = '(anew)';

/**
 * The truth with what the file alone knows of each thing. A new one that took the place of another of the same content
 * may stand for that: what the file knows of it is left open.
 * @param hasLanes whether this Live tells of take lanes; else they are the file's
 */
export function withFileBeside(
  now: Described,
  beside: FileBeside,
  { profile, hasLanes }: { readonly profile: string; readonly hasLanes: boolean },
): NodeOf<'set'> {
  const again = againOf(now);
  const isAnew = (id: NodeId): boolean => (again.get(id) ?? 0) > (beside.again.get(id) ?? 0);
  return joined(treeOfTruth(now, profile), { nodes: beside.nodes, isAnew, hasLanes });
}

interface Joining {
  readonly nodes: ReadonlyMap<NodeId, TreeNode>;
  readonly isAnew: (id: NodeId) => boolean;
  readonly hasLanes: boolean;
}

function joined<N extends TreeNode>(truth: N, how: Joining): N {
  const file = how.nodes.get(truth.id);
  const isPaired = file?.kind === truth.kind;
  const lists = Object.fromEntries(
    Object.entries(truth.lists).map(([list, nodes]) => [list, nodes.map((each) => joined(each, how))]),
  );
  const lanes = isPaired && !how.hasLanes ? file.lists.takeLanes : undefined;
  const more: Props = isPaired ? ofFile(truth.kind, file.props as Props) : { [NEW]: true };
  const alone = Object.keys(more).filter((name) => !Object.hasOwn(truth.props, name));
  const anew = isPaired && alone.length > 0 && how.isAnew(truth.id) ? { [ANEW]: alone.join() } : {};
  const all = lanes === undefined ? lists : { ...lists, takeLanes: lanes };
  return { ...truth, props: { ...more, ...anew, ...truth.props }, lists: all } as N;
}

const ofFile = (kind: NodeKind, props: Props): Props =>
  Object.fromEntries(
    Object.entries(props).filter(([name]) => !NAMING.has(name) && rowOf(kind, name) === undefined),
  );

/** A tree with what Live and the file can both say, and what a thing is. */
export function ofBoth<N extends TreeNode>(node: N): N {
  const isKept = (name: string): boolean => rowOf(node.kind, name) !== undefined || BEING.has(name);
  const props = Object.fromEntries(Object.entries(node.props).filter(([name]) => isKept(name)));
  const lists = Object.fromEntries(
    Object.entries(node.lists).map(([list, nodes]) => [list, nodes.map(ofBoth)]),
  );
  return { ...node, props, lists } as N;
}

const BEING = new Set(['type', 'class']);
