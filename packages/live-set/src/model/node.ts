/** The tree: plain readonly data. Applying a patch keeps the identity of untouched subtrees. */
import type {
  ChainProps,
  ClipProps,
  DeviceProps,
  LocatorProps,
  SceneProps,
  SendProps,
  SetProps,
  SlotProps,
  TakeLaneProps,
  TrackProps,
} from './props.ts';

declare const nodeIdBrand: unique symbol;

/** Names a node within one Set for as long as the thing lives: through rename, move, save and restart. */
export type NodeId = string & { readonly [nodeIdBrand]: true };

/** A property's value. `undefined` never occurs: a property that is not known is absent. */
export type PropValue = string | number | boolean;
export type Props = Readonly<Record<string, PropValue>>;

/**
 * The ordered child lists, in the order in which a viewer shows them.
 * - `tracks`: of the Set (regular and group tracks) and of a group track (its members)
 * - `returns`, `main`: return tracks; the one main track
 * - `clips`: session clips of a track, by scene; `arrangement`: arrangement clips, by start
 * - `slots`: clip slots that differ from the default (no stop button, …)
 * - `chains`, `returnChains`: of a rack; `devices`: of a track or chain; `sends`: of a track or chain
 */
export const LIST_NAMES = [
  'tracks',
  'returns',
  'main',
  'scenes',
  'locators',
  'devices',
  'chains',
  'returnChains',
  'clips',
  'slots',
  'arrangement',
  'takeLanes',
  'sends',
] as const;
export type ListName = (typeof LIST_NAMES)[number];

export interface KindProps {
  readonly set: SetProps;
  readonly track: TrackProps;
  readonly device: DeviceProps;
  readonly chain: ChainProps;
  readonly clip: ClipProps;
  readonly slot: SlotProps;
  readonly scene: SceneProps;
  readonly locator: LocatorProps;
  readonly send: SendProps;
  readonly takeLane: TakeLaneProps;
}
export type NodeKind = keyof KindProps;

export type NodeLists = { readonly [L in ListName]?: readonly TreeNode[] };

/** A node of one kind. Empty lists are absent. */
export interface NodeOf<K extends NodeKind> {
  readonly id: NodeId;
  readonly kind: K;
  readonly props: KindProps[K];
  readonly lists: NodeLists;
}

/** Any node of the tree, told apart by `kind`. */
export type TreeNode = { [K in NodeKind]: NodeOf<K> }[NodeKind];

/**
 * A heavy part of a node, loaded on demand. Its size stands in the skeleton as an ordinary property
 * (see {@link FACET_COUNT}).
 */
export const FACET_NAMES = ['parameters', 'notes', 'warpMarkers', 'envelopes', 'samples'] as const;
export type FacetName = (typeof FACET_NAMES)[number];

/** The property of the skeleton that holds the number of items of a facet. */
export const FACET_COUNT = {
  parameters: 'parameterCount',
  notes: 'noteCount',
  warpMarkers: 'warpMarkerCount',
  envelopes: 'envelopeCount',
  samples: 'sampleCount',
} as const satisfies Record<FacetName, string>;

/** Brands text that comes from the parser, the wire or the store. */
export const asNodeId = (text: string): NodeId => text as NodeId;
