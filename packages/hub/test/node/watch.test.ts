import { createHash } from 'node:crypto';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rename,
  rm,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { Attempt, SettleTimes } from '../../src/node/settle.ts';
import { FileFollower } from '../../src/node/watch.ts';
import { until } from '../support/until.ts';

/** Gzipped text that is long enough to be cut. */
const saved = (text: string): Buffer => gzipSync(Buffer.from(text.padEnd(200, ` ${Math.random()}`)));

class Desk {
  readonly folder: string;
  readonly path: string;
  readonly follower: FileFollower;
  /** Contents that were read whole, without repetitions. */
  readonly saves: string[] = [];
  readonly problems: string[] = [];
  attempts = 0;
  reads = 0;
  missing = 0;
  #last = '';

  constructor(
    folder: string,
    options: { times?: Partial<SettleTimes>; pollMs?: number; name?: string } = {},
  ) {
    this.folder = folder;
    this.path = join(folder, options.name ?? 'My Set.als');
    this.follower = new FileFollower({
      path: this.path,
      read: (isLast) => this.#read(isLast),
      onMissing: () => {
        this.missing += 1;
      },
      onError: (error) => this.problems.push(error.message),
      times: { stillMs: 40, absenceMs: 200, ...options.times },
      ...(options.pollMs !== undefined && { pollMs: options.pollMs }),
    });
  }

  async #read(isLast: boolean): Promise<Attempt> {
    this.attempts += 1;
    const bytes = await readFile(this.path);
    try {
      const text = gunzipSync(bytes).toString().trim().split(' ')[0] ?? '';
      const hash = createHash('sha256').update(bytes).digest('hex');
      if (hash !== this.#last) this.saves.push(text);
      this.#last = hash;
      this.reads += 1;
      return 'done';
    } catch {
      if (isLast) this.problems.push('broken');
      return isLast ? 'done' : 'again';
    }
  }
}

const desks: Desk[] = [];
const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'livetree-watch-')));
  folders.push(folder);
  return folder;
}

async function desk(options: ConstructorParameters<typeof Desk>[1] & { first?: string } = {}): Promise<Desk> {
  const folder = await newFolder();
  const first = options.first ?? 'first';
  if (first !== '') await writeFile(join(folder, 'My Set.als'), saved(first));
  const made = new Desk(folder, options);
  desks.push(made);
  // The file is read when the follower starts, and again when the watch is in place.
  if (first !== '') await until('the watch is in place', () => made.reads >= 2);
  return made;
}

const saw = (on: Desk, text: string) => until(`the save "${text}" is read`, () => on.saves.at(-1) === text);

afterEach(async () => {
  await Promise.all(desks.splice(0).map((each) => each.follower.close()));
  await Promise.all(folders.splice(0).map((each) => rm(each, { recursive: true, force: true })));
});

describe('every way of saving', () => {
  it('[HUB-30] written in place', async () => {
    const on = await desk();
    for (const text of ['second', 'third']) {
      await writeFile(on.path, saved(text));
      await saw(on, text);
    }
    expect(on.saves).toEqual(['first', 'second', 'third']);
  });

  it('[HUB-30] written aside and renamed over it, three times', async () => {
    const on = await desk();
    for (const text of ['second', 'third', 'fourth']) {
      await writeFile(`${on.path}.tmp`, saved(text));
      await rename(`${on.path}.tmp`, on.path);
      await saw(on, text);
    }
    expect([on.saves, on.missing]).toEqual([['first', 'second', 'third', 'fourth'], 0]);
  });

  it('[HUB-30] [HUB-31] old one to Backup, new one in chunks with pauses', async () => {
    const on = await desk();
    await mkdir(join(on.folder, 'Backup'));
    for (const text of ['second', 'third']) {
      await rename(on.path, join(on.folder, 'Backup', `My Set [${text}].als`));
      const bytes = saved(text);
      const before = on.attempts;
      await writeFile(on.path, bytes.subarray(0, 20));
      await until('the half file was looked at', () => on.attempts > before);
      await appendFile(on.path, bytes.subarray(20, 60));
      const half = on.attempts;
      await until('the longer half was looked at', () => on.attempts > half);
      await appendFile(on.path, bytes.subarray(60));
      await saw(on, text);
    }
    expect([on.saves, on.problems]).toEqual([['first', 'second', 'third'], []]);
  });

  it('[HUB-30] deleted and made anew', async () => {
    const on = await desk();
    for (const text of ['second', 'third']) {
      await unlink(on.path);
      await writeFile(on.path, saved(text));
      await saw(on, text);
    }
    expect([on.saves, on.missing]).toEqual([['first', 'second', 'third'], 0]);
  });

  it('[HUB-30] several saves in a row end with the last', async () => {
    const on = await desk();
    for (let i = 0; i < 10; i++) await writeFile(on.path, saved(`save${i}`));
    await saw(on, 'save9');
  });

  it('[HUB-30] a save right after one was read is never lost', async () => {
    const on = await desk({ times: { stillMs: 20 } });
    for (let i = 0; i < 60; i++) {
      const target = i % 2 === 0 ? on.path : `${on.path}.tmp`;
      await writeFile(target, saved(`save${i}`));
      if (target !== on.path) await rename(target, on.path);
      await saw(on, `save${i}`);
    }
    expect(on.saves).toHaveLength(61);
  });

  it('[HUB-30] a folder that was replaced as a whole is followed again', async () => {
    const on = await desk();
    const aside = `${on.folder}-old`;
    folders.push(aside);
    await rename(on.folder, aside);
    await mkdir(on.folder);
    await writeFile(on.path, saved('second'));
    await saw(on, 'second');
    await writeFile(on.path, saved('third'));
    await saw(on, 'third');
  });

  it('[HUB-35] by polling', async () => {
    const on = await desk({ pollMs: 30 });
    await writeFile(on.path, saved('second'));
    await saw(on, 'second');
    await writeFile(`${on.path}.tmp`, saved('third'));
    await rename(`${on.path}.tmp`, on.path);
    await saw(on, 'third');
    expect(on.saves).toEqual(['first', 'second', 'third']);
  });
});

describe('what is no save', () => {
  it('[HUB-32] the same bytes again, or a touch', async () => {
    const on = await desk();
    const bytes = await readFile(on.path);
    const reads = on.reads;
    await writeFile(on.path, bytes);
    await until('the rewritten file was read', () => on.reads > reads);
    const again = on.reads;
    await utimes(on.path, new Date(), new Date(Date.now() + 5_000));
    await until('the touched file was read', () => on.reads > again);
    expect(on.saves).toEqual(['first']);
  });

  it('[HUB-34] its neighbours', async () => {
    const on = await desk();
    const other = new Desk(on.folder, { name: 'Other.als' });
    desks.push(other);
    await until('the other file was looked for', () => other.missing > 0);
    const before = on.attempts;
    await mkdir(join(on.folder, 'Backup'));
    for (const name of [
      'My Set.als.tmp',
      '._My Set.als',
      'My Set.asd',
      'My Set (2).als',
      'Backup/My Set.als',
    ])
      await writeFile(join(on.folder, name), saved('noise'));
    await writeFile(other.path, saved('sentinel'));
    await saw(other, 'sentinel');
    expect([on.attempts, on.saves]).toEqual([before, ['first']]);
  });
});

describe('what cannot be read', () => {
  it('[HUB-31] a file that stays cut off is told of when patience ends, and read when it is mended', async () => {
    const on = await desk({ times: { patienceMs: 300 } });
    const bytes = saved('second');
    await writeFile(on.path, bytes.subarray(0, 40));
    await until('it was told', () => on.problems.length > 0);
    expect(on.attempts).toBeGreaterThan(2);
    expect([on.saves, on.problems]).toEqual([['first'], ['broken']]);
    await appendFile(on.path, bytes.subarray(40));
    await saw(on, 'second');
  });

  it('[HUB-33] a file that is not there is said to be missing once, and followed when it comes', async () => {
    const on = await desk({ first: '' });
    await until('it was told', () => on.missing === 1);
    await writeFile(on.path, saved('first'));
    await saw(on, 'first');
    await unlink(on.path);
    await until('it was told again', () => on.missing === 2);
    await writeFile(on.path, saved('second'));
    await saw(on, 'second');
    expect(on.missing).toBe(2);
  });

  it('[HUB-33] a folder that is not there yet', async () => {
    const folder = join(await newFolder(), 'later');
    const on = new Desk(folder);
    desks.push(on);
    await until('it was told', () => on.missing === 1);
    await mkdir(folder);
    await writeFile(on.path, saved('first'));
    await saw(on, 'first');
    await writeFile(on.path, saved('second'));
    await saw(on, 'second');
    expect(on.missing).toBe(1);
  });

  it('[HUB-30] close ends it, also while it waits', async () => {
    const on = await desk();
    await writeFile(on.path, saved('second').subarray(0, 40));
    await until('it waits for the rest', () => on.attempts > on.reads);
    await on.follower.close();
    const { attempts } = on;
    on.follower.poke();
    expect([on.attempts, on.problems]).toEqual([attempts, []]);
  });
});
