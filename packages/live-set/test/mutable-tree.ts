/** Trees that edits of the tests change in place. */
import type { ListName, NodeKind, NodeOf, PropValue } from '../src/model/node.ts';
import { LIST_NAMES } from '../src/model/node.ts';

/** A node that edits change in place. */
export interface MutableNode {
  id: string;
  kind: NodeKind;
  props: Record<string, PropValue>;
  lists: { [L in ListName]?: MutableNode[] };
}

/** What hangs where: parent → list → kind of child. Tracks in tracks are members of a group. */
export const SHAPE: Readonly<Record<NodeKind, { readonly [L in ListName]?: NodeKind }>> = {
  set: { tracks: 'track', returns: 'track', main: 'track', scenes: 'scene', locators: 'locator' },
  track: {
    tracks: 'track',
    devices: 'device',
    clips: 'clip',
    slots: 'slot',
    arrangement: 'clip',
    takeLanes: 'takeLane',
    sends: 'send',
  },
  device: { chains: 'chain', returnChains: 'chain' },
  chain: { devices: 'device', sends: 'send' },
  takeLane: { clips: 'clip' },
  clip: {},
  slot: {},
  scene: {},
  locator: {},
  send: {},
};

/** Lists of a kind of node, with the kind of their children. */
export const listsOf = (kind: NodeKind): readonly (readonly [ListName, NodeKind])[] =>
  LIST_NAMES.flatMap((list) => {
    const child = SHAPE[kind][list];
    return child === undefined ? [] : [[list, child] as const];
  });

/** The finished, frozen tree. */
export const freeze = (node: MutableNode): NodeOf<'set'> =>
  deepFreeze(structuredClone(node)) as unknown as NodeOf<'set'>;

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

/** A place of a tree: a node, its parent and the list it is in. */
export interface Spot {
  readonly node: MutableNode;
  readonly parent: MutableNode;
  readonly list: ListName;
}

/** All nodes but the root, parents first. */
export function spots(parent: MutableNode): readonly Spot[] {
  return LIST_NAMES.flatMap((list) =>
    (parent.lists[list] ?? []).flatMap((node) => [{ node, parent, list }, ...spots(node)]),
  );
}

/** Lists that take nodes of a kind, outside of `not`. */
export const homesFor = (
  root: MutableNode,
  kind: NodeKind,
  not?: MutableNode,
): readonly { readonly parent: MutableNode; readonly list: ListName }[] =>
  [root, ...spots(root).map(({ node }) => node)]
    .filter((parent) => not === undefined || !isWithin(parent, not))
    .flatMap((parent) =>
      listsOf(parent.kind)
        .filter(([, child]) => child === kind)
        .map(([list]) => ({ parent, list })),
    );

const isWithin = (node: MutableNode, top: MutableNode): boolean =>
  node === top || spots(top).some((spot) => spot.node === node);

export function takeOut({ node, parent, list }: Spot): void {
  const rest = (parent.lists[list] ?? []).filter((child) => child !== node);
  if (rest.length === 0) delete parent.lists[list];
  else parent.lists[list] = rest;
}

/** @param index taken modulo the places there are */
export function insertAt(parent: MutableNode, list: ListName, node: MutableNode, index: number): void {
  const children = parent.lists[list] ?? [];
  parent.lists[list] = children.toSpliced(index % (children.length + 1), 0, node);
}
