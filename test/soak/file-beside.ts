/**
 * The saved file beside Live's truth, joined without the hub: what the simulator held when it saved and what the parser
 * reads are one Set of one shape, and from then on the simulator's own identities say what is what.
 */
import { readFileSync } from 'node:fs';
import type { NodeId, NodeKind, NodeOf, Props, TreeNode } from '@livetree/live-set';
import { DEFAULT_LIMITS, LIST_NAMES, parseSet } from '@livetree/live-set';
import { inflateSet, nodePlatform } from '@livetree/live-set/node';
import { rowOf } from '../../packages/hub/src/reconcile/comparable.ts';
import { idsByPlace } from './since-save.ts';

/** Nodes of the file by the ids that the truth gives to the same things. */
export type FileBeside = ReadonlyMap<NodeId, TreeNode>;

/** @param saved the truth of the moment at which the file was saved */
export function fileBeside(path: string, saved: NodeOf<'set'>): FileBeside {
  const { root } = parseSet(inflateSet(readFileSync(path), DEFAULT_LIMITS), { platform: nodePlatform });
  const file = withoutUsualSlots(root);
  const nodes = new Map<NodeId, TreeNode>();
  const index = (node: TreeNode): void => {
    nodes.set(node.id, node);
    for (const list of LIST_NAMES) node.lists[list]?.forEach(index);
  };
  index(file);
  const beside = new Map<NodeId, TreeNode>();
  for (const [mine, theirs] of idsByPlace(saved, file)) {
    const node = nodes.get(theirs);
    if (node !== undefined) beside.set(mine, node);
  }
  return beside;
}

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
 * The truth with what the file alone knows of each thing. A new one that took the place of another of the same content
 * may stand for that: what the file knows of it is left open.
 */
export function withFileBeside<N extends TreeNode>(truth: N, beside: FileBeside): N {
  const file = beside.get(truth.id);
  const lists = Object.fromEntries(
    Object.entries(truth.lists).map(([list, nodes]) => [
      list,
      nodes.map((each) => withFileBeside(each, beside)),
    ]),
  );
  const more = file?.kind === truth.kind ? ofFile(truth.kind, file.props as Props) : { [NEW]: true };
  return { ...truth, props: { ...more, ...truth.props }, lists } as N;
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
