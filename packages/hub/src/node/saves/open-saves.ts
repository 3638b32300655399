import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase, openOwnDatabase } from '../journal/database.ts';
import { migrateSaves } from './saves-schema.ts';
import { SavesStore } from './saves-store.ts';

/** Of the saves; the journal lies beside it. */
export const SAVES_FILE = 'saves.sqlite';

/**
 * Opens or makes the store of the saves.
 * @throws Error when it cannot be used; it is left as it is
 */
export async function openSaves(folder: string): Promise<SavesStore> {
  const path = join(folder, SAVES_FILE);
  const db = await openOwnDatabase(path);
  try {
    migrateSaves(db);
    return new SavesStore(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Opens a store to look at it; nothing is made or changed.
 * @returns `undefined` when there is none
 * @throws Error when it cannot be read
 */
export async function lookAtSaves(folder: string): Promise<SavesStore | undefined> {
  const path = join(folder, SAVES_FILE);
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? undefined : new SavesStore(await openDatabase(path, true));
}
