import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { asSetId } from '@livetree/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/node/journal/database.ts';
import { lookAtSaves, openSaves } from '../../../src/node/saves/open-saves.ts';
import type { NewSave, SavesStore } from '../../../src/node/saves/saves-store.ts';
import { fixture, hasCorpus, series } from './project.ts';

const SET = asSetId('abc');
let folder: string;
let store: SavesStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'livetree-saves-'));
  store = await openSaves(folder);
});
afterEach(async () => {
  store.close();
  await rm(folder, { recursive: true });
});

const save = (time: number, xml: Uint8Array, more: Partial<NewSave> = {}): NewSave => ({
  set: SET,
  name: 'Song',
  setPath: '/Song.als',
  path: '/Song.als',
  time,
  source: 'save',
  sizeBytes: xml.length,
  sha256: `sum${time}`,
  creator: undefined,
  xml,
  ...more,
});
const xmlOf = async (path: string) => gunzipSync(await readFile(path));
const MEGABYTE = 1024 * 1024;
/** Bytes without a pattern, the same each time. */
function incompressible(seed: number): Uint8Array {
  let state = seed * 7919;
  return Uint8Array.from({ length: MEGABYTE / 4 }, () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    return (state ^ (state >>> 12)) >>> 16;
  });
}

describe('the store of the saves', () => {
  it('[HIST-1] gives back what was saved, byte for byte, also after it was opened anew', async () => {
    const [demo, next] = await Promise.all(['demo.als', 'demo-next.als'].map((name) => xmlOf(fixture(name))));
    if (demo === undefined || next === undefined) throw new Error('no fixtures');
    const ids = [store.add(save(1, demo)), store.add(save(2, next))];
    store.close();
    store = await openSaves(folder);
    expect(ids.map((id) => store.xml(id ?? 0).equals(id === ids[0] ? demo : next))).toEqual([true, true]);
    expect(store.saves(SET).map(({ id, number, time }) => [id, number, time])).toEqual([
      [ids[1], 0, 2],
      [ids[0], 1, 1],
    ]);
  });

  it('[HIST-2] keeps what saves have in common once', () => {
    const first = incompressible(1);
    const second = Buffer.concat([
      first.subarray(0, 100_000),
      Buffer.from('one more'),
      first.subarray(100_000),
    ]);
    store.add(save(1, first));
    store.add(save(2, second));
    const [younger, older] = store.saves(SET);
    expect((younger?.storedBytes ?? 0) / (older?.storedBytes ?? 1)).toBeLessThan(0.6);
  });

  it.skipIf(!hasCorpus)('[HIST-2] a real series takes less room than its files', async () => {
    let files = 0;
    for (const [at, path] of (await series('l09-loopdev')).entries()) {
      const file = await readFile(path);
      files += file.length;
      store.add(save(at, gunzipSync(file)));
    }
    const stored = store.saves(SET).reduce((sum, { storedBytes }) => sum + storedBytes, 0);
    expect([stored > 0, stored / files < 0.85]).toEqual([true, true]);
  });

  it('[HIST-3] the same bytes again are no save, going back to earlier ones is; of Backup neither', () => {
    const xml = incompressible(2);
    const sum = (sha256: string, more: Partial<NewSave> = {}) => ({ sha256, ...more });
    expect(store.add(save(1, xml, sum('a')))).toBeDefined();
    expect(store.add(save(2, xml, sum('a')))).toBeUndefined();
    expect(store.add(save(3, xml, sum('b')))).toBeDefined();
    expect(store.add(save(4, xml, sum('a')))).toBeDefined();
    expect(store.add(save(0, xml, sum('b', { source: 'backup' })))).toBeUndefined();
    expect(store.add(save(0, xml, sum('c', { source: 'backup' })))).toBeDefined();
  });

  it('[HIST-4] makes room: the oldest saves go, their pieces too, the newest stays whole', () => {
    store.limits = { mostMegabytes: 1, mostDays: 1_000_000 };
    for (let at = 1; at <= 8; at++) {
      store.add(save(at, incompressible(at)));
      store.prune(0);
    }
    expect(store.sizeBytes).toBeLessThanOrEqual(MEGABYTE);
    const kept = store.saves(SET);
    expect(kept.length).toBeGreaterThan(1);
    expect(kept.map(({ time }) => time)).toEqual(kept.map((_, at) => 8 - at));
    for (const { id, time } of kept)
      expect(store.xml(id).equals(Buffer.from(incompressible(time)))).toBe(true);
  });

  it('[HIST-5] what is deleted is gone from the disk, of one Set or of all', async () => {
    store.add(save(1, incompressible(1)));
    store.add(save(1, incompressible(2), { set: asSetId('other') }));
    store.delete(SET);
    expect(store.lines().map(({ id }) => id)).toEqual(['other']);
    store.delete();
    expect(store.lines()).toEqual([]);
    store.close();
    expect((await stat(join(folder, 'saves.sqlite'))).size).toBeLessThan(100_000);
    store = await openSaves(folder);
  });

  it('[HIST-6] is for its user only, and can be looked at without being changed', async () => {
    store.add(save(1, incompressible(1)));
    // What SQLite lays beside the store holds what the store will.
    const files = ['saves.sqlite', 'saves.sqlite-shm', 'saves.sqlite-wal'];
    expect((await readdir(folder)).sort()).toEqual(files);
    for (const name of files) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    const look = await lookAtSaves(folder);
    expect(look?.saves(SET)).toHaveLength(1);
    expect(() => look?.add(save(2, incompressible(2)))).toThrow();
    look?.close();
    expect(await lookAtSaves(join(folder, 'none'))).toBeUndefined();
  });

  it('[HIST-7] one of a newer LiveTree, or none at all, is refused and left as it is', async () => {
    store.close();
    const path = join(folder, 'saves.sqlite');
    const db = await openDatabase(path);
    db.exec('PRAGMA user_version = 99');
    db.close();
    await expect(openSaves(folder)).rejects.toThrow('newer LiveTree');
    await writeFile(path, 'this is no database, however long it is looked at. '.repeat(50));
    const before = await readFile(path);
    await expect(openSaves(folder)).rejects.toThrow();
    expect(before.equals(await readFile(path))).toBe(true);
    await rm(path);
    store = await openSaves(folder);
  });
});
