/** Live (simulated), the real Remote Script in real Python, the hub, a client: nothing is stood in for but Live. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Described } from './simulator.ts';
import { PYTHON } from './simulator.ts';
import { CORPUS } from './soak/games.ts';
import { type Game, play } from './soak/play.ts';
import { Stage, type StageOptions, until } from './soak/stage.ts';

const REAL = join(CORPUS, 'files/producerpal_e2e_test_set.als');
const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function open(options: StageOptions = {}): Promise<Stage> {
  const stage = await Stage.open(options);
  ends.push(() => stage.close());
  return stage;
}

/** Kinds of the ops that one edit brings to the client. */
async function opsOf(stage: Stage, name: string, args: Readonly<Record<string, unknown>>): Promise<string[]> {
  stage.changes.length = 0;
  await stage.simulator.edit(name, args);
  expect(await stage.compare()).toEqual([]);
  return stage.changes.flatMap(({ ops }) => ops.map(({ op }) => op));
}

/** A game of the musician that finds no difference; without broken things nothing had to be mended either. */
async function holds(game: Partial<Game>, isClean = true): Promise<void> {
  const outcome = await play({ seed: 1, temperament: 'mixed', edits: 300, round: 50, ...game });
  expect(outcome.differences).toEqual([]);
  expect(outcome).toMatchObject({
    edits: game.edits ?? 300,
    comparisons: (game.edits ?? 300) / (game.round ?? 50),
  });
  expect(outcome.frames).toBeGreaterThan(outcome.comparisons);
  if (isClean) expect(outcome.mended).toEqual({});
}

const uids = (nodes: readonly Described[] | undefined): readonly number[] =>
  (nodes ?? []).map(({ uid }) => uid);

describe.skipIf(PYTHON === undefined)('one edit in Live', () => {
  it('[E2E-9] a rename is one set at the client', async () => {
    const stage = await open({ speed: '1' });
    const times: number[] = [];
    for (let at = 0; at < 20; at++) {
      const name = `Renamed ${at}`;
      const { at: edited } = await stage.simulator.edit('rename_track', { track: { index: 0 }, name });
      const isThere = (): boolean => stage.viewer.tree?.lists.tracks?.[0]?.props['name' as never] === name;
      await until('the name comes', isThere);
      times.push((stage.changes.at(-1)?.at ?? 0) - edited);
    }
    const sets = stage.changes.flatMap(({ ops }) => ops.map(({ op }) => op));
    expect(sets).toEqual(Array.from({ length: 20 }, () => 'set'));
    times.sort((a, b) => a - b);
    process.stdout.write(
      `rename, from Live to the client: p50 ${times[10]?.toFixed(1)} ms, max ${times[19]?.toFixed(1)} ms\n`,
    );
  });

  it('[E2E-20] a dragged track, a dragged group and a dragged device are one move each', async () => {
    const stage = await open({ seed: 4 });
    const { lists } = await stage.truth();
    const [, second = 0, third = 0, last = 0] = uids(lists['tracks']);
    expect(await opsOf(stage, 'move_track', { track: last, index: 0 })).toEqual(['move']);
    const made = await stage.simulator.edit('group_tracks', { track: second, count: 2 });
    const group = (made.result as { readonly uid: number }).uid;
    expect(await stage.compare()).toEqual([]);
    expect(await opsOf(stage, 'move_track', { track: group, index: 0, group: null })).toEqual(['move']);
    // Out of the group: Live leads its output to Main instead of to the group, too.
    const out = await opsOf(stage, 'move_track', { track: third, index: 0, group: null });
    expect(out.toSorted()).toEqual(['move', 'set']);
    const [device = 0] = uids(lists['tracks']?.[1]?.lists['devices']);
    expect(await opsOf(stage, 'move_device', { device, to: last, index: 0 })).toEqual(['move']);
    expect(await opsOf(stage, 'move_device', { device, to: second, index: 0 })).toEqual(['move']);
    const [scene = 0] = uids(lists['scenes']);
    expect(await opsOf(stage, 'move_scene', { scene, index: 2 })).toEqual(['move']);
  });

  it('[E2E-21] a new scene, a new track and a new device are one insert each; deleting them is one remove', async () => {
    const stage = await open({ seed: 5 });
    for (const [add, remove, what] of [
      ['add_scene', 'delete_scene', 'scene'],
      ['add_midi_track', 'delete_track', 'track'],
      ['add_device', 'delete_device', 'device'],
      ['add_locator', 'delete_locator', 'locator'],
    ] as const) {
      stage.changes.length = 0;
      const made = await stage.simulator.edit(add, what === 'device' ? { class_name: 'Eq8' } : {});
      expect(await stage.compare()).toEqual([]);
      const kinds = stage.changes.flatMap(({ ops }) => ops.map(({ op }) => op));
      expect(kinds.filter((op) => op === 'insert')).toHaveLength(1);
      expect(kinds.filter((op) => op !== 'insert' && op !== 'set')).toEqual([]);
      const { uid } = made.result as { readonly uid: number };
      const ops = await opsOf(stage, remove, { [what]: uid });
      expect(ops.filter((op) => op === 'remove')).toHaveLength(1);
      expect(ops.filter((op) => op !== 'remove' && op !== 'set')).toEqual([]);
    }
  });
});

describe.skipIf(PYTHON === undefined)('a musician', () => {
  it('[E2E-10] edits for long: at every quiet point the tree is the truth, and nothing had to be mended', () =>
    holds({ temperament: 'editing', edits: 600, seed: 7 }));

  it('[E2E-10] performs and automates: what automation moves is no change, all else is the truth', async () => {
    await holds({ temperament: 'performing', seed: 8 });
    await holds({ temperament: 'automating', seed: 9 });
  });

  it('[E2E-10] whatever nobody knows of Live: order, repeats, early and half told, pointers used again, menus', () =>
    holds({ faults: 'default,reuse,silent_replace,new_on_move,stalls', edits: 600, seed: 10 }));

  it('[E2E-10] in Live 11.0', () => holds({ profile: '11.0.0', seed: 11 }));

  it.skipIf(!existsSync(REAL))('[E2E-10] on a real Set', () => holds({ set: REAL, seed: 12 }));

  it('[E2E-22] without audit, sweep and resync the tree is the same: they correct nothing', async () => {
    await holds({ mends: false, temperament: 'editing', seed: 13 });
    if (existsSync(REAL)) await holds({ mends: false, set: REAL, seed: 14 });
  });

  it('[E2E-23] where Live refuses listeners and raises at reading, the tree is the truth all the same', () =>
    holds({ faults: 'default,refuse,reads', seed: 15 }, false));

  it('[E2E-24] what Live never told of is found by the audit, and counted as a mismatch', async () => {
    const stage = await open({ seed: 16, faults: 'none,lost=1' });
    await stage.simulator.edit('rename_scene', { scene: { index: 0 }, name: 'Nobody was told' });
    expect(await stage.compare()).not.toEqual([]);
    const isMended = async (): Promise<boolean> => {
      await stage.simulator.ask({ do: 'wait', seconds: 5 });
      const props = stage.viewer.tree?.lists.scenes?.[0]?.props;
      return props !== undefined && 'name' in props && props.name === 'Nobody was told';
    };
    await until('the audit finds it', isMended);
    expect(await stage.compare()).toEqual([]);
    expect(await stage.mended()).toEqual({ mismatches: 1 });
  });
});
