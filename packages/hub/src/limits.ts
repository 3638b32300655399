import { SYNC_LIMITS } from '@livetree/protocol';

/** Limits of the hub: name, unit, default. Each can be raised by whoever starts it. */
export interface HubLimits {
  /** Patches kept per Set for clients that come back. */
  readonly historyPatches: number;
  /** Bytes of text of those patches. */
  readonly historyBytes: number;
  /** Bytes waiting for one client before nothing more is sent to it; also the biggest patch that is sent as one. */
  readonly queueBytes: number;
  /** Bytes of patches that may follow a kept snapshot before a new one is made. */
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
  /** Sets of one hub. */
  readonly sets: number;
}

export const DEFAULT_HUB_LIMITS: HubLimits = {
  historyPatches: 1000,
  historyBytes: 4 * 1024 * 1024,
  queueBytes: SYNC_LIMITS.queueBytes,
  snapshotTailBytes: 256 * 1024,
  helloMs: 5_000,
  slowMs: 30_000,
  touchedMs: 1_000,
  heartbeatMs: SYNC_LIMITS.heartbeatMs,
  openFacets: SYNC_LIMITS.openFacets,
  sets: 16,
};
