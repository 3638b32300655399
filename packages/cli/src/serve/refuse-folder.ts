/** A folder that is given in place of a Set. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LiveSetError } from '@livetree/live-set';

/**
 * Where only one Set lies in the folder (a project of Live keeps its Sets beside its folders), the message names it.
 * @param path as it was typed
 * @throws LiveSetError FILE_IS_FOLDER, as reading it does
 */
export async function refuseFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() !== true) return;
  const sets = (await readdir(path).catch(() => [])).filter(isSet);
  const [set] = sets;
  const remedy =
    set !== undefined && sets.length === 1
      ? `livetree serve "${join(path, set)}"`
      : 'Give the Set itself, the file that ends in .als.';
  throw new LiveSetError('FILE_IS_FOLDER', `"${path}" is a folder. ${remedy}`);
}

/** macOS lays files of its own (`._My Song.als`) beside those on other disks. */
const isSet = (name: string): boolean => /\.als$/i.test(name) && !name.startsWith('.');
