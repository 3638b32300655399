/** What a connection went through, for engineers: counted by watching what is said, part of no rule. */
import type { ClientMessage, Epoch, Heartbeat, HubMessage, Lineage } from '@livetree/protocol';
import type { HeldTree } from './snapshot.ts';

/** Counts since `connect()`. */
export interface Counts {
  /** Connections that opened. */
  readonly opened: number;
  /** Connections and attempts that ended. */
  readonly lost: number;
  /** Times the hub was asked anew over an open connection, because something did not fit. */
  readonly resyncs: number;
  readonly snapshots: number;
  readonly patches: number;
  /** Patches of the hub that came merged into others, because this client was slow. */
  readonly mergedPatches: number;
  readonly ops: number;
  readonly facets: number;
  readonly facetPatches: number;
  readonly entries: number;
  /** Characters of text frames, and bytes of binary ones. */
  readonly received: number;
}

/** Where a connection stands. */
export interface Diagnostics {
  readonly counts: Counts;
  readonly epoch: Epoch | undefined;
  readonly revision: number | undefined;
  readonly lineage: Lineage | undefined;
  /** Nodes of the tree. */
  readonly nodes: number | undefined;
  readonly hubVersion: string | undefined;
  /** The newest one. */
  readonly heartbeat: Heartbeat | undefined;
  /** Why the last connection ended. */
  readonly lastLoss: string | undefined;
}

export class Tally {
  readonly #counts = {
    opened: 0,
    lost: 0,
    resyncs: 0,
    snapshots: 0,
    patches: 0,
    mergedPatches: 0,
    ops: 0,
    facets: 0,
    facetPatches: 0,
    entries: 0,
    received: 0,
  };
  #hubVersion: string | undefined;
  #heartbeat: Heartbeat | undefined;
  #lastLoss: string | undefined;
  /** The next hello is no sign of trouble: the first of a connection, or another Set was chosen. */
  #isHelloDue = false;

  opened(): void {
    this.#counts.opened += 1;
    this.#isHelloDue = true;
  }

  chose(): void {
    this.#isHelloDue = true;
  }

  lost(code: number, reason: string): void {
    this.#counts.lost += 1;
    this.#lastLoss = reason === '' ? `code ${code}` : `code ${code}, ${reason}`;
  }

  sent(message: ClientMessage): void {
    if (message.type !== 'hello') return;
    if (!this.#isHelloDue) this.#counts.resyncs += 1;
    this.#isHelloDue = false;
  }

  /** @param size characters or bytes of a frame */
  frame(size: number): void {
    this.#counts.received += size;
  }

  heard(message: HubMessage): void {
    const counts = this.#counts;
    if (message.type === 'welcome') this.#hubVersion = message.hubVersion;
    else if (message.type === 'heartbeat') this.#heartbeat = message;
    else if (message.type === 'snapshot') counts.snapshots += 1;
    else if (message.type === 'facet') counts.facets += 1;
    else if (message.type === 'facet_patch') counts.facetPatches += 1;
    else if (message.type === 'entry') counts.entries += 1;
    else if (message.type === 'patch') {
      counts.patches += 1;
      counts.mergedPatches += (message.merged ?? 1) - 1;
      counts.ops += message.ops.length;
    }
  }

  report(held: HeldTree | undefined): Diagnostics {
    return {
      counts: { ...this.#counts },
      epoch: held?.epoch,
      revision: held?.revision,
      lineage: held?.lineage,
      nodes: held?.tree.size,
      hubVersion: this.#hubVersion,
      heartbeat: this.#heartbeat,
      lastLoss: this.#lastLoss,
    };
  }
}
