/** What the pure hub has done since its start, in numbers that only rise. `/metrics` shows them. */
export interface Tally {
  /** Skeleton patches sent to clients. */
  patches: number;
  /** Patches that were not sent because a merged one stood for them. */
  merged: number;
  snapshots: number;
  /** Snapshots for clients that held a tree of the Set and could not go on from it. */
  resyncs: number;
  /** Whole contents of facets. */
  facets: number;
  facetPatches: number;
  entries: number;
  ephemerals: number;
  /** Connections closed because the client broke the protocol. */
  badMessages: number;
  /** Connections closed because the client was too slow. */
  slowClients: number;
}

export const newTally = (): Tally => ({
  patches: 0,
  merged: 0,
  snapshots: 0,
  resyncs: 0,
  facets: 0,
  facetPatches: 0,
  entries: 0,
  ephemerals: 0,
  badMessages: 0,
  slowClients: 0,
});
