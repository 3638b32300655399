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
  /** Files may not grow beyond so many KB: as on a disk that is full. */
  readonly fileKb?: number;
}

export class Simulator {
  readonly #process: ChildProcess;
  readonly #spool = mkdtempSync(join(tmpdir(), 'livetree-spool-'));
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #asked = 0;
  log = '';

  constructor(port: number, args: readonly string[] = [], { script, fileKb }: SimulatorOptions = {}) {
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
        LIVETREE_COMMAND_PORTS: '0',
        LIVETREE_SPOOL_DIR: this.#spool,
      },
    });
    this.#process.stderr?.on('data', (text) => {
      this.log += String(text);
    });
    if (this.#process.stdout) createInterface(this.#process.stdout).on('line', (line) => this.#take(line));
  }

  async ask(question: Readonly<Record<string, unknown>>): Promise<Answer> {
    this.#asked += 1;
    const id = this.#asked;
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
    rmSync(this.#spool, { recursive: true, force: true });
  }

  #take(line: string): void {
    if (!line.startsWith('{')) return;
    const answer = JSON.parse(line) as Answer;
    this.#waiting.get(answer.id)?.(answer);
    this.#waiting.delete(answer.id);
  }
}
