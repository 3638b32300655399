import type { TreeNode } from '@livetree/live-set';
import type { IconName } from './icon-paths.ts';
import type { Row } from './rows.ts';

/** Headings have none. */
export const iconOf = (row: Row): IconName | undefined =>
  row.kind === 'node' ? iconOfNode(row.node) : undefined;

function iconOfNode(node: TreeNode): IconName | undefined {
  switch (node.kind) {
    case 'set':
      return undefined;
    case 'track':
    case 'clip':
      return node.props.type;
    case 'device':
      return node.props.type === 'native' ? 'device' : node.props.type;
    default:
      return node.kind;
  }
}
