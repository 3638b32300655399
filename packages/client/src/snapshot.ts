/** A snapshot on its way in: header, binary frames, inflated text. */
import type { NodeOf } from '@livetree/live-set';
import { Tree } from '@livetree/live-set';
import type { Epoch, Lineage, Snapshot } from '@livetree/protocol';

/** The skeleton this client holds and the moment it stands for. */
export interface HeldTree {
  readonly tree: Tree;
  readonly epoch: Epoch;
  readonly revision: number;
  readonly lineage: Lineage;
}

export interface IncomingSnapshot {
  readonly header: Snapshot;
  /** Names this snapshot when its inflated text comes back. */
  readonly ticket: number;
  readonly pieces: readonly Uint8Array[];
  readonly receivedBytes: number;
}

export const beginSnapshot = (header: Snapshot, ticket: number): IncomingSnapshot => ({
  header,
  ticket,
  pieces: [],
  receivedBytes: 0,
});

/** Linear in the number of pieces, of which there are few (256 KB each). */
export const addPiece = (incoming: IncomingSnapshot, bytes: Uint8Array): IncomingSnapshot => ({
  ...incoming,
  pieces: [...incoming.pieces, bytes],
  receivedBytes: incoming.receivedBytes + bytes.byteLength,
});

/** `complete` holds all bytes that were announced; `damaged` can never become so. */
export function snapshotState(incoming: IncomingSnapshot): 'partial' | 'complete' | 'damaged' {
  const { header, pieces, receivedBytes } = incoming;
  if (pieces.length < header.chunks) return receivedBytes <= header.bytes ? 'partial' : 'damaged';
  return receivedBytes === header.bytes ? 'complete' : 'damaged';
}

/** Received share of the bytes, 0 … 1. */
export const snapshotProgress = ({ header, receivedBytes }: IncomingSnapshot): number =>
  header.bytes === 0 ? 1 : Math.min(1, receivedBytes / header.bytes);

/** @returns the tree, or `undefined` when the text is not the one that was announced. */
export function openSnapshot({ header }: IncomingSnapshot, text: string): HeldTree | undefined {
  const root = decodeRoot(text);
  if (root === undefined) return undefined;
  const tree = new Tree(root);
  const { epoch, revision, lineage, nodes } = header;
  return tree.size === nodes ? { tree, epoch, revision, lineage } : undefined;
}

function decodeRoot(text: string): NodeOf<'set'> | undefined {
  try {
    const value = JSON.parse(text) as Partial<NodeOf<'set'>> | null;
    const isSet = value?.kind === 'set' && typeof value.id === 'string';
    return isSet && value.props && value.lists ? (value as NodeOf<'set'>) : undefined;
  } catch {
    return undefined;
  }
}
