/**
 * What the Remote Script costs in Live's thread, in the simulator: reading a Set, editing, automation, idle.
 *
 *   node bench/live-cost.mjs [--sets "50 × 20",…] [--seconds N=10 a phase] [--hours N]
 *
 * `--hours N`: N simulated hours with 500 automated parameters instead; rows and size of the journal.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { isThere, openStage, percentiles, round, SETS, untilRead } from './live-stage.mjs';

const { openDatabase } = await import('../packages/hub/dist/node/journal/database.js');
const { values } = parseArgs({
  options: {
    sets: { type: 'string', default: Object.keys(SETS).join() },
    seconds: { type: 'string', default: '10' },
    hours: { type: 'string' },
  },
});
const SECONDS = Number(values.seconds);

const reportOf = async ({ simulator }) => (await simulator.ask({ do: 'status' })).result.report;

/** Looks once a second; the last look tells of the pumps of the last 6 s. */
async function watch(stage, seconds) {
  const perSecond = [];
  const before = await reportOf(stage);
  for (let second = 0; second < seconds; second++) {
    await pause(1000);
    perSecond.push((await reportOf(stage)).stats.msPerSecond);
  }
  const after = await reportOf(stage);
  const { pumpMsP50, pumpMsP99 } = after.stats;
  return { perSecond: percentiles(perSecond), pumpMsP50, pumpMsP99, frames: after.frames - before.frames };
}

/** Last moment at which something of each stage was stated for the first time, ms since the script was welcomed. */
function stages() {
  const last = {};
  let began;
  let isOver = false;
  const of = { song: 1, track: 1, scene: 1, send: 1, locator: 1, device: 2, chain: 2, parameter: 3 };
  const hear = ({ type, payload }) => {
    const now = performance.now();
    if (type === 'hello') began = now;
    if (type !== 'events' || isOver) return;
    for (const { kind } of Object.values(payload.nodes ?? {})) last[of[kind] ?? 4] = now - began;
    if (payload.end?.includes(1)) isOver = true;
    last.end = now - began;
  };
  return { hear, last };
}

const phase = (name, { perSecond, pumpMsP50, pumpMsP99, frames }) =>
  `| ${name} | ${round(perSecond.p50)} | ${round(perSecond.p99)} | ${round(perSecond.max)} | ${round(pumpMsP50, 3)} | ${round(pumpMsP99, 2)} | ${frames} |`;

async function tryEdit(simulator, name, args) {
  return simulator.edit(name, args).catch(() => undefined);
}

async function measure(name) {
  const { hear, last } = stages();
  const stage = await openStage(name, { hear });
  const { simulator, viewer } = stage;
  try {
    await untilRead(stage);
    const read = await reportOf(stage);
    console.log(`\n### ${name}: ${read.stats.things} objects, ${read.listeners} listeners\n`);
    console.log(
      `Read: tracks, scenes, mixers ${round(last[1], 0)} ms · devices, chains ${round(last[2], 0)} ms · parameters ${round(last[3], 0)} ms · clips ${round(last[4], 0)} ms · end ${round(last.end, 0)} ms; longest pump ${round(read.stats.pumpMsMax, 1)} ms\n`,
    );
    await pause(6000);
    console.log('| phase | ms/s p50 | p99 | max | pump p50 ms | p99 | frames |');
    console.log('|---|---|---|---|---|---|---|');
    const idle = await watch(stage, SECONDS);
    console.log(phase('idle', idle));
    await simulator.ask({ do: 'musician', rate: 10, temperament: 'editing' });
    const editing = await watch(stage, SECONDS);
    await simulator.ask({ do: 'musician', rate: 0 });
    console.log(phase('editing, 10 edits/s', editing));
    await simulator.ask({ do: 'quiet', timeout: 120 });
    let automated = 0;
    for (let at = 0; at < 100; at++) if (await tryEdit(simulator, 'automate_parameter')) automated += 1;
    await simulator.edit('play');
    console.log(phase(`playing, ${automated} parameters automated`, await watch(stage, SECONDS)));
    await simulator.edit('stop');
    const events = (editing.perSecond.p50 - idle.perSecond.p50) / 10;
    console.log(`\nAn edit costs ${round(events, 2)} ms (editing − idle, by 10).`);
    await newScene(stage, viewer);
  } finally {
    await stage.close();
  }
}

/** One more scene: ops at the client, and how long it took. */
async function newScene({ simulator }, viewer) {
  await simulator.ask({ do: 'quiet', timeout: 120 });
  await pause(500);
  const ops = [];
  let first;
  const stop = viewer.onPatch((change) => {
    first ??= performance.timeOrigin + performance.now();
    ops.push(...change.ops.map(({ op }) => op));
  });
  const { at } = await simulator.edit('add_scene', { index: 1 });
  await simulator.ask({ do: 'quiet', timeout: 120 });
  await pause(300);
  stop?.();
  console.log(`A new scene: ${ops.join(', ')}; at the client after ${round(first - at)} ms.`);
}

async function hours(count) {
  const stage = await openStage('50 × 20', { speed: 'max' });
  await untilRead(stage);
  const { simulator, historyDir } = stage;
  let automated = 0;
  for (let at = 0; at < 3000 && automated < 500; at++)
    if (await tryEdit(simulator, 'automate_parameter')) automated += 1;
  await simulator.edit('play');
  await simulator.ask({ do: 'wait', seconds: 5 });
  const file = join(historyDir, 'history.sqlite');
  const count_ = async () => {
    const db = await openDatabase(file);
    const row = (table) => Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get().n);
    const found = {
      patches: row('patch'),
      frames: row('frame'),
      bytes: statSync(file).size + statSync(`${file}-wal`).size,
    };
    db.close();
    return found;
  };
  const before = await count_();
  const began = performance.now();
  let acts = 0;
  for (let minute = 0; minute < count * 60; minute++) {
    await simulator.ask({ do: 'wait', seconds: 60 });
    if (minute % 5 === 0 && (await tryEdit(simulator, 'rename_track'))) acts += 1;
  }
  await simulator.ask({ do: 'wait', seconds: 2 });
  const after = await count_();
  console.log(
    `${count} simulated hours with ${automated} automated parameters, ${acts} renames (${round((performance.now() - began) / 1000, 0)} s): ${after.patches - before.patches} rows of patches, ${after.frames - before.frames} frames, ${round((after.bytes - before.bytes) / 1e6, 2)} MB`,
  );
  await stage.close();
}

if (values.hours !== undefined) await hours(Number(values.hours));
else for (const name of values.sets.split(',').filter(isThere)) await measure(name);
process.exit();
