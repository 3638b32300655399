/** The real-time switch: hub, real script, simulated Live. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@livetree/client';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { livetree } from '../packages/cli/test/support/run.ts';
import { LiveStage, type LiveStageOptions } from './live-stage.ts';
import { PYTHON } from './simulator.ts';
import { until } from './soak/stage.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function open(options: LiveStageOptions = {}): Promise<LiveStage> {
  const stage = await LiveStage.open(options);
  ends.push(() => stage.close());
  await stage.isLive();
  return stage;
}

const kept = ({ folder }: LiveStage): unknown =>
  JSON.parse(readFileSync(join(folder, 'preferences.json'), 'utf8'));

/** Whether the saved file is shown, and nothing is listened to. */
async function isFileOnly(stage: LiveStage): Promise<void> {
  await until('the file is shown', () => {
    const { state, leads } = stage.viewer.set?.live ?? {};
    return state === 'off' && leads === undefined && stage.viewer.tree !== undefined;
  });
  await until('no listener is left', async () => (await stage.listeners()) === 0);
}

const turn = (stage: LiveStage, on: boolean) => stage.viewer.command({ name: 'realtime', args: { on } });

describe.skipIf(PYTHON === undefined)('the real-time switch', () => {
  it('[RT-1] off by a client: the script holds no listener, the file is shown; on: all is read anew', async () => {
    const stage = await open();
    const shows = (name: string): boolean => JSON.stringify(stage.viewer.tree).includes(`"${name}"`);
    await stage.simulator.edit('rename_track', { track: { index: 1 }, name: 'Not saved' });
    await until('it is seen', () => shows('Not saved'));
    expect(await stage.listeners()).toBeGreaterThan(20);
    expect(await turn(stage, false)).toEqual({ ok: true, value: false });
    await isFileOnly(stage);
    await until('the saved names are shown', () => !shows('Not saved'));
    expect(kept(stage)).toEqual({ realtime: false });
    await stage.simulator.edit('rename_track', { track: { index: 1 }, name: 'While off' });
    expect(await turn(stage, true)).toEqual({ ok: true, value: true });
    await stage.isLive();
    await until('all is read', () => shows('While off'));
    expect(await stage.differences()).toEqual([]);
    expect(kept(stage)).toEqual({ realtime: true });
  });

  it('[RT-30] what was listed when it is switched off is not claimed lost, and gone from there when it is on again', async () => {
    const historyDir = mkdtempSync(join(tmpdir(), 'livetree-realtime-'));
    ends.push(async () => rmSync(historyDir, { recursive: true, force: true }));
    const stage = await open({ hub: { single: true, historyDir } });
    const env = { LIVETREE_STATE_DIR: stage.folder };
    const status = async () => (await livetree(['status'], { env })).stdout;
    const badge = () => stage.viewer.set?.unsaved;
    const lines: string[] = [];
    const { port, token } = stage.hub;
    const reader = connect(`ws://127.0.0.1:${port}/sync?token=${token}`, { WebSocket, channels: ['log'] });
    ends.push(async () => reader.close());
    reader.onEntry(({ sentences }) => lines.push(...sentences));
    await stage.simulator.edit('rename_track', { track: { index: 1 }, name: 'Not saved' });
    await until('it is listed', () => badge()?.changes === 1);
    await turn(stage, false);
    await isFileOnly(stage);
    await until('it is set aside', () => badge()?.changes === 0);
    expect(badge()).toEqual({ changes: 0, lost: 0, unfollowed: 1 });
    const off = await status();
    expect(off).toMatch(/^Listed when real time was switched off at \d\d:\d\d: 1 change /m);
    expect(off).toMatch(/real time is off since \d\d:\d\d/);
    expect(off).not.toContain('ended');
    await until('the log says so', () =>
      lines.includes('Real time switched off: 1 change listed until then'),
    );
    await stage.restartHub();
    await until('it is known', () => badge() !== undefined);
    expect(badge()).toEqual({ changes: 0, lost: 0, unfollowed: 1 });
    await turn(stage, true);
    await stage.isLive();
    await until('it is listed anew', () => badge()?.changes === 1);
    expect(badge()).toEqual({ changes: 1, lost: 0 });
  });

  it('[RT-31] what is saved while it is off is known from the file, and no longer told as listed', async () => {
    const stage = await open();
    const badge = () => stage.viewer.set?.unsaved;
    await stage.simulator.edit('rename_track', { track: { index: 1 }, name: 'To be saved' });
    await until('it is listed', () => badge()?.changes === 1);
    await turn(stage, false);
    await until('it is set aside', () => badge()?.unfollowed === 1);
    await stage.simulator.edit('rename_track', { track: { index: 0 }, name: 'While off' });
    await stage.simulator.ask({ do: 'save' });
    await until('it is in the file', () => badge() === undefined);
  });

  it('[RT-2] off and on at port 9001 of the script reach the hub, which keeps them', async () => {
    const stage = await open();
    expect(await stage.command('realtime off')).toMatchObject({ ok: true, result: { realtime: false } });
    await isFileOnly(stage);
    await until('it is kept', () => JSON.stringify(kept(stage)) === '{"realtime":false}');
    expect(await stage.command('realtime')).toMatchObject({ result: { realtime: false } });
    expect(await stage.command('realtime on')).toMatchObject({ ok: true, result: { realtime: true } });
    await stage.isLive();
    expect(kept(stage)).toEqual({ realtime: true });
    expect(await stage.differences()).toEqual([]);
  });

  it('[RT-3] is kept over a restart of the hub, and what was turned at the script meanwhile holds', async () => {
    const stage = await open();
    await turn(stage, false);
    await isFileOnly(stage);
    await stage.restartHub();
    await isFileOnly(stage);
    await stage.restartHub(async () => {
      await stage.command('realtime on');
    });
    await stage.isLive();
    expect(kept(stage)).toEqual({ realtime: true });
  });

  it('[RT-4] a Set that was never saved goes on showing what Live had, and says that it is off', async () => {
    const stage = await open({ saved: false });
    await turn(stage, false);
    await until('it is off', () => stage.viewer.set?.live.state === 'off');
    await until('no listener is left', async () => (await stage.listeners()) === 0);
    expect(stage.viewer.set?.live).toMatchObject({ leads: true, simulated: true });
    expect(stage.viewer.tree).toBeDefined();
    await turn(stage, true);
    await stage.isLive();
    expect(stage.viewer.sets).toHaveLength(1);
  });

  it('[RT-5] the command turns it at the hub that runs, else keeps it for the next', async () => {
    const stage = await open({ hub: { single: true } });
    const env = { LIVETREE_STATE_DIR: stage.folder };
    const ask = async (...args: readonly string[]) => (await livetree(['realtime', ...args], { env })).stdout;
    expect(await ask('off')).toMatch(/^Real time is off: saved files only\.$/m);
    await isFileOnly(stage);
    await stage.restartHub(async () => {
      expect(await ask('on')).toMatch(/is on.*once LiveTree is started/);
      expect(JSON.parse(await ask('status', '--json'))).toEqual({ realtime: true, running: false });
    });
    await stage.isLive();
    expect((await livetree(['realtime', 'maybe'], { env })).code).toBe(2);
  });
});
