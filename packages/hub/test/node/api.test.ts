import { copyFile, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Hub } from '@livetree/hub';
import { startHub } from '@livetree/hub';
import type { NodeOf, TreeNode } from '@livetree/live-set';
import { asNodeId, walk } from '@livetree/live-set';
import { clientMessage } from '@livetree/protocol/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonSlices } from '../../src/json-slices.ts';
import { Client } from '../support/client.ts';
import { smallSet } from '../support/trees.ts';
import { until } from '../support/until.ts';

const DEMO = fileURLToPath(new URL('../../../../fixtures/demo.als', import.meta.url));
let folder: string;
let hub: Hub;
let client: Client;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'livetree-api-')));
  await copyFile(DEMO, join(folder, 'demo.als'));
  hub = await startHub({ port: 0, paths: [join(folder, 'demo.als')], settle: { stillMs: 20 } });
  client = await Client.inStep(hub.port);
});

afterAll(async () => {
  await hub.close();
  await rm(folder, { recursive: true });
});

const get = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${hub.port}${path}`, init);
const json = async (path: string) => (await get(path)).json();
const base = () => `/api/sets/${hub.sets[0]?.id}`;
const place = () => {
  const { epoch, revision, lineage } = client.replica;
  return { set: hub.sets[0]?.id, epoch, revision, lineage };
};

function someNode(kind: TreeNode['kind'], name: string): TreeNode {
  for (const node of walk(client.replica.root as NodeOf<'set'>))
    if (node.kind === kind && 'name' in node.props && node.props.name === name) return node;
  throw new Error(`no ${kind} ${name}`);
}

describe('/api', () => {
  it('[HUB-49] the tree is the one that clients hold, and says which', async () => {
    const answer = await get(`${base()}/tree`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'application/json; charset=utf-8',
    ]);
    expect(await answer.json()).toEqual({ ...place(), root: client.replica.root });
  });

  it('[HUB-49] a node comes with its place, a facet with its content', async () => {
    const clip = someNode('clip', 'Bass Verse');
    const found = await json(`${base()}/nodes/${encodeURIComponent(clip.id)}`);
    expect(found).toMatchObject({ ...place(), node: clip, place: { list: expect.any(String) } });
    const parent = await json(`${base()}/nodes/${encodeURIComponent(found.place.parent)}`);
    expect(parent.node.lists[found.place.list][found.place.index]).toEqual(clip);

    client.say({ type: 'open_facet', request: 'n', node: clip.id, facet: 'notes' });
    const { data } = await client.heard('facet');
    const path = `${base()}/nodes/${encodeURIComponent(clip.id)}?facet=notes`;
    const twice = await Promise.all([json(path), json(path)]);
    for (const each of twice) expect(each).toEqual({ ...place(), node: clip.id, facet: 'notes', data });
    expect(data.length).toBeGreaterThan(0);
  });

  it.each([
    ['/api/sets/nobody/tree', 404],
    ['/api/sets/SET/forest', 404],
    ['/api/sets/SET/nodes', 404],
    ['/api/sets/SET/nodes/nobody', 404],
    ['/api/sets/SET/nodes/nobody?facet=notes', 404],
    ['/api/sets/SET/nodes/set/more', 404],
    ['/api/sets/SET/nodes/%ff', 400],
    ['/api/sets/SET/nodes/ROOT?facet=nonsense', 400],
  ])('[HUB-49] %s is answered with %i and a sentence', async (path, status) => {
    const root = encodeURIComponent(client.replica.root?.id ?? '');
    const answer = await get(path.replace('SET', hub.sets[0]?.id ?? '').replace('ROOT', root));
    expect(answer.status).toBe(status);
    expect(await answer.text()).toMatch(/\.\n$/);
  });

  it('[HUB-49] HEAD is answered without a body, and a reader that leaves harms nobody', async () => {
    expect(await (await get(`${base()}/tree`, { method: 'HEAD' })).text()).toBe('');
    const leave = new AbortController();
    const answer = await get(`${base()}/tree`, { signal: leave.signal });
    leave.abort();
    await answer.text().catch(() => {});
    expect((await get('/healthz')).status).toBe(200);
  });

  it('[HUB-49] slices of JSON are the JSON', () => {
    const root = smallSet();
    expect(JSON.parse([...jsonSlices(root)].join(''))).toEqual(root);
    const whole = client.replica.root as NodeOf<'set'>;
    expect(JSON.parse([...jsonSlices(whole)].join(''))).toEqual(whole);
    expect(Math.max(...[...jsonSlices(whole)].map((slice) => slice.length))).toBeLessThan(10_000);
  });
});

describe('/metrics and /schema', () => {
  const figures = async (): Promise<Map<string, number>> => {
    const text = await (await get('/metrics')).text();
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
    );
  };

  it('[HUB-50] every line is a comment or a sample, each metric is explained, and counters only rise', async () => {
    const answer = await get('/metrics');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const lines = (await answer.text()).trimEnd().split('\n');
    const sample = /^livetree_[a-z_]+(?:\{[a-z]+="[^"\\]*"(?:,[a-z]+="[^"\\]*")*\})? -?[0-9.e+-]+$/;
    for (const line of lines)
      expect(line).toMatch(line.startsWith('#') ? /^# (?:HELP|TYPE) livetree_/ : sample);
    const before = await figures();
    await client.hello();
    const after = await figures();
    const counters = [...before].filter(([name]) => name.split('{')[0]?.endsWith('_total'));
    expect(counters.length).toBeGreaterThan(6);
    for (const [name, value] of counters) expect(after.get(name), name).toBeGreaterThanOrEqual(value);
    expect(after.get('livetree_sent_bytes_total')).toBeGreaterThan(
      before.get('livetree_sent_bytes_total') ?? 0,
    );
  });

  it('[HUB-50] tells clients, Sets, revisions, snapshots and the time of parsing', async () => {
    const found = await figures();
    const id = hub.sets[0]?.id;
    expect(found.get('livetree_clients')).toBe(1);
    expect(found.get('livetree_sets')).toBe(1);
    expect(found.get(`livetree_revision{set="${id}"}`)).toBe(0);
    expect(found.get('livetree_snapshots_total')).toBeGreaterThanOrEqual(1);
    expect(found.get('livetree_parse_seconds_count')).toBe(1);
    expect(found.get('livetree_parse_seconds_sum')).toBeGreaterThan(0);
    expect(found.get(`livetree_last_save_seconds{set="${id}",stage="parse"}`)).toBeGreaterThan(0);
    expect(found.has('livetree_event_loop_delay_max_seconds')).toBe(true);
  });

  it('[HUB-41] /schema describes what clients may send', async () => {
    const schema = await json('/schema');
    expect(schema.$schema).toMatch(/2020-12/);
    const names = schema.oneOf.map(
      (each: { properties: { type: { const: string } } }) => each.properties.type.const,
    );
    expect(names).toEqual(clientMessage.options.map((option) => option.shape.type.value));
  });

  it('[SEC-3] figures and Sets need the token where looking does; the schema does not', async () => {
    const other = await startHub({ port: 0, host: '0.0.0.0', token: 't' });
    try {
      const status = async (path: string) => (await fetch(`http://127.0.0.1:${other.port}${path}`)).status;
      expect(await status('/metrics')).toBe(401);
      expect(await status('/api/sets/x/tree')).toBe(401);
      expect(await status('/metrics?token=t')).toBe(200);
      expect(await status('/schema')).toBe(200);
    } finally {
      await other.close();
    }
  });

  it('[HUB-44] a real save is told in words', async () => {
    client.say({ type: 'subscribe', channels: ['log'] });
    await copyFile(DEMO.replace('demo.als', 'demo-next.als'), join(folder, 'demo.als'));
    const entry = await client.heard('entry');
    expect(entry.save).toMatch(/^\d+ changes: /);
    expect(entry.sentences.length).toBeGreaterThan(3);
    expect(entry.names).toContain('track_muted');
    expect(entry.nodes.every((node) => asNodeId(node) !== '')).toBe(true);
    await until('the patch is there', () => client.replica.revision === entry.revision);
  });
});

describe('very big details', () => {
  it('[HUB-92] come as one message in parts, and over HTTP, with all their items', async () => {
    const path = join(folder, 'many notes.als');
    await writeFile(path, withNotes(gunzipSync(await readFile(DEMO)).toString(), 6_000));
    const on = await startHub({ port: 0, paths: [path], settle: { stillMs: 20 } });
    try {
      const one = await Client.inStep(on.port);
      const counted = (node: TreeNode): boolean =>
        'noteCount' in node.props && (node.props.noteCount ?? 0) > 6_000;
      const clip = walk(one.replica.root as NodeOf<'set'>).find(counted) as TreeNode;
      one.say({ type: 'open_facet', request: 'n', node: clip.id, facet: 'notes' });
      const { data, request } = await one.heard('facet');
      expect([request, data.length]).toEqual(['n', (clip.props as { noteCount: number }).noteCount]);
      expect(JSON.stringify(data).length).toBeGreaterThan(256 * 1024);
      const url = `http://127.0.0.1:${on.port}/api/sets/${on.sets[0]?.id}/nodes/${encodeURIComponent(clip.id)}`;
      expect(await (await fetch(`${url}?facet=notes`)).json()).toMatchObject({ node: clip.id, data });
      expect(one.broken).toBeUndefined();
    } finally {
      await on.close();
    }
  });
});

/** XML of the Set with so many more notes in its first MIDI clip. */
function withNotes(xml: string, count: number): string {
  const note = (at: number): string =>
    `<MidiNoteEvent Time="${at / 4}" Duration="0.25" Velocity="100" NoteId="${at + 1_000}" />`;
  const notes = Array.from({ length: count }, (_, at) => note(at)).join('');
  return xml.replace(/<KeyTrack [^>]*>\s*<Notes>/, (begin) => begin + notes);
}
