/** Live's tree takes the place of what is shown: in slices, of what is there when it is done. */
import type { NodeOf } from '@livetree/live-set';
import { applyOps, Tree } from '@livetree/live-set';
import { afterEach, describe, expect, it } from 'vitest';
import { FileSide } from '../../src/joined/file-side.ts';
import { newScriptCounters } from '../../src/live/counters.ts';
import { preparingJoin } from '../../src/live/live-join.ts';
import { LiveRun } from '../../src/live/live-run.ts';
import { toEnd } from '../../src/reconcile/index.ts';
import { until } from '../support/until.ts';
import { client, demoFile, endAll, hub, named, script, whenLive } from './on-stage.ts';
import type { Statements } from './statements.ts';

afterEach(endAll);

/** A Set of so many tracks, as a script states it. */
function song(tracks: number, volume: number): Statements {
  const handles = Array.from({ length: tracks }, (_, at) => at + 2);
  const track = (handle: number) =>
    [handle, { kind: 'track', props: { name: `Track ${handle}`, has_midi_input: true, volume } }] as const;
  const nodes = { 1: { kind: 'song' as const, props: { tempo: 120 } } };
  const lists = { 1: { tracks: handles } };
  return { begin: [1], end: [1], nodes: { ...nodes, ...Object.fromEntries(handles.map(track)) }, lists };
}

/** A run that has stated it. */
function runOf(tracks: number, prefix: string, volume = 0.85): LiveRun {
  const counters = newScriptCounters();
  const rest = { pid: 1, liveVersion: '12.3.6', simulated: true, counters };
  const run = new LiveRun({ run: prefix, idPrefix: prefix, ...rest });
  run.take({ run: prefix, seq: 1, time: 0, ...song(tracks, volume) }, 0);
  return run;
}

/** What a desk shows, and its file. */
function deskOf(root: NodeOf<'set'>) {
  const file = new FileSide();
  file.load(new Tree(root));
  return { root, file };
}

const shownBefore = (tracks: number): NodeOf<'set'> => runOf(tracks, 'f1.').projectFirst();

function stepsOf(tracks: number) {
  const desk = deskOf(shownBefore(tracks));
  const work = preparingJoin(runOf(tracks, 'r1.', 0.4), desk);
  for (let steps = 1; ; steps++) {
    const step = work.next();
    if (step.done === true) return { steps, desk, join: step.value };
  }
}

describe('Live comes to a Set that is shown', () => {
  it('[IDLE-10] the change is worked out in steps of a bounded number of nodes, and is all that differs', () => {
    const [few, many] = [stepsOf(400), stepsOf(2_400)];
    // Twice projected, aligned twice, compared, written: each goes over all nodes, some hundreds at a time.
    expect(many.steps - few.steps).toBeGreaterThan((5 * 2_000) / 400);
    const { before, wanted, ops = [], opsJson = '' } = many.join;
    expect(ops).toHaveLength(2_400);
    expect(applyOps(before, ops)).toEqual(wanted);
    expect(JSON.parse(opsJson)).toHaveLength(2_400);
    expect(many.desk.file.own).toBeUndefined();
  });

  it('[IDLE-11] what was worked out of a file that is saved meanwhile is not used', () => {
    const desk = deskOf(shownBefore(30));
    const work = preparingJoin(runOf(30, 'r1.', 0.4), desk);
    for (let step = 0; step < 12; step++) work.next();
    desk.root = shownBefore(20);
    desk.file.load(new Tree(desk.root));
    const { before, wanted, ops = [] } = toEnd(work);
    expect(before).toBe(desk.root);
    expect(applyOps(before, ops)).toEqual(wanted);
    expect(ops.filter(({ op }) => op === 'insert')).toHaveLength(10);
    const ids = (wanted.lists.tracks ?? []).map(({ id }) => id);
    expect(new Set(ids).size).toBe(30);
  });

  it('[IDLE-12] frames that come meanwhile are taken after it, in order, though the script is gone by then', async () => {
    const path = await demoFile();
    const { port } = await hub({ paths: [path] });
    const viewer = await client(port);
    await until('the file is shown', () => viewer.replica.root);
    const live = await script(port, { setPath: path, setName: 'My Set' });
    live.state(song(2_400, 0.4));
    for (const name of ['One', 'Two', 'Three']) live.state({ sets: { 3: { name } } });
    live.socket.close();
    await whenLive(viewer, 'gone');
    // Status and changes travel each by itself.
    await until('the last frame is shown', () => named(viewer, 'Three'));
    const again = await script(port, { lastSeq: 4, setPath: path, setName: 'My Set' });
    expect(again.all('welcome')).toMatchObject([{ resumeAfter: 4 }]);
  });
});
