import { copyFile, mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Hub } from '@livetree/hub';
import { startHub } from '@livetree/hub';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Beat } from '../../src/node/beat.ts';
import { Client } from '../support/client.ts';
import { until } from '../support/until.ts';

const FIXTURES = fileURLToPath(new URL('../../../../fixtures/', import.meta.url));
const hubs: Hub[] = [];
let folder: string;
let project: string;
let memoryDir: string;

async function hub(paths: readonly string[] = []): Promise<Hub> {
  const started = await startHub({ port: 0, memoryDir, paths, settle: { stillMs: 20 } });
  hubs.push(started);
  return started;
}
const get = async (on: Hub, path: string): Promise<Response> => fetch(`http://127.0.0.1:${on.port}${path}`);
const remembered = async (on: Hub) => (await get(on, '/api/remembered')).json();
const ticks = async (on: Hub): Promise<number> =>
  Number(/^livetree_ticks_total (\d+)$/m.exec(await (await get(on, '/metrics')).text())?.[1]);

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'livetree für memory ')));
  memoryDir = join(folder, 'state');
  project = join(folder, 'Night Bus Project');
  await mkdir(join(project, 'Ableton Project Info'), { recursive: true });
  await mkdir(join(project, 'Old'));
  await copyFile(join(FIXTURES, 'small-l12.als'), join(project, 'Night Bus.als'));
  await copyFile(join(FIXTURES, 'small-l11.als'), join(project, 'Old', 'Night Bus 1.als'));
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((each) => each.close()));
  await rm(folder, { recursive: true, force: true });
});

describe('the memory of a hub', () => {
  it('[PACK-22] a Set that was read is remembered with the folder of its project, and told after a restart', async () => {
    const path = join(project, 'Old', 'Night Bus 1.als');
    const first = await hub([path]);
    await until('it is remembered', async () => (await remembered(first)).sets.length > 0);
    await first.close();
    const told = await remembered(await hub());
    expect(told.sets).toEqual([{ path, name: 'Night Bus 1', time: expect.any(Number) }]);
    expect(told.folders).toMatchObject([
      { path: project, sets: [{ path: join(project, 'Night Bus.als'), name: 'Night Bus' }] },
    ]);
    expect((await get(hubs.at(-1) as Hub, '/api/remembered/x')).status).toBe(404);
  });

  it('[PACK-22] what is gone, or was never read, is not told', async () => {
    const path = join(project, 'Night Bus.als');
    await writeFile(join(folder, 'broken.als'), 'no Set');
    const first = await hub([join(folder, 'broken.als'), join(folder, 'missing.als'), path]);
    await until('it is remembered', async () => (await remembered(first)).sets.length > 0);
    expect(JSON.stringify(await remembered(first))).not.toMatch(/broken|missing/);
    await rm(project, { recursive: true });
    expect(await remembered(first)).toEqual({ sets: [], folders: [] });
  });

  it.skipIf(process.platform === 'win32')('[PACK-23] nobody else can read it', async () => {
    const on = await hub([join(project, 'Night Bus.als')]);
    await until('it is remembered', async () => (await remembered(on)).sets.length > 0);
    const modes = [
      (await stat(join(memoryDir, 'remembered.json'))).mode & 0o777,
      (await stat(memoryDir)).mode & 0o777,
    ];
    expect(modes).toEqual([0o600, 0o700]);
  });

  it('[PACK-24] forget_sets forgets all of it', async () => {
    const on = await hub([join(project, 'Night Bus.als')]);
    await until('it is remembered', async () => (await remembered(on)).sets.length > 0);
    const client = await Client.inStep(on.port, `?token=${on.token}`);
    expect(await client.command('forget_sets')).toMatchObject({ ok: true, value: true });
    expect(JSON.parse(await readFile(join(memoryDir, 'remembered.json'), 'utf8'))).toEqual({
      sets: [],
      folders: [],
    });
  });

  it('[PACK-25] a hub that is to keep nothing writes nothing', async () => {
    const on = await startHub({ port: 0, paths: [join(project, 'Night Bus.als')], settle: { stillMs: 20 } });
    hubs.push(on);
    await Client.inStep(on.port);
    expect(await remembered(on)).toEqual({ sets: [], folders: [] });
  });
});

describe('the beat of a hub', () => {
  it('[PACK-26] no work without a Set and somebody who is connected; four times a second with', async () => {
    const on = await hub();
    expect(await ticks(on)).toBe(0);
    const client = new Client(on.port);
    await client.opened();
    await until('it works', async () => (await ticks(on)) > 1);
    client.socket.terminate();
    await until('it rests', async () => {
      const before = await ticks(on);
      await new Promise((resolve) => setTimeout(resolve, 600));
      return (await ticks(on)) === before;
    });
  });

  it('[PACK-26] changes its pace at once, and stops', () => {
    vi.useFakeTimers();
    try {
      let paceMs: number | undefined;
      const beat = new Beat({ tick: () => {}, paceMs: () => paceMs });
      const counted = (ms: number): number => {
        const before = beat.count;
        beat.adjust();
        vi.advanceTimersByTime(ms);
        return beat.count - before;
      };
      expect([counted(9_000), vi.getTimerCount()]).toEqual([0, 0]);
      paceMs = 1_000;
      expect(counted(3_000)).toBe(3);
      paceMs = 250;
      expect(counted(1_000)).toBe(4);
      paceMs = undefined;
      expect([counted(9_000), vi.getTimerCount()]).toEqual([0, 0]);
      paceMs = 250;
      beat.close();
      expect([counted(9_000), vi.getTimerCount()]).toEqual([0, 0]);
    } finally {
      vi.useRealTimers();
    }
  });
});
