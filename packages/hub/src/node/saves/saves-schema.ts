/** The tables of the saves, in a file of their own: what is written there in bulk never holds the journal up. */
import type { Database } from '../journal/database.ts';
import { migrate } from '../journal/schema.ts';

/** A save is a list of pieces of its XML; a piece is kept once, however many saves have it. */
const FIRST = `
CREATE TABLE line (set_id TEXT PRIMARY KEY, name TEXT NOT NULL, path TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE save (
  id INTEGER PRIMARY KEY AUTOINCREMENT, set_id TEXT NOT NULL, time INTEGER NOT NULL, source TEXT NOT NULL,
  path TEXT NOT NULL, size_bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, creator TEXT,
  stored_bytes INTEGER NOT NULL, xml_bytes INTEGER NOT NULL, pieces BLOB NOT NULL, told TEXT
) STRICT;
CREATE INDEX save_of_set ON save (set_id, time);
CREATE TABLE piece (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL) STRICT;
CREATE TABLE looked_at (
  path TEXT PRIMARY KEY, size_bytes INTEGER NOT NULL, modified INTEGER NOT NULL, problem TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/** @throws Error when the store was written by a newer LiveTree */
export function migrateSaves(db: Database): void {
  // Only heeded in a file that is still empty: what is deleted then gives its room back.
  db.exec('PRAGMA auto_vacuum = INCREMENTAL;');
  migrate(db, [FIRST]);
}
