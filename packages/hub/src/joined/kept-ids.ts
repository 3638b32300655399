/** What of the ids of a Set outlives the hub: which nodes are which of the file, and how many runs Live has had. */
import type { NodeId } from '@livetree/live-set';
import type { FileSide } from './file-side.ts';

/** Id that is served, id in the file. */
export type IdRow = readonly [served: NodeId, file: NodeId];

interface KeptIds {
  readonly runs: number;
  readonly rows: readonly IdRow[];
}

/** The ids of one Set, kept whenever they have changed. */
export class IdBook {
  readonly #file: Pick<FileSide, 'rows'>;
  readonly #keep: (text: string) => void;
  #runs: number;
  /** What is kept, JSON. */
  #kept = '';

  /** @param kept what an earlier hub has kept; the file takes up its part */
  constructor(kept: string | undefined, file: FileSide, keep: (text: string) => void) {
    const { runs, rows } = recallIds(kept);
    this.#runs = runs;
    this.#file = file;
    this.#keep = keep;
    file.recall(rows);
  }

  /** Number of a new run of Live, never given before. */
  nextRun(): number {
    this.#runs += 1;
    this.keep();
    return this.#runs;
  }

  keep(): void {
    const ids: KeptIds = { runs: this.#runs, rows: this.#file.rows() };
    const text = JSON.stringify(ids);
    if (text === this.#kept) return;
    this.#kept = text;
    this.#keep(text);
  }
}

/** Under this name they are kept in the journal. */
export const KEPT_IDS = 'pairing';

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
