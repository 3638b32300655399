/** A simulated Live, the hub in a process of its own, and a client here: what the benchmarks of Live share. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connect } from '@livetree/client';
import { WebSocket } from 'ws';
import '../test/soak/typescript.mjs';

const { HubProcess } = await import('../test/soak/hub-process.ts');
const { Relay } = await import('../test/soak/relay.ts');
const { PYTHON, Simulator } = await import('../test/simulator.ts');

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const corpus = process.env.LIVETREE_CORPUS ?? join(ROOT, '../shared/corpus');

/** A Set of so many tracks and scenes, as the simulator takes it: bytes of JSON. */
function description(tracks, scenes, clipShare) {
  const program = `import json; from sets import make_set; print(json.dumps(make_set(${tracks}, ${scenes}, ${clipShare})))`;
  const env = { ...process.env, PYTHONPATH: join(ROOT, 'remote-script/tests/model') };
  return execFileSync(PYTHON, ['-c', program], { env, maxBuffer: 1 << 30 });
}

/** Sets by name: of our own, made to measure, and real ones where the corpus is there. */
export const SETS = {
  small: {},
  'demo-live': { set: join(ROOT, 'fixtures/demo-live.als') },
  '50 × 20': { made: [50, 20, 0.3] },
  '200 × 20': { made: [200, 20, 0.3] },
  '200 × 200': { made: [200, 200, 0.05] },
  menke_edmfastjm_l12: { set: join(corpus, 'files/menke_edmfastjm_l12.als') },
};

export const isThere = (name) => SETS[name].set === undefined || existsSync(SETS[name].set);

/** @param options `speed`, `seed`, `hear(message)` for what the script says, `measure`: the script's cost from its start */
export async function openStage(name, { speed = '1', seed = 1, hear, measure = false } = {}) {
  const { set, made } = SETS[name];
  const historyDir = mkdtempSync(join(tmpdir(), 'livetree-bench-'));
  const hub = await HubProcess.start({ historyDir });
  const relay = await Relay.open();
  if (hear !== undefined) relay.hear(hear);
  const viewer = connect(`ws://127.0.0.1:${hub.port}/sync`, { WebSocket });
  const path = made === undefined ? set : join(historyDir, 'made.json');
  if (made !== undefined) writeFileSync(path, description(...made));
  relay.target = hub.port;
  const args = ['--seed', String(seed), '--speed', speed, ...(measure ? ['--measure'] : [])];
  const simulator = new Simulator(relay.port, path === undefined ? args : [...args, '--set', path]);
  await simulator.ask({ do: 'counters' });
  const close = async () => {
    viewer.close();
    await simulator.close();
    await relay.close();
    await hub.close();
    rmSync(historyDir, { recursive: true, force: true });
  };
  return { hub, viewer, simulator, historyDir, close };
}

/** Until the whole Set has been read and the client has it. */
export async function untilRead({ viewer, simulator }) {
  for (;;) {
    const live = viewer.set?.live;
    if (live?.state === 'live' && live.leads && live.progress === undefined && viewer.tree !== undefined)
      break;
    await pause(20);
  }
  await simulator.ask({ do: 'quiet', timeout: 300 });
  await pause(500);
}

/** p50, p99 and max, one decimal. */
export function percentiles(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p99: at(0.99), max: sorted.at(-1) };
}

export const round = (value, digits = 1) => (value === undefined ? '–' : value.toFixed(digits));
