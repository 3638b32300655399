/** The real-time switch: hub, real script, simulated Live. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
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
