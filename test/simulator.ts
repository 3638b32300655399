/** The stand-in for Live as its own process, with the real Remote Script inside. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(import.meta.dirname, '..');

export const PYTHON = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);

/** What the simulator tells of an object (live-simulator/README.md, "The description"). */
export interface Described {
  readonly uid: number;
  readonly kind: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly lists: Readonly<Record<string, readonly Described[]>>;
  /** Properties that automation or a macro moves at this moment. */
  readonly moved?: readonly string[];
  /** How often undo and redo have made the object anew. */
  readonly again?: number;
}

export interface Answer {
  readonly id: number;
  readonly ok: boolean;
  /** When the model was changed, ms since 1970. */
  readonly at: number;
  readonly result?: unknown;
  readonly error?: string;
}

export interface SimulatorOptions {
  /** Folder of the Remote Script; else that of the repository. */
  readonly script?: string;
  /** What the script keeps while the hub is away lies here, and stays; else in a folder of its own. */
  readonly spoolDir?: string;
  /** Files may not grow beyond so many KB: as on a disk that is full. */
  readonly fileKb?: number;
  /** On which the script takes commands; else any that is free. */
  readonly commandPort?: number;
}

export class Simulator {
  readonly #process: ChildProcess;
  readonly #spool: string;
  readonly #keepsSpool: boolean;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #asked = 0;
  #ended = '';
  log = '';

  constructor(
    port: number,
    args: readonly string[] = [],
    { script, fileKb, spoolDir, commandPort = 0 }: SimulatorOptions = {},
  ) {
    this.#spool = spoolDir ?? mkdtempSync(join(tmpdir(), 'livetree-spool-'));
    this.#keepsSpool = spoolDir !== undefined;
    const folder = script ?? join(ROOT, 'remote-script/LiveTree');
    const all = ['-m', 'live_simulator', '--script', folder, '--control', '--musician', 'off', ...args];
    const command = [PYTHON ?? 'python3', ...all];
    const [file = '', ...rest] =
      fileKb === undefined ? command : ['bash', '-c', `ulimit -f ${fileKb}; exec "$@"`, 'live', ...command];
    this.#process = spawn(file, rest, {
      cwd: ROOT,
      env: {
        ...process.env,
        PYTHONPATH: join(ROOT, 'live-simulator'),
        LIVETREE_PORTS: String(port),
        LIVETREE_COMMAND_PORTS: String(commandPort),
        LIVETREE_SPOOL_DIR: this.#spool,
      },
    });
    this.#process.stderr?.on('data', (text) => {
      this.log += String(text);
    });
    this.#process.once('exit', (code, signal) => {
      this.#ended = `the simulator has ended (${code ?? signal})`;
      for (const [id, done] of this.#waiting) done({ id, ok: false, at: 0, error: this.#ended });
      this.#waiting.clear();
    });
    if (this.#process.stdout) createInterface(this.#process.stdout).on('line', (line) => this.#take(line));
  }

  async ask(question: Readonly<Record<string, unknown>>): Promise<Answer> {
    this.#asked += 1;
    const id = this.#asked;
    if (this.#ended !== '') throw new Error(`${this.#ended}\n${this.log}`);
    const answer = new Promise<Answer>((done) => this.#waiting.set(id, done));
    this.#process.stdin?.write(`${JSON.stringify({ id, ...question })}\n`);
    const given = await answer;
    if (!given.ok) throw new Error(`${JSON.stringify(question)}: ${given.error}\n${this.log}`);
    return given;
  }

  edit(name: string, args: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    return this.ask({ do: 'edit', name, args });
  }

  async close(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const gone = new Promise((done) => this.#process.once('exit', done));
      this.#process.kill('SIGKILL');
      await gone;
    }
    if (!this.#keepsSpool) rmSync(this.#spool, { recursive: true, force: true });
  }

  #take(line: string): void {
    if (!line.startsWith('{')) return;
    const answer = JSON.parse(line) as Answer;
    this.#waiting.get(answer.id)?.(answer);
    this.#waiting.delete(answer.id);
  }
}
