/**
 * What the Remote Script takes of Live's thread, in the simulator: reading a Set, idle, editing, automation.
 *
 *   node bench/live-cost.mjs [--seconds N=10 a phase] [--sets "50 × 20,200 × 200,…"] [--write]
 *
 * About 5 minutes; `--seconds 3 --sets "50 × 20"` takes one. `--write` puts the tables into docs/cost-for-live.md,
 * between the markers there. Costs are CPU time of the simulator's main thread, which other programs do not change;
 * the times of reading are by the clock, and need a quiet machine.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { isThere, openStage, round, untilRead } from './live-stage.mjs';

const PAGE = new URL('../docs/cost-for-live.md', import.meta.url);
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    sets: { type: 'string', default: '50 × 20,200 × 200,menke_edmfastjm_l12' },
    write: { type: 'boolean', default: false },
  },
});
const SECONDS = Number(values.seconds);
/** Edits a second of the musician. */
const RATE = 10;
/** Parameters that automation moves. */
const AUTOMATED = 100;
/** ms until sweep and audit have come to their ordinary pace. */
const SETTLING_MS = 6000;

const lines = [];
const say = (line) => {
  lines.push(line);
  console.log(line);
};

/** Last moment at which something of each stage was stated for the first time, ms since the hello. */
function stages() {
  let began = 0;
  const found = { last: {}, end: undefined, hear: () => {} };
  const of = { song: 1, track: 1, scene: 1, send: 1, locator: 1, device: 2, chain: 2, parameter: 3 };
  found.hear = ({ type, payload }) => {
    const now = performance.now();
    if (type === 'hello') began = now;
    if (type !== 'events' || found.end !== undefined) return;
    for (const { kind } of Object.values(payload.nodes ?? {})) found.last[of[kind] ?? 4] = now - began;
    if (payload.end?.includes(1)) found.end = now - began;
  };
  return found;
}

const figures = ({ p50, p99, max }, digits) => [p50, p99, max].map((each) => round(each, digits)).join(' | ');

/** A phase: what it took of the thread. */
async function measured(stage, act) {
  const { simulator } = stage;
  const before = (await simulator.ask({ do: 'counters' })).result.edits;
  await simulator.ask({ do: 'cost', begin: true });
  await act();
  const { result } = await simulator.ask({ do: 'cost' });
  const edits = (await simulator.ask({ do: 'counters' })).result.edits - before;
  return { ...result, edits };
}

function sayPhase(name, cost) {
  const { second, pump, tick, listener } = cost;
  // Pumps that the watchdog makes are in the ticks.
  const share = (second.total / (second.count * 1000)) * 100;
  const calls = listener.count === 0 ? '– | – | –' : figures(listener, 4);
  say(
    `| ${name} | ${figures(second, 2)} | ${round(share, 2)} % | ${figures(pump, 3)} | ${listener.count} | ${calls} |`,
  );
  return { share, total: pump.total + tick.total + listener.total };
}

/** @returns how many are automated */
async function automate({ simulator }) {
  let automated = 0;
  for (let tries = 0; tries < AUTOMATED * 3 && automated < AUTOMATED; tries++)
    await simulator.edit('automate_parameter').then(
      () => (automated += 1),
      () => {}, // it picked one that is automated already
    );
  await simulator.edit('play');
  return automated;
}

/** One more scene, in words: ops at the client, and ms from the edit to the first of them. */
async function newScene({ simulator, viewer }) {
  await simulator.ask({ do: 'quiet', timeout: 120 });
  await pause(500);
  const ops = [];
  let first;
  const stop = viewer.onPatch((change) => {
    first ??= performance.timeOrigin + performance.now();
    ops.push(...change.ops.map(({ op }) => op));
  });
  const at = await simulator.edit('add_scene', { index: 1 }).then(
    (answer) => answer.at,
    () => undefined, // the simulator lets no Set grow beyond its limit of scenes
  );
  await simulator.ask({ do: 'quiet', timeout: 120 });
  await pause(300);
  stop?.();
  if (at === undefined) return 'No scene was added: this Set has as many as the simulator lets a user make.';
  return `A new scene: ${ops.length} op (${ops.join(', ')}), at a client after ${round(first - at)} ms (wanted: one op, under 50).`;
}

async function measure(name) {
  const walk = stages();
  const stage = await openStage(name, { hear: walk.hear, measure: true });
  const { simulator } = stage;
  try {
    await untilRead(stage);
    const read = (await simulator.ask({ do: 'cost' })).result;
    const { report } = (await simulator.ask({ do: 'status' })).result;
    const { last, end } = walk;
    say(`### ${name}: ${report.stats.things} things, ${report.listeners} listeners`);
    say('');
    say(
      `First read, by the clock: tracks, scenes and mixers (stage 1) ${round(last[1], 0)} ms · devices and chains (2) ${round(last[2], 0)} ms · parameters ${round(last[3], 0)} ms · clips ${round(last[4], 0)} ms · end ${round(end, 0)} ms; it takes ${round(read.pump.total, 0)} ms of the thread in all.`,
    );
    say('');
    say(
      '| phase | ms in a second p50 | p99 | max | of the thread | ms in a pump p50 | p99 | max | calls of listeners | ms of one p50 | p99 | max |',
    );
    say('|---|---|---|---|---|---|---|---|---|---|---|---|');
    sayPhase('first read', read);
    await pause(SETTLING_MS);
    const wait = () => pause(SECONDS * 1000 + 100);
    const idle = sayPhase('idle', await measured(stage, wait));
    const editing = await measured(stage, async () => {
      await simulator.ask({ do: 'musician', rate: RATE, temperament: 'editing' });
      await wait();
      await simulator.ask({ do: 'musician', rate: 0 });
    });
    const edited = sayPhase(`editing, ${RATE} edits/s`, editing);
    await simulator.ask({ do: 'quiet', timeout: 120 });
    const scene = await newScene(stage);
    const automated = await automate(stage);
    await pause(1000);
    sayPhase(`playing, ${automated} automated`, await measured(stage, wait));
    await simulator.edit('stop');
    say('');
    say(
      `Idle ${round(idle.share, 2)} % of the thread (wanted: at most 0.5). One edit: ${round((edited.total - idle.total) / editing.edits, 2)} ms over idle (${editing.edits} edits). ${scene}`,
    );
    say('');
  } finally {
    await stage.close();
  }
}

/** Puts the tables between the markers of the page. */
function write() {
  const text = readFileSync(PAGE, 'utf8');
  const [before, rest] = text.split('<!-- bench/live-cost.mjs -->\n');
  const [, after] = rest.split('<!-- end -->\n');
  const marked = `<!-- bench/live-cost.mjs -->\n${lines.join('\n')}<!-- end -->\n`;
  writeFileSync(PAGE, `${before}${marked}${after}`);
}

say(
  `${new Date().toISOString().slice(0, 10)} · Node ${process.versions.node} · ${cpus().length} × ${cpus()[0]?.model} · load ${loadavg()[0]?.toFixed(1)} before · ${SECONDS} s a phase`,
);
say('');
for (const name of values.sets.split(',').filter(isThere)) await measure(name);
if (values.write) write();
process.exit();
