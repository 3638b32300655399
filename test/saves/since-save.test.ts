/** The list of changes since the last save, over the saves of real life: Live (simulated), script, hub, client. */
import { copyFileSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@livetree/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { PYTHON } from '../simulator.ts';
import { until } from '../soak/stage.ts';
import { Saves } from './world.ts';

const HOUR_MS = 3_600_000;

describe.skipIf(PYTHON === undefined)('a Set that is open in Live', () => {
  let saves: Saves;
  beforeAll(async () => {
    saves = await Saves.open({ seed: 3 });
  }, 60_000);
  afterAll(() => saves.close());

  it('[REC-101] nothing is listed as Live comes; an edit is, with old and new; undone it is not', async () => {
    expect(await saves.list(0)).toEqual([]);
    await saves.edit('set_tempo', { tempo: 133 });
    const [line] = await saves.list(1);
    expect(line).toMatch(/133/);
    await saves.edit('undo');
    await saves.list(0);
    expect(saves.stage.viewer.set?.unsaved).toMatchObject({ changes: 0, lost: 0 });
  });

  it('[REC-102] arm and solo are performance state: apart, and never counted', async () => {
    await saves.edit('solo_track', { track: { index: 1 } });
    const { total } = await saves.is('it is apart', ({ performance }) => performance.length > 0);
    expect(total).toBe(0);
    await saves.edit('solo_track', { track: { index: 1 } });
    await saves.is('it is over', ({ performance }) => performance.length === 0);
  });

  it('[REC-103] a save takes up what it holds; ids stay, and what the file alone knows is as of that save', async () => {
    await saves.edit('rename_track', { track: { index: 0 }, name: 'Saved' });
    await saves.edit('add_midi_track', { name: 'Made in Live' });
    await saves.list(2);
    const ids = saves.nodes().map(({ id }) => id);
    const { savedAt = 0 } = await saves.is('there is a save', () => true);
    const after = await saves.save();
    expect(after.total).toBe(0);
    expect(after.savedAt).toBeGreaterThan(savedAt);
    expect(saves.nodes().map(({ id }) => id)).toEqual(ids);
    expect(after).toMatchObject({ discrepancies: {}, disagreements: {}, mismatches: {} });
  });

  it('[REC-104] edits that come while a slow save is written stay in the list', async () => {
    await saves.edit('rename_track', { track: { index: 0 }, name: 'In the save' });
    await saves.list(1);
    const { simulator } = saves.stage;
    const saving = simulator.ask({ do: 'save', pattern: 'slow' });
    await Promise.all([saving, saves.edit('rename_track', { track: { index: 2 }, name: 'After the save' })]);
    await saves.is(
      'what came after it is left',
      ({ changes }) => changes.map(({ sentence }) => sentence.includes('After the save')).join() === 'true',
    );
    await saves.save();
    await saves.list(0);
  });

  it('[REC-105] a time of the file that is wrong by an hour changes nothing', async () => {
    await saves.edit('rename_track', { track: { index: 0 }, name: 'At another hour' });
    await saves.list(1);
    await saves.stage.simulator.ask({ do: 'save' });
    const wrong = new Date(Date.now() - HOUR_MS);
    utimesSync(saves.path, wrong, wrong);
    await saves.list(0);
  });

  it('[REC-106] an event that was missed is found at the save: Live is asked again, a mismatch is counted', async () => {
    const { simulator } = saves.stage;
    await simulator.ask({ do: 'faults', set: 'none,lost=1' });
    await saves.edit('rename_scene', { scene: { index: 0 }, name: 'Nobody was told' });
    await simulator.ask({ do: 'faults', set: 'none' });
    await saves.save();
    const { mismatches, disagreements } = await saves.is(
      'it is counted',
      (unsaved) => Object.keys(unsaved.mismatches).length > 0,
    );
    expect([mismatches, disagreements]).toEqual([{ 'scene.name': 1 }, {}]);
    expect(saves.idOf('Nobody was told')).toBeDefined();
    await saves.list(0);
  });

  it('[REC-107] a copy beside it (a conflict of a sync folder, a second Set) is another file: nothing happens', async () => {
    await saves.edit('set_tempo', { tempo: 140 });
    await saves.list(1);
    copyFileSync(saves.path, join(saves.folder, "Song (Anna's conflicted copy 2026-01-02).als"));
    copyFileSync(saves.path, join(saves.folder, 'Other.als'));
    await saves.edit('set_tempo', { tempo: 141 });
    await saves.list(1);
    expect(saves.stage.viewer.sets).toHaveLength(1);
    await saves.save();
    await saves.list(0);
  });

  it('[REC-108] a foreign file under the path: told, ids stay, the list is that against the last own save', async () => {
    await saves.edit('set_tempo', { tempo: 150 });
    await saves.list(1);
    const ids = saves.nodes().map(({ id }) => id);
    const own = readFileSync(saves.path);
    copyFileSync(join(import.meta.dirname, '../../fixtures/demo.als'), saves.path);
    const { total, decisions } = await saves.is('it is foreign', ({ state }) => state === 'foreign');
    expect(total).toBe(1);
    expect(decisions.at(-1)?.text).toMatch(/^The file on disk is not the Set that is open/);
    expect(saves.nodes().map(({ id }) => id)).toEqual(ids);
    writeFileSync(`${saves.path}.new`, own);
    renameSync(`${saves.path}.new`, saves.path);
    await saves.is('the own save is back', ({ state }) => state === 'compared');
    expect(await saves.list(1)).toMatchObject([expect.stringContaining('150')]);
  });

  it('[REC-109] Save As: the same Set, the same ids, the list empty, in the new file', async () => {
    const { id } = saves.stage.viewer.set ?? {};
    const ids = saves.nodes().map((node) => node.id);
    const path = join(saves.folder, 'Song 2.als');
    await saves.stage.simulator.ask({ do: 'save', path });
    await saves.is('the new file is compared', () => saves.stage.viewer.set?.path === path);
    await saves.list(0);
    expect(saves.stage.viewer.set?.id).toBe(id);
    expect(saves.nodes().map((node) => node.id)).toEqual(ids);
    saves.path = path;
  });

  it('[REC-110] Live says goodbye: the file comes back in one change under its ids; what was set aside is told and kept', async () => {
    await saves.edit('rename_track', { track: { index: 0 }, name: 'Not saved' });
    await saves.list(1);
    const lines: string[] = [];
    const url = `ws://127.0.0.1:${saves.stage.hub.port}/sync`;
    const reader = connect(url, { WebSocket, channels: ['log'] });
    reader.onEntry((entry) => lines.push(...entry.sentences));
    const kept = saves.idOf('Not saved');
    await saves.stage.simulator.ask({ do: 'disconnect' });
    const { lost } = await saves.is('it is kept', (unsaved) => unsaved.lost.length > 0);
    expect(lost[0]?.acts).toMatchObject([{ sentence: expect.stringContaining('Not saved') }]);
    expect(saves.nodes().some(({ id }) => id === kept)).toBe(true);
    expect(saves.idOf('Not saved')).toBeUndefined();
    await until('the log says so', () => lines.includes('Closed without saving: 1 change set aside'));
    reader.close();
  });
});
