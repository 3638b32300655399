import {
  appendFile,
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Hub, HubOptions } from '@livetree/hub';
import { startHub } from '@livetree/hub';
import type { TreeNode } from '@livetree/live-set';
import { walk } from '@livetree/live-set';
import type { SetInfo } from '@livetree/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { Client } from '../support/client.ts';
import type { Replica } from '../support/replica.ts';
import { until } from '../support/until.ts';
import { wideSet } from '../support/wide-set.ts';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../../fixtures/${name}`, import.meta.url));
const DEMO = fixture('demo.als');
const NEXT = fixture('demo-next.als');
const SMALL = fixture('small-l12.als');

const hubs: Hub[] = [];
const folders: string[] = [];
const QUICK = { stillMs: 40, absenceMs: 200, patienceMs: 400 };

async function hub(options: HubOptions = {}): Promise<Hub> {
  const started = await startHub({ port: 0, settle: QUICK, ...options });
  hubs.push(started);
  return started;
}

/** A project folder with copies of the fixtures. */
async function project(...files: readonly string[]): Promise<string[]> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'livetree-hub-')));
  folders.push(folder);
  return Promise.all(
    files.map(async (file) => {
      const path = join(folder, basename(file));
      await copyFile(file, path);
      return path;
    }),
  );
}

/** As Live may do it: the new file is written aside and put in place. */
async function save(content: string, path: string): Promise<void> {
  await copyFile(content, `${path}.tmp`);
  await rename(`${path}.tmp`, path);
}

const infoOf = (on: Hub, index = 0): SetInfo => {
  const info = on.sets[index];
  if (info === undefined) throw new Error('no such Set');
  return info;
};
const fileIs = (on: Hub, state: string, index = 0) =>
  until(`the file is ${state}`, () => infoOf(on, index).file.state === state);

function find(replica: Replica, kind: string, name: string): TreeNode {
  const root = replica.root;
  for (const node of root === undefined ? [] : walk(root)) {
    if (node.kind === kind && 'name' in node.props && node.props.name === name) return node;
  }
  throw new Error(`no ${kind} ${name}`);
}

/** What the hub tells a client that comes now. */
async function fresh(on: Hub): Promise<Replica> {
  const client = await Client.inStep(on.port);
  client.socket.close();
  return client.replica;
}

async function inStep(on: Hub, clients: readonly Client[]): Promise<void> {
  const now = await fresh(on);
  for (const { replica } of clients) {
    await until('the client catches up', () => replica.lineage === now.lineage);
    expect(replica.root).toEqual(now.root);
  }
}

afterEach(async () => {
  await Promise.all(hubs.splice(0).map((each) => each.close()));
  await Promise.all(folders.splice(0).map((each) => rm(each, { recursive: true, force: true })));
});

describe('a mirrored file', () => {
  it('[HUB-14] two clients stay in step with the saves of a real Set', async () => {
    const [path = ''] = await project(DEMO);
    const on = await hub({ paths: [path] });
    const clients = [await Client.inStep(on.port), await Client.inStep(on.port)];
    expect(clients[0]?.replica.root).toEqual(clients[1]?.replica.root);
    for (const content of [NEXT, DEMO, NEXT]) {
      const before = clients[0]?.replica.revision;
      await save(content, path);
      await until('a patch comes', () => clients.every(({ replica }) => replica.revision !== before));
      await inStep(on, clients);
    }
    const [first] = clients;
    if (first === undefined) throw new Error('no client');
    expect(find(first.replica, 'clip', 'Verse Keys B').props).toMatchObject({ type: 'midi' });
    expect(find(first.replica, 'track', 'Vox Double').props).toMatchObject({ mute: true });
    expect(first.replica.heard.filter(({ type }) => type === 'snapshot')).toHaveLength(1);
    expect(clients.map(({ broken }) => broken)).toEqual([undefined, undefined]);
  });

  it('[HUB-17] an open facet follows the saves', async () => {
    const [path = ''] = await project(DEMO);
    const on = await hub({ paths: [path] });
    const client = await Client.inStep(on.port);
    const { id: node, props } = find(client.replica, 'clip', 'Bass Verse');
    client.say({ type: 'open_facet', request: 'n', node, facet: 'notes' });
    const facet = await client.heard('facet');
    expect(facet.data).toHaveLength('noteCount' in props ? (props.noteCount ?? 0) : -1);
    await save(NEXT, path);
    const patch = await client.heard('facet_patch');
    expect([patch.put.length, patch.remove]).toEqual([1, []]);
    const other = await Client.inStep(on.port);
    other.say({ type: 'open_facet', request: 'n', node, facet: 'notes' });
    expect((await other.heard('facet')).data).toEqual(client.replica.facets.get(`notes ${node}`)?.items);
    client.say({ type: 'open_facet', request: 'x', node, facet: 'warpMarkers' });
    await until('it is answered', () =>
      client.replica.heard.some((m) => m.type === 'facet' && m.request === 'x'),
    );
    expect(client.broken).toBeUndefined();
  });

  it('[HUB-6] a client that was away gets the patches it missed', async () => {
    const [path = ''] = await project(DEMO);
    const on = await hub({ paths: [path] });
    const { replica, socket } = await Client.inStep(on.port);
    socket.terminate();
    await save(NEXT, path);
    await until('the save is read', async () => (await fresh(on)).revision !== replica.revision);
    const { epoch = '', revision = 0, lineage = '' } = replica;
    const again = new Client(on.port, { replica });
    await again.opened();
    expect(await again.hello({ epoch, revision, lineage })).toMatchObject({ resume: 'patches' });
    await inStep(on, [again]);
    expect(again.broken).toBeUndefined();
  });

  it('[HUB-24] after a restart of the hub all ids are the same, and the epoch is new', async () => {
    const [path = ''] = await project(DEMO);
    const first = await hub({ paths: [path] });
    const { replica } = await Client.inStep(first.port);
    const { id } = infoOf(first);
    await first.close();
    const second = await hub({ paths: [path] });
    const { epoch = '', revision = 0, lineage = '' } = replica;
    const again = new Client(second.port);
    await again.opened();
    const welcome = await again.hello({ set: id, epoch, revision, lineage });
    expect(welcome).toMatchObject({ resume: 'snapshot', set: id });
    await until('the snapshot comes', () => again.replica.root !== undefined);
    expect(again.replica.root).toEqual(replica.root);
    expect(again.replica.epoch).not.toBe(epoch);
  });

  it('[HUB-32] the same bytes again make no revision', async () => {
    const [path = '', other = ''] = await project(DEMO, SMALL);
    const on = await hub({ paths: [path, other] });
    const before = await fresh(on);
    await fileIs(on, 'ok', 1);
    const savedAt = infoOf(on).file.savedAt;
    await save(DEMO, path);
    await until('it was read', () => infoOf(on).file.savedAt !== savedAt);
    expect((await fresh(on)).lineage).toBe(before.lineage);
  });
});

describe('a file in trouble', () => {
  it('[HUB-33] a Set whose file goes keeps its tree, and goes on when it is back', async () => {
    const [path = ''] = await project(DEMO);
    const on = await hub({ paths: [path] });
    const client = await Client.inStep(on.port);
    await unlink(path);
    await fileIs(on, 'missing');
    expect(infoOf(on).file.problem).toMatch(/gone.*\.$/);
    await until('the client is told', async () => {
      const [info] = (await client.heard('status')).sets;
      return JSON.stringify(info?.file) === JSON.stringify(infoOf(on).file);
    });
    expect((await fresh(on)).root).toEqual(client.replica.root);
    await copyFile(DEMO, path);
    await fileIs(on, 'ok');
    await save(NEXT, path);
    await client.heard('patch');
    await inStep(on, [client]);
  });

  it('[HUB-33] a Set whose file is not there yet waits for it', async () => {
    const [path = ''] = await project(DEMO);
    await rename(path, `${path}.aside`);
    const on = await hub({ paths: [path] });
    const client = new Client(on.port);
    await client.opened();
    expect(await client.hello()).toMatchObject({ resume: 'snapshot', set: infoOf(on).id });
    await fileIs(on, 'missing');
    await rename(`${path}.aside`, path);
    await until('the snapshot comes', () => client.replica.root !== undefined);
    await fileIs(on, 'ok');
  });

  it('[HUB-31] a file that is cut off is told of, keeps the last tree, and is read when it is whole', async () => {
    const [path = ''] = await project(DEMO);
    const on = await hub({ paths: [path] });
    const client = await Client.inStep(on.port);
    const bytes = await readFile(NEXT);
    await writeFile(path, bytes.subarray(0, bytes.length / 2));
    await fileIs(on, 'broken');
    expect(infoOf(on).file.problem).toMatch(/^[A-Z].*\.$/s);
    expect((await fresh(on)).root).toEqual(client.replica.root);
    await appendFile(path, bytes.subarray(bytes.length / 2));
    await fileIs(on, 'ok');
    await inStep(on, [client]);
    expect(infoOf(on).file.problem).toBeUndefined();
  });

  it('[HUB-36] what is no Set is told of at once, and the other Set goes on', async () => {
    const [path = '', other = ''] = await project(DEMO, SMALL);
    await writeFile(other, gzipSync('<?xml version="1.0"?><Nothing/>'));
    const on = await hub({ paths: [other, path], settle: { ...QUICK, patienceMs: 3_600_000 } });
    await fileIs(on, 'broken', 0);
    await fileIs(on, 'ok', 1);
    const client = new Client(on.port);
    await client.opened();
    await client.hello({ set: infoOf(on, 1).id });
    await until('the snapshot comes', () => client.replica.root !== undefined);
    await save(NEXT, path);
    await client.heard('patch');
  });

  it('[HUB-36] a reader that dies is started again; then the Set goes on in a new epoch, and others never stop', async () => {
    const [path = '', other = ''] = await project(SMALL, DEMO);
    const errors: string[] = [];
    const logger = { info() {}, warn() {}, error: (line: string) => errors.push(line) };
    const on = await hub({ paths: [path, other], workerMemoryMb: 24, logger });
    const client = await Client.inStep(on.port);
    const { epoch, root } = client.replica;
    const huge = join(path, '..', 'huge');
    await writeFile(huge, gzipSync(hugeSet(), { level: 1 }));
    await rename(huge, path);
    await fileIs(on, 'broken');
    await until('it gives up', () => errors.length === 3);
    expect(infoOf(on).file.problem).toMatch(/stopped unexpectedly/);
    await fileIs(on, 'ok', 1);
    await save(NEXT, other);
    await until('the other Set goes on', () => infoOf(on, 1).file.state === 'ok');
    await save(SMALL, path);
    await fileIs(on, 'ok');
    await until('a new line begins', () => client.replica.epoch !== epoch);
    expect(client.replica.root).toEqual(root);
    expect([client.broken, errors.length]).toEqual([undefined, 3]);
  }, 60_000);
});

describe('opening', () => {
  it('[HUB-22] a client opens a Set, and all hear of it', async () => {
    const [path = '', other = ''] = await project(DEMO, SMALL);
    const on = await hub({ paths: [path] });
    const client = await Client.inStep(on.port, `?token=${on.token}`);
    const result = await client.command('open_path', { path: other });
    expect(result).toMatchObject({ ok: true, value: infoOf(on, 1).id });
    await until('the status tells it', () =>
      client.replica.heard.some((m) => m.type === 'status' && m.sets[1]?.file.state === 'ok'),
    );
    await client.hello({ set: infoOf(on, 1).id });
    await until(
      'the other Set comes',
      () => client.replica.heard.filter((m) => m.type === 'snapshot').length === 2,
    );
    expect(infoOf(on, 1)).toMatchObject({
      name: 'small-l12',
      path: other,
      creator: expect.stringContaining('12'),
    });
    expect(client.broken).toBeUndefined();
  });

  it('[HUB-55] a Set that is sent as bytes is mirrored without a path; broken bytes are told of', async () => {
    const on = await hub();
    const client = await trusted(on);
    const bytes = await readFile(DEMO);
    const half = Math.floor(bytes.length / 6) * 3;
    const send = (data: Buffer, part: number, name = 'C:\\Sets\\Dropped.als') =>
      client.command('open_bytes', { name, data: data.toString('base64'), part, parts: 2 });
    expect(await send(bytes.subarray(0, half), 0)).toMatchObject({ ok: true, value: half });
    expect(await send(bytes.subarray(half), 1)).toMatchObject({ ok: true, value: infoOf(on).id });
    await fileIs(on, 'ok');
    expect(infoOf(on)).toMatchObject({ name: 'Dropped', creator: expect.stringContaining('Live') });
    expect(infoOf(on)).not.toHaveProperty('path');
    await client.hello({ set: infoOf(on).id });
    await until('the snapshot comes', () => client.replica.root !== undefined);
    expect(find(client.replica, 'clip', 'Bass Verse').props).toMatchObject({ type: 'midi' });

    const data = Buffer.from('no Set at all').toString('base64');
    expect(await client.command('open_bytes', { name: 'Junk', data })).toMatchObject({ ok: true });
    await fileIs(on, 'broken', 1);
    expect(infoOf(on, 1).file.problem).toMatch(/not a Live Set/);
  });

  it('[HUB-140] a clip is no Set: neither its bytes, nor what a path leads to', async () => {
    const on = await hub();
    const client = await trusted(on);
    const data = (await readFile(DEMO)).toString('base64');
    expect(await client.command('open_bytes', { name: 'Riff.alc', data })).toMatchObject({ ok: true });
    await fileIs(on, 'broken');
    expect(infoOf(on).file.problem).toMatch(/^This is a clip \(\.alc\), not a Set\./);
    const [path = ''] = await project(DEMO);
    const clip = join(dirname(path), 'Riff.alc');
    const link = join(dirname(path), 'Linked.als');
    await copyFile(DEMO, clip);
    await symlink(clip, link);
    expect(await client.command('open_path', { path: link })).toMatchObject({ ok: true });
    await fileIs(on, 'broken', 1);
    expect(infoOf(on, 1).file.problem).toMatch(/^This is a clip \(\.alc\), not a Set\./);
  });

  it('[HUB-56] a program says that a file has changed, and it is looked at', async () => {
    const [path = '', other = ''] = await project(DEMO, SMALL);
    const on = await hub({ paths: [path], pollMs: 3_600_000 });
    await fileIs(on, 'ok');
    const client = await trusted(on);
    const statuses = () => client.replica.heard.filter(({ type }) => type === 'status').length;
    const before = statuses();
    const changed = { ok: true, value: infoOf(on).id };
    expect(await client.command('file_changed', { path })).toMatchObject(changed);
    await save(NEXT, path);
    expect(await client.command('file_changed', { path })).toMatchObject(changed);
    await client.heard('patch');
    await client.command('install');
    // Of a file that is as it was nobody is told.
    expect(statuses()).toBe(before + 1);
    expect(await client.command('file_changed', { path: other })).toMatchObject({ code: 'NOT_OPEN' });
  });

  it('[HUB-52] another Set in the place of this one goes to all as a snapshot, in the same epoch', async () => {
    const [path = ''] = await project(SMALL);
    const on = await hub({ paths: [path] });
    const client = await Client.inStep(on.port);
    const { epoch } = client.replica;
    client.say({ type: 'subscribe', channels: ['log'] });
    await writeFile(`${path}.tmp`, gzipSync(wideSet(2_000)));
    await rename(`${path}.tmp`, path);
    await until('the other tree comes', () => client.replica.revision === 1);
    expect(client.replica.epoch).toBe(epoch);
    expect(client.replica.root?.lists.tracks).toHaveLength(2_000);
    expect(client.replica.heard.some(({ type }) => type === 'patch')).toBe(false);
    expect((await client.heard('entry')).revision).toBe(1);
    await inStep(on, [client]);
  });

  it('[HUB-37] one file is one Set, whatever way leads to it; its id outlives the hub', async () => {
    const [path = ''] = await project(DEMO);
    const folder = join(path, '..', 'links');
    await mkdir(folder);
    await symlink(path, join(folder, 'link.als'));
    await symlink(join(path, '..'), join(folder, 'folder'));
    const on = await hub({ paths: [path, join(folder, 'link.als'), join(folder, 'folder', 'demo.als')] });
    expect(on.sets).toHaveLength(1);
    expect(infoOf(on).id).toMatch(/^[0-9a-f]{12}$/);
    const again = await hub({ paths: [join(folder, 'link.als')] });
    expect(infoOf(again).id).toBe(infoOf(on).id);
  });

  it('[HUB-37] more Sets than allowed are refused', async () => {
    const [path = '', other = ''] = await project(DEMO, SMALL);
    const on = await hub({ paths: [path], limits: { sets: 1 } });
    await expect(on.open(other)).rejects.toMatchObject({ code: 'TOO_MANY_SETS' });
    await expect(on.open(path)).resolves.toMatchObject({ id: infoOf(on).id });
  });
});

/** A client that may give commands, of a hub that may have no Set yet. */
async function trusted(on: Hub): Promise<Client> {
  const client = new Client(on.port, { query: `?token=${on.token}` });
  await client.opened();
  await client.hello();
  return client;
}

/** A Set whose tree is far bigger than the thread's heap. */
const hugeSet = (): string => wideSet(250_000);
