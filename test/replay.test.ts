/** The recorded run of the demo, played to a real hub over a real socket. */
import { copyFileSync, mkdtempSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connect } from '@livetree/client';
import { startHub } from '@livetree/hub';
import type { NodeOf } from '@livetree/live-set';
import { walk } from '@livetree/live-set';
import { SCRIPT_PROTOCOL_VERSION, type Unsaved } from '@livetree/protocol';
import { decodeScriptMessage } from '@livetree/protocol/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startPlayer } from '../packages/cli/src/demo/player.ts';
import { readRecording } from '../packages/cli/src/demo/recording.ts';
import { ownFile } from '../packages/cli/src/own-files.ts';
import { FAULTS, until } from './soak/stage.ts';
import { type Plain, withoutIds } from './truth.ts';

/** What to do when the recording is older than what it is played to. */
const AGAIN = 'the recorded run is of another protocol: npx tsc -b && node fixtures/record-demo.mjs';
const SET = resolve(import.meta.dirname, '../fixtures/demo-live.als');
/** s since 1970: the Set was saved before Live opened it. */
const HOUR_AGO = Date.now() / 1_000 - 3_600;
const MOST_BYTES = 400_000;
const LEAST_SECONDS = 180;

const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const recording = await readRecording();

/**
 * A hub to which the run is played; at each end of it the test decides when it goes on.
 * @param isLate the file is not there before {@link putFile}
 */
async function stage({ isLate = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'livetree-replay-'));
  ends.push(async () => rmSync(folder, { recursive: true }));
  const set = join(folder, 'Night Bus.als');
  const putFile = (): void => {
    copyFileSync(SET, set);
    utimesSync(set, HOUR_AGO, HOUR_AGO);
  };
  if (!isLate) putFile();
  const hub = await startHub({ port: 0, paths: isLate ? [] : [set], stateDir: folder });
  ends.push(() => hub.close());
  const viewer = connect(`ws://127.0.0.1:${hub.port}/sync?token=${hub.token}`, { WebSocket });
  ends.push(async () => viewer.close());
  const atEnd: (() => void)[] = [];
  const onEnd = () => new Promise<void>((goOn) => atEnd.push(goOn));
  const player = startPlayer({ recording, port: hub.port, set, speed: 2_000, onEnd });
  ends.push(() => player.close());
  const counters = async (): Promise<Readonly<Record<string, number>>> => {
    const text = await (await fetch(`${hub.url}metrics`)).text();
    const found = [...text.matchAll(/^livetree_script_(\w+)_total (\d+)$/gm)];
    return Object.fromEntries(found.map(([, name = '', value]) => [name, Number(value)]));
  };
  const root = async (): Promise<NodeOf<'set'>> => {
    const answer = await fetch(`${hub.url}api/sets/${viewer.set?.id}/tree`);
    return ((await answer.json()) as { readonly root: NodeOf<'set'> }).root;
  };
  /** What changed since the save, in the order of its words; as soon as it holds so many lines. */
  const list = async (total?: number): Promise<readonly string[]> => {
    let found: Unsaved | null = null;
    await until('the list is made', async () => {
      const answer = await fetch(`${hub.url}api/sets/${viewer.set?.id}/unsaved`);
      found = (await answer.json()) as Unsaved | null;
      return found?.state === 'compared' && (total === undefined || found.total === total);
    });
    return (found as Unsaved | null)?.changes.map(({ sentence }) => sentence).toSorted() ?? [];
  };
  return { viewer, ends: atEnd, counters, root, putFile, list };
}

const namesOf = (nodes: readonly { readonly props: object }[] = []): readonly string[] =>
  nodes.map(({ props }) => plain('name' in props ? String(props.name) : ''));
/** The number or letter that Live puts before a name of its own is no part of the name. */
const plain = (name: string): string => name.replace(/^(?:\d+|[A-L])-/, '');

/** Tracks in the order of Live: a group before its members. */
const tracksOf = (root: NodeOf<'set'>): readonly string[] =>
  namesOf((root.lists.tracks ?? []).flatMap((top) => [...walk(top)].filter(({ kind }) => kind === 'track')));

const count = (root: NodeOf<'set'>, kind: string): number =>
  [...walk(root)].filter((node) => node.kind === kind).length;

/** Faults of the hub's counting that are not 0. */
function faultsIn(counters: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const found = FAULTS.map((name) => [name, counters[name] ?? Number.NaN] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== 0));
}

describe('the recorded run', () => {
  let played: Awaited<ReturnType<typeof stage>>;

  beforeAll(async () => {
    played = await stage();
    await until('it was played', () => played.ends.length === 1);
  });

  it('[REPLAY-2] is of the protocol that the hub speaks, small, and long enough to be watched', () => {
    expect(recording.protocol, AGAIN).toBe(SCRIPT_PROTOCOL_VERSION);
    const run = '0'.repeat(32);
    const own = {
      hello: { run },
      events: { run, seq: 1, time: 0 },
      ephemeral: { run },
      heartbeat: { run, seq: 1, time: 0 },
    };
    const texts = [{ type: 'hello', payload: recording.hello }, ...recording.messages].map(
      ({ type, payload }) =>
        JSON.stringify({
          source: 'remote_script',
          type,
          payload: { ...payload, ...own[type as keyof typeof own] },
        }),
    );
    const wrong = texts.map(decodeScriptMessage).filter(({ ok }) => !ok);
    expect(wrong, AGAIN).toEqual([]);
    expect(statSync(ownFile('fixtures/demo-recording.jsonl.gz')).size).toBeLessThanOrEqual(MOST_BYTES);
    expect(recording.seconds).toBeGreaterThanOrEqual(LEAST_SECONDS);
  });

  it('[REPLAY-3] leads the hub to what Live had in the end, by its own walk, and nothing has to be mended', async () => {
    const { viewer, counters, root } = played;
    const tree = await root();
    const { tracks, returns, scenes, counts } = recording.end;
    expect(tracksOf(tree), AGAIN).toEqual(tracks.map(plain));
    expect(namesOf(tree.lists.returns)).toEqual(returns.map(plain));
    expect(namesOf(tree.lists.scenes)).toEqual(scenes);
    for (const kind of ['device', 'chain', 'clip', 'locator'])
      expect([kind, count(tree, kind)]).toEqual([kind, counts[kind] ?? 0]);
    const counted = await counters();
    expect(faultsIn(counted), AGAIN).toEqual({});
    expect(counted['audits']).toBeGreaterThan(20);
    expect(viewer.set?.live).toMatchObject({ state: 'live', leads: true, simulated: true, recorded: true });
  });

  it('[REPLAY-4] begins again as a new run, with the saved file in between', async () => {
    const { viewer, ends: atEnd, counters, root } = played;
    await until('the file lies beside it', () => viewer.set?.unsaved !== undefined);
    const first = withoutIds(await root());
    const leads: boolean[] = [];
    viewer.onStatus(() => leads.push(viewer.set?.live.leads === true));
    atEnd[0]?.();
    await until('it was played again', () => atEnd.length === 2);
    expect(leads).toContain(false);
    await until('the file lies beside it again', () => viewer.set?.unsaved !== undefined);
    expect<Plain>(withoutIds(await root())).toEqual(first);
    expect(faultsIn(await counters())).toEqual({});
    expect(viewer.sets).toHaveLength(1);
  });

  it('[REPLAY-5] tells the Set again when the hub asks for it', async () => {
    const { viewer, counters, root } = played;
    const [before, { frames = 0 }] = [await root(), await counters()];
    expect(await viewer.command({ name: 'resync', args: {} })).toMatchObject({ ok: true });
    await until('it was told again', async () => ((await counters())['frames'] ?? 0) > frames);
    expect(await root()).toEqual(before);
    expect(viewer.set?.live.state).toBe('live');
    expect((await counters())['discards']).toBe(0);
  });

  it('[KEEP-1] takes the same things of the file, and lists the same, though it is read only after all edits', async () => {
    const late = await stage({ isLate: true });
    await until('it was played', () => late.ends.length === 1);
    late.putFile();
    const listed = await late.list();
    expect<Plain>(withoutIds(await late.root())).toEqual(withoutIds(await played.root()));
    expect(listed.length).toBeGreaterThan(30);
    expect(await played.list(listed.length)).toEqual(listed);
  });
});
