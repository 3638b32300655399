/** The saves of real life that no other test has: Live (simulated), script, hub and client, all real. */
import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { connect } from '@livetree/client';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { PYTHON } from '../simulator.ts';
import { until } from '../soak/stage.ts';
import { Saves, type SavesOptions } from './world.ts';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');

let saves: Saves | undefined;
afterEach(async () => {
  await saves?.close();
  saves = undefined;
});

async function open(options: SavesOptions = {}): Promise<Saves> {
  saves = await Saves.open(options);
  return saves;
}

/** Entries of the log from now on: where they come from, their headline, what they say. */
function logOf({ stage }: Saves) {
  const heard: { readonly origin: string; readonly save?: string; readonly sentences: readonly string[] }[] =
    [];
  const reader = connect(`ws://127.0.0.1:${stage.hub.port}/sync`, { WebSocket, channels: ['log'] });
  reader.onEntry(({ origin, save, sentences }) =>
    heard.push({ origin, sentences, ...(save !== undefined && { save }) }),
  );
  return { heard, close: () => reader.close(), said: () => heard.flatMap(({ sentences }) => sentences) };
}

function put(path: string, bytes: Uint8Array): void {
  writeFileSync(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
}

const last = (decisions: readonly { readonly text: string }[]): string => decisions.at(-1)?.text ?? '';

describe.skipIf(PYTHON === undefined)('saves of real life', () => {
  it.each(['rebuild', 'survive'])(
    '[LIFE-5] Revert (%s): what was listed goes away, and nothing is lost',
    async (how) => {
      const at = await open();
      const log = logOf(at);
      await at.edit('rename_track', { track: { index: 2 }, name: 'Not wanted' });
      await at.edit('set_tempo', { tempo: 171 });
      await at.list(2);
      const ids = at.nodes().map(({ id }) => id);
      await at.stage.simulator.ask({ do: 'open', path: at.path, how });
      await until('the file is open again', () => at.idOf('Not wanted') === undefined);
      const { lost, state } = await at.is(
        'nothing is listed, nothing lost',
        (unsaved) => unsaved.state === 'compared' && unsaved.total === 0 && unsaved.lost.length === 0,
      );
      expect([lost, state]).toEqual([[], 'compared']);
      expect(at.nodes().map(({ id }) => id)).toEqual(ids);
      if (how === 'rebuild')
        await until('it is told', () => log.said().includes('Reverted to the file: 2 changes given up'));
      log.close();
    },
    40_000,
  );

  it('[LIFE-5] a script that is taken out and put in again has lost nothing', async () => {
    const at = await open();
    await at.edit('set_tempo', { tempo: 171 });
    await at.list(1);
    await at.stage.simulator.ask({ do: 'disconnect' });
    await at.is('it is set aside', (unsaved) => unsaved.lost.length === 1);
    await at.stage.simulator.ask({ do: 'connect' });
    await at.is('it is listed again', ({ total, lost }) => total === 1 && lost.length === 0);
  }, 40_000);

  it('[LIFE-6] git puts an older save of Live there: told, the list stays; the newest again, and all is well', async () => {
    const at = await open();
    const first = readFileSync(at.path);
    await at.edit('rename_track', { track: { index: 2 }, name: 'In the second save' });
    await at.save();
    const second = readFileSync(at.path);
    await at.edit('set_tempo', { tempo: 171 });
    await at.list(1);
    put(at.path, first);
    const foreign = await at.is('it is not the Set that is open', ({ state }) => state === 'foreign');
    expect(last(foreign.decisions)).toMatch(
      /^The file on disk is not the Set that is open: it is an earlier/,
    );
    expect(foreign.changes.map(({ sentence }) => sentence)).toEqual([expect.stringContaining('171')]);
    expect(at.idOf('In the second save')).toBeDefined();
    put(at.path, second);
    await at.is('it is again', ({ state }) => state === 'compared');
    put(at.path, first);
    await at.is('once more', ({ state }) => state === 'foreign');
    await at.save();
    await at.is('Live has written over it', ({ state, total }) => state === 'compared' && total === 0);
  }, 40_000);

  it('[LIFE-7] a file with less pointees than the last save is older, though nobody has seen it', async () => {
    const at = await open();
    await at.edit('add_device', { track: { index: 2 }, class_name: 'Eq8' });
    await at.save();
    await at.list(0);
    const older = gunzipSync(readFileSync(at.path))
      .toString()
      .replace(/<NextPointeeId Value="\d+"/, '<NextPointeeId Value="7"')
      .replace(/<Tempo>([\s\S]*?)<Manual Value="[^"]*"/, '<Tempo>$1<Manual Value="77"');
    put(at.path, gzipSync(older));
    const { decisions, total } = await at.is('it is older', ({ state }) => state === 'foreign');
    expect(last(decisions)).toContain('it is older than the last save that Live wrote');
    expect(total).toBe(0);
  }, 40_000);

  it('[LIFE-8] a file with a track more than Live, of nobody knows whom: Live is asked, and it is not taken up', async () => {
    const at = await open();
    const log = gunzipSync(readFileSync(at.path)).toString();
    const [track = ''] = /<MidiTrack [\s\S]*?<\/MidiTrack>/.exec(log) ?? [];
    const fresh = track.replaceAll(/ Id="(\d+)"/g, (_, id) => ` Id="${Number(id) + 700_000}"`);
    const more = log
      .replace(track, `${track}${fresh}`)
      .replace(/<NextPointeeId Value="\d+"/, '<NextPointeeId Value="1500000"');
    put(at.path, gzipSync(more));
    const { decisions, total } = await at.is('it is not ours', ({ state }) => state === 'foreign');
    expect(last(decisions)).toContain('it does not hold the same things as Live');
    expect(total).toBe(0);
    await at.edit('set_tempo', { tempo: 171 });
    await at.save();
    await at.is('Live has written over it', ({ state }) => state === 'compared');
    await at.list(0);
  }, 40_000);

  it('[LIFE-9] a track that Live missed to tell of is found at the save, and paired', async () => {
    const at = await open({ faults: 'none' });
    const { simulator } = at.stage;
    await simulator.ask({ do: 'faults', set: 'none,lost=1' });
    const before = at.nodes().filter(({ kind }) => kind === 'track').length;
    await at.edit('add_midi_track');
    await simulator.ask({ do: 'faults', set: 'none' });
    await at.save();
    await at.stage.simulator.ask({ do: 'quiet' });
    const { disagreements } = await at.is(
      'it is found, and nothing listed',
      ({ total, state, mismatches }) => {
        const tracks = at.nodes().filter(({ kind }) => kind === 'track').length;
        // On a busy machine the audit is there before the save, and says so by its own words.
        const isTold = mismatches['track.place'] === 1 || mismatches['set.tracks'] === 1;
        const isFound = tracks === before + 1 && isTold;
        return isFound && total === 0 && state === 'compared';
      },
    );
    expect(disagreements).toEqual({});
  }, 40_000);

  it('[LIFE-10] a hub that comes after 200 edits lists what differs, and a save takes it up', async () => {
    const at = await open({
      from: join(FIXTURES, 'demo-live.als'),
      historyDir: undefined,
      faults: 'none',
      seed: 4,
    });
    await at.stage.hub.close();
    await at.stage.simulator.ask({ do: 'musician', steps: 200, temperament: 'editing' });
    await at.stage.restartHub();
    await at.stage.isRead();
    const { total, state, lost } = await at.is('it is compared', (unsaved) => unsaved.state === 'compared');
    expect([state, lost]).toEqual(['compared', []]);
    expect(total).toBeGreaterThan(10);
    // What the file alone knows of which thing can only be guessed until Live saves.
    expect(await at.stage.compareLive()).toEqual([]);
    await at.saveNow();
    const after = await at.is('nothing is listed', (unsaved) => unsaved.total === 0);
    expect(after).toMatchObject({ mismatches: {}, disagreements: {} });
    expect(await at.stage.compare()).toEqual([]);
  }, 60_000);

  it('[LIFE-1] Collect All and Save in Live: one line of Live, one of the save, nothing listed', async () => {
    const xml = gunzipSync(readFileSync(join(FIXTURES, 'demo-live.als'))).toString();
    const cache = join(import.meta.dirname, '../../.cache');
    mkdirSync(cache, { recursive: true });
    const from = join(cache, `scattered-${process.pid}.als`);
    writeFileSync(from, gzipSync(xml.replaceAll(/"[^"]*Samples\/[^/"]*\//g, '"/Users/mira/Desktop/Loops/')));
    const at = await open({ from });
    const log = logOf(at);
    await at.edit('collect_samples', { folder: at.folder });
    await at.save();
    await until('Live has told', () => log.heard.some(({ origin }) => origin === 'live'));
    const collected = expect.stringMatching(/^\d\d samples collected into the project$/);
    expect(log.heard).toEqual([
      { origin: 'file', save: collected, sentences: [collected] },
      { origin: 'live', sentences: [collected] },
    ]);
    await at.list(0);
    log.close();
  }, 60_000);

  it('[LIFE-12] a Set begun from a template: the template is not its file; its first save keeps all ids', async () => {
    const at = await open();
    const template = join(at.folder, 'My Template.als');
    copyFileSync(join(FIXTURES, 'small-l12.als'), template);
    const bytes = readFileSync(template);
    await at.stage.simulator.ask({ do: 'open', path: template, template: true, how: 'rebuild' });
    const begun = () =>
      at.stage.viewer.sets.find(({ path, live }) => path === undefined && live.leads === true);
    await until('it is read', () => begun()?.live.state === 'live' && begun()?.live.progress === undefined);
    at.stage.viewer.choose(begun()?.id ?? at.stage.viewer.sets[0]?.id ?? ('' as never));
    await until('it is shown', () => at.stage.viewer.set?.id === begun()?.id && at.root !== undefined);
    const { id, file } = at.stage.viewer.set ?? {};
    expect(file).toMatchObject({ state: 'missing', problem: 'This Set has not been saved yet.' });
    await at.edit('set_tempo', { tempo: 171 });
    await until('Live is followed', () => at.root?.props.tempoBpm === 171);
    const ids = at.nodes().map((node) => node.id);
    const path = join(at.folder, 'New Song.als');
    await at.stage.simulator.ask({ do: 'save', path });
    await at.is('its first save is compared', ({ state }) => state === 'compared');
    await at.list(0);
    expect(at.stage.viewer.set).toMatchObject({ id, path });
    expect(at.nodes().map((node) => node.id)).toEqual(ids);
    expect(readFileSync(template).equals(bytes)).toBe(true);
  }, 60_000);

  it('[LIFE-13] a Live that tells no path, and its file opened by hand: beside each other, each says what it is', async () => {
    const at = await open({ profile: '11.0.0', from: join(FIXTURES, 'small-l11.als'), isPathless: true });
    const sets = at.stage.viewer.sets;
    expect(sets.map(({ path, live }) => [path === undefined, live.leads === true])).toContainEqual([
      true,
      true,
    ]);
    const own = sets.find(({ path }) => path === undefined);
    expect(own?.file.problem).toContain('does not tell where its Set lies');
    const { port, token = '' } = at.stage.hub;
    const reader = connect(`ws://127.0.0.1:${port}/sync?token=${token}`, { WebSocket });
    await until('it follows', () => reader.status.state === 'following');
    expect(await reader.command({ name: 'open_path', args: { path: at.path } })).toMatchObject({ ok: true });
    await until('the file is read', () =>
      at.stage.viewer.sets.some(({ path, file }) => path === at.path && file.state === 'ok'),
    );
    expect(at.stage.viewer.sets).toHaveLength(2);
    expect(at.stage.viewer.sets.find(({ path }) => path === undefined)?.live).toMatchObject({ leads: true });
    reader.close();
  }, 60_000);

  it('[LIFE-11] two Sets in one folder, and Live goes from one to the other: each has its own list', async () => {
    const at = await open();
    const other = join(at.folder, 'Other.als');
    copyFileSync(join(FIXTURES, 'demo.als'), other);
    const first = at.stage.viewer.set?.id;
    await at.edit('set_tempo', { tempo: 171 });
    await at.list(1);
    await at.stage.simulator.ask({ do: 'open', path: other, how: 'rebuild' });
    await until('the other is shown', () => at.stage.shows(other));
    await at.list(0);
    await at.edit('rename_track', { track: { index: 0 }, name: 'Of the other' });
    expect(await at.list(1)).toEqual([expect.stringContaining('Of the other')]);
    const lost = (): readonly unknown[] =>
      at.stage.viewer.sets.flatMap(({ id, name, unsaved }) => [id === first, name, unsaved?.lost]);
    await until('what was left is kept', () => lost().join() === 'true,Song,1,false,Other,0');
  }, 60_000);
});
