/** Small trees for the viewer's tests. */
import type { ListName, NodeId, NodeOf, TreeNode } from '@livetree/live-set';
import { asNodeId, LIST_NAMES } from '@livetree/live-set';
import type { PlaceOf } from '../src/rows.ts';
import type { Titles } from '../src/words.ts';

export const id = asNodeId;
type Lists = TreeNode['lists'];

export const track = (name: string, lists: Lists = {}, props: object = {}): NodeOf<'track'> => ({
  id: id(`t-${name}`),
  kind: 'track',
  props: { type: 'midi', name, ...props },
  lists,
});
export const group = (name: string, tracks: readonly TreeNode[], props: object = {}): NodeOf<'track'> => ({
  ...track(name, { tracks }, props),
  props: { type: 'group', name, ...props },
});
export const clip = (name: string, props: object = {}): NodeOf<'clip'> => ({
  id: id(`c-${name}`),
  kind: 'clip',
  props: { type: 'midi', name, noteCount: 2, ...props },
  lists: {},
});
export const device = (name: string, lists: Lists = {}, props: object = {}): NodeOf<'device'> => ({
  id: id(`d-${name}`),
  kind: 'device',
  props: { class: name, type: 'native', name, ...props },
  lists,
});
export const chain = (name: string, devices: readonly TreeNode[]): NodeOf<'chain'> => ({
  id: id(`h-${name}`),
  kind: 'chain',
  props: { name },
  lists: { devices },
});
export const setOf = (lists: Lists): NodeOf<'set'> => ({
  id: id('root'),
  kind: 'set',
  props: { tempoBpm: 120, signatureNumerator: 4, signatureDenominator: 4, creator: 'Ableton Live 12.1' },
  lists,
});

/** Where each node of a tree hangs. */
export function placesIn(root: TreeNode): PlaceOf {
  const places = new Map<NodeId, { parent: TreeNode; list: ListName }>();
  const visit = (parent: TreeNode): void => {
    for (const list of LIST_NAMES) {
      for (const node of parent.lists[list] ?? []) {
        places.set(node.id, { parent, list });
        visit(node);
      }
    }
  };
  visit(root);
  return (wanted) => places.get(wanted);
}

export const noTitles: Titles = { numbers: new Map(), find: () => undefined };
