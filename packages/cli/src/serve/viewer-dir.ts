import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ownFile } from '../own-files.ts';

/** The built viewer; `undefined` in a checkout where it was not built. */
export function viewerDir(): string | undefined {
  const folder = ownFile('viewer');
  return existsSync(join(folder, 'index.html')) ? folder : undefined;
}
