import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Journal } from '../../journal.ts';
import type { Logger } from '../logger.ts';
import { withoutHome } from '../without-home.ts';
import { openOwnDatabase } from './database.ts';
import { migrate } from './schema.ts';
import { SqliteJournal } from './sqlite-journal.ts';

/** Of the journal, in the folder of the history. */
export const JOURNAL_FILE = 'history.sqlite';

/** Bytes of the journal in that folder. */
export const journalBytes = (folder: string): number =>
  [JOURNAL_FILE, `${JOURNAL_FILE}-wal`]
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0);

/** A hub without a store: nothing is kept, and every start begins anew. */
export const noJournal = (reason: string): Journal => ({
  status: { kind: 'none', reason },
  load: () => undefined,
  commit: () => {},
  tell: () => {},
  begin: () => {},
  checkpoint: () => {},
  endRun: () => {},
  keep: () => {},
  keptThing: () => undefined,
  sets: () => [],
  forget: () => {},
  forgetBefore: () => false,
  forgetOldest: () => false,
  sizeBytes: () => 0,
  close: () => {},
});

/** Opens or makes the store in the folder; one that cannot be used never stops the hub, and is left as it is. */
export async function openJournal(folder: string, logger: Logger): Promise<Journal> {
  const path = join(folder, JOURNAL_FILE);
  try {
    const db = await openOwnDatabase(path);
    migrate(db);
    return new SqliteJournal(path, db, logger);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    logger.error(`No history is kept: ${withoutHome(path)} cannot be used: ${reason}`);
    return noJournal(reason);
  }
}
