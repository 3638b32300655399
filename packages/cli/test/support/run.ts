/** Runs the built command as its users do: another process, real pipes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
export const BIN = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));
export const DEMO = fileURLToPath(new URL('../../../../fixtures/demo.als', import.meta.url));

const DEADLINE_MS = 100_000;

export interface RunOptions {
  readonly cwd?: string;
  /** Beside the variables of this process, without those that steer colours. */
  readonly env?: Readonly<Record<string, string>>;
  readonly deadlineMs?: number;
  /** Run as another user; for root only. */
  readonly uid?: number;
  readonly gid?: number;
}

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly bytes: Buffer;
}

const STATES = join(tmpdir(), `livetree-states-${randomUUID()}`);
process.on('exit', () => rmSync(STATES, { recursive: true, force: true }));

/** A folder for the state of one hub, so that tests do not find each other's, nor that of the user. */
export const stateDir = (): string => join(STATES, randomUUID());

/** This process's variables without what would colour the output; the state of a hub lies in a folder of its own. */
export function plainEnv(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    TERM: 'xterm-256color',
    LIVETREE_STATE_DIR: stateDir(),
  };
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'COLORTERM', 'NODE_OPTIONS']) delete env[name];
  return { ...env, ...more };
}

/** Runs to the end; a process that outlives the deadline is killed, and shows as `signal: 'SIGKILL'`. */
export function livetree(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return outcomeOf(start(args, options), options.deadlineMs);
}

/** Starts the command and leaves it running. */
export function start(args: readonly string[], { cwd, env, ...user }: RunOptions = {}): ChildProcess {
  return spawn(process.execPath, [BIN, ...args], {
    ...user,
    cwd: cwd ?? ROOT,
    env: plainEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export function outcomeOf(child: ChildProcess, deadlineMs = DEADLINE_MS): Promise<Outcome> {
  const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout?.on('data', (part: Buffer) => out.push(part));
  child.stderr?.on('data', (part: Buffer) => err.push(part));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const bytes = Buffer.concat(out);
      resolve({ code, signal, stdout: bytes.toString(), stderr: Buffer.concat(err).toString(), bytes });
    });
  });
}
