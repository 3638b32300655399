import { SYNC_LIMITS } from '@livetree/protocol';

/** Limits of the hub: name, unit, default. Each can be raised by whoever starts it. */
export interface HubLimits {
  /** Patches kept per Set for clients that come back. */
  readonly historyPatches: number;
  /** Bytes of text of those patches. */
  readonly historyBytes: number;
  /** Bytes waiting for one client before nothing more is sent to it; also the biggest patch that is sent as one. */
  readonly queueBytes: number;
  /** Bytes of waiting patches that are merged for a slow client; when more wait it gets a snapshot. */
  readonly mergeBytes: number;
  /** Entries of a Set's log kept for who subscribes later. */
  readonly logEntries: number;
  /** Bytes of text of those entries. */
  readonly logBytes: number;
  /** Bytes of patches that may follow a kept snapshot before a new one is made; less than {@link queueBytes}. */
  readonly snapshotTailBytes: number;
  /** ms a new connection has to say hello. */
  readonly helloMs: number;
  /** ms a client may stay over {@link queueBytes} without progress. */
  readonly slowMs: number;
  /** ms between two `touched` messages to one client. */
  readonly touchedMs: number;
  /** ms between two heartbeats. */
  readonly heartbeatMs: number;
  /** Facets one client may have open. */
  readonly openFacets: number;
  /** Bytes of a Set that a client sends. */
  readonly openBytes: number;
  /** Sets of one hub. */
  readonly sets: number;
}

export const DEFAULT_HUB_LIMITS: HubLimits = {
  historyPatches: 1000,
  historyBytes: 4 * 1024 * 1024,
  queueBytes: SYNC_LIMITS.queueBytes,
  mergeBytes: 2 * SYNC_LIMITS.queueBytes,
  logEntries: SYNC_LIMITS.recentEntries,
  logBytes: 2 * 1024 * 1024,
  snapshotTailBytes: 256 * 1024,
  helloMs: 5_000,
  slowMs: 30_000,
  touchedMs: 1_000,
  heartbeatMs: SYNC_LIMITS.heartbeatMs,
  openFacets: SYNC_LIMITS.openFacets,
  openBytes: SYNC_LIMITS.openBytes,
  sets: 16,
};
