/** Starting at login: on, off, and how it stands. Idempotent, and never over a file of somebody else. */
import { existsSync, lstatSync } from 'node:fs';
import { SetupError } from '../errors.ts';
import { type AutostartFile, autostartFile, isOurs, type OwnProgram } from './autostart-files.ts';
import type { Computer } from './computer.ts';
import { fileText } from './script-folder.ts';
import { putFile, putLink, removeFile } from './write.ts';

/** `other`: on, but for another LiveTree or another Node than this one · `foreign`: a file we did not make. */
export type AutostartState = 'on' | 'off' | 'other' | 'foreign';

export interface Autostart {
  readonly state: AutostartState;
  /** The file that does it. */
  readonly path: string;
}

/** @throws SetupError AUTOSTART_UNKNOWN_SYSTEM */
export function autostartState(computer: Computer, own: OwnProgram): Autostart {
  const file = autostartFile(computer, own);
  return { state: stateOf(file), path: file.path };
}

function stateOf({ path, text, link }: AutostartFile): AutostartState {
  if (!isThere(path)) return 'off';
  const found = fileText(path);
  if (!isOurs(found)) return 'foreign';
  if (link !== undefined && !isThere(link)) return 'off';
  return found === text ? 'on' : 'other';
}

/**
 * @returns whether something was changed
 * @throws SetupError AUTOSTART_UNKNOWN_SYSTEM, AUTOSTART_FOREIGN, SETUP_NOT_WRITABLE
 */
export function turnOn(computer: Computer, own: OwnProgram): boolean {
  const file = autostartFile(computer, own);
  const state = stateOf(file);
  if (state === 'foreign') throw foreign(file.path);
  if (state === 'on') return false;
  putFile(file.path, file.text);
  if (file.link !== undefined) putLink(file.link, file.path);
  return true;
}

/**
 * @returns whether something was changed
 * @throws SetupError AUTOSTART_UNKNOWN_SYSTEM, AUTOSTART_FOREIGN, SETUP_NOT_WRITABLE
 */
export function turnOff(computer: Computer, own: OwnProgram): boolean {
  const file = autostartFile(computer, own);
  if (stateOf(file) === 'foreign') throw foreign(file.path);
  const paths = [file.link, file.path].filter((path) => path !== undefined && isThere(path));
  for (const path of paths) if (path !== undefined) removeFile(path);
  return paths.length > 0;
}

/** Also a link that leads nowhere. */
const isThere = (path: string): boolean =>
  existsSync(path) || lstatSync(path, { throwIfNoEntry: false }) !== undefined;

const foreign = (path: string): SetupError =>
  new SetupError(
    'AUTOSTART_FOREIGN',
    `"${path}" is there already, and livetree autostart did not make it, so it is left alone. Delete or rename it if you do not need it, then try again.`,
  );
