/** Remembers Sets and project folders in a small file of the user's state folder. */
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { SetInfo } from '@livetree/protocol';
import type { Remembered, RememberedSet } from '../remembered.ts';
import { decodeRemembered, forget, NOTHING_REMEMBERED, remember } from '../remembered.ts';
import type { Logger } from './logger.ts';

const FILE = 'remembered.json';
/** Sets of one folder that are offered, newest save first. */
const SETS_OF_FOLDER = 8;
/** How far above a Set the folder of its project may lie. */
const PROJECT_DEPTH = 3;
/** What Live puts into the folder of every project. */
const PROJECT_SIGN = 'Ableton Project Info';

/** A project folder with the Sets in it that are no backups; `time` of these is when they were saved. */
export interface OfferedFolder {
  readonly path: string;
  readonly time: number;
  readonly sets: readonly RememberedSet[];
}

/** What is remembered and still there, newest first. */
export interface Offered {
  readonly sets: readonly RememberedSet[];
  readonly folders: readonly OfferedFolder[];
}

export class Memory {
  readonly #folder: string | undefined;
  readonly #logger: Logger;
  /** Paths that this hub has noted already. */
  readonly #noted = new Set<string>();
  /** One change of the file after the other. */
  #work: Promise<void> = Promise.resolve();

  /** @param folder of the file; without one nothing is remembered */
  constructor(folder: string | undefined, logger: Logger) {
    this.#folder = folder;
    this.#logger = logger;
  }

  /** Something was told of a Set: one that is shown from its file is remembered, that of a simulated Live is not. */
  note({ path, name, file, live }: SetInfo): void {
    if (path === undefined || this.#folder === undefined) return;
    if (live.simulated === true) {
      if (this.#noted.delete(path)) this.#change(async (now) => forget(now, path, await projectOf(path)));
      return;
    }
    if (file.state !== 'ok' || this.#noted.has(path)) return;
    this.#noted.add(path);
    const set = { path, name, time: Date.now() };
    this.#change(async (now) => remember(now, set, await projectOf(path)));
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    this.#change(async () => NOTHING_REMEMBERED);
    await this.#work;
  }

  /** What can be opened again. */
  async offered(): Promise<Offered> {
    await this.#work;
    const { sets, folders } = await this.#read();
    const [there, offered] = await Promise.all([
      Promise.all(sets.map(async (set) => ((await savedAt(set.path)) === undefined ? [] : [set]))),
      Promise.all(folders.map(async (folder) => ({ ...folder, sets: await setsIn(folder.path) }))),
    ]);
    return { sets: there.flat(), folders: offered.filter((folder) => folder.sets.length > 0) };
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#work;
  }

  #change(step: (now: Remembered) => Promise<Remembered>): void {
    this.#work = this.#work
      .then(async () => this.#write(await step(await this.#read())))
      .catch((error: unknown) => this.#logger.warn(`Sets cannot be remembered: ${String(error)}`));
  }

  async #read(): Promise<Remembered> {
    if (this.#folder === undefined) return NOTHING_REMEMBERED;
    const text = await readFile(join(this.#folder, FILE), 'utf8').catch(() => '');
    return decodeRemembered(text);
  }

  /** Whole or not at all, and for this user only. */
  async #write(remembered: Remembered): Promise<void> {
    if (this.#folder === undefined) return;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const draft = join(this.#folder, `${FILE}.${process.pid}`);
    await writeFile(draft, `${JSON.stringify(remembered)}\n`, { mode: 0o600 });
    await rename(draft, join(this.#folder, FILE));
  }
}

/** The folder of the Live project around a Set; the Set's own where there is none. */
async function projectOf(path: string): Promise<string> {
  let folder = dirname(path);
  for (let depth = 0; depth < PROJECT_DEPTH; depth++, folder = dirname(folder))
    if ((await stat(join(folder, PROJECT_SIGN)).catch(() => undefined))?.isDirectory()) return folder;
  return dirname(path);
}

async function setsIn(folder: string): Promise<readonly RememberedSet[]> {
  const names = await readdir(folder).catch(() => []);
  const sets = names.filter((name) => /^[^.].*\.als$/i.test(name)).map((name) => join(folder, name));
  const found = await Promise.all(sets.map(async (path) => ({ path, time: await savedAt(path) })));
  return found
    .flatMap(({ path, time }) =>
      time === undefined ? [] : [{ path, name: basename(path).slice(0, -'.als'.length), time }],
    )
    .sort((a, b) => b.time - a.time)
    .slice(0, SETS_OF_FOLDER);
}

/** ms since 1970; `undefined` when there is no such file (now). */
async function savedAt(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true ? found.mtimeMs : undefined;
}
