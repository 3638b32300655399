/** Projects as Live leaves them: a Set, and a Backup folder with its earlier saves. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, stat, utimes } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Hub } from '@livetree/hub';
import type { SetHistory } from '@livetree/protocol';
import { until } from '../../support/until.ts';

const ROOT = resolve(import.meta.dirname, '../../../../..');
const CORPUS = resolve(ROOT, process.env['LIVETREE_CORPUS'] ?? '../shared/corpus');
export const hasCorpus = existsSync(join(CORPUS, 'manifest.json'));
if (!hasCorpus)
  process.stderr.write(
    `\n*** No real Sets at ${CORPUS}: set LIVETREE_CORPUS. Their tests are SKIPPED. ***\n\n`,
  );

export const fixture = (name: string): string => join(ROOT, 'fixtures', name);

/** The saves of a series of the corpus, oldest first. */
export async function series(name: string): Promise<readonly string[]> {
  const folder = join(CORPUS, 'series', name);
  return (await readdir(folder)).sort().map((file) => join(folder, file));
}

/** Day `n` of March 2026, 20:15:02 local time. */
export const day = (n: number): Date => new Date(2026, 2, n, 20, 15, 2);
const stamp = (n: number): string => `2026-03-${String(n).padStart(2, '0')} 201502`;

/** Lays saves out, oldest first, one a day: the last one as the Set, those before it in Backup. @returns path of the Set */
export async function layOut(folder: string, name: string, saves: readonly string[]): Promise<string> {
  await mkdir(join(folder, 'Backup'), { recursive: true });
  const path = join(folder, `${name}.als`);
  for (const [at, save] of saves.entries()) {
    const isLast = at === saves.length - 1;
    const to = isLast ? path : join(folder, 'Backup', `${name} [${stamp(at + 1)}].als`);
    await copyFile(save, to);
    await utimes(to, day(at + 1), day(at + 1));
  }
  return path;
}

/** All that writing could change, of a folder and what is in it. Read access times are left out. */
export async function traces(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder, { recursive: true })).sort();
  return Promise.all(
    ['.', ...names].map(async (name) => {
      const path = join(folder, name);
      const { ino, mode, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
      const isFile = (await stat(path)).isFile();
      const sum = isFile
        ? createHash('sha1')
            .update(await readFile(path))
            .digest('hex')
        : '';
      return [name, ino, mode, size, mtimeNs, ctimeNs, sum].join(' ');
    }),
  );
}

export const get = async (hub: Hub, path: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${hub.port}${path}`);

/** The history once all earlier saves were read and have their words. */
export function historyOf(hub: Hub, set: string, query = ''): Promise<SetHistory> {
  return until('the history is told', async () => {
    const answer = await get(hub, `/api/sets/${set}/history`);
    if (!answer.ok) return undefined;
    const history = (await answer.json()) as SetHistory;
    const saves = history.entries.filter(({ type }) => type === 'save');
    const isTold = saves.slice(0, -1).every(({ save }) => save !== undefined);
    if (history.place.reading > 0 || !isTold) return undefined;
    return query === ''
      ? history
      : ((await (await get(hub, `/api/sets/${set}/history${query}`)).json()) as SetHistory);
  });
}
