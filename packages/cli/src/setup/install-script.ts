/** Copies the script into a User Library, and takes it away again. Never touches what is not ours. */
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../errors.ts';
import type { Computer } from './computer.ts';
import { scriptFolder } from './live-places.ts';
import { encodeManifest, type Installed, isSame, MANIFEST_FILE, SETTINGS_FILE } from './manifest.ts';
import { checksumsOf, fileText, readInstalled } from './script-folder.ts';
import type { ScriptSource } from './script-source.ts';
import { settingsWithPort } from './settings.ts';
import { notWritable, putFolder, removeFolder } from './write.ts';

export interface InstallOrder {
  readonly computer: Computer;
  /** The User Library. */
  readonly library: string;
  readonly source: ScriptSource;
  /** Of the hub, when it is to be another one; else the settings stay. */
  readonly port?: number;
  /** Only say what would be done. */
  readonly isDry?: boolean;
  /** ms since 1970. */
  readonly now: number;
}

/** `nothing`: it is there already, as it should be. */
export type InstallKind = 'copied' | 'replaced' | 'repaired' | 'adopted' | 'settings' | 'nothing';

export interface InstallOutcome {
  readonly did: InstallKind;
  /** Where the script lies. */
  readonly folder: string;
  /** Of the script before, where another one was replaced. */
  readonly before?: string;
}

/** @throws SetupError SCRIPT_FOREIGN, SCRIPT_CHANGED, SETTINGS_BROKEN, SETUP_NOT_WRITABLE; then nothing was changed */
export function installScript(order: InstallOrder): InstallOutcome {
  const { computer, library, source, port, isDry, now } = order;
  const folder = scriptFolder(library, computer);
  const settingsPath = join(folder, SETTINGS_FILE);
  const kept = fileText(settingsPath);
  const settings = port === undefined ? undefined : settingsWithPort(kept, port);
  const { did, before } = judge(folder, source, settings !== undefined);
  if (isDry !== true && did !== 'nothing') {
    const { version, files } = source;
    const text = settings ?? kept;
    const texts = {
      [MANIFEST_FILE]: encodeManifest({ version, installedAt: now, files }),
      ...(text !== '' && { [SETTINGS_FILE]: text }),
    };
    putFolder(folder, { from: source.folder, files: Object.keys(files), texts });
  }
  return { did, folder, ...(before !== undefined && { before }) };
}

function judge(
  folder: string,
  source: ScriptSource,
  hasNewSettings: boolean,
): { readonly did: InstallKind; readonly before?: string } {
  const installed = readInstalled(folder);
  switch (installed.is) {
    case 'absent':
      return { did: 'copied' };
    case 'unreadable':
      throw notWritable(folder, installed.code);
    case 'foreign':
      if (isCopiedByHand(folder, source)) return { did: 'adopted' };
      throw foreign(folder);
    case 'changed':
      throw changed(folder, installed.files);
    case 'ours':
      return judgeOurs(installed, source, hasNewSettings);
    default:
      return installed satisfies never;
  }
}

function judgeOurs(
  { manifest, missing }: Extract<Installed, { is: 'ours' }>,
  source: ScriptSource,
  hasNewSettings: boolean,
): { readonly did: InstallKind; readonly before?: string } {
  if (!isSame(new Map(Object.entries(manifest.files)), source.files))
    return { did: 'replaced', before: manifest.version };
  if (missing.length > 0) return { did: 'repaired' };
  return { did: hasNewSettings ? 'settings' : 'nothing' };
}

/** The very files that we would copy, without our note: as docs used to say it is done. */
function isCopiedByHand(folder: string, source: ScriptSource): boolean {
  return lstatSync(folder).isDirectory() && isSame(checksumsOf(folder), source.files);
}

/** `nothing`: none was there. */
export interface UninstallOutcome {
  readonly did: 'removed' | 'nothing';
  readonly folder: string;
}

/** @throws SetupError SCRIPT_FOREIGN, SCRIPT_CHANGED, SETUP_NOT_WRITABLE; then nothing was changed */
export function uninstallScript(computer: Computer, library: string, isDry: boolean): UninstallOutcome {
  const folder = scriptFolder(library, computer);
  const installed = readInstalled(folder);
  if (installed.is === 'absent') return { did: 'nothing', folder };
  if (installed.is === 'unreadable') throw notWritable(folder, installed.code);
  if (installed.is === 'foreign') throw foreign(folder);
  if (installed.is === 'changed') throw changed(folder, installed.files);
  if (!isDry) removeFolder(folder);
  return { did: 'removed', folder };
}

const foreign = (folder: string): SetupError =>
  new SetupError(
    'SCRIPT_FOREIGN',
    `"${folder}" is there already, and livetree install did not put it there, so it is left alone. If you do not need it, delete or move that folder, then try again.`,
  );

const MOST_NAMED = 3;

function changed(folder: string, files: readonly string[]): SetupError {
  const named = files.slice(0, MOST_NAMED).join(', ');
  const rest = files.length > MOST_NAMED ? ` and ${files.length - MOST_NAMED} more` : '';
  return new SetupError(
    'SCRIPT_CHANGED',
    `The script in "${folder}" was changed by hand (${named}${rest}), so it is left alone. To keep your changes, move that folder elsewhere, out of "Remote Scripts"; else delete it. Then try again.`,
  );
}
