/** Finding by name. Pure. */
import type { NodeId, TreeNode } from '@livetree/live-set';
import { LIST_NAMES } from '@livetree/live-set';
import { type Filter, hasHeading, headingKey, type RowKey } from './rows.ts';

export interface Found extends Filter {
  /** The matches in the order of the tree. */
  readonly order: readonly NodeId[];
}

/** Nodes whose title contains the text, whatever the case; `undefined` for an empty text. Linear in the tree. */
export function search(root: TreeNode, text: string, titleOf: (node: TreeNode) => string): Found | undefined {
  const wanted = text.trim().toLocaleLowerCase();
  if (wanted === '') return undefined;
  const order: NodeId[] = [];
  const trail = new Set<RowKey>();
  const visit = (node: TreeNode, isTop: boolean): boolean => {
    const isMatch = !isTop && titleOf(node).toLocaleLowerCase().includes(wanted);
    if (isMatch) order.push(node.id);
    const leads = LIST_NAMES.filter((list) => visitList(node, list));
    if (leads.length > 0 && !isTop) trail.add(node.id);
    return isMatch || leads.length > 0;
  };
  const visitList = (owner: TreeNode, list: (typeof LIST_NAMES)[number]): boolean => {
    const hits = (owner.lists[list] ?? []).filter((child) => visit(child, false));
    if (hits.length > 0 && hasHeading(owner, list)) trail.add(headingKey(owner.id, list));
    return hits.length > 0;
  };
  visit(root, true);
  return { order, matches: new Set(order), trail };
}

/** Splits a title around the first place where the text occurs. */
export function splitMatch(title: string, text: string): readonly [string, string, string] {
  const wanted = text.trim().toLocaleLowerCase();
  const at = wanted === '' ? -1 : title.toLocaleLowerCase().indexOf(wanted);
  if (at < 0) return [title, '', ''];
  return [title.slice(0, at), title.slice(at, at + wanted.length), title.slice(at + wanted.length)];
}

/** The match after (or before) a node, going round; the first when the node is none. */
export function nextMatch(
  order: readonly NodeId[],
  from: NodeId | undefined,
  step: 1 | -1,
): NodeId | undefined {
  const at = from === undefined ? -1 : order.indexOf(from);
  if (at < 0) return step === 1 ? order[0] : order.at(-1);
  return order[(at + step + order.length) % order.length];
}
