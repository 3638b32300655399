/** What of the ids of a Set outlives the hub: which nodes are which of the file, and how many runs Live has had. */
import type { NodeId } from '@livetree/live-set';

/** Id that is served, id in the file. */
export type IdRow = readonly [served: NodeId, file: NodeId];

export interface KeptIds {
  readonly runs: number;
  readonly rows: readonly IdRow[];
}

export const keptIds = (runs: number, rows: readonly IdRow[]): KeptIds => ({ runs, rows });

export const keptText = (ids: KeptIds): string => JSON.stringify(ids);

/** What was kept; nothing, when it cannot be read. */
export function recallIds(text: string | undefined): KeptIds {
  try {
    const value = JSON.parse(text ?? '') as Partial<KeptIds> | null;
    const rows = Array.isArray(value?.rows) ? value.rows.filter(isRow) : [];
    return { runs: typeof value?.runs === 'number' ? value.runs : 0, rows };
  } catch {
    return NOTHING;
  }
}

const NOTHING: KeptIds = { runs: 0, rows: [] };

const isRow = (row: unknown): row is IdRow =>
  Array.isArray(row) && row.length === 2 && row.every((id) => typeof id === 'string');
