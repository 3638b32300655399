/**
 * A save while Live is connected: from its end to the list of what changed since, as a client hears it, and what the
 * hub's own thread takes for it, in CPU time by turn of its loop. The real script in the simulated Live; the Set is
 * the biggest of the corpus.
 *
 * Before that, the same with the file read before Live comes: then Live's tree takes the place of the file's.
 *
 *   node bench/save-with-live.mjs [saves] [Set.als]
 */
import { fork } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { probeLoop } from './loop.mjs';
import '../test/soak/typescript.mjs';

const corpus = process.env.LIVETREE_CORPUS ?? fileURLToPath(new URL('../../shared/corpus', import.meta.url));
const PATIENCE_MS = 180_000;

/** In a process of its own: its work must not count as the hub's. */
async function runClient(port) {
  const { WebSocket } = await import('ws');
  const socket = new WebSocket(`ws://127.0.0.1:${port}/sync`);
  socket.on('open', () => {
    socket.send(JSON.stringify({ type: 'hello', protocol: 1, request: 'h' }));
    socket.send(JSON.stringify({ type: 'subscribe', channels: ['unsaved'] }));
  });
  socket.on('message', (data, isBinary) => {
    if (isBinary) return;
    const { type, total } = JSON.parse(data.toString());
    if (type === 'unsaved') process.send({ type, at: Date.now(), total });
  });
}

async function until(what, isTrue) {
  const end = Date.now() + PATIENCE_MS;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await pause(20);
  }
}

function print(what, { maxTurnCpuMs, maxDelayMs }) {
  console.log(
    `${what}: longest turn of the hub's loop ${maxTurnCpuMs.toFixed(1)} ms CPU, longest delay ${maxDelayMs.toFixed(0)} ms`,
  );
}

async function stagesOf(hub) {
  const text = await (await fetch(new URL('/metrics', hub.url))).text();
  const samples = text.matchAll(/livetree_last_save_seconds\{.*stage="(\w+)"\} ([\d.e-]+)/g);
  return Object.fromEntries([...samples].map(([, stage, seconds]) => [stage, Number(seconds) * 1000]));
}

/** The file is shown, and then Live comes with the same Set: its tree is projected, aligned, and shown as one change. */
async function measureLate({ startHub, Simulator, set }) {
  const folder = mkdtempSync(join(tmpdir(), 'livetree-bench-'));
  const path = join(folder, 'Big.als');
  cpSync(set, path);
  const hub = await startHub({
    port: 0,
    paths: [path],
    historyDir: join(folder, 'history'),
    stateDir: folder,
  });
  await until('the file is read', () => hub.sets[0]?.file.state === 'ok');
  await pause(1_000);
  const simulator = new Simulator(hub.port, ['--set', path, '--speed', '4']);
  const probe = probeLoop();
  await until('Live leads', () => hub.sets[0]?.live.leads === true);
  await until('it is compared', () => hub.sets[0]?.unsaved !== undefined);
  print('Live comes to a file that was read', probe.stop());
  await simulator.close();
  await hub.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(saves, set) {
  if (!existsSync(set)) {
    console.log(`No real Set at ${set}: nothing was measured. Set LIVETREE_CORPUS.`);
    return;
  }
  const { Simulator } = await import('../test/simulator.ts');
  const { startHub } = await import(new URL('../packages/hub/dist/node/index.js', import.meta.url));
  await measureLate({ startHub, Simulator, set });
  const folder = mkdtempSync(join(tmpdir(), 'livetree-bench-'));
  const path = join(folder, 'Big.als');
  cpSync(set, path);
  const hub = await startHub({ port: 0, historyDir: join(folder, 'history'), stateDir: folder });
  const simulator = new Simulator(hub.port, ['--set', path, '--speed', '4']);
  const probes = { coming: probeLoop() };
  await until('Live is read', () => {
    const { live, unsaved } = hub.sets[0] ?? {};
    if (
      live?.state === 'live' &&
      live.leads &&
      live.progress === undefined &&
      probes.comparing === undefined
    ) {
      print('Live comes with the Set', probes.coming.stop());
      probes.comparing = probeLoop();
    }
    return probes.comparing !== undefined && unsaved !== undefined;
  });
  const client = fork(fileURLToPath(import.meta.url), ['client', String(hub.port)]);
  const heard = [];
  client.on('message', (message) => heard.push(message));
  await pause(1_000);
  print('compared for the first time', probes.comparing.stop());
  for (let save = 1; save <= saves; save++) {
    await simulator.edit('set_tempo', { bpm: 100 + save });
    await pause(1_000);
    heard.length = 0;
    const probe = probeLoop();
    await simulator.ask({ do: 'save' });
    const saved = Date.now();
    const emptied = () =>
      heard.find(({ type, total, at }) => type === 'unsaved' && total === 0 && at >= saved);
    await until('the list is empty', () => emptied() !== undefined);
    const after = emptied().at - saved;
    const { settle = 0, read = 0, parse = 0, diff = 0, transfer = 0 } = await stagesOf(hub);
    const file = settle + read + parse + diff + transfer;
    const parts = `settle ${settle.toFixed(0)}, read ${read.toFixed(0)}, parse ${parse.toFixed(0)}, diff ${diff.toFixed(0)}`;
    print(
      `save ${save}: list at the client after ${after} ms (${parts}, Live's answer and comparing ${Math.max(0, after - file).toFixed(0)})`,
      probe.stop(),
    );
  }
  client.kill();
  await simulator.close();
  await hub.close();
  rmSync(folder, { recursive: true, force: true });
}

if (process.argv[2] === 'client') await runClient(Number(process.argv[3]));
else
  await measure(Number(process.argv[2] ?? 2), process.argv[3] ?? join(corpus, 'files/menke_edmjm_big.als'));
