import { asNodeId, type NodeId, type NodeKind, type NodeLists, type TreeNode } from '../model/node.ts';
import type { Draft, HashSum } from './draft.ts';
import type { Reader } from './reader.ts';

/** What is known of a node beyond the skeleton; it never leaves the process that parsed. */
export interface Fingerprint {
  /** The element the node was read from. */
  readonly element: number;
  readonly kind: NodeKind;
  readonly other: HashSum;
  /** What the other settings are made of: elements, and attributes as `~attribute`. */
  readonly otherElements: readonly number[];
  readonly facets: Draft['facets'];
}

/** What a device hangs on: a track or a chain. */
export interface DeviceOwner {
  readonly parse: ParseContext;
  readonly id: NodeId;
}

/** Reads a device; handed in, because devices hold chains and chains devices. */
export type ReadDevice = (owner: DeviceOwner, element: number) => TreeNode;

/** One run of the parser over one tape. */
export class ParseContext {
  readonly reader: Reader;
  /** Ids of the scenes by row, known before the tracks are read. */
  scenes: readonly NodeId[] = [];
  /** Ids of the return tracks by order, likewise. */
  returns: readonly NodeId[] = [];
  readonly fingerprints = new Map<NodeId, Fingerprint>();
  readonly #taken = new Set<string>();

  readonly readDevice: ReadDevice;

  constructor(reader: Reader, readDevice: ReadDevice) {
    this.reader = reader;
    this.readDevice = readDevice;
  }

  /** Takes an id: the wished one, or one with a suffix when a file (not written by Live) uses a key twice. */
  take(wish: string): NodeId {
    let id = wish;
    for (let copy = 2; this.#taken.has(id); copy++) id = `${wish}~${copy}`;
    this.#taken.add(id);
    if (id !== wish)
      this.reader.odd('DUPLICATE_KEY', `Two things share the key ${wish}; the second is ${id}.`);
    return asNodeId(id);
  }

  /** Ends a draft. Its kind and properties must belong together: the readers see to that. */
  finish<K extends NodeKind>(kind: K, id: NodeId, draft: Draft): TreeNode & { readonly kind: K } {
    this.fingerprints.set(id, {
      element: draft.element,
      kind,
      other: draft.otherSum,
      otherElements: draft.other,
      facets: draft.facets,
    });
    if (draft.parameters > 0) draft.props['parameterCount'] = draft.parameters;
    const lists: NodeLists = draft.lists;
    return { id, kind, props: draft.props, lists } as unknown as TreeNode & { readonly kind: K };
  }
}
