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
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return undefined;
  const order: NodeId[] = [];
  const trail = new Set<RowKey>();
  const visit = (node: TreeNode): boolean => {
    const isMatch = titleOf(node).toLowerCase().includes(wanted);
    if (isMatch) order.push(node.id);
    const leads = visitBelow(node);
    if (leads) trail.add(node.id);
    return isMatch || leads;
  };
  const visitBelow = (owner: TreeNode): boolean => {
    let leads = false;
    for (const list of LIST_NAMES) {
      const members = owner.lists[list];
      if (members === undefined) continue;
      let hits = false;
      for (const member of members) hits = visit(member) || hits;
      if (hits && hasHeading(owner, list)) trail.add(headingKey(owner.id, list));
      leads ||= hits;
    }
    return leads;
  };
  visitBelow(root);
  return { order, matches: new Set(order), trail };
}

/** Splits a title around the first place where the text occurs. */
export function splitMatch(title: string, text: string): readonly [string, string, string] {
  const wanted = text.trim().toLowerCase();
  const at = wanted === '' ? -1 : title.toLowerCase().indexOf(wanted);
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
