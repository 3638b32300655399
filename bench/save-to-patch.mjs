/**
 * From a save to the patch at every client, stage by stage, and how long the hub's event loop was held meanwhile.
 * A Set is saved over by its neighbour and back, with clients connected from another process.
 *
 *   node bench/save-to-patch.mjs [clients=20] [rounds=4]
 */
import { fork } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { median, milliseconds } from './corpus.mjs';
import { probeLoop } from './loop.mjs';

const now = () => performance.timeOrigin + performance.now();
const corpus = process.env.LIVETREE_CORPUS ?? fileURLToPath(new URL('../../shared/corpus', import.meta.url));
const series = join(corpus, 'series/l11-edmjm-big');

/** In a process of their own: their work must not count as the hub's. */
async function runClients(port, count) {
  const { WebSocket } = await import('ws');
  for (let at = 0; at < count; at++) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/sync`);
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'hello', protocol: 1, request: 'h' }));
      socket.send(JSON.stringify({ type: 'subscribe', channels: ['log'] }));
    });
    let chunks = 0;
    socket.on('message', (data, isBinary) => {
      const at = now();
      if (isBinary) {
        chunks -= 1;
        if (chunks === 0) process.send({ is: 'snapshot', at });
        return;
      }
      const message = JSON.parse(data.toString());
      if (message.type === 'snapshot') chunks = message.chunks;
      if (message.type === 'patch')
        process.send({ is: 'patch', at, bytes: data.length, ops: message.ops.length });
    });
  }
}

async function measure(clients, rounds) {
  if (!existsSync(series)) {
    console.log(`No real Sets at ${corpus}: nothing was measured. Set LIVETREE_CORPUS.`);
    return;
  }
  const { startHub } = await import(new URL('../packages/hub/dist/node/index.js', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'livetree-bench-'));
  const path = join(folder, 'Big.als');
  const versions = ['0004', '0005'].map((name) => join(series, `${name}.als`));
  cpSync(versions[0], path);
  const first = probeLoop();
  const hub = await startHub({ port: 0, paths: [path] });
  const child = fork(fileURLToPath(import.meta.url), ['clients', String(hub.port), String(clients)]);
  const heard = [];
  child.on('message', (message) => heard.push(message));
  await until(() => heard.filter(({ is }) => is === 'snapshot').length === clients);
  const opening = first.stop();
  const file = readFileSync(versions[1]);
  const { ms: inflate } = milliseconds(() => gunzipSync(file));
  print(`opening ${(file.length / 1e6).toFixed(1)} MB with ${clients} clients`, opening);

  const seen = [];
  for (let round = 0; round < rounds; round++) {
    heard.length = 0;
    cpSync(versions[(round + 1) % 2], `${path}.tmp`);
    const probe = probeLoop();
    const saved = now();
    renameSync(`${path}.tmp`, path);
    await until(() => heard.filter(({ is }) => is === 'patch').length >= clients);
    const loop = probe.stop();
    // What the watcher says twice is looked at twice; the next round must not begin within that.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const patches = heard.filter(({ is }) => is === 'patch');
    const stages = await lastStages(hub);
    const last = Math.max(...patches.map(({ at }) => at)) - saved;
    // The words for the log are found after the patch is on its way.
    const { tell: _, ...before } = stages;
    const inside = Object.values(before).reduce((sum, ms) => sum + ms, 0);
    seen.push({ ...stages, wire: Math.max(0, last - inside), last, ...loop });
    print(`save ${round + 1}: ${patches[0].ops} ops, ${patches[0].bytes} bytes a client`, loop);
  }
  console.log('\nmedian ms by stage');
  for (const stage of ['settle', 'read', 'parse', 'diff', 'tell', 'transfer', 'commit', 'wire', 'last'])
    console.log(
      `  ${stage.padEnd(9)} ${median(seen.map((each) => each[stage] ?? 0)).toFixed(1)}${note(stage, inflate)}`,
    );
  child.kill();
  await hub.close();
  rmSync(folder, { recursive: true });
}

function note(stage, inflate) {
  if (stage === 'read') return `  (of it inflate ${inflate.toFixed(1)})`;
  return stage === 'last' ? '  save → last client' : '';
}

const print = (what, { maxDelayMs, maxTurnCpuMs }) =>
  console.log(
    `${what}: longest turn of the hub's loop ${maxTurnCpuMs.toFixed(1)} ms CPU, longest delay ${maxDelayMs.toFixed(1)} ms`,
  );

async function lastStages({ port }) {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const samples = text.matchAll(/livetree_last_save_seconds\{.*stage="(\w+)"\} ([\d.e-]+)/g);
  return Object.fromEntries([...samples].map(([, stage, seconds]) => [stage, Number(seconds) * 1000]));
}

async function until(isTrue) {
  const end = Date.now() + 30_000;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

if (process.argv[2] === 'clients') await runClients(Number(process.argv[3]), Number(process.argv[4]));
else await measure(Number(process.argv[2] ?? 20), Number(process.argv[3] ?? 4));
