import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '../support/until.ts';
import {
  client,
  demoFile,
  endAll,
  hub,
  infoOf,
  liveOf,
  named,
  nodesOf,
  onStage,
  script,
  whenLive,
} from './on-stage.ts';
import { SMALL } from './script.ts';

afterEach(endAll);

/** The status of an upgrade that is refused, or 101. */
function upgrade(port: number, headers: Record<string, string>, host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://${host}:${port}/script`, { headers });
    socket.on('error', () => {});
    socket.on('unexpected-response', (_, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('open', () => {
      resolve(101);
      socket.terminate();
    });
  });
}

describe('who may speak for Live', () => {
  it('[SEC-15] a program of this computer; no page, not even of the hub itself; no other name', async () => {
    const { port } = await hub();
    expect(await upgrade(port, {})).toBe(101);
    expect(await upgrade(port, { origin: `http://127.0.0.1:${port}` })).toBe(403);
    expect(await upgrade(port, { origin: 'null' })).toBe(403);
    expect(await upgrade(port, { host: `evil.example:${port}` })).toBe(403);
  });
});

describe('how it stands with Live', () => {
  it('[HUB-69] live, busy after 3 s of silence, light, gone when the socket breaks; back in the same run', async () => {
    const { live, viewer, port } = await onStage();
    await whenLive(viewer, 'live');
    expect(liveOf(viewer)).toMatchObject({ leads: true, simulated: true, version: '12.3.6' });
    await whenLive(viewer, 'stalled');
    live.heartbeat({ light: true });
    await whenLive(viewer, 'light');
    live.socket.terminate();
    await whenLive(viewer, 'gone');
    expect(liveOf(viewer)?.since).toBeGreaterThan(0);
    expect(named(viewer, 'Kick')).toBeDefined();
    const again = await script(port, { lastSeq: 1 });
    expect(again.all('welcome')).toMatchObject([{ resumeAfter: 1 }]);
    again.seq = 1;
    await again.stated({ sets: { 3: { name: 'Back' } } });
    await until('the name comes', () => named(viewer, 'Back'));
    await whenLive(viewer, 'live');
  });

  it('[HUB-70] a run that claims less than it has stated starts over, and nothing differs', async () => {
    const { live, viewer, port } = await onStage();
    live.socket.terminate();
    await whenLive(viewer, 'gone');
    const again = await script(port, { lastSeq: 0 });
    expect(again.all('welcome')).toMatchObject([{ resumeAfter: null }]);
    const patches = viewer.replica.heard.filter(({ type }) => type === 'patch').length;
    again.seq = 7;
    await again.stated(SMALL);
    await whenLive(viewer, 'live');
    expect(viewer.replica.heard.filter(({ type }) => type === 'patch')).toHaveLength(patches);
  });

  it('[HUB-71] Live restarted: nodes keep their ids, and what differs is one patch', async () => {
    const { live, viewer, port } = await onStage();
    const before = nodesOf(viewer.replica.root).map(({ id }) => id);
    live.socket.terminate();
    await whenLive(viewer, 'gone');
    const again = await script(port, { run: 'b'.repeat(32), pid: 4711 });
    const { nodes = {}, lists = {}, ...rest } = SMALL;
    const kick = nodes['3'];
    await again.stated({
      ...rest,
      lists,
      nodes: { ...nodes, 3: { kind: 'track', props: { ...kick?.props, name: 'Kick 2' } } },
    });
    await until('the name comes', () => named(viewer, 'Kick 2'));
    expect(nodesOf(viewer.replica.root).map(({ id }) => id)).toEqual(before);
    const patches = viewer.replica.heard.filter((message) => message.type === 'patch');
    expect(patches.map(({ ops }) => ops.map(({ op }) => op))).toEqual([['set']]);
    await again.stated({ sets: { 3: { name: 'Kick 3' } } });
    await until('what follows comes', () => named(viewer, 'Kick 3'));
  });

  it('[HUB-72] the newer instance of one Live takes the place of the older', async () => {
    const { live, viewer, port } = await onStage();
    const newer = await script(port, { run: 'b'.repeat(32) });
    expect(await live.told('refuse')).toMatchObject({ code: 'replaced' });
    await live.ended();
    await newer.stated(SMALL);
    await newer.stated({ sets: { 3: { name: 'Newer' } } });
    await until('the newer is heard', () => named(viewer, 'Newer'));
    await until('there is one Set', () => infoOf(viewer, 1) === undefined);
  });
});

describe('a Set with a file', () => {
  it('[HUB-73] Live joins the Set of its file, leads while it is there, and the file comes back', async () => {
    const path = await demoFile();
    const { port } = await hub({ paths: [path] });
    const viewer = await client(port);
    const ofFile = viewer.replica.root;
    const live = await script(port, { setPath: path, setName: 'My Set' });
    await live.stated({ ...SMALL, end: [] });
    expect(viewer.replica.root).toEqual(ofFile);
    await live.stated({ end: [1] });
    await until('the tree is of Live', () => named(viewer, 'Kick') && named(viewer, 'Verse'));
    expect(viewer.replica.root?.lists.tracks).toHaveLength(2);
    expect(infoOf(viewer)).toMatchObject({
      name: 'My Set',
      path,
      file: { state: 'ok' },
      live: { leads: true },
    });
    live.say('bye', { run: live.run, reason: 'disconnect' });
    await until('the file is back', () => isDeepStrictEqual(viewer.replica.root, ofFile));
    await whenLive(viewer, 'none');
    expect(viewer.broken).toBeUndefined();
  });

  it('[HUB-74] a save while Live leads is read beside it, told, and shows when Live is gone', async () => {
    const path = await demoFile();
    const { port } = await hub({ paths: [path] });
    const live = await script(port, { setPath: path });
    await live.stated(SMALL);
    const viewer = await client(port);
    viewer.say({ type: 'subscribe', channels: ['log'] });
    await until('the file was read', () => infoOf(viewer)?.file.state === 'ok');
    const next = await readFile(join(import.meta.dirname, '../../../../fixtures/demo-next.als'));
    await writeFile(`${path}.tmp`, next);
    await rename(`${path}.tmp`, path);
    const entry = await viewer.heard('entry');
    expect(entry).toMatchObject({ origin: 'file', nodes: [] });
    expect(named(viewer, 'Kick')).toBeDefined();
    live.say('bye', { run: live.run, reason: 'disconnect' });
    await until('the new save shows', () => (viewer.replica.root?.lists.tracks?.length ?? 0) > 2);
  });

  it('[HUB-75] two Lives with one path are two Sets', async () => {
    const path = await demoFile();
    const { port } = await hub({ paths: [path] });
    await script(port, { setPath: path, pid: 1 });
    await script(port, { setPath: path, pid: 2, run: 'b'.repeat(32) });
    const { sets } = (await (await fetch(`http://127.0.0.1:${port}/api/sets?token=sesame`)).json()) as {
      sets: readonly { readonly name: string }[];
    };
    expect(sets.map(({ name }) => name)).toEqual(['My Set', 'My Set (2)']);
  });

  it('[HUB-76] a Set that is saved for the first time, or under another name, stays the same Set', async () => {
    const { live, viewer } = await onStage();
    const path = await demoFile();
    const { id } = infoOf(viewer) ?? {};
    live.heartbeat({ setPath: path, setName: 'My Set' });
    await until('the file is known', () => infoOf(viewer)?.path === path);
    expect(infoOf(viewer)).toMatchObject({ id, name: 'My Set' });
    const other = join(dirname(path), 'Other.als');
    await rename(path, other);
    live.heartbeat({ setPath: other, setName: 'Other' });
    await until(
      'the other file is read',
      () => infoOf(viewer)?.path === other && infoOf(viewer)?.file.state === 'ok',
    );
    expect(infoOf(viewer)?.id).toBe(id);
    expect(named(viewer, 'Kick')).toBeDefined();
  });
});
