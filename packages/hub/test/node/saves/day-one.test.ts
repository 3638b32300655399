import { chmod, copyFile, mkdtemp, realpath, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hub, HubOptions } from '@livetree/hub';
import { setIdOf, startHub } from '@livetree/hub';
import type { HistoryOverview } from '@livetree/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Client } from '../../support/client.ts';
import { until } from '../../support/until.ts';
import { day, fixture, get, hasCorpus, historyOf, layOut, series, traces } from './project.ts';

const hubs: Hub[] = [];
const errors: string[] = [];
const logger = { info() {}, warn() {}, error: (line: string) => errors.push(line) };
let folder: string;
let project: string;
let historyDir: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'livetree-day-one-')));
  project = join(folder, 'Song Project');
  historyDir = join(folder, 'state');
  errors.length = 0;
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()));
  await rm(folder, { recursive: true });
});

async function hub(path: string, more: HubOptions = {}): Promise<Hub> {
  const started = await startHub({
    port: 0,
    historyDir,
    logger,
    paths: [path],
    settle: { stillMs: 20 },
    ...more,
  });
  hubs.push(started);
  return started;
}
const demos = () => [fixture('demo.als'), fixture('demo-next.als')];

describe('day one', () => {
  it('[HIST-10] what Live put into Backup is the history of the Set, with words, and nothing is touched', async () => {
    const path = await layOut(project, 'Song', [...demos(), fixture('demo.als')]);
    await writeFile(join(project, 'Backup', 'Song [2026-03-05 101010].als'), 'no Set');
    await writeFile(join(project, 'Backup', 'notes.txt'), 'mine');
    const before = await traces(project);
    const running = await hub(path);
    const { entries, place, set } = await historyOf(running, setIdOf(path));
    // The oldest save is the same as the newest, and is kept once.
    expect(entries.map(({ time, type }) => [time, type])).toEqual([
      [day(3).getTime(), 'save'],
      [day(2).getTime(), 'save'],
    ]);
    expect(entries[0]?.save).toMatch(/^\d+ changes: /);
    expect(set).toMatchObject({ name: 'Song', path, saves: 2 });
    expect(place).toMatchObject({ folder: historyDir, reading: 0, unreadable: 1 });
    expect(await traces(project)).toEqual(before);
  });

  it('[HIST-12] older names in the folder are lines of their own', async () => {
    const path = await layOut(project, 'Song', demos());
    await copyFile(fixture('demo.als'), join(project, 'Backup', 'Sketch [2025-01-01 101010].als'));
    const running = await hub(path);
    const overview = await until('both are read', async () => {
      const found = (await (await get(running, '/api/history')).json()) as HistoryOverview;
      return found.sets.length === 2 && found.place.reading === 0 && found;
    });
    expect(overview.sets.map(({ name, saves, path: at }) => [name, saves, at])).toEqual([
      ['Song', 2, path],
      ['Sketch', 1, join(project, 'Sketch.als')],
    ]);
    expect((await historyOf(running, setIdOf(join(project, 'Sketch.als')))).entries).toHaveLength(1);
  });

  it.skipIf(!hasCorpus).each(['l12-test', 'l08-launchpad-seq'])(
    '[HIST-10] the series %s, laid out as a project, is told save by save; the folder need not be writable',
    async (name) => {
      const saves = await series(name);
      const path = await layOut(project, 'Song', saves);
      await chmod(join(project, 'Backup'), 0o555);
      const before = await traces(project);
      const running = await hub(path);
      const { entries } = await historyOf(running, setIdOf(path));
      expect(entries.map(({ time }) => time)).toEqual(saves.map((_, at) => day(saves.length - at).getTime()));
      expect(entries.filter(({ save }) => save === undefined)).toHaveLength(1);
      expect(await traces(project)).toEqual(before);
      await chmod(join(project, 'Backup'), 0o755);
    },
  );

  it('[HIST-13] after a restart nothing is read again, and what was saved meanwhile has its words', async () => {
    const path = await layOut(project, 'Song', demos());
    const first = await hub(path);
    await historyOf(first, setIdOf(path));
    await first.close();
    await copyFile(fixture('demo.als'), path);
    await utimes(path, day(9), day(9));
    await rm(join(project, 'Backup'), { recursive: true });
    const running = await hub(path);
    const { entries, place } = await until('the new one is kept', async () => {
      const found = await historyOf(running, setIdOf(path));
      return found.set.saves === 3 && found;
    });
    expect(entries.map(({ time }) => time)).toEqual([9, 2, 1].map((n) => day(n).getTime()));
    expect([entries[0]?.save, place.unreadable]).toEqual([expect.stringMatching(/changes: /), 0]);
  });

  it('[HIST-14] a save under the eyes of the hub is kept with the words that its clients got', async () => {
    const path = await layOut(project, 'Song', [fixture('demo.als')]);
    const running = await hub(path);
    const client = await Client.inStep(running.port);
    client.say({ type: 'subscribe', channels: ['log'] });
    await copyFile(fixture('demo-next.als'), path);
    const entry = await client.heard('entry');
    const history = await until('it is kept', async () => {
      const found = await historyOf(running, setIdOf(path));
      return found.set.saves === 2 && found;
    });
    const { save, sentences, names, nodes, time } = entry;
    expect(history.entries[0]).toMatchObject({ type: 'save', number: 0, save, sentences, names, nodes });
    expect(history.entries[0]?.time).toBe(Math.round(time));
    // One save is one entry, although the journal has it too.
    expect(history.entries).toHaveLength(2);
  });

  it('[HIST-7] a store that cannot be used is said once, and the mirror goes on', async () => {
    const path = await layOut(project, 'Song', demos());
    const ready = await hub(path);
    await historyOf(ready, setIdOf(path));
    await ready.close();
    await writeFile(
      join(historyDir, 'saves.sqlite'),
      'no database at all, however long one looks. '.repeat(99),
    );
    const running = await hub(path);
    const client = await Client.inStep(running.port);
    expect(client.replica.root?.lists.tracks?.length).toBeGreaterThan(3);
    const answer = await get(running, `/api/sets/${setIdOf(path)}/history`);
    expect([answer.status, await answer.text()]).toEqual([
      503,
      expect.stringMatching(/^History cannot be used: /),
    ]);
    const said = errors.filter((line) => line.startsWith('Saves are not kept'));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(join(historyDir, 'saves.sqlite'));
  });

  it('[HIST-8] without a history nothing is kept, and who asks is told', async () => {
    const path = await layOut(project, 'Song', demos());
    const running = await startHub({ port: 0, paths: [path] });
    hubs.push(running);
    const answer = await get(running, `/api/sets/${setIdOf(path)}/history`);
    expect([answer.status, await answer.text()]).toEqual([
      404,
      'No history is kept: LiveTree was started so.\n',
    ]);
  });
});
