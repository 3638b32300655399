/** By what a thing is told from others of its kind, in Live and in the file alike. */
import { deviceName, type NodeId, type Props, type TreeNode } from '@livetree/live-set';

/** What never changes about a thing: its kind, and the class or type that Live made it with. */
export function sortOf({ kind, props }: TreeNode): string {
  if (kind === 'device') return `device ${props.class}`;
  if (kind === 'track' || kind === 'clip') return `${kind} ${props.type}`;
  return kind;
}

/** Sort and name. Two things that agree in it alone are not the same. */
export const namedSortOf = (node: TreeNode): string => `${sortOf(node)} ${looseOf(node)['name'] ?? ''}`;

/** Properties by name, whatever the kind of the node. */
export const looseOf = (node: TreeNode): Props => node.props as Props;

/** What the aligning of two trees looks at beside the node itself. */
export interface Looks {
  /** `false`: the colours of the two trees come from different palettes (docs/als-format.md, "Units"). */
  readonly hasColors: boolean;
  /** What lies in the row of a scene. */
  readonly rowOf: (scene: NodeId) => string;
}

/** Kind, name, colour, and the classes of the devices inside: what design calls the looks of a thing. */
export function looksOf(node: TreeNode, { hasColors, rowOf }: Looks): string {
  const color = hasColors ? (looseOf(node)['color'] ?? '') : '';
  const row = node.kind === 'scene' ? rowOf(node.id) : '';
  return `${namedSortOf(node)} ${color} ${classesIn(node)} ${row}`;
}

function classesIn(node: TreeNode): string {
  if (node.kind === 'device') return `${node.lists.chains?.length ?? 0}`;
  let text = '';
  for (const device of node.lists.devices ?? [])
    if (device.kind === 'device') text += `${device.props.class},`;
  return text;
}

/** A clip wherever it lies: what it is called and how its loop runs. */
export function clipContent(node: TreeNode): string {
  const { type, name, loopStart, loopEnd, sample } = looseOf(node);
  return `${type} ${name} ${rounded(loopStart)} ${rounded(loopEnd)} ${sample ?? ''}`;
}

/** Live holds some places in single precision. */
export const rounded = (value: unknown): string => (typeof value === 'number' ? value.toFixed(3) : '');

/** A device with all that its chains hold. Cost: what lies below it. */
export function deviceContent(node: TreeNode): string {
  let text = namedSortOf(node);
  for (const chain of node.lists.chains ?? []) {
    text += `(${looseOf(chain)['name']}:`;
    for (const device of chain.lists.devices ?? []) text += deviceContent(device);
    text += ')';
  }
  return text;
}

/** Whether what a thing holds tells it from any other: a rack with chains, a device with a name of its own, a named clip. */
export function isDistinctive(node: TreeNode): boolean {
  if (node.kind === 'clip') return node.props.name !== '';
  if (node.kind !== 'device') return false;
  if ((node.lists.chains?.length ?? 0) > 0) return true;
  return node.props.type === 'native' && node.props.name !== deviceName(node.props.class);
}
