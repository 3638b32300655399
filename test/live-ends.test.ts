/** How a Live ends, and what stays: real script, real frames. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connect } from '@livetree/client';
import { startHub } from '@livetree/hub';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { LiveStage } from './live-stage.ts';
import { PYTHON, Simulator } from './simulator.ts';
import { Relay } from './soak/relay.ts';
import { until } from './soak/stage.ts';

const SET = resolve(import.meta.dirname, '../fixtures/small-l12.als');
const ends: (() => unknown)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const end of ends.splice(0).reverse()) await end();
});

/** Long enough for the hub to have looked at its clock: it answers in between. */
async function ticks({ hub }: LiveStage): Promise<void> {
  const end = performance.now() + TWO_TICKS_MS;
  await until('it has looked', async () => (await fetch(`${hub.url}healthz`)).ok && performance.now() > end);
}
const TWO_TICKS_MS = 600;

/** A Set that was never saved, and Live has said goodbye. */
async function closed(): Promise<LiveStage> {
  const stage = await LiveStage.open({ saved: false });
  ends.push(() => stage.close());
  await stage.isLive();
  await stage.simulator.ask({ do: 'disconnect' });
  await until('Live is gone', () => stage.viewer.set?.live.state === 'gone');
  return stage;
}

describe.skipIf(PYTHON === undefined)('a Set that was never saved', () => {
  it('[RT-9] is closed by a command once Live is gone, not before; who looked at it is told', async () => {
    const stage = await LiveStage.open({ saved: false });
    ends.push(() => stage.close());
    await stage.isLive();
    const set = stage.viewer.set?.id ?? '';
    const close = () => stage.viewer.command({ name: 'close', args: { set } });
    expect(await close()).toMatchObject({ ok: false, code: 'NOT_OPEN' });
    await stage.simulator.ask({ do: 'disconnect' });
    await until('Live is gone', () => stage.viewer.set?.live.state === 'gone');
    await close();
    await until('it is gone', () => stage.viewer.status.state === 'empty');
    expect(stage.hub.sets).toEqual([]);
  });

  it('[RT-10] ends by itself ten minutes after Live has closed it, as soon as nobody looks at it', async () => {
    // The hub's clock stands still until the test turns it.
    vi.useFakeTimers({ toFake: ['Date'] });
    const stage = await closed();
    vi.setSystemTime(Date.now() + 9 * 60_000);
    stage.viewer.close();
    await ticks(stage);
    expect(stage.hub.sets).toHaveLength(1);
    stage.viewer = stage.client();
    await until('somebody looks', () => stage.viewer.status.state === 'following');
    vi.setSystemTime(Date.now() + 2 * 60_000);
    await ticks(stage);
    expect(stage.hub.sets).toHaveLength(1);
    stage.viewer.close();
    await until('it is gone', () => stage.hub.sets.length === 0);
  });
});

describe.skipIf(PYTHON === undefined)('what a dead Live left', () => {
  it('[RT-11] comes late, before what the next one tells, in order, and nothing has to be mended', async () => {
    const spoolDir = mkdtempSync(join(tmpdir(), 'livetree-late-'));
    ends.push(() => rmSync(spoolDir, { recursive: true, force: true }));
    const hub = await startHub({ port: 0 });
    ends.push(() => hub.close());
    const relay = await Relay.open();
    ends.push(() => relay.close());
    relay.target = hub.port;
    const args = ['--set', SET, '--speed', '10', '--faults', 'none'];
    const first = new Simulator(relay.port, args, { spoolDir });
    const viewer = connect(`ws://127.0.0.1:${hub.port}/sync`, { WebSocket });
    ends.push(() => viewer.close());
    const shows = (name: string): boolean => JSON.stringify(viewer.tree ?? '').includes(`"${name}"`);
    await until(
      'Live is shown',
      () => viewer.set?.live.leads === true && viewer.set.live.progress === undefined,
    );
    await first.ask({ do: 'quiet' });
    relay.target = undefined;
    relay.cut();
    const names = ['Late 1', 'Late 2', 'Late 3'];
    for (const name of names) {
      await first.edit('rename_track', { track: { index: 1 }, name });
      await first.ask({ do: 'wait', seconds: 4 });
    }
    await until('it lies on the disk', async () => {
      const { result } = await first.ask({ do: 'status' });
      const { report } = result as {
        readonly report: { readonly spool: { readonly frames: number }; readonly unacked: number };
      };
      return report.unacked > 0 && report.spool.frames === report.unacked;
    });
    await first.close(); // killed: no goodbye
    const seen: string[] = [];
    ends.push(
      viewer.onPatch(() => seen.push(...names.filter((name) => shows(name) && !seen.includes(name)))),
    );
    relay.target = hub.port;
    const next = new Simulator(relay.port, args, { spoolDir });
    ends.push(() => next.close());
    await until('what was left has come', () => seen.length === names.length);
    await until('the next Live is shown', () => !shows('Late 3') && viewer.set?.live.state === 'live');
    expect(seen).toEqual(names);
    const counters = await (await fetch(`${hub.url}metrics`)).text();
    const counted = (name: string) =>
      Number(new RegExp(`^livetree_script_${name}_total (\\d+)$`, 'm').exec(counters)?.[1]);
    expect(counted('late')).toBeGreaterThanOrEqual(names.length);
    for (const name of ['discards', 'resyncs', 'missing_frames', 'mended', 'bad_messages'])
      expect([name, counted(name)]).toEqual([name, 0]);
  });
});
