/** The saves in one SQLite file: rows in, rows out. It is used by one thread at a time, never by the hub's own. */
import type { HistoryLimits, KeptLine, KeptSave, SetId, Telling } from '@livetree/protocol';
import { asSetId } from '@livetree/protocol';
import { DEFAULT_HISTORY_LIMITS, oldest, oldestKept, tooOld } from '../../saves/retention.ts';
import type { Database, SqlValue, Statement } from '../journal/database.ts';
import { PieceStore } from './piece-store.ts';

type Row = Readonly<Record<string, SqlValue>>;

/** A save that is to be kept. */
export interface NewSave extends Pick<KeptSave, 'time' | 'source' | 'path' | 'sizeBytes' | 'sha256'> {
  readonly set: SetId;
  /** Of the Set. */
  readonly name: string;
  /** Where the file of the Set is; `path` is that of the file that was read. */
  readonly setPath: string;
  readonly creator: string | undefined;
  readonly xml: Uint8Array;
}

/** What was found when a file of `Backup/` was read. */
export interface Look {
  readonly sizeBytes: number;
  readonly modified: number;
  readonly problem: string | undefined;
}

const MEGABYTE = 1024 * 1024;
const SAVE_COLUMNS = 'id, set_id, time, source, path, size_bytes, sha256, creator, stored_bytes, told';

function prepare(db: Database) {
  const sql = (query: string): Statement => db.prepare(query);
  return {
    lines: sql(
      'SELECT line.set_id, name, line.path, count(id) AS saves, max(time) AS newest FROM line JOIN save USING (set_id) GROUP BY line.set_id ORDER BY newest DESC',
    ),
    putLine: sql('INSERT OR REPLACE INTO line VALUES (?, ?, ?)'),
    saves: sql(`SELECT ${SAVE_COLUMNS} FROM save WHERE set_id = ? ORDER BY time DESC, id DESC`),
    ages: sql('SELECT id, set_id, time FROM save'),
    newest: sql('SELECT sha256 FROM save WHERE set_id = ? ORDER BY time DESC, id DESC LIMIT 1'),
    same: sql('SELECT id FROM save WHERE set_id = ? AND sha256 = ?'),
    putSave: sql(
      'INSERT INTO save (set_id, time, source, path, size_bytes, sha256, creator, stored_bytes, xml_bytes, pieces) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id',
    ),
    content: sql('SELECT xml_bytes, pieces FROM save WHERE id = ?'),
    tell: sql('UPDATE save SET told = ? WHERE id = ?'),
    dropSave: sql('DELETE FROM save WHERE id = ?'),
    dropSaves: sql('DELETE FROM save WHERE set_id = ?'),
    dropLine: sql('DELETE FROM line WHERE set_id = ?'),
    pieces: sql('SELECT pieces FROM save'),
    look: sql('SELECT * FROM looked_at WHERE path = ?'),
    putLook: sql('INSERT OR REPLACE INTO looked_at VALUES (?, ?, ?, ?)'),
    unreadable: sql('SELECT count(*) AS count FROM looked_at WHERE problem IS NOT NULL'),
    setting: sql('SELECT value FROM setting WHERE name = ?'),
    putSetting: sql('INSERT OR REPLACE INTO setting VALUES (?, ?)'),
    pages: sql(
      'SELECT (page_count - freelist_count) * page_size AS size FROM pragma_page_count, pragma_freelist_count, pragma_page_size',
    ),
  };
}

export class SavesStore {
  readonly #db: Database;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #pieces: PieceStore;

  /** @param db migrated */
  constructor(db: Database) {
    this.#db = db;
    this.#sql = prepare(db);
    this.#pieces = new PieceStore(db);
  }

  /** Sets of which saves are kept, the one saved last first. */
  lines(): readonly KeptLine[] {
    return this.#sql.lines.all().map((row) => ({
      id: asSetId(text(row, 'set_id')),
      name: text(row, 'name'),
      path: text(row, 'path'),
      saves: number(row, 'saves'),
      newest: number(row, 'newest'),
    }));
  }

  /** Newest first. */
  saves(set: SetId): readonly KeptSave[] {
    return this.#sql.saves.all(set).map(saveOf);
  }

  /** The XML as it was saved. @throws Error when it is not whole, or no such save is kept */
  xml(save: number): Buffer {
    const row = this.#sql.content.get(save);
    if (row === undefined) throw new Error('this save is no longer kept');
    return this.#pieces.get(row['pieces'] as Uint8Array, number(row, 'xml_bytes'));
  }

  /** @returns its id; `undefined`: it is known. A save that goes back to an earlier one is a save of its own. */
  add(save: NewSave): number | undefined {
    const { set, name, setPath, time, source, path, sizeBytes, sha256, creator = null, xml } = save;
    if (this.isKnown(set, sha256, source)) return undefined;
    return this.#transaction(() => {
      const { pieces, storedBytes } = this.#pieces.put(xml);
      this.#sql.putLine.run(set, name, setPath);
      const facts = [set, Math.round(time), source, path, sizeBytes, sha256, creator] as const;
      return Number(this.#sql.putSave.get(...facts, storedBytes, xml.length, pieces)?.['id']);
    });
  }

  /** Whether a save of these bytes is kept; of one that Live has put aside any will do, else only the newest. */
  isKnown(set: SetId, sha256: string, source: KeptSave['source']): boolean {
    return source === 'backup'
      ? this.#sql.same.get(set, sha256) !== undefined
      : this.#sql.newest.get(set)?.['sha256'] === sha256;
  }

  tell(save: number, telling: Telling): void {
    this.#sql.tell.run(JSON.stringify(telling), save);
  }

  /** Whether this file of a `Backup` folder has been read as it is now. */
  hasLookedAt(path: string, { sizeBytes, modified }: Look): boolean {
    const row = this.#sql.look.get(path);
    return (
      row !== undefined && number(row, 'size_bytes') === sizeBytes && number(row, 'modified') === modified
    );
  }

  noteLook(path: string, { sizeBytes, modified, problem }: Look): void {
    this.#sql.putLook.run(path, sizeBytes, modified, problem ?? null);
  }

  get unreadable(): number {
    return number(this.#sql.unreadable.get() ?? {}, 'count');
  }

  get limits(): HistoryLimits {
    const value = this.#sql.setting.get('limits');
    return value === undefined
      ? DEFAULT_HISTORY_LIMITS
      : { ...DEFAULT_HISTORY_LIMITS, ...(JSON.parse(text(value, 'value')) as Partial<HistoryLimits>) };
  }

  set limits(limits: HistoryLimits) {
    this.#sql.putSetting.run('limits', JSON.stringify(limits));
  }

  /** Bytes of what is kept. */
  get sizeBytes(): number {
    return number(this.#sql.pages.get() ?? {}, 'size');
  }

  /** Drops what is too old, and the oldest when there is too much. */
  prune(now: number): void {
    this.#drop(tooOld(this.#ages(), oldestKept(this.limits, now)));
    while (this.sizeBytes > this.limits.mostMegabytes * MEGABYTE) {
      const ids = oldest(this.#ages());
      if (ids.length === 0) return;
      this.#drop(ids);
    }
  }

  /** @param set absent: all, also what `Backup` folders were looked through; of one Set they are not read again */
  delete(set?: SetId): void {
    this.#transaction(() => {
      const sets = set === undefined ? this.lines().map(({ id }) => id) : [set];
      for (const each of sets) {
        this.#sql.dropSaves.run(each);
        this.#sql.dropLine.run(each);
      }
      if (set === undefined) this.#db.exec('DELETE FROM looked_at');
      this.#sweep();
    });
    this.#db.exec('PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);');
  }

  close(): void {
    this.#db.close();
  }

  #ages() {
    return this.#sql.ages
      .all()
      .map((row) => ({ id: number(row, 'id'), set: text(row, 'set_id'), time: number(row, 'time') }));
  }

  #drop(ids: readonly number[]): void {
    if (ids.length === 0) return;
    this.#transaction(() => {
      for (const id of ids) this.#sql.dropSave.run(id);
      this.#sweep();
    });
    this.#db.exec('PRAGMA incremental_vacuum;');
  }

  #sweep(): void {
    this.#pieces.sweep(this.#sql.pieces.all().map((row) => row['pieces'] as Uint8Array));
  }

  #transaction<T>(act: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = act();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}

const text = (row: Row, name: string): string => String(row[name] ?? '');
const number = (row: Row, name: string): number => Number(row[name] ?? 0);

const NOTHING_TOLD: Telling = { names: [], nodes: [], sentences: [] };

function saveOf(row: Row, place: number): KeptSave {
  const creator = row['creator'];
  const told = row['told'] === null ? NOTHING_TOLD : (JSON.parse(text(row, 'told')) as Telling);
  return {
    type: 'save',
    id: number(row, 'id'),
    number: place,
    time: number(row, 'time'),
    source: row['source'] === 'backup' ? 'backup' : 'save',
    path: text(row, 'path'),
    sizeBytes: number(row, 'size_bytes'),
    sha256: text(row, 'sha256'),
    ...(typeof creator === 'string' && { creator }),
    storedBytes: number(row, 'stored_bytes'),
    ...told,
  };
}
