import { copyFile, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hub } from '@livetree/hub';
import type { SetId } from '@livetree/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { client, demoFile, endAll, hub, script } from './on-stage.ts';
import { Script, SMALL } from './script.ts';

let folder: string;
const [first, second, third] = ['Eins.als', 'Zwei.als', 'Drei.als'] as const;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'livetree-room-')));
  const demo = await demoFile();
  for (const name of [first, second, third]) await copyFile(demo, join(folder, name));
});
afterEach(endAll);
afterAll(() => rm(folder, { recursive: true, force: true }));

let runs = 0;
/** Live opens a Set, tells all of it, and is ready to leave it. */
async function opened(on: Hub, name: string): Promise<Script> {
  runs += 1;
  const run = String(runs).padStart(32, '0');
  const live = await script(on.port, { run, pid: 5000 + runs, setPath: join(folder, name), setName: name });
  await live.stated(SMALL);
  return live;
}
/** Live opens a third Set, and is told that there is no room. */
async function refused(on: Hub) {
  const live = new Script(on.port, 'f'.repeat(32));
  live.hello({ pid: 9000, setPath: join(folder, third) }).catch(() => {});
  return live.told('refuse');
}
/** Of the Set that came last. */
function idOf({ sets }: Hub): SetId {
  const id = sets.at(-1)?.id;
  if (id === undefined) throw new Error('the hub has no Set');
  return id;
}
const names = (on: Hub): readonly string[] => on.sets.map(({ name }) => name);
async function left(on: Hub, live: Script): Promise<void> {
  live.socket.terminate();
  await until('Live is gone', () => on.sets.every(({ live: { state } }) => state !== 'live'));
}

describe('a hub that runs all day', () => {
  it('[PACK-27] follows Live to Set after Set: of those it has left, the oldest that nobody needs goes', async () => {
    const on = await hub({ limits: { sets: 2 }, historyDir: join(folder, 'history') });
    await left(on, await opened(on, first));
    const viewer = await client(on.port);
    const { epoch } = viewer.replica;
    viewer.socket.terminate();
    await left(on, await opened(on, second));
    await left(on, await opened(on, third));
    expect(names(on)).toEqual(['Zwei', 'Drei']);
    await left(on, await opened(on, first));
    expect(names(on)).toEqual(['Drei', 'Eins']);
    const again = await client(on.port);
    await again.hello({ set: idOf(on) });
    await until('its line goes on', () => again.replica.epoch === epoch);
  });

  it('[PACK-27] a Set that somebody asked for, looks at, or has open in Live stays', async () => {
    const on = await hub({ limits: { sets: 2 }, paths: [join(folder, first)] });
    const live = await opened(on, second);
    expect((await refused(on)).code).toBe('too_many');
    await left(on, live);
    const viewer = await client(on.port);
    await viewer.hello({ set: idOf(on) });
    expect((await refused(on)).code).toBe('too_many');
    viewer.socket.terminate();
    await until(
      'nobody looks',
      async () => (await (await fetch(new URL('/healthz', on.url))).json()).clients === 0,
    );
    await opened(on, third);
    expect(names(on)).toEqual(['Eins', 'Drei']);
  });
});
