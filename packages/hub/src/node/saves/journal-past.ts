/** What the journal has of earlier on, read beside the hub that writes it. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { NodeOf, Op } from '@livetree/live-set';
import { applyOps, invert } from '@livetree/live-set';
import type { Entry, KeptAct, SetId } from '@livetree/protocol';
import { type IdRow, KEPT_IDS, recallIds } from '../../joined/kept-ids.ts';
import type { Database, SqlValue } from '../journal/database.ts';
import { openDatabase } from '../journal/database.ts';
import { JOURNAL_FILE } from '../journal/open-journal.ts';
import type { Revisions } from './moments.ts';

type Row = Readonly<Record<string, SqlValue>>;

/** Entries that are looked through at most, the newest. */
const MOST_ENTRIES = 20_000;

export class JournalPast {
  readonly #db: Database | undefined;

  private constructor(db: Database | undefined) {
    this.#db = db;
  }

  /** Of the folder where history is kept; without a journal there, or with one that cannot be read, there are no acts. */
  static async open(folder: string): Promise<JournalPast> {
    const path = join(folder, JOURNAL_FILE);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) return new JournalPast(undefined);
    return new JournalPast(await openDatabase(path, true).catch(() => undefined));
  }

  /** Newest first, as far as they are of that time (ms since 1970). */
  acts(set: SetId, since: number, until: number): readonly KeptAct[] {
    const rows = this.#all(
      'SELECT epoch, text FROM entry WHERE set_id = ? AND time >= ? AND time <= ? ORDER BY id DESC LIMIT ?',
      set,
      since,
      until,
      MOST_ENTRIES,
    );
    return rows.map(actOf);
  }

  revisions(set: SetId): Revisions {
    const ofLine = 'FROM patch JOIN line USING (set_id, epoch) WHERE set_id = ?';
    return {
      lastBefore: (time) => {
        const [row] = this.#all(
          `SELECT patch.revision, patch.time ${ofLine} AND time <= ? AND origin = 'live' ORDER BY patch.revision DESC LIMIT 1`,
          set,
          time,
        );
        return row && { revision: number(row, 'revision'), time: number(row, 'time') };
      },
      timeOf: (revision) => {
        const [row] = this.#all(`SELECT patch.time ${ofLine} AND patch.revision = ?`, set, revision);
        return row && number(row, 'time');
      },
    };
  }

  /**
   * The tree at a revision: from the checkpoint forwards, or backwards by undoing.
   * @returns `undefined`: the line of changes has a gap between the two
   */
  tree(set: SetId, revision: number): NodeOf<'set'> | undefined {
    const [base] = this.#all(
      'SELECT checkpoint.* FROM checkpoint JOIN line USING (set_id, epoch) WHERE set_id = ?',
      set,
    );
    if (base === undefined) return undefined;
    const at = number(base, 'revision');
    const [low, high] = [Math.min(at, revision), Math.max(at, revision)];
    const rows = this.#all(
      'SELECT ops FROM patch WHERE set_id = ? AND epoch = ? AND revision > ? AND revision <= ? ORDER BY revision',
      set,
      String(base['epoch']),
      low,
      high,
    );
    if (rows.length !== high - low || rows.some((row) => row['ops'] === null)) return undefined;
    const ops = rows.flatMap((row) => JSON.parse(String(row['ops'])) as readonly Op[]);
    const root = JSON.parse(inflateRawSync(base['root'] as Uint8Array).toString('utf8')) as NodeOf<'set'>;
    return applyOps(root, revision < at ? invert(ops) : ops);
  }

  /** Acts that went for want of room, ever. */
  get dropped(): number {
    const [row] = this.#all("SELECT count FROM dropped WHERE what = 'acts'");
    return row === undefined ? 0 : number(row, 'count');
  }

  /** Which ids of the newest save are served under which, as far as they are others. */
  ids(set: SetId): readonly IdRow[] {
    const [row] = this.#all('SELECT value FROM thing WHERE set_id = ? AND name = ?', set, KEPT_IDS);
    return row === undefined ? [] : recallIds(String(row['value'])).rows;
  }

  close(): void {
    this.#db?.close();
  }

  /** A journal of an older LiveTree lacks columns: it has nothing to offer until a hub has brought it up to date. */
  #all(sql: string, ...values: readonly SqlValue[]): readonly Row[] {
    try {
      return this.#db?.prepare(sql).all(...values) ?? [];
    } catch {
      return [];
    }
  }
}

const number = (row: Row, name: string): number => Number(row[name] ?? 0);

function actOf(row: Row): KeptAct {
  const { revision, time, origin, save, names, nodes, sentences } = JSON.parse(String(row['text'])) as Entry;
  const what = { revision, time, origin, names, nodes, sentences };
  return { type: 'act', epoch: String(row['epoch']), ...what, ...(save !== undefined && { save }) };
}
