import type { TreeNode } from '@livetree/live-set';
import type { Row } from './rows.ts';

/** Names of the symbols in `Icons.svelte`. */
export type IconName =
  | 'audio'
  | 'midi'
  | 'group'
  | 'return'
  | 'main'
  | 'device'
  | 'rack'
  | 'plugin'
  | 'max'
  | 'chain'
  | 'scene'
  | 'locator'
  | 'send'
  | 'lane'
  | 'slot';

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
    case 'takeLane':
      return 'lane';
    default:
      return node.kind;
  }
}
