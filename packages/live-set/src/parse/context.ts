import { asNodeId, type NodeId, type NodeKind, type NodeLists, type TreeNode } from '../model/node.ts';
import { Draft, type HashSum } from './draft.ts';
import type { Reader } from './reader.ts';

/** What is known of a node beyond the skeleton; it never leaves the process that parsed. */
export interface Fingerprint {
  /** The element the node was read from. */
  readonly element: number;
  readonly kind: NodeKind;
  readonly other: HashSum;
  readonly facets: Draft['facets'];
}

/** What a device hangs on: a track or a chain. */
export interface DeviceOwner {
  readonly parse: ParseContext;
  readonly id: NodeId;
}

/** Reads a device; handed in, because devices hold chains and chains devices. */
export type ReadDevice = (owner: DeviceOwner, element: number) => TreeNode;

const NONE: ReadonlySet<number> = new Set();

/** One run of the parser over one tape. */
export class ParseContext {
  readonly reader: Reader;
  /** Ids of the scenes by row, known before the tracks are read. */
  scenes: readonly NodeId[] = [];
  /** Ids of the return tracks by order, likewise. */
  returns: readonly NodeId[] = [];
  readonly fingerprints = new Map<NodeId, Fingerprint>();
  /** Elements of nodes → the elements that make up their other settings; only for the nodes asked for. */
  readonly collected = new Map<number, readonly number[]>();
  readonly #taken = new Set<string>();

  readonly readDevice: ReadDevice;

  readonly #collectFor: ReadonlySet<number>;

  /** @param collectFor elements of the nodes whose other settings are asked for */
  constructor(reader: Reader, readDevice: ReadDevice, collectFor: ReadonlySet<number> = NONE) {
    this.reader = reader;
    this.readDevice = readDevice;
    this.#collectFor = collectFor;
  }

  draft(element: number): Draft {
    return new Draft(element, this.#collectFor.has(element));
  }

  /** Takes an id: the wished one, or one with a suffix when a file (not written by Live) uses a key twice. */
  take(wish: string): NodeId {
    let id = wish;
    for (let copy = 2; this.#taken.has(id); copy++) id = `${wish}~${copy}`;
    this.#taken.add(id);
    if (id !== wish) this.reader.odd('DUPLICATE_KEY', `Two things share the key ${wish}; the second is ${id}.`);
    return asNodeId(id);
  }

  /** Ends a draft. Its kind and properties must belong together: the readers see to that. */
  finish<K extends NodeKind>(kind: K, id: NodeId, draft: Draft): TreeNode & { readonly kind: K } {
    this.fingerprints.set(id, { element: draft.element, kind, other: draft.otherSum, facets: draft.facets });
    if (draft.other !== undefined) this.collected.set(draft.element, draft.other);
    const lists: NodeLists = draft.lists;
    return { id, kind, props: draft.props, lists } as unknown as TreeNode & { readonly kind: K };
  }
}
