import type { Props, TreeNode } from '../model/node.ts';
import { forEachChild } from '../patch/tree.ts';

/** Properties that say where a thing is, or what Live derives; two copies of one thing differ in them. */
const POSITION = new Set(['start', 'end', 'scene', 'target', 'time']);

/** What nodes hold, written out once: {@link childSignature} is asked for the same ones several times. */
export type Contents = Map<TreeNode, string>;

/**
 * What a node is, whatever its id and place: equal for two nodes that hold the same. Includes the number of
 * children by list and their signatures, so it is linear in the subtree.
 */
export function childSignature(node: TreeNode, scene: string, contents: Contents): string {
  const where = node.kind === 'clip' && scene !== '' ? scene : '';
  return `${where} ${contentOf(node, contents)}`;
}

function contentOf(node: TreeNode, contents: Contents): string {
  const known = contents.get(node);
  if (known !== undefined) return known;
  let text = node.kind + JSON.stringify(content(node.props));
  forEachChild(node, (child, list) => {
    text += `\n${list}(${contentOf(child, contents)})`;
  });
  contents.set(node, text);
  return text;
}

/**
 * What and where: equal only for a thing that did not change at all. Told apart from {@link childSignature} for
 * things in a timeline, of which there are often several copies; `undefined` for all others.
 */
export function exactSignature(node: TreeNode, contents: Contents): string | undefined {
  if (node.kind === 'locator') return `${node.props.time} ${childSignature(node, '', contents)}`;
  if (node.kind !== 'clip' || node.props.scene !== undefined) return undefined;
  return `${node.props.start} ${node.props.end} ${childSignature(node, '', contents)}`;
}

const content = (props: Props): readonly (readonly [string, unknown])[] =>
  Object.entries(props)
    .filter(([name]) => !POSITION.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));

/**
 * Where a node is: equal for two nodes that the user would call the same place. `undefined`: place says
 * nothing (a new track at the end is not the one that was deleted there).
 */
export function placeSignature(node: TreeNode, scene: string): string | undefined {
  switch (node.kind) {
    case 'clip':
      return scene === '' ? `clip ${node.props.type} ${node.props.start}` : `clip ${scene}`;
    case 'slot':
      return `slot ${scene}`;
    case 'device':
      return `device ${node.props.class}`;
    case 'chain':
      return node.props.receivingNote === undefined
        ? `chain ${node.props.name}`
        : `chain ${node.props.receivingNote}`;
    case 'scene':
      return node.props.name === '' ? 'scene' : `scene ${node.props.name}`;
    case 'locator':
      return `locator ${node.props.time}`;
    case 'takeLane':
      return 'takeLane';
    case 'track':
      return node.props.name === '' ? undefined : `track ${node.props.type} ${node.props.name}`;
    case 'send':
    case 'set':
      return undefined;
    default: {
      const never: never = node;
      return never;
    }
  }
}
