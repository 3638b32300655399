/** How the script stands on this computer, as far as files tell. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../errors.ts';
import { type Computer, canRunLive } from './computer.ts';
import type { Evidence, ScriptEvidence } from './evidence.ts';
import { type FoundLive, findLibrary, findLives } from './find-live.ts';
import { type LiveLog, readLog } from './live-log.ts';
import { scriptFolder } from './live-places.ts';
import { canRunScript } from './live-version.ts';
import { isSame, SETTINGS_FILE } from './manifest.ts';
import { checksumsOf, fileText, readInstalled } from './script-folder.ts';
import { type ScriptSource, scriptSource } from './script-source.ts';
import { portsIn } from './settings.ts';

/**
 * What files tell; nothing of ports and of what runs.
 * @param given the User Library, where the user names it
 * @param readLogOf reads the end of a log; who asks again and again passes one that remembers
 */
export function filesEvidence(
  computer: Computer,
  given?: string,
  source: ScriptSource = scriptSource(),
  readLogOf: ReadLog = readLogFile,
): Evidence {
  const lives = findLives(computer);
  const library = libraryEvidence(computer, lives, given);
  const live = lives.find(({ version, usedAt }) => canRunScript(version) && usedAt > 0);
  const log = live === undefined ? undefined : readLogOf(live);
  return {
    canRunLive: canRunLive(computer),
    lives,
    library,
    ownVersion: source.version,
    commandPorts: [],
    hubPorts: [],
    ...(library.ok && { script: scriptEvidence(computer, library.path, source) }),
    ...(log !== undefined && { log }),
  };
}

/** The library with its reason where there is none. */
function libraryEvidence(
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

function scriptEvidence(computer: Computer, library: string, source: ScriptSource): ScriptEvidence {
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

/** The end of the log of a Live, understood; `undefined` where it cannot be read. */
export type ReadLog = (live: FoundLive) => LiveLog | undefined;

const readLogFile: ReadLog = ({ logPath }) => {
  const text = endOf(logPath);
  return text === undefined ? undefined : readLog(text);
};

/** Reads a log again only when it has changed. */
export function rememberingReader(): ReadLog {
  let last: { readonly key: string; readonly log: LiveLog | undefined } | undefined;
  return (live) => {
    const key = `${live.logPath} ${live.usedAt}`;
    if (last?.key !== key) last = { key, log: readLogFile(live) };
    return last.log;
  };
}

/** A log grows without bounds; a start and what follows it fit in here. */
const LOG_BYTES = 2 * 1024 * 1024;

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
