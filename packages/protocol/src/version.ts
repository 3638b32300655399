/**
 * The one version of the `/sync` protocol. Before 1.0 there is exactly one: a peer with another is refused
 * with close code {@link CLOSE_CODES.version}. Raise it with every change that an older peer would misread.
 *
 * 1 — 2026-11: hello, snapshot, patch, touched, facets, ephemeral, log entries, commands, heartbeat.
 */
export const PROTOCOL_VERSION = 1;

/** Close codes in use. `fatal`: the client must not try again by itself. */
export const CLOSE_CODES = {
  goingAway: { code: 1001, retry: true },
  badMessage: { code: 4400, retry: false },
  token: { code: 4401, retry: false },
  version: { code: 4406, retry: false },
  tooSlow: { code: 4408, retry: true },
  limit: { code: 4413, retry: true },
} as const;

/** Limits of the `/sync` connection: name, unit, default. */
export const SYNC_LIMITS = {
  /** Bytes of one frame from a client. */
  frameBytes: 1024 * 1024,
  /** Bytes of one binary frame of a snapshot. */
  snapshotChunkBytes: 256 * 1024,
  /** Bytes waiting for one client before its patches are merged or dropped for a snapshot. */
  queueBytes: 1024 * 1024,
  /** Characters of the ops of one save; a bigger change goes to all as a snapshot. */
  filePatchBytes: 256 * 1024,
  /** ms between two heartbeats of the hub. */
  heartbeatMs: 15_000,
  /** Facets one client may have open. */
  openFacets: 256,
  /** Bytes of a Set that a client sends with `open_bytes`. */
  openBytes: 16 * 1024 * 1024,
  /** Log entries kept for those who subscribe later. */
  recentEntries: 200,
  /** Sentences of one log entry. */
  entrySentences: 500,
  /** Nodes named by one log entry. */
  entryNodes: 2_000,
  /** Clients of one hub. */
  clients: 200,
} as const;
