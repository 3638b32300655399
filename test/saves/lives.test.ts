/** What happens between two Lives and two hubs: ids stay, and what was not saved is kept. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { connect } from '@livetree/client';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { PYTHON } from '../simulator.ts';
import { NOBODY, until } from '../soak/stage.ts';
import { Saves, type SavesOptions } from './world.ts';

let saves: Saves | undefined;
afterEach(async () => {
  await saves?.close();
  saves = undefined;
});

async function open(options: SavesOptions = {}): Promise<Saves> {
  saves = await Saves.open(options);
  return saves;
}

/** Edits by name, the same in every Live that has the same file. */
async function editSome(at: Saves): Promise<void> {
  await at.edit('rename_track', { track: { index: 2 }, name: 'Not saved' });
  await at.edit('set_tempo', { tempo: 171 });
  await at.edit('add_device', { track: { index: 2 }, class_name: 'Eq8' });
  await at.edit('rename_scene', { scene: { index: 0 }, name: 'Nor this' });
}

describe.skipIf(PYTHON === undefined)('one Set over time', () => {
  it('[REC-111] edit, save, edit, another hub, another Live, Save As, the next day: each thing keeps its id', async () => {
    const at = await open();
    const { stage } = at;
    await at.edit('rename_track', { track: { index: 2 }, name: 'Followed' });
    await at.edit('add_device', { track: { name: 'Followed' }, class_name: 'Eq8' });
    await at.list(2);
    const followed = ['Followed', 'EQ Eight', 'Riff', 'Tone Rack', 'Drei ä', 'B'];
    const ids = followed.map((name) => at.idOf(name));
    expect(ids).not.toContain(undefined);
    const now = (): readonly unknown[] => followed.map((name) => at.idOf(name));
    await at.save();
    expect(now()).toEqual(ids);
    await at.edit('set_tempo', { tempo: 99 });
    await at.list(1);
    await stage.restartHub();
    await stage.isRead();
    expect(now()).toEqual(ids);
    expect(await at.list(1)).toMatchObject([expect.stringContaining('99')]);
    await at.save();
    await at.list(0);
    await stage.restartLive(at.path);
    expect(now()).toEqual(ids);
    const path = join(at.folder, 'Next.als');
    await stage.simulator.ask({ do: 'save', path });
    await at.is(
      'the new file is compared',
      ({ state }) => stage.viewer.set?.path === path && state === 'compared',
    );
    expect(now()).toEqual(ids);
    await stage.simulator.ask({ do: 'disconnect' });
    await until('the file is shown', () => stage.viewer.set?.live.state === 'none');
    expect(now()).toEqual(ids);
    await stage.restartHub([path]);
    expect(now()).toEqual(ids);
    await stage.restartLive(path);
    expect(now()).toEqual(ids);
    await at.list(0);
  }, 90_000);

  it('[HIST-71] a hub that ended before it had shown all of a save: the next one shows it before Live is back', async () => {
    const at = await open();
    const { stage } = at;
    const annotations = (): readonly unknown[] =>
      at.nodes().flatMap(({ props }) => ('annotation' in props ? [props.annotation] : []));
    expect(annotations()).not.toContain('Only the file');
    const ids = at.nodes().map(({ id }) => id);
    await stage.restartHub([at.path], () => {
      stage.relay.target = NOBODY;
      stage.relay.cut();
      annotate(at.path, 'Only the file');
    });
    await until('the rest is shown', () => annotations().includes('Only the file'), 5000);
    expect(stage.viewer.set?.live).toMatchObject({ state: 'gone', leads: true });
    expect(at.nodes().map(({ id }) => id)).toEqual(ids);
    const shown = at.root;
    stage.relay.target = stage.hub.port;
    await stage.isRead();
    await at.is('it is compared', ({ state }) => state === 'compared');
    expect(at.root).toEqual(shown);
    await stage.restartHub([at.path]);
    await stage.isRead();
    expect(at.root).toEqual(shown);
  }, 60_000);
});

/** What no Live tells: all info texts that are empty. */
const annotate = (path: string, text: string): void => {
  const xml = gunzipSync(readFileSync(path)).toString('utf8');
  writeFileSync(path, gzipSync(xml.replaceAll('<Annotation Value="" />', `<Annotation Value="${text}" />`)));
};

describe.skipIf(PYTHON === undefined)('Live is killed with changes that were not saved', () => {
  it('[REC-112] they are kept, over a restart of the hub; with the old file they stay lost, until dismissed', async () => {
    const at = await open();
    await editSome(at);
    const lines = await at.list(4);
    await at.stage.simulator.close();
    const { lost } = await at.is('they are kept', (unsaved) => unsaved.lost.length === 1);
    expect(lost[0]?.acts.map(({ sentence }) => sentence)).toEqual(lines);
    const device = lost[0]?.acts.find(({ sentence }) => sentence.includes('EQ Eight'));
    expect(device?.details?.length).toBeGreaterThan(2);
    await at.stage.restartHub([at.path]);
    await at.is('they are still there', (unsaved) => unsaved.lost[0]?.acts.length === 4);
    await at.stage.restartLive(at.path);
    const after = await at.is(
      'the old file is open',
      ({ state, total }) => state === 'compared' && total === 0,
    );
    expect(after.lost[0]?.acts.filter(({ isBack }) => isBack === true)).toEqual([]);
    expect(at.stage.viewer.set?.unsaved).toEqual({ changes: 0, lost: 4 });
    const { port, token = '' } = at.stage.hub;
    const reader = connect(`ws://127.0.0.1:${port}/sync?token=${token}`, { WebSocket });
    await until('it follows', () => reader.status.state === 'following');
    const args = { lost: lost[0]?.id ?? '' };
    expect(await reader.command({ name: 'dismiss', args })).toMatchObject({ ok: true });
    await at.is('they are dismissed', (unsaved) => unsaved.lost.length === 0);
    reader.close();
  }, 60_000);

  it('[REC-113] Live that returns with them ticks them off; the same run that comes back has lost nothing', async () => {
    const at = await open();
    await editSome(at);
    await at.list(4);
    at.stage.relay.cut();
    await until('it is there again', () => at.stage.viewer.set?.live.state === 'live');
    await at.is('nothing was lost', (unsaved) => unsaved.lost.length === 0 && unsaved.total === 4);
    await at.stage.restartLive(at.path, () => editSome(at));
    const { lost } = await at.is('they are ticked off', ({ lost: [first], state }) => {
      return state === 'compared' && first?.acts.every(({ isBack }) => isBack === true) === true;
    });
    expect(lost[0]?.acts).toHaveLength(4);
    expect(at.stage.viewer.set?.unsaved).toEqual({ changes: 4, lost: 0 });
  }, 60_000);
});
