/**
 * A tree with what Live itself states of it: so a copy made in Live is told from a new thing, although only its origin
 * has properties from the file.
 */
import type { ListName, NodeLists, NodeOf, Props, TreeNode } from '@livetree/live-set';
import { rowOf } from './comparable.ts';
import { tracksUpwards } from './flat-tracks.ts';

/** Beside what can be compared: what a thing is, and who gave it its name. */
const KEPT = new Set(['type', 'class', 'userName', 'autoName', 'creator', 'liveMajor']);

/** Stripped trees by the nodes they were made of: a tree that changed in one place is made anew along that way only. */
const known = new WeakMap<TreeNode, TreeNode>();

/** In slices, a track each. Linear in what was not asked for before. */
export function* stating(root: NodeOf<'set'>): Generator<void, NodeOf<'set'>> {
  for (const track of tracksUpwards(root)) {
    stated(track);
    yield;
  }
  return stated(root) as NodeOf<'set'>;
}

function stated(node: TreeNode): TreeNode {
  const made = known.get(node);
  if (made !== undefined) return made;
  const lists = statedLists(node.lists);
  const props = statedProps(node);
  const result =
    lists === node.lists && props === node.props ? node : ({ ...node, props, lists } as TreeNode);
  known.set(node, result);
  return result;
}

function statedLists(lists: NodeLists): NodeLists {
  let result: { -readonly [L in ListName]?: NodeLists[L] } | undefined;
  for (const name in lists) {
    const list = name as ListName;
    const children = lists[list] ?? [];
    const made = children.map(stated);
    if (made.every((child, at) => child === children[at])) continue;
    result ??= { ...lists };
    result[list] = made;
  }
  return result ?? lists;
}

/** Properties that Live states. */
export function statedProps({ kind, props }: TreeNode): TreeNode['props'] {
  const own = props as Props;
  const isKept = (prop: string): boolean => KEPT.has(prop) || rowOf(kind, prop) !== undefined;
  if (Object.keys(own).every(isKept)) return props;
  return Object.fromEntries(Object.entries(own).filter(([prop]) => isKept(prop))) as TreeNode['props'];
}
