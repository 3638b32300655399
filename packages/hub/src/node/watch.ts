/** Follows one file through every way in which programs save: each time it lies still again, it is read. */
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { FSWatcher } from 'chokidar';
import { watch } from 'chokidar';
import type { Attempt, SettleTimes } from './settle.ts';
import { DEFAULT_SETTLE_TIMES, settle } from './settle.ts';

export interface FollowOptions {
  readonly path: string;
  /** Reads the file; see {@link Attempt}. `settleMs`: since the first sign that it changed. Never called twice at the same time. */
  readonly read: (isLast: boolean, settleMs: number) => Promise<Attempt>;
  /** There is no file (any more). Told once until it is back. */
  readonly onMissing: () => void;
  /** The watch itself failed; it goes on as well as it can. */
  readonly onError: (error: Error) => void;
  /** Look every so many ms instead of waiting for the system to tell: for network drives and cloud folders. */
  readonly pollMs?: number;
  readonly times?: Partial<SettleTimes>;
}

/** Nothing tells of a folder that comes back: while the file is missing it is looked for. */
const MISSING_RECHECK_MS = 2_000;

/** A file that is followed until {@link close}. */
export class FileFollower {
  readonly #options: FollowOptions;
  readonly #times: SettleTimes;
  readonly #stop = new AbortController();
  #watcher: FSWatcher;
  /** Inode of the folder that is watched. */
  #folder: Promise<bigint | undefined>;
  #running: Promise<void> | undefined;
  #poked = false;
  #pokedAt = 0;
  #isMissing = false;
  #recheck: NodeJS.Timeout | undefined;

  constructor(options: FollowOptions) {
    this.#options = options;
    this.#times = { ...DEFAULT_SETTLE_TIMES, ...options.times };
    this.#folder = inodeOf(dirname(options.path));
    this.#watcher = this.#watch();
    this.poke();
  }

  /** Looks at the file now. */
  poke(): void {
    if (!this.#poked) this.#pokedAt = performance.now();
    this.#poked = true;
    if (this.#stop.signal.aborted) return;
    this.#running ??= this.#run();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#recheck);
    await this.#running;
    await this.#watcher.close();
  }

  /**
   * The folder is watched, not the file: a watch on a file is deaf after the first save that puts a new file
   * in its place. The filter leaves one name of the folder: temporaries, `Backup/` and others never wake us.
   */
  #watch(): FSWatcher {
    const { path, pollMs, onError } = this.#options;
    const folder = dirname(path);
    const name = basename(path).normalize('NFC');
    const watcher = watch(folder, {
      depth: 0,
      ignoreInitial: true,
      ignored: (each) => each !== folder && !isNamed(each, name),
      atomic: false,
      usePolling: pollMs !== undefined,
      ...(pollMs !== undefined && { interval: pollMs, binaryInterval: pollMs }),
    });
    watcher.on('all', (event) => event.endsWith('Dir') || this.poke());
    // The events above are thinned out, and the one left out may be the last: the raw ones are complete.
    watcher.on('raw', (_, each: string | null) => isNamed(each, name) && this.poke());
    watcher.on('ready', () => this.poke());
    watcher.on('error', (error) => onError(asError(error)));
    return watcher;
  }

  async #run(): Promise<void> {
    try {
      while (this.#poked) await this.#settleOnce();
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#options.onError(asError(error));
    } finally {
      this.#running = undefined;
    }
  }

  async #settleOnce(): Promise<void> {
    this.#poked = false;
    const { path } = this.#options;
    const pokedAt = this.#pokedAt;
    const read = (isLast: boolean) => this.#options.read(isLast, performance.now() - pokedAt);
    const outcome = await settle({ path, read, times: this.#times, signal: this.#stop.signal });
    if (outcome === 'missing') this.#noteMissing();
    else this.#isMissing = false;
    await this.#rewatchIfReplaced();
  }

  #noteMissing(): void {
    if (!this.#isMissing) this.#options.onMissing();
    this.#isMissing = true;
    clearTimeout(this.#recheck);
    this.#recheck = setTimeout(() => this.poke(), MISSING_RECHECK_MS).unref();
  }

  /** A folder that was deleted and made anew (a checkout, a sync program) is not the one we watch. */
  async #rewatchIfReplaced(): Promise<void> {
    const folder = await inodeOf(dirname(this.#options.path));
    if (folder === (await this.#folder) || this.#stop.signal.aborted) return;
    await this.#watcher.close();
    this.#folder = Promise.resolve(folder);
    this.#watcher = this.#watch();
  }
}

/** Without a name (some systems give none) it may be any file. */
const isNamed = (path: string | null, name: string): boolean =>
  path === null || basename(path).normalize('NFC') === name;

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

async function inodeOf(folder: string): Promise<bigint | undefined> {
  try {
    return (await stat(folder, { bigint: true })).ino;
  } catch {
    return undefined;
  }
}
