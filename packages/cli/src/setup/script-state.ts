/** How the script stands on this computer, as far as files tell. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../errors.ts';
import type { Computer } from './computer.ts';
import type { Evidence, ScriptEvidence } from './evidence.ts';
import { type FoundLive, findLibrary } from './find-live.ts';
import { type LiveLog, readLog } from './live-log.ts';
import { scriptFolder } from './live-places.ts';
import { canRunScript } from './live-version.ts';
import { isSame, SETTINGS_FILE } from './manifest.ts';
import { checksumsOf, fileText, readInstalled } from './script-folder.ts';
import type { ScriptSource } from './script-source.ts';
import { portsIn } from './settings.ts';

/** The library with its reason where there is none. */
export function libraryEvidence(
  computer: Computer,
  lives: readonly FoundLive[],
  given: string | undefined,
): Evidence['library'] {
  try {
    return { ok: true, path: findLibrary(computer, lives, given) };
  } catch (error) {
    if (error instanceof SetupError) return { ok: false, code: error.code, message: error.message };
    throw error;
  }
}

export function scriptEvidence(computer: Computer, library: string, source: ScriptSource): ScriptEvidence {
  const folder = scriptFolder(library, computer);
  const installed = readInstalled(folder);
  const isCurrent = installed.is !== 'absent' && isSame(checksumsQuietly(folder), source.files);
  return { folder, installed, isCurrent, ports: portsIn(fileText(join(folder, SETTINGS_FILE))) };
}

function checksumsQuietly(folder: string): ReadonlyMap<string, string> {
  try {
    return checksumsOf(folder);
  } catch {
    return new Map();
  }
}

/** The log of the Live that was used last, of those that can run the script. */
export function logEvidence(lives: readonly FoundLive[]): LiveLog | undefined {
  const live = lives.find(({ version, usedAt }) => canRunScript(version) && usedAt > 0);
  const text = live === undefined ? undefined : endOf(live.logPath);
  return text === undefined ? undefined : readLog(text);
}

/** A log grows without bounds; a start and what follows it fit in here. */
const LOG_BYTES = 4 * 1024 * 1024;

function endOf(path: string): string | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      const bytes = Buffer.alloc(Math.min(size, LOG_BYTES));
      const read = readSync(file, bytes, 0, bytes.length, size - bytes.length);
      return bytes.toString('utf8', 0, read);
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
