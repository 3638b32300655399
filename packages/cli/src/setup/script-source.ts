/** The script that comes with this LiveTree. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../errors.ts';
import { ownFile } from '../own-files.ts';
import { checksumsOf } from './script-folder.ts';

export interface ScriptSource {
  readonly folder: string;
  readonly version: string;
  /** SHA-256 in hex by path inside the folder, with `/`. */
  readonly files: Readonly<Record<string, string>>;
}

/** @throws SetupError SCRIPT_INCOMPLETE */
export function scriptSource(): ScriptSource {
  const folder = ownFile('remote-script/LiveTree');
  return readSource(existsSync(join(folder, '__init__.py')) ? folder : undefined);
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
