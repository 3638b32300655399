/** A hub as its users run it: another process, `livetree serve`, that can be killed at any moment. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(import.meta.dirname, '../..');
const BIN = join(ROOT, 'packages/cli/dist/bin.js');

export interface HubProcessOptions {
  /** Folder of its state and history. */
  readonly historyDir: string;
  /** Default: any free one. */
  readonly port?: number;
  /** Files may not grow beyond so many KB: as on a disk that is full. */
  readonly fileKb?: number;
}

export class HubProcess {
  readonly #child: ChildProcess;
  readonly url: string;
  readonly port: number;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
    this.port = Number(new URL(url).port);
  }

  /** Resolves when it serves. @throws Error with what it said when it ends before */
  static async start({ historyDir, port = 0, fileKb }: HubProcessOptions): Promise<HubProcess> {
    const command = [process.execPath, BIN, 'serve', '--no-open', '--port', String(port)];
    const [file = '', ...args] =
      fileKb === undefined ? command : ['bash', '-c', `ulimit -f ${fileKb}; exec "$@"`, 'hub', ...command];
    const env = { ...process.env, LIVETREE_STATE_DIR: historyDir };
    const child = spawn(file, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stderr?.on('data', (text) => {
      said += String(text);
    });
    return new Promise((done, fail) => {
      child.once('exit', (code) => fail(new Error(`the hub ended with ${code}: ${said}`)));
      if (child.stdout === null) return;
      createInterface(child.stdout).on('line', (line) => {
        if (line.startsWith('http://')) done(new HubProcess(child, line));
      });
    });
  }

  /** SIGKILL: it gets to do nothing any more. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }

  close(): Promise<void> {
    return this.kill();
  }
}
