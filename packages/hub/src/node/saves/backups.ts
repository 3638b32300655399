/** Finds the earlier saves that Live has put into the `Backup` folder of a project. Only looks. */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { SetId } from '@livetree/protocol';
import { parseBackupName } from '../../saves/backup-name.ts';
import { setIdOf } from '../paths.ts';
import { timeOf } from './moments.ts';

/** A file of a `Backup` folder. */
export interface BackupFile {
  /** The Set whose earlier save it is: that of its name in the folder above. */
  readonly set: SetId;
  readonly name: string;
  readonly setPath: string;
  readonly path: string;
  /** ms since 1970, as its name says. */
  readonly time: number;
  readonly sizeBytes: number;
  /** ms since 1970, as the system says. */
  readonly modified: number;
}

const FOLDER = 'Backup';

/**
 * @param set the Set that was opened
 * @param path of its file
 * @returns its own first, then those of other names; each newest first. None where there is no such folder
 */
export async function findBackups(set: SetId, path: string): Promise<readonly BackupFile[]> {
  const folder = join(dirname(path), FOLDER);
  const names = await readdir(folder).catch(() => []);
  const own = basename(path).replace(/\.als$/i, '');
  const found = await Promise.all(names.map((name) => look(name, folder, { own, set, path })));
  return found
    .filter((each) => each !== undefined)
    .toSorted((a, b) => Number(b.set === set) - Number(a.set === set) || b.time - a.time);
}

interface Own {
  readonly own: string;
  readonly set: SetId;
  readonly path: string;
}

async function look(
  fileName: string,
  folder: string,
  { own, set, path }: Own,
): Promise<BackupFile | undefined> {
  const parsed = parseBackupName(fileName);
  if (parsed === undefined) return undefined;
  const backup = join(folder, fileName);
  const facts = await stat(backup).catch(() => undefined);
  if (facts?.isFile() !== true) return undefined;
  const { name } = parsed;
  const isOwn = name.normalize() === own.normalize();
  const setPath = isOwn ? path : join(dirname(path), `${name}.als`);
  return {
    set: isOwn ? set : setIdOf(setPath),
    name,
    setPath,
    path: backup,
    time: timeOf(parsed.time),
    sizeBytes: facts.size,
    modified: Math.round(facts.mtimeMs),
  };
}
