/** From what a user typed to the one path, and the one id, of a Set. */
import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { SetId } from '@livetree/protocol';
import { asSetId } from '@livetree/protocol';

const ID_DIGITS = 12;

/** The path without links, in the system's own spelling; of a file that is not there, that of its folder. */
export async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(await realPathOf(folder), basename(path));
  }
}

/** The same path gives the same id, also after a restart of the hub. */
export const setIdOf = (realPath: string): SetId =>
  asSetId(createHash('sha256').update(realPath).digest('hex').slice(0, ID_DIGITS));
