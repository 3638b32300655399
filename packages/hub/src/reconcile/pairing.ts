/** Which node of Live's tree is which node of the file. */
import type { NodeId } from '@livetree/live-set';

/** One-to-one: ids of the served tree ↔ the file's own ids (made from its keys, docs/als-format.md, "Identity"). */
export interface Pairing {
  readonly fileOf: ReadonlyMap<NodeId, NodeId>;
  readonly liveOf: ReadonlyMap<NodeId, NodeId>;
}

/** Nothing is known yet. */
export const NO_PAIRS: Pairing = { fileOf: new Map(), liveOf: new Map() };

/** A pairing from its rows, as they are kept in the journal. A row that would make it ambiguous is left out. */
export function pairingOf(rows: Iterable<readonly [live: NodeId, file: NodeId]>): Pairing {
  const book = new PairBook();
  for (const [live, file] of rows) if (book.isFree(live, file)) book.add(live, file);
  return book;
}

/** A pairing that grows. */
export class PairBook implements Pairing {
  readonly fileOf = new Map<NodeId, NodeId>();
  readonly liveOf = new Map<NodeId, NodeId>();

  isFree(live: NodeId, file: NodeId): boolean {
    return !this.fileOf.has(live) && !this.liveOf.has(file);
  }

  add(live: NodeId, file: NodeId): void {
    this.fileOf.set(live, file);
    this.liveOf.set(file, live);
  }
}
