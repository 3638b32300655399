/** Looks at ports of this computer from outside: is one taken, by whom, and does our script answer there? */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import net from 'node:net';
import {
  type Holder,
  hasLive,
  holderInTasklist,
  holdersInLsof,
  holdersInSs,
  ownerAmong,
  parentInStatus,
  pidInNetstat,
} from './port-holders.ts';

/** What a script that answers says of itself. */
export interface ScriptAnswer {
  readonly version: string;
  /** Of Live. */
  readonly live: string;
  /** Of the Set; empty where it was never saved, or Live does not tell. */
  readonly path: string;
}

export interface PortState {
  readonly port: number;
  readonly isTaken: boolean;
  /** Our script, inside Live. */
  readonly script?: ScriptAnswer;
  /** Who has it, where it is not our script, and where that can be found. */
  readonly holder?: string;
}

/** ms for an answer: Live's thread may be busy. */
const ANSWER_MS = 1_500;
const TOOL_MS = 3_000;
const ANSWER_LIMIT = 4_096;

/** @param asks whether our script may be there */
export async function lookAtPort(port: number, platform: string, asks: boolean): Promise<PortState> {
  const lines = await talk(port, asks ? 'version\npath\n' : '', asks ? 2 : 0);
  if (lines === undefined) return { port, isTaken: false };
  const script = scriptIn(lines);
  if (script !== undefined) return { port, isTaken: true, script };
  const holder = await holderOf(port, platform);
  return { port, isTaken: true, ...(holder !== undefined && { holder }) };
}

/** The lines that come; `undefined` where nobody listens. */
function talk(port: number, words: string, count: number): Promise<readonly string[] | undefined> {
  return new Promise((resolve) => {
    let text = '';
    const socket = net.createConnection({ host: '127.0.0.1', port });
    const end = (found: readonly string[] | undefined): void => {
      socket.destroy();
      resolve(found);
    };
    const linesNow = (): readonly string[] => text.split('\n').slice(0, -1);
    socket.setTimeout(ANSWER_MS, () => end(linesNow()));
    socket.on('error', () => end(text === '' ? undefined : linesNow()));
    socket.on('close', () => end(linesNow()));
    socket.on('connect', () => {
      if (count === 0) end([]);
      else socket.write(words);
    });
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (linesNow().length >= count || text.length > ANSWER_LIMIT) end(linesNow());
    });
  });
}

function scriptIn([first, second]: readonly string[]): ScriptAnswer | undefined {
  const about = resultOf(first);
  if (typeof about['version'] !== 'string') return undefined;
  const path = resultOf(second)['path'];
  return {
    version: about['version'],
    live: String(about['live'] ?? ''),
    path: typeof path === 'string' ? path : '',
  };
}

/** The result in an answer of the script: docs/protocol-script.md. */
function resultOf(line: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const { ok, result }: { readonly ok?: unknown; readonly result?: unknown } = JSON.parse(line ?? '');
    return ok === true && typeof result === 'object' && result !== null ? { ...result } : {};
  } catch {
    return {};
  }
}

async function holderOf(port: number, platform: string): Promise<string | undefined> {
  if (platform === 'win32') return holderOnWindows(port);
  const bySs = platform === 'linux' ? ownerAmong(await holdersOnLinux(port)) : undefined;
  return (
    bySs ?? ownerAmong(holdersInLsof(await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-FpRc'])))
  );
}

/** Those that hold it still: who only began as a copy of another may be gone, or have let go of it, by now. */
async function holdersOnLinux(port: number): Promise<readonly Holder[]> {
  const holders = holdersInSs(await run('ss', ['-ltnpH', `sport = :${port}`]));
  if (holders.length < 2) return holders;
  const known = await Promise.all(holders.map(withParent));
  return known.filter((holder) => holder !== undefined);
}

async function withParent(holder: Holder): Promise<Holder | undefined> {
  try {
    const parent = parentInStatus(await readFile(`/proc/${holder.pid}/status`, 'utf8'));
    return { ...holder, ...(parent !== undefined && { parent }) };
  } catch {
    return undefined;
  }
}

async function holderOnWindows(port: number): Promise<string | undefined> {
  const pid = pidInNetstat(await run('netstat', ['-ano', '-p', 'TCP']), port);
  if (pid === undefined) return undefined;
  return holderInTasklist(await run('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']), pid);
}

/** Whether a Live runs; `undefined` where that cannot be found. */
export async function isLiveRunning(platform: string): Promise<boolean | undefined> {
  if (platform !== 'darwin' && platform !== 'win32') return undefined;
  const isMac = platform === 'darwin';
  const text = await (isMac ? run('ps', ['-axo', 'comm=']) : run('tasklist', ['/FO', 'CSV', '/NH']));
  return text === '' ? undefined : hasLive(text);
}

/** What a tool prints; empty where it is not there, fails or takes too long. */
function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(command, [...args], { timeout: TOOL_MS, windowsHide: true }, (_, stdout) => resolve(stdout));
  });
}
