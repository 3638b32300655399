/** Reads a folder with a script. */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Checksums,
  decodeManifest,
  type Installed,
  isByproduct,
  judgeFolder,
  MANIFEST_FILE,
  SETTINGS_FILE,
} from './manifest.ts';

/** All files of a folder with their SHA-256, without what is not of the script itself. */
export function checksumsOf(folder: string): Checksums {
  return new Map(filesIn(folder).map((path) => [path, checksumOf(join(folder, path))]));
}

/** A link is of no script of ours: its sum equals none. */
const checksumOf = (path: string): string =>
  lstatSync(path).isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'link';

/** What lies there. A link is foreign: somebody works on the script. */
export function readInstalled(folder: string): Installed {
  try {
    const entry = lstatSync(folder, { throwIfNoEntry: false });
    if (entry === undefined) return { is: 'absent' };
    if (!entry.isDirectory()) return { is: 'foreign' };
    return judgeFolder(decodeManifest(fileText(join(folder, MANIFEST_FILE))), checksumsOf(folder));
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    return { is: 'unreadable', code };
  }
}

/** Of an error of the system. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined;

/** Empty where there is no such file. */
export function fileText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function filesIn(folder: string, inside = ''): readonly string[] {
  return readdirSync(join(folder, inside), { withFileTypes: true }).flatMap((entry) => {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (entry.isDirectory()) return filesIn(folder, path);
    const isOther = isByproduct(path) || path === MANIFEST_FILE || path === SETTINGS_FILE;
    return isOther ? [] : [path];
  });
}
