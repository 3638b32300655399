/** Whether the saved file of a Set can be read. Only looks. */
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FileEvidence } from './evidence.ts';

/** Below this size a file system may keep content in places that it does not count. */
const LEAST_BYTES = 4_096;

/** OneDrive, iCloud and Dropbox show the whole size of a file that takes no place on the disk. */
export const isPlaceholder = ({
  size,
  blocks,
}: {
  readonly size: number;
  readonly blocks: number;
}): boolean => size >= LEAST_BYTES && blocks === 0;

/** Folder and file: macOS may allow the one and refuse the other. */
export function lookAtFile(path: string): FileEvidence {
  try {
    readdirSync(dirname(path));
    const stats = statSync(path);
    if (isPlaceholder(stats)) return { path, state: 'placeholder' };
    accessSync(path, constants.R_OK);
    return { path, state: 'readable' };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'ENOENT' || code === 'ENOTDIR') return { path, state: 'missing', code };
    return { path, state: code === 'EPERM' || code === 'EACCES' ? 'forbidden' : 'unreadable', code };
  }
}
