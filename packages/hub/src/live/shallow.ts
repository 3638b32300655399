/** One node of our tree without what hangs below it: its children are handles. */
import type { ListName, NodeId, NodeKind, NodeLists, Props, TreeNode } from '@livetree/live-set';
import { LIST_NAMES } from '@livetree/live-set';
import type { Handle } from '@livetree/protocol';
import { SONG_HANDLE } from '@livetree/protocol';
import type { Nesting } from './nesting.ts';
import { NODE_KINDS, projectProps } from './project-props.ts';
import type { RawNode, RawSet } from './raw-set.ts';
import { handleOf, numberOf } from './raw-value.ts';

export interface Shallow {
  readonly id: NodeId;
  readonly kind: NodeKind;
  readonly props: Props;
  readonly lists: ShallowLists;
}
export type ShallowLists = { readonly [L in ListName]?: readonly Handle[] };

/** What a projection looks at. */
export interface View {
  readonly raw: RawSet;
  readonly nesting: Nesting;
  readonly idOf: (handle: Handle) => NodeId;
  /** `12.3.6` */
  readonly liveVersion: string;
}

/** The node of an object as the statements have it now. Cost: its lists. */
export function shallowOf(view: View, node: RawNode): Shallow {
  const list = node.parent?.list ?? '';
  const props = projectProps(node, {
    list,
    idOf: view.idOf,
    number: list === 'tracks' ? view.nesting.numbers.get(node.handle) : undefined,
    target: node.kind === 'send' ? sendTarget(view, node) : undefined,
    liveVersion: view.liveVersion,
  });
  const kind = node.kind === 'parameter' ? 'set' : NODE_KINDS[node.kind];
  return { id: view.idOf(node.handle), kind, props, lists: listsOf(view, node) };
}

function listsOf(view: View, node: RawNode): ShallowLists {
  const lists: { -readonly [L in ListName]?: readonly Handle[] } = {};
  for (const list of LIST_NAMES) {
    const members = membersOf(view, node, list);
    if (members.length > 0) lists[list] = members;
  }
  return lists;
}

function membersOf(view: View, node: RawNode, list: ListName): readonly Handle[] {
  if (list === 'tracks') {
    const isParent = node.kind === 'song' || view.nesting.members.has(node.handle);
    return isParent ? (view.nesting.members.get(node.handle) ?? []) : [];
  }
  if (!node.lists.has(list)) return [];
  const members = view.raw.members(node.handle, list).filter(({ isFilled }) => isFilled);
  const place = ORDERS[list];
  if (place !== undefined && !(node.kind === 'takeLane' && list === 'clips')) sortBy(members, place(view));
  else if (node.kind === 'takeLane') sortBy(members, byNumber('start_time'));
  return members.map(({ handle }) => handle);
}

type PlaceOf = (node: RawNode) => number;

const byNumber =
  (prop: string): PlaceOf =>
  ({ props }) =>
    numberOf(props[prop]) ?? 0;

/** Rows of the Session, as the scenes lie now. */
function byScene({ raw }: View): PlaceOf {
  const rows = new Map((raw.song.lists.get('scenes') ?? []).map((handle, row) => [handle, row]));
  return ({ props }) => rows.get(handleOf(props['scene']) ?? 0) ?? rows.size;
}

/** Lists whose order Live leaves open. */
const ORDERS: { readonly [L in ListName]?: (view: View) => PlaceOf } = {
  clips: byScene,
  slots: byScene,
  arrangement: () => byNumber('start_time'),
  locators: () => byNumber('time'),
};

/** Stable: what has the same place stays in the order of the statement, which is that of handles where it is open. */
function sortBy(nodes: RawNode[], placeOf: PlaceOf): void {
  nodes.sort((a, b) => placeOf(a) - placeOf(b) || a.handle - b.handle);
}

function sendTarget({ raw, idOf }: View, send: RawNode): string {
  const target = returnOf(raw, send);
  if (target !== undefined) return idOf(target);
  const owner = send.parent && raw.get(send.parent.owner);
  return `?${owner?.lists.get('sends')?.indexOf(send.handle) ?? -1}`;
}

/** Sends go to the returns in order: those of the song, or of the rack that the chain lies in. */
export function returnOf(raw: RawSet, send: RawNode): Handle | undefined {
  const owner = send.parent && raw.get(send.parent.owner);
  const at = owner?.lists.get('sends')?.indexOf(send.handle) ?? -1;
  const returns =
    owner?.kind === 'chain'
      ? raw.get(owner.parent?.owner ?? 0)?.lists.get('returnChains')
      : raw.get(SONG_HANDLE)?.lists.get('returns');
  return returns?.[at];
}

/** The node with all below it, as far as `childOf` knows it. */
export function materialize(
  { id, kind, props, lists }: Shallow,
  childOf: (handle: Handle) => Shallow | undefined,
): TreeNode {
  const made: { -readonly [L in keyof NodeLists]: NodeLists[L] } = {};
  for (const list of LIST_NAMES) {
    const nodes = (lists[list] ?? []).flatMap((handle) => {
      const child = childOf(handle);
      return child === undefined ? [] : [materialize(child, childOf)];
    });
    if (nodes.length > 0) made[list] = nodes;
  }
  return { id, kind, props, lists: made } as unknown as TreeNode;
}
