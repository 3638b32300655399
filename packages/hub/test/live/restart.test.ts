import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hub } from '@livetree/hub';
import { afterEach, describe, expect, it } from 'vitest';
import { openJournal } from '../../src/node/journal/open-journal.ts';
import { SILENT } from '../../src/node/logger.ts';
import { client, demoFile, endAll, hub, infoOf, named, nodesOf, opsHeard, whenLive } from './on-stage.ts';
import { Script, SMALL } from './script.ts';

const folders: string[] = [];
afterEach(async () => {
  await endAll();
  await Promise.all(folders.splice(0).map((each) => rm(each, { recursive: true, force: true })));
});

async function historyDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'livetree-history-'));
  folders.push(folder);
  return folder;
}

type Known<T> = { readonly [K in keyof T]: NonNullable<T[K]> };
function defined<T extends object>(values: T): Known<T> {
  expect(Object.values(values)).not.toContain(undefined);
  return values as Known<T>;
}

/** A tree that takes many turns of the loop to pack. */
const SCENES = Array.from({ length: 8_000 }, (_, at) => 100 + at);
const scene = (handle: number) => ({ kind: 'scene' as const, props: { name: `Scene ${handle}` } });
const MANY_SCENES: typeof SMALL = {
  ...SMALL,
  nodes: { ...SMALL.nodes, ...Object.fromEntries(SCENES.map((handle) => [handle, scene(handle)])) },
  lists: { ...SMALL.lists, 1: { ...SMALL.lists?.[1], scenes: [7, 8, ...SCENES] } },
};

/** A hub that ends without a word to the script, as one that was killed. */
async function ended(running: Hub): Promise<void> {
  await running.close();
}

describe('a hub that is started again', () => {
  it('[HUB-82] goes on with the same run of Live: nothing is stated twice, no id and no revision is lost', async () => {
    const history = await historyDir();
    const first = await hub({ historyDir: history });
    const script = await Script.welcomed(first.port);
    await script.stated(SMALL);
    await script.stated({ sets: { 3: { name: 'Kick 2' } } });
    const before = await client(first.port);
    const { epoch, revision, lineage, root } = before.replica;
    expect(revision).toBeGreaterThan(0);
    await ended(first);

    const second = await hub({ historyDir: history });
    const again = new Script(second.port, script.run);
    again.seq = script.seq;
    const welcome = await again.hello();
    expect(welcome.resumeAfter).toBe(script.seq);
    const after = await client(second.port);
    expect(after.replica).toMatchObject({ epoch, revision, lineage });
    expect(after.replica.root).toEqual(root);
    await again.stated({ sets: { 3: { name: 'Kick 3' } } });
    await after.heard('patch');
    expect(opsHeard(after)).toEqual([
      { op: 'set', id: named(before, 'Kick 2')?.id, props: { name: 'Kick 3' } },
    ]);
  });

  it('[SCRIPT-307] frames that state nothing are counted, not kept: it goes on behind them all the same', async () => {
    const history = await historyDir();
    const first = await hub({ historyDir: history });
    const script = await Script.welcomed(first.port);
    await script.stated(SMALL);
    for (const id of ['one', 'two']) await script.stated({ barrier: [id] });
    await script.stated({ sets: { 3: { name: 'Kick 2' } } });
    await script.stated({ barrier: ['three'] });
    await ended(first);
    const journal = await openJournal(history, SILENT);
    const [info] = first.sets;
    const kept = info && journal.load(info.id);
    journal.close();
    expect(kept?.script?.seq).toBe(script.seq);
    expect(kept?.frames.map(({ seq }) => seq)).toEqual([0, 1, script.seq - 1]);

    const second = await hub({ historyDir: history });
    const again = new Script(second.port, script.run);
    again.seq = script.seq;
    expect((await again.hello()).resumeAfter).toBe(script.seq);
    await again.stated({ sets: { 3: { name: 'Kick 3' } } });
    const after = await client(second.port);
    expect(named(after, 'Kick 3')).toBeDefined();
  });

  it('[HUB-141] that ended before its first checkpoint was made: it is made before the end, nothing begins anew', async () => {
    const history = await historyDir();
    const first = await hub({ historyDir: history });
    const script = await Script.welcomed(first.port);
    await script.stated(MANY_SCENES);
    await ended(first);

    const second = await hub({ historyDir: history });
    const again = new Script(second.port, script.run);
    again.seq = script.seq;
    expect((await again.hello()).resumeAfter).toBe(script.seq);
    await again.stated({ sets: { 8099: { name: 'The last one' } } });
    expect(named(await client(second.port), 'The last one')).toMatchObject({ kind: 'scene' });
  });

  it('[HUB-82] a client that was there before gets the patches it has missed, no snapshot', async () => {
    const history = await historyDir();
    const first = await hub({ historyDir: history });
    const script = await Script.welcomed(first.port);
    await script.stated(SMALL);
    await script.stated({ sets: { 3: { name: 'One' } } });
    const before = await client(first.port);
    const { epoch, revision, lineage, heard } = before.replica;
    before.socket.terminate();
    const told = heard.length;
    await script.stated({ sets: { 3: { name: 'Two' } } });
    await ended(first);

    const second = await hub({ historyDir: history });
    const again = new Script(second.port, script.run);
    again.seq = script.seq;
    await again.hello();
    const back = await client(second.port, before);
    const welcomed = await back.hello(defined({ set: infoOf(before)?.id, epoch, revision, lineage }));
    expect(welcomed.resume).toBe('patches');
    await back.heard('patch');
    expect(heard.slice(told).filter(({ type }) => type === 'patch')).toHaveLength(1);
    expect(heard.slice(told).some(({ type }) => type === 'snapshot')).toBe(false);
    expect(named(back, 'Two')).toBeDefined();
  });

  it('[HUB-83] when Live was started again, too, the same things keep their ids, and what differs is one change', async () => {
    const path = await demoFile();
    const history = await historyDir();
    const first = await hub({ historyDir: history, paths: [path] });
    const script = await Script.welcomed(first.port, { setPath: path, setName: 'My Set' });
    await script.stated(SMALL);
    const before = await client(first.port);
    await whenLive(before, 'live');
    const ids = nodesOf(before.replica.root).map(({ id }) => id);
    const { epoch } = before.replica;
    await ended(first);

    const second = await hub({ historyDir: history, paths: [path] });
    const other = await Script.welcomed(second.port, {
      setPath: path,
      setName: 'My Set',
      run: 'b'.repeat(32),
    });
    await other.stated({ ...SMALL, sets: { 3: { name: 'Renamed meanwhile' } } });
    const after = await client(second.port);
    await whenLive(after, 'live');
    expect(after.replica.epoch).toBe(epoch);
    expect(nodesOf(after.replica.root).map(({ id }) => id)).toEqual(ids);
    expect(named(after, 'Renamed meanwhile')?.id).toBe(named(before, 'Kick')?.id);
  });

  it('[HUB-84] a file alone goes on in its line, when it is still the same', async () => {
    const path = await demoFile();
    const history = await historyDir();
    const first = await hub({ historyDir: history, paths: [path] });
    const before = await client(first.port);
    await ended(first);
    const after = await client((await hub({ historyDir: history, paths: [path] })).port);
    expect(after.replica).toMatchObject({ epoch: before.replica.epoch, lineage: before.replica.lineage });
    expect(after.replica.root).toEqual(before.replica.root);
  });
});
