/** The journal in one SQLite file: proof against a hub that is killed, not against a power cut. */
import { statSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import type { NodeId, NodeOf, Op } from '@livetree/live-set';
import { applyOps, asNodeId } from '@livetree/live-set';
import type { Epoch, Lineage, Origin, SetId } from '@livetree/protocol';
import { asSetId } from '@livetree/protocol';
import type {
  Checkpoint,
  Committed,
  Journal,
  JournalledEntry,
  JournalledPatch,
  JournalStatus,
  KeptSet,
  LineStart,
} from '../../journal.ts';
import type { Logger } from '../logger.ts';
import type { Database, SqlValue, Statement } from './database.ts';

type Row = Readonly<Record<string, SqlValue>>;

/** Patches from which clients can resume after a restart. */
const KEPT_PATCHES = 2_000;
/** Entries of the log that are offered again. */
const KEPT_ENTRIES = 500;

/** Rows that are dropped in one turn of the loop. */
const FORGOTTEN_AT_ONCE = 500;
/** What a Set goes on with after a restart. */
const OF_A_LINE = ['line', 'checkpoint', 'patch', 'frame', 'keys', 'thing'];

const text = (row: Row, name: string): string => String(row[name] ?? '');
const number = (row: Row, name: string): number => Number(row[name] ?? 0);

/** Every statement once, prepared. */
function prepare(db: Database) {
  const sql = (query: string): Statement => db.prepare(query);
  return {
    line: sql('SELECT * FROM line WHERE set_id = ?'),
    putLine: sql(
      'INSERT INTO line (set_id, epoch, revision, skeleton, lineage) VALUES (?, ?, ?, ?, ?) ON CONFLICT (set_id) DO ' +
        'UPDATE SET (epoch, revision, skeleton, lineage, run, seq) = (excluded.epoch, excluded.revision, excluded.skeleton, excluded.lineage, NULL, NULL)',
    ),
    moveLine: sql('UPDATE line SET revision = ?, skeleton = ?, lineage = ? WHERE set_id = ? AND epoch = ?'),
    keepCursor: sql('UPDATE line SET run = ?, seq = ? WHERE set_id = ?'),
    countSilent: sql('UPDATE line SET silent = silent + 1 WHERE set_id = ?'),
    noSilent: sql('UPDATE line SET silent = 0 WHERE set_id = ?'),
    checkpoint: sql('SELECT * FROM checkpoint WHERE set_id = ? AND epoch = ?'),
    putCheckpoint: sql('INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?, ?, ?)'),
    putPatch: sql('INSERT INTO patch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    patches: sql('SELECT * FROM patch WHERE set_id = ? AND epoch = ? AND revision > ? ORDER BY revision'),
    recent: sql(
      'SELECT * FROM (SELECT * FROM patch WHERE set_id = ? AND epoch = ? ORDER BY revision DESC LIMIT ?) ORDER BY revision',
    ),
    putEntry: sql('INSERT INTO entry (set_id, epoch, revision, text) VALUES (?, ?, ?, ?)'),
    entries: sql(
      'SELECT text FROM (SELECT id, text FROM entry WHERE set_id = ? ORDER BY id DESC LIMIT ?) ORDER BY id',
    ),
    putFrame: sql('INSERT OR IGNORE INTO frame VALUES (?, ?, ?, ?)'),
    frames: sql('SELECT seq, text FROM frame WHERE set_id = ? AND run = ? ORDER BY seq'),
    dropFrames: sql('DELETE FROM frame WHERE set_id = ?'),
    putKeys: sql('INSERT INTO keys (set_id, run, pairs) VALUES (?, ?, ?)'),
    keys: sql('SELECT pairs FROM keys WHERE set_id = ? AND run = ? ORDER BY id'),
    putThing: sql('INSERT OR REPLACE INTO thing VALUES (?, ?, ?)'),
    dropThing: sql('DELETE FROM thing WHERE set_id = ? AND name = ?'),
    thing: sql('SELECT value FROM thing WHERE set_id = ? AND name = ?'),
    sets: sql('SELECT set_id FROM line UNION SELECT set_id FROM entry'),
    dropEntries: sql('DELETE FROM entry WHERE set_id = ?'),
    dropCovered: sql(
      'DELETE FROM patch WHERE set_id = ? AND revision <= (SELECT revision FROM checkpoint WHERE checkpoint.set_id = patch.set_id AND checkpoint.epoch = patch.epoch)',
    ),
    dropFormer: sql(
      'DELETE FROM patch WHERE set_id = ? AND epoch <> (SELECT epoch FROM line WHERE line.set_id = patch.set_id)',
    ),
    dropOldEntries: sql('DELETE FROM entry WHERE id IN (SELECT id FROM entry WHERE time < ? LIMIT ?)'),
    dropOldPatches: sql(
      'DELETE FROM patch WHERE (set_id, epoch, revision) IN (SELECT set_id, epoch, patch.revision FROM patch JOIN checkpoint USING (set_id, epoch) WHERE patch.time < ? AND patch.revision <= checkpoint.revision LIMIT ?)',
    ),
    dropOldestEntries: sql('DELETE FROM entry WHERE id IN (SELECT id FROM entry ORDER BY time LIMIT ?)'),
    dropOldestPatches: sql(
      'DELETE FROM patch WHERE (set_id, epoch, revision) IN (SELECT set_id, epoch, patch.revision FROM patch JOIN checkpoint USING (set_id, epoch) WHERE patch.revision <= checkpoint.revision ORDER BY patch.time LIMIT ?)',
    ),
    countDropped: sql(
      "INSERT INTO dropped VALUES ('acts', ?) ON CONFLICT (what) DO UPDATE SET count = count + excluded.count",
    ),
    used: sql(
      'SELECT (page_count - freelist_count) * page_size AS size FROM pragma_page_count, pragma_freelist_count, pragma_page_size',
    ),
    changes: sql('SELECT changes() AS count'),
    dropKeys: sql('DELETE FROM keys WHERE set_id = ?'),
  };
}

export class SqliteJournal implements Journal {
  readonly #path: string;
  readonly #db: Database;
  readonly #logger: Logger;
  readonly #sql: ReturnType<typeof prepare>;
  #failure: string | undefined;
  #isClosed = false;

  /** @param db migrated */
  constructor(path: string, db: Database, logger: Logger) {
    this.#path = path;
    this.#db = db;
    this.#logger = logger;
    this.#sql = prepare(db);
  }

  get status(): JournalStatus {
    return this.#failure === undefined
      ? { kind: 'file', path: this.#path }
      : { kind: 'none', reason: this.#failure };
  }

  load(set: SetId): KeptSet | undefined {
    if (!this.#works) return undefined;
    try {
      return this.#load(set);
    } catch (error) {
      this.#logger.warn(`What was kept of a Set cannot be used, it begins anew: ${String(error)}`);
      return undefined;
    }
  }

  commit(entries: readonly Committed[]): void {
    this.#transaction(() => {
      for (const entry of entries) this.#put(entry);
    });
  }

  tell({ set, epoch, revision, text: entry }: JournalledEntry): void {
    this.#transaction(() => this.#sql.putEntry.run(set, epoch, revision, entry));
  }

  begin(start: LineStart): void {
    this.#transaction(() => {
      const { set, epoch, revision, lineage } = start;
      this.#sql.putLine.run(set, epoch, revision, revision, lineage);
    });
  }

  checkpoint({ set, epoch, revision, lineage, chunks }: Checkpoint): void {
    this.#transaction(() =>
      this.#sql.putCheckpoint.run(set, epoch, revision, lineage, Buffer.concat(chunks)),
    );
  }

  endRun(set: SetId): void {
    this.#transaction(() => {
      this.#sql.keepCursor.run(null, null, set);
      this.#dropRun(set);
    });
  }

  keep(set: SetId, name: string, value: string | undefined): void {
    this.#transaction(() => {
      if (value === undefined) this.#sql.dropThing.run(set, name);
      else this.#sql.putThing.run(set, name, value);
    });
  }

  keptThing(set: SetId, name: string): string | undefined {
    if (!this.#works) return undefined;
    try {
      const row = this.#sql.thing.get(set, name);
      return row && text(row, 'value');
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  sets(): readonly SetId[] {
    return this.#works ? this.#sql.sets.all().map((row) => asSetId(text(row, 'set_id'))) : [];
  }

  forget(set: SetId, isOpen: boolean): void {
    this.#transaction(() => {
      this.#sql.dropEntries.run(set);
      this.#sql.dropFormer.run(set);
      this.#sql.dropCovered.run(set);
      if (isOpen) return;
      for (const table of OF_A_LINE) this.#db.prepare(`DELETE FROM ${table} WHERE set_id = ?`).run(set);
    });
  }

  forgetBefore(time: number): boolean {
    let isMore = false;
    this.#transaction(() => {
      for (const drop of [this.#sql.dropOldEntries, this.#sql.dropOldPatches]) {
        drop.run(time, FORGOTTEN_AT_ONCE);
        isMore ||= number(this.#sql.changes.get() ?? {}, 'count') === FORGOTTEN_AT_ONCE;
      }
    });
    return isMore;
  }

  forgetOldest(mostBytes: number): boolean {
    let isMore = false;
    this.#transaction(() => {
      if (number(this.#sql.used.get() ?? {}, 'size') <= mostBytes) return;
      const [entries, patches] = [this.#sql.dropOldestEntries, this.#sql.dropOldestPatches].map((drop) => {
        drop.run(FORGOTTEN_AT_ONCE);
        return number(this.#sql.changes.get() ?? {}, 'count');
      });
      if (entries) this.#sql.countDropped.run(entries);
      isMore = Boolean(entries || patches);
    });
    return isMore;
  }

  sizeBytes(): number {
    const sizes = [this.#path, `${this.#path}-wal`].map(
      (path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0,
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#db.close();
  }

  get #works(): boolean {
    return this.#failure === undefined && !this.#isClosed;
  }

  /** A mirror must not stop for its store: the first failure ends the journal for this run of the hub. */
  #transaction(act: () => void): void {
    if (!this.#works) return;
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      act();
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#failure = error instanceof Error ? error.message : String(error);
    this.#logger.error(`History is no longer kept until LiveTree is started again: ${this.#failure}`);
    try {
      this.#db.exec('ROLLBACK');
    } catch {
      // There was no transaction to take back.
    }
  }

  #put({ set, epoch, revision, skeleton, lineage, change, frame, keys = [] }: Committed): void {
    this.#sql.moveLine.run(revision, skeleton, lineage, set, epoch);
    if (change !== undefined) {
      const { time, origin, ops, touched } = change;
      const at = [skeleton, lineage, Math.round(time), origin] as const;
      const opsText = ops === undefined ? null : JSON.stringify(ops);
      this.#sql.putPatch.run(set, epoch, revision, ...at, opsText, JSON.stringify(touched));
    }
    if (frame === undefined) return;
    if (frame.begins === true) this.#dropRun(set);
    this.#sql.keepCursor.run(frame.run, frame.seq, set);
    if (frame.text === '') this.#sql.countSilent.run(set);
    else this.#sql.putFrame.run(set, frame.run, frame.seq, frame.text);
    if (keys.length > 0) this.#sql.putKeys.run(set, frame.run, JSON.stringify(keys));
  }

  #dropRun(set: SetId): void {
    this.#sql.noSilent.run(set);
    this.#sql.dropFrames.run(set);
    this.#sql.dropKeys.run(set);
  }

  #load(set: SetId): KeptSet | undefined {
    const line = this.#sql.line.get(set);
    if (line === undefined) return undefined;
    const epoch: Epoch = text(line, 'epoch');
    const revision = number(line, 'revision');
    const base = this.#sql.checkpoint.get(set, epoch);
    if (base === undefined) return undefined;
    const later = this.#sql.patches.all(set, epoch, number(base, 'revision'));
    const recent = this.#sql.recent.all(set, epoch, KEPT_PATCHES);
    return {
      set,
      epoch,
      revision,
      skeleton: number(line, 'skeleton'),
      lineage: text(line, 'lineage') as Lineage,
      root: rootAfter(base, later, revision),
      patches: chainOf(recent),
      entries: this.#sql.entries.all(set, KEPT_ENTRIES).map((row) => text(row, 'text')),
      ...this.#scriptOf(set, line),
    };
  }

  /** A run of which frames are missing is of no use: the script starts over. */
  #scriptOf(set: SetId, line: Row): Pick<KeptSet, 'script' | 'frames' | 'keys'> {
    const run = text(line, 'run');
    const seq = number(line, 'seq');
    const rows = line['run'] === null ? [] : this.#sql.frames.all(set, run);
    const keys = this.#sql.keys.all(set, run).flatMap(keysOf);
    const count = rows.length + number(line, 'silent');
    const isWhole = rows[0] !== undefined && count === seq - number(rows[0], 'seq') + 1;
    return {
      ...(isWhole && { script: { run, seq } }),
      frames: isWhole ? rows.map((row) => ({ run, seq: number(row, 'seq'), text: text(row, 'text') })) : [],
      keys: new Map(keys),
    };
  }
}

const keysOf = (row: Row): readonly (readonly [number, NodeId])[] =>
  (JSON.parse(text(row, 'pairs')) as readonly (readonly [number, string])[]).map(
    ([handle, node]) => [handle, asNodeId(node)] as const,
  );

/** `undefined`: the tree of this revision came whole. */
const opsOf = (row: Row): readonly Op[] | undefined =>
  row['ops'] === null ? undefined : (JSON.parse(text(row, 'ops')) as readonly Op[]);

/** @throws Error when the patches do not lead from the checkpoint to the end of the line */
function rootAfter(base: Row, later: readonly Row[], revision: number): NodeOf<'set'> {
  const first = number(base, 'revision');
  const isWhole = later.every((row, index) => number(row, 'revision') === first + index + 1);
  if (!isWhole || first + later.length !== revision) throw new Error('revisions are missing');
  const steps = later.map(opsOf);
  if (steps.includes(undefined)) throw new Error('a tree is missing');
  const root = JSON.parse(inflateRawSync(base['root'] as Uint8Array).toString('utf8')) as NodeOf<'set'>;
  return applyOps(
    root,
    steps.flatMap((ops) => ops ?? []),
  );
}

/** The skeleton patches that lead to the end without a gap: one begins anew where a tree came whole. */
function chainOf(rows: readonly Row[]): readonly JournalledPatch[] {
  let chain: JournalledPatch[] = [];
  let before: Row | undefined;
  for (const row of rows) {
    const ops = opsOf(row);
    const isKnown = before !== undefined || number(row, 'revision') === 1;
    if (ops === undefined) chain = [];
    else if (isKnown && ops.length > 0) chain.push(patchOf(row, ops, before));
    before = row;
  }
  return chain;
}

const patchOf = (row: Row, ops: readonly Op[], before: Row | undefined): JournalledPatch => ({
  from: before === undefined ? 0 : number(before, 'skeleton'),
  ...(before && { fromLineage: text(before, 'lineage') as Lineage }),
  to: number(row, 'revision'),
  lineage: text(row, 'lineage') as Lineage,
  time: number(row, 'time'),
  origin: text(row, 'origin') as Origin,
  ops,
});
