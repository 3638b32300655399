/** What is kept of a run of the Remote Script, when the hub ends at a bad moment. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hub } from '@livetree/hub';
import { afterEach, describe, expect, it } from 'vitest';
import { openJournal } from '../../src/node/journal/open-journal.ts';
import { SILENT } from '../../src/node/logger.ts';
import { until } from '../support/until.ts';
import { client, endAll, hub, liveOf, named, nodesOf } from './on-stage.ts';
import { Script, SMALL } from './script.ts';

const folders: string[] = [];
afterEach(async () => {
  await endAll();
  await Promise.all(folders.splice(0).map((each) => rm(each, { recursive: true, force: true })));
});

/** Live is edited, the hub ends without a word and is started again: everything goes on. */
async function begun() {
  const historyDir = await mkdtemp(join(tmpdir(), 'livetree-kept-'));
  folders.push(historyDir);
  const first = await hub({ historyDir });
  const script = await Script.welcomed(first.port);
  return { historyDir, first, script };
}

/** The next hub, and the same run of the script there. */
async function next(ended: Hub, historyDir: string, before: Script) {
  await ended.close();
  const running = await hub({ historyDir });
  const script = new Script(running.port, before.run);
  script.seq = before.seq;
  const { resumeAfter } = await script.hello();
  return { running, script, resumeAfter };
}

async function kept(running: Hub, historyDir: string) {
  const journal = await openJournal(historyDir, SILENT);
  const [info] = running.sets;
  const found = info && journal.load(info.id);
  journal.close();
  return found;
}

async function counters(running: Hub): Promise<Readonly<Record<string, number>>> {
  const text = await (await fetch(`http://127.0.0.1:${running.port}/metrics?token=sesame`)).text();
  const found = [...text.matchAll(/^livetree_script_(\w+)_total (\d+)$/gm)];
  return Object.fromEntries(found.map(([, name = '', value]) => [name, Number(value)]));
}

/** A thing in two places: the whole song is asked for. */
const IMPOSSIBLE = { lists: { 4: { devices: [9] } } };

describe('a hub that is started again', () => {
  it('[RUN-1] in the middle of a later snapshot: it goes on behind its last frame, and shows what came before until the end', async () => {
    const { historyDir, first, script } = await begun();
    await script.stated(SMALL);
    await script.stated({ sets: { 3: { name: 'Before' } } });
    const ids = nodesOf((await client(first.port)).replica.root).map(({ id }) => id);
    await script.stated({ begin: [1], sets: { 4: { name: 'Held back' } } });
    const { running, script: again, resumeAfter } = await next(first, historyDir, script);
    expect(resumeAfter).toBe(script.seq);
    const viewer = await client(running.port);
    expect(named(viewer, 'Before')).toBeDefined();
    expect(named(viewer, 'Held back')).toBeUndefined();
    await again.stated({ ...SMALL, begin: [], sets: { 4: { name: 'Held back' }, 3: { name: 'After' } } });
    await until('the end shows it', () => named(viewer, 'Held back') && named(viewer, 'After'));
    expect(nodesOf(viewer.replica.root).map(({ id }) => id)).toEqual(ids);
  });

  it('[RUN-2] before the script heard what to state again: it is asked for again, until it is answered', async () => {
    const { historyDir, first, script } = await begun();
    await script.stated(SMALL);
    await script.stated(IMPOSSIBLE);
    const { running, script: again } = await next(first, historyDir, script);
    expect(await again.told('resync')).toMatchObject({ handle: 1 });
    again.socket.terminate();
    const third = new Script(running.port, script.run);
    third.seq = again.seq;
    await third.hello();
    expect(await third.told('resync')).toMatchObject({ handle: 1 });
    await third.stated(SMALL);
    third.socket.terminate();
    const last = new Script(running.port, script.run);
    last.seq = third.seq;
    await last.hello();
    await last.stated({ sets: { 3: { name: 'All is well' } } });
    expect(last.all('resync')).toEqual([]);
  });

  it('[RUN-3] what went wrong in a run and was mended counts once, and makes no Set broken', async () => {
    const { historyDir, first, script } = await begun();
    for (let time = 0; time < 8; time++) {
      await script.stated(SMALL);
      if (time % 2 === 0) await script.stated(IMPOSSIBLE);
    }
    const { running, script: again, resumeAfter } = await next(first, historyDir, script);
    expect(resumeAfter).toBe(script.seq);
    await again.stated({ sets: { 3: { name: 'All is well' } } });
    const viewer = await client(running.port);
    await until('it is shown', () => named(viewer, 'All is well'));
    expect(liveOf(viewer)?.state).toBe('live');
    expect(await counters(running)).toMatchObject({ frames: 1, discards: 0, resyncs: 0 });
  });
});

describe('a run that is stated anew', () => {
  it('[RUN-4] because the hub ended while it was first read: kept from its hello on, and the next hub goes on with it', async () => {
    const { historyDir, first, script } = await begun();
    const { end: _, ...half } = SMALL;
    await script.stated(half);
    script.seq += 3; // stated, and not heard by this hub any more
    const second = await next(first, historyDir, script);
    expect(second.resumeAfter).toBeNull();
    await second.script.stated(SMALL);
    const found = await kept(second.running, historyDir);
    expect(found?.frames.map(({ seq }) => seq)).toEqual([4, 5]);
    const third = await next(second.running, historyDir, second.script);
    expect(third.resumeAfter).toBe(5);
  });

  it('[RUN-4] because it claims less than it has stated: the same', async () => {
    const { historyDir, first, script } = await begun();
    await script.stated(SMALL);
    await script.stated({ sets: { 3: { name: 'Once' } } });
    script.socket.terminate();
    const back = new Script(first.port, script.run);
    back.seq = 1;
    expect((await back.hello()).resumeAfter).toBeNull();
    await back.stated(SMALL);
    const third = await next(first, historyDir, back);
    expect(third.resumeAfter).toBe(2);
    await third.script.stated({ sets: { 3: { name: 'Twice' } } });
    expect(named(await client(third.running.port), 'Twice')).toBeDefined();
  });
});
