/** The tables of the journal, one migration after the other; `user_version` counts those that were applied. */
import type { Database } from './database.ts';

const FIRST = `
CREATE TABLE line (
  set_id TEXT PRIMARY KEY, epoch TEXT NOT NULL,
  revision INTEGER NOT NULL, skeleton INTEGER NOT NULL, lineage TEXT NOT NULL,
  run TEXT, seq INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoint (
  set_id TEXT PRIMARY KEY, epoch TEXT NOT NULL, revision INTEGER NOT NULL, lineage TEXT NOT NULL, root BLOB NOT NULL
) STRICT;
CREATE TABLE patch (
  set_id TEXT NOT NULL, epoch TEXT NOT NULL, revision INTEGER NOT NULL,
  skeleton INTEGER NOT NULL, lineage TEXT NOT NULL, time INTEGER NOT NULL, origin TEXT NOT NULL,
  ops TEXT, touched TEXT NOT NULL,
  PRIMARY KEY (set_id, epoch, revision)
) STRICT, WITHOUT ROWID;
CREATE TABLE entry (
  id INTEGER PRIMARY KEY, set_id TEXT NOT NULL, epoch TEXT NOT NULL, revision INTEGER NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE INDEX entry_of_set ON entry (set_id, id);
CREATE TABLE frame (
  set_id TEXT NOT NULL, run TEXT NOT NULL, seq INTEGER NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (set_id, run, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE handle (
  set_id TEXT NOT NULL, run TEXT NOT NULL, handle INTEGER NOT NULL, node TEXT NOT NULL,
  PRIMARY KEY (set_id, run, handle)
) STRICT, WITHOUT ROWID;
`;

/** Things kept of a Set beside its line. */
const THINGS = `
CREATE TABLE thing (
  set_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (set_id, name)
) STRICT, WITHOUT ROWID;
`;

/** Frames of a run that stated nothing: they are counted, not kept. */
const SILENT_FRAMES = 'ALTER TABLE line ADD COLUMN silent INTEGER NOT NULL DEFAULT 0;';

/** When an entry was made, to find it by: read from its text, so that older entries have it too. */
const TIMES = `
ALTER TABLE entry ADD COLUMN time INTEGER GENERATED ALWAYS AS (CAST(json_extract(text, '$.time') AS INTEGER)) VIRTUAL;
CREATE INDEX entry_by_time ON entry (set_id, time);
`;

/** What went for want of room, counted; changes are found by their time. */
const ROOM = `
CREATE TABLE dropped (what TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX patch_by_time ON patch (time);
CREATE INDEX entry_by_age ON entry (time);
`;

/**
 * What one change gave nodes is one row, JSON `[[handle, node], …]`: a run that is shown gives thousands at once. A later
 * row counts over an earlier one.
 */
const KEYS = `
CREATE TABLE keys (id INTEGER PRIMARY KEY, set_id TEXT NOT NULL, run TEXT NOT NULL, pairs TEXT NOT NULL) STRICT;
CREATE INDEX keys_of_run ON keys (set_id, run, id);
INSERT INTO keys (set_id, run, pairs)
  SELECT set_id, run, json_group_array(json_array(handle, node)) FROM handle GROUP BY set_id, run;
DROP TABLE handle;
`;

const MIGRATIONS: readonly string[] = [FIRST, THINGS, SILENT_FRAMES, TIMES, ROOM, KEYS];

/**
 * Brings a store up to date.
 * @param migrations SQL, one after the other; those of the journal unless said
 * @throws Error when it was written by a newer LiveTree
 */
export function migrate(db: Database, migrations = MIGRATIONS): void {
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;');
  const found = Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (found > migrations.length)
    throw new Error('it was written by a newer LiveTree; update LiveTree, or move the file away');
  migrations.slice(found).forEach((sql, index) => {
    db.exec(`BEGIN; ${sql} PRAGMA user_version = ${found + index + 1}; COMMIT;`);
  });
}
