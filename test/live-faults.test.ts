/** What goes wrong around Live: the hub is killed, the wire is cut, nobody is there, Live stands still. */
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { PYTHON } from './simulator.ts';
import { CORPUS } from './soak/games.ts';
import { playHours } from './soak/hours.ts';
import { playKills } from './soak/kills.ts';
import { randomOf } from './soak/play.ts';
import { Stage, type StageOptions, until } from './soak/stage.ts';

const ROOT = resolve(import.meta.dirname, '..');
const DEMO = join(ROOT, 'fixtures/demo-live.als');
const REAL = join(CORPUS, 'files/producerpal_e2e_test_set.als');
const ends: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'livetree-faults-'));
  ends.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

async function open(options: StageOptions = {}): Promise<Stage> {
  const stage = await Stage.open(options);
  ends.push(() => stage.close());
  return stage;
}

interface Report {
  readonly spool: { readonly frames: number; readonly bytes: number };
  readonly link: string;
  readonly stats: { readonly restates: number };
}

async function report(stage: Stage): Promise<Report> {
  const { result } = await stage.simulator.ask({ do: 'status' });
  return (result as { readonly report: Report }).report;
}

/** So many edits, with so many simulated seconds after each few. */
async function edit(stage: Stage, edits: number, seconds = 0.05): Promise<void> {
  for (let at = 0; at < edits; at += 5) {
    await stage.simulator.ask({ do: 'musician', steps: 5, temperament: 'editing' });
    await stage.simulator.ask({ do: 'wait', seconds });
  }
}

/** Nobody is there for a while, and Live is edited. */
async function away(stage: Stage, meanwhile: () => Promise<void>): Promise<Report> {
  stage.relay.target = undefined;
  stage.relay.cut();
  await until('the script has noticed', async () => (await report(stage)).link !== 'connected');
  await meanwhile();
  const found = await report(stage);
  stage.relay.target = stage.hub.port;
  await until('the script is there again', async () => (await report(stage)).link === 'connected');
  await stage.isRead();
  return found;
}

/** The script with settings of its own. */
function scriptWith(settings: Readonly<Record<string, unknown>>): string {
  const script = join(folder(), 'LiveTree');
  cpSync(join(ROOT, 'remote-script/LiveTree'), script, { recursive: true });
  writeFileSync(join(script, 'settings.json'), JSON.stringify(settings));
  return script;
}

describe.skipIf(PYTHON === undefined)('the hub', () => {
  it('[E2E-30] killed at random moments under editing: the journal has all that was acknowledged or sent, without a hole, and goes on', async () => {
    const outcome = await playKills({ seed: 3, kills: 3, compareEvery: 3 });
    expect(outcome.problems).toEqual([]);
    expect(outcome).toMatchObject({ kills: 3, comparisons: 1 });
    expect(outcome.acks).toBeGreaterThan(10);
    expect(outcome.patches).toBeGreaterThan(10);
  });

  it('[E2E-31] its disk is full: it goes on showing Live, and after a restart the tree is the truth again', async () => {
    const stage = await open({ set: DEMO, process: { historyDir: folder(), fileKb: 256 } });
    await edit(stage, 100);
    expect(await stage.compare()).toEqual([]);
    await stage.killHub();
    // Nothing was kept: what is which in the file is found anew, by looks.
    stage.forgetFile();
    await edit(stage, 20);
    expect(await stage.compare()).toEqual([]);
  });
});

describe.skipIf(PYTHON === undefined)('the wire', () => {
  it('[E2E-32] cut in the middle of frames, again and again: what was cut off is said again, nothing twice', async () => {
    const stage = await open({ seed: 21 });
    const random = randomOf(21);
    for (let cut = 0; cut < 25; cut++) {
      stage.relay.cutAfter(1 + Math.floor(random() ** 2 * 3000));
      await edit(stage, 15, 0.3);
    }
    expect(await stage.compare()).toEqual([]);
    expect(await stage.mended()).toEqual({});
    expect((await report(stage)).stats.restates).toBe(1);
  });

  it('[E2E-33] no hub for a minute under editing: the spool brings all of it, no snapshot', async () => {
    const stage = await open({ seed: 22 });
    const began = stage.changes.length;
    const { spool } = await away(stage, () => edit(stage, 200, 1.5));
    expect(spool.frames).toBeGreaterThan(20);
    expect(await stage.compare()).toEqual([]);
    expect(await stage.mended()).toEqual({});
    expect((await report(stage)).stats.restates).toBe(1);
    expect(stage.changes.length).toBeGreaterThan(began + 20);
  });

  it('[E2E-34] memory and spool are full: the gap is stated, counted, and answered by one snapshot', async () => {
    const stage = await open({ set: DEMO, seed: 23, script: scriptWith({ memoryMb: 1, spoolMb: 1 }) });
    const { spool } = await away(stage, () => flood(stage));
    expect(spool.bytes).toBeGreaterThan(900_000);
    expect(await stage.compare()).toEqual([]);
    const mended = await stage.mended();
    expect(mended['missing_frames']).toBeGreaterThan(0);
    expect(Object.keys(mended).toSorted()).toEqual(['missing_frames', 'resyncs']);
  });

  it('[E2E-35] the disk of the spool is full: the rest stays in memory, and the tree is the truth', async () => {
    const stage = await open({ seed: 24, fileKb: 8 });
    await away(stage, () => edit(stage, 200, 1));
    expect(await stage.compare()).toEqual([]);
  });
});

/** More than a megabyte of memory and one of spool can hold. */
async function flood(stage: Stage): Promise<void> {
  for (let round = 0; round < 60; round++) {
    const { result } = await stage.simulator.edit('duplicate_track', { track: { index: 0 } });
    await stage.simulator.ask({ do: 'wait', seconds: 1 });
    await stage.simulator.edit('delete_track', { track: (result as { readonly uid: number }).uid });
    await stage.simulator.ask({ do: 'wait', seconds: 0.5 });
  }
}

describe.skipIf(PYTHON === undefined)('hours of automation', () => {
  it('[E2E-60] what Live moves by itself leaves no row in the journal: there are as many as acts by hand', async () => {
    const outcome = await playHours({ seed: 29, hours: 1 / 120, parameters: 60, pauseSeconds: 10 });
    expect(outcome.problems).toEqual([]);
    expect(outcome).toMatchObject({ acts: 3, patches: 3, entries: 3, kept: 3 });
    expect(outcome.frames).toBeGreaterThan(outcome.kept);
  });
});

describe.skipIf(PYTHON === undefined)('Live', () => {
  it('[E2E-36] stands still for 5 s under a menu: the viewer is told, and what changed meanwhile comes', async () => {
    const stage = await open({ seed: 25, speed: '1' });
    await stage.simulator.ask({ do: 'stall', seconds: 5 });
    await stage.simulator.edit('rename_scene', { scene: { index: 1 }, name: 'Under the menu' });
    await until('the viewer is told', () => stage.viewer.set?.live.state === 'stalled');
    await until('it goes on', () => stage.viewer.set?.live.state === 'live');
    expect(await stage.compare()).toEqual([]);
    expect(await stage.mended()).toEqual({});
  });

  it('[E2E-37] builds the script twice at its start: one of the two is left, and the tree is the truth', async () => {
    const stage = await open({ seed: 26, faults: 'default,two_instances' });
    await edit(stage, 50);
    expect(await stage.compare()).toEqual([]);
    const { result } = await stage.simulator.ask({ do: 'status' });
    expect(result).toMatchObject({ instances: 1 });
    expect(stage.viewer.sets).toHaveLength(1);
  });

  it.for(['rebuild', 'survive'])(
    '[E2E-38] opens another Set, the script %s: its tree is shown, and all of it',
    async (how) => {
      const stage = await open({ seed: 27 });
      await edit(stage, 30);
      await stage.simulator.ask({ do: 'open', path: existsSync(REAL) ? REAL : DEMO, how });
      await until('the other Set is read', () => stage.shows(existsSync(REAL) ? REAL : DEMO));
      await stage.noteFile(existsSync(REAL) ? REAL : DEMO);
      await edit(stage, 50);
      expect(await stage.compare()).toEqual([]);
      await stage.simulator.ask({ do: 'open', path: DEMO, how, seconds: 2 });
      await until('the next Set is read', () => stage.shows(DEMO));
      await stage.noteFile(DEMO);
      expect(await stage.compare()).toEqual([]);
    },
  );

  it('[E2E-39] quits: after disconnect no listener, no timer is left', async () => {
    const stage = await open({ seed: 28 });
    await edit(stage, 50);
    const { result } = await stage.simulator.ask({ do: 'disconnect' });
    expect(result).toEqual({ listeners: 0, timers: 0 });
    const { result: counted } = await stage.simulator.ask({ do: 'counters' });
    expect(counted).toMatchObject({ writes: 0 });
  });
});
