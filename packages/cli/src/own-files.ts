/** Where the files lie that come with LiveTree: all in the installed package, or over the folders of a checkout. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What comes with the tool beside its code, by the name that it has in the package. */
export type OwnFile =
  | 'package.json'
  /** Folder of the built page. */
  | 'viewer'
  /** The folder that Live's User Library gets. */
  | 'remote-script/LiveTree'
  | 'live-simulator'
  /** The Set of the demo. */
  | 'fixtures/demo-live.als'
  /** What the demo plays where there is no Python. */
  | 'fixtures/demo-recording.jsonl.gz';

/** Folder of the package: the nearest above this module, which may be one of many, or part of one file. */
const PACKAGE = packageAbove(dirname(fileURLToPath(import.meta.url)));
/** In a checkout the package holds its code only. */
const isInstalled = existsSync(join(PACKAGE, 'live-simulator'));
const REPOSITORY = resolve(PACKAGE, '../..');

function packageAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json')) || dirname(folder) === folder) return folder;
  return packageAbove(dirname(folder));
}

/** Path of a file or folder that comes with LiveTree. In a checkout it may not be built yet. */
export function ownFile(name: OwnFile): string {
  if (isInstalled || name === 'package.json') return join(PACKAGE, name);
  return join(REPOSITORY, name === 'viewer' ? 'packages/viewer/dist' : name);
}
