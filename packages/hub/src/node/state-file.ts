/**
 * The state file, which is the lock too: one hub per user; and beside it what the user prefers. The only file of
 * LiveTree that writes anything, and all it writes are these two in the user's own state folder.
 */
import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { HubState, Preferences } from '../state.ts';
import { decodePreferences, decodeState, stateDir } from '../state.ts';

const FILE = 'hub.json';
const PREFERENCES = 'preferences.json';

/** Folder of the state file on this computer. */
export const defaultStateDir = (): string =>
  stateDir({ platform: process.platform, home: homedir(), env: process.env });

/** The hub that has left its state, if its process is still there. It may not be a hub any more: ask it. */
export async function readState(folder: string): Promise<HubState | undefined> {
  const state = decodeState(await textOf(join(folder, FILE)));
  return state !== undefined && isAlive(state.pid) ? state : undefined;
}

/**
 * Makes this hub the one of the user.
 * @param stale what {@link readState} found, when that is no hub: it is taken away
 * @returns `false` when another one was quicker
 */
export async function claimState(folder: string, state: HubState, stale?: HubState): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `${FILE}.${randomUUID()}`);
  await writeFile(draft, `${JSON.stringify(state)}\n`, { mode: 0o600, flag: 'wx' });
  try {
    return (await put(draft, folder)) || ((await clear(folder, stale)) && (await put(draft, folder)));
  } finally {
    await unlink(draft);
  }
}

/** Exclusive, and never half-written: of two that start together one fails here. */
async function put(draft: string, folder: string): Promise<boolean> {
  try {
    await link(draft, join(folder, FILE));
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * Takes away what no hub needs. What is there may change between looking and taking: so it is looked at once
 * more when nobody else can have it, and put back when it is of use.
 */
async function clear(folder: string, stale: HubState | undefined): Promise<boolean> {
  const path = join(folder, FILE);
  if (isOfUse(await textOf(path), stale)) return false;
  const aside = join(folder, `${FILE}.${randomUUID()}`);
  try {
    await rename(path, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return true;
    throw error;
  }
  const isMistake = isOfUse(await textOf(aside), stale);
  if (isMistake) await put(aside, folder);
  await unlink(aside);
  return !isMistake;
}

function isOfUse(text: string, stale: HubState | undefined): boolean {
  const state = decodeState(text);
  return state !== undefined && isAlive(state.pid) && !isSame(state, stale);
}

/** Takes the state away, unless it is another hub's by now. */
export async function releaseState(folder: string, state: HubState): Promise<void> {
  const path = join(folder, FILE);
  if (isSame(decodeState(await textOf(path)), state)) await unlink(path);
}

/** What the user prefers; where nothing is kept, or nothing that can be read, the default. */
export async function readPreferences(folder: string): Promise<Preferences> {
  return decodePreferences(await textOf(join(folder, PREFERENCES)));
}

/** Keeps what the user prefers, never half-written. @throws Error when the folder cannot be written to */
export async function writePreferences(folder: string, preferences: Preferences): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `${PREFERENCES}.${randomUUID()}`);
  await writeFile(draft, `${JSON.stringify(preferences)}\n`, { mode: 0o600, flag: 'wx' });
  await rename(draft, join(folder, PREFERENCES));
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
}

const isSame = (a: HubState | undefined, b: HubState | undefined): boolean =>
  a !== undefined && a.pid === b?.pid && a.port === b.port && a.token === b.token;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
