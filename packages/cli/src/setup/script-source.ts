/** The script that comes with this LiveTree. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from '../errors.ts';
import { checksumsOf } from './script-folder.ts';

export interface ScriptSource {
  readonly folder: string;
  readonly version: string;
  /** SHA-256 in hex by path inside the folder, with `/`. */
  readonly files: Readonly<Record<string, string>>;
}

/** Inside the package, or in the repository; seen from this module, or from the bundle. */
const PLACES = ['../..', '../../../..', '../../..', '..'];

/** @throws SetupError SCRIPT_INCOMPLETE */
export function scriptSource(): ScriptSource {
  const folders = PLACES.map((place) =>
    fileURLToPath(new URL(`${place}/remote-script/LiveTree`, import.meta.url)),
  );
  return readSource(folders.find((folder) => existsSync(join(folder, '__init__.py'))));
}

/** @throws SetupError SCRIPT_INCOMPLETE */
export function readSource(folder: string | undefined): ScriptSource {
  const version = folder === undefined ? undefined : versionIn(join(folder, 'version.py'));
  if (folder === undefined || version === undefined)
    throw new SetupError(
      'SCRIPT_INCOMPLETE',
      'The script is not among the files of this LiveTree. Install LiveTree anew.',
    );
  return { folder, version, files: Object.fromEntries(checksumsOf(folder)) };
}

function versionIn(path: string): string | undefined {
  try {
    return /^VERSION = '([^']+)'$/m.exec(readFileSync(path, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
