/** The package as people have it: packed, installed by npm into an empty folder, run far from this repository. */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { killGroup, type Running, untilAddress } from './running.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const IS_WINDOWS = process.platform === 'win32';
/** npm fetches one optional package; a registry that does not answer must not hold the tests for minutes. */
const PATIENCE = ['--fetch-retries=1', '--fetch-retry-mintimeout=2000', '--fetch-timeout=30000'];

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** An installation; its path holds a blank and an umlaut. */
export class Installed {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'livetree für alle ')));
  /** A place without anything, where the commands run. */
  readonly elsewhere = join(this.folder, 'woanders ü');
  /** Folder of the package. */
  readonly package: string;
  readonly #prefix = join(this.folder, 'pre fix');
  /** Of the user. */
  readonly home = join(this.folder, 'heim');
  /** Of the package, as it is downloaded. */
  packedBytes = 0;
  readonly #children: ChildProcess[] = [];

  constructor() {
    for (const folder of [this.elsewhere, this.#prefix, this.home]) mkdirSync(folder);
    this.package = join(this.#prefix, IS_WINDOWS ? '' : 'lib', 'node_modules/livetree');
  }

  /** Packs what is built (or takes `LIVETREE_PACKAGE`, which was packed before), and installs that. */
  install(): void {
    const packed = process.env['LIVETREE_PACKAGE'] ?? this.#pack();
    this.packedBytes = statSync(packed).size;
    const quiet = ['--silent', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];
    const args = ['install', '--global', '--prefix', this.#prefix, ...quiet, ...PATIENCE, packed];
    // A lock of this workspace, or its configuration, must not be near.
    execFileSync('npm', args, { cwd: this.elsewhere, shell: IS_WINDOWS, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  #pack(): string {
    const packing = [join(ROOT, 'scripts/pack.mjs'), this.folder];
    return execFileSync(process.execPath, packing, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  }

  /** Whether the registry gave the one thing that is not in the package. */
  get hasSqlite(): boolean {
    return existsSync(join(this.package, 'node_modules/@photostructure/sqlite'));
  }

  /** Runs the command to its end. */
  run(args: readonly string[], nodeOptions = ''): Promise<Ran> {
    const [file, ...first] = this.#command;
    const options = { cwd: this.elsewhere, env: this.#env(nodeOptions), maxBuffer: 2 ** 28 };
    return new Promise((resolve) => {
      execFile(file, [...first, ...args], options, (error, out, err) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ code, out, err });
      });
    });
  }

  /** Starts a command that runs until it is ended; waits for its address. */
  start(args: readonly string[], nodeOptions = ''): Promise<Running> {
    const [file, ...first] = this.#command;
    const child = spawn(file, [...first, ...args], {
      cwd: this.elsewhere,
      env: this.#env(nodeOptions),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.push(child);
    return untilAddress(child);
  }

  remove(): void {
    for (const child of this.#children) killGroup(child);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  get #command(): readonly [string, ...string[]] {
    if (IS_WINDOWS) return [process.execPath, join(this.package, 'dist/bin.js')];
    return [join(this.#prefix, 'bin/livetree')];
  }

  /** What a new user has: this Node on the PATH, a home of their own, and nothing of this run. */
  #env(nodeOptions: string): NodeJS.ProcessEnv {
    const { PATH = '', SystemRoot, TEMP } = process.env;
    const path = [dirname(process.execPath), PATH].join(delimiter);
    const own = { HOME: this.home, USERPROFILE: this.home, LOCALAPPDATA: this.home };
    return { PATH: path, SystemRoot, TEMP, ...own, ...(nodeOptions && { NODE_OPTIONS: nodeOptions }) };
  }
}
