/** What clips and sends are said to belong to: scenes, returns, return chains. */
import { type NodeOf, type TreeNode, walk } from '@livetree/live-set';
import { sceneName } from '../show/titles.ts';
import { oneLine } from './words.ts';

/**
 * By id, the name alone where it is the only one: so a scene put before others does not rename all that lies in
 * theirs. With its number where it has no name, or shares it.
 */
export function referenceNames(root: NodeOf<'set'>): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  nameAll(root.lists.scenes ?? [], 'Scene', names);
  nameAll(root.lists.returns ?? [], 'Return', names);
  for (const { lists } of walk(root)) nameAll(lists.returnChains ?? [], 'Return chain', names);
  return names;
}

function nameAll(nodes: readonly TreeNode[], thing: string, names: Map<string, string>): void {
  const counts = new Map<string, number>();
  for (const node of nodes) counts.set(ownName(node), (counts.get(ownName(node)) ?? 0) + 1);
  for (const [index, node] of nodes.entries()) {
    const name = ownName(node);
    const number = name === '' || counts.get(name) !== 1 ? ` ${index + 1}` : '';
    names.set(node.id, `${thing}${number}${name === '' ? '' : ` "${oneLine(name)}"`}`);
  }
}

function ownName(node: TreeNode): string {
  if (node.kind === 'scene') return sceneName(node);
  return node.kind === 'track' || node.kind === 'chain' ? node.props.name : '';
}
