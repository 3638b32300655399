/**
 * What `livetree` alone costs while it waits: memory, how often it wakes, CPU time. Linux only (/proc).
 *
 *   node bench/idle.mjs [seconds of each measurement] [bin.js of an installed package]
 */
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';

const CLOCK_MS = 10;
const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const [seconds = 8, bin = path('packages/cli/dist/bin.js')] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'livetree-idle-'));
const set = join(folder, 'demo.als');
copyFileSync(path('fixtures/demo.als'), set);

function figures(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13);
  const figure = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)[1]);
  return {
    rssMb: figure('VmRSS') / 1024,
    wakeups: figure('voluntary_ctxt_switches'),
    cpuMs: (Number(user) + Number(system)) * CLOCK_MS,
  };
}

async function started(args) {
  const child = spawn(process.execPath, [bin, '--no-open', '--port', '0', ...args], {
    env: { ...process.env, LIVETREE_STATE_DIR: join(folder, `state-${args.length}`) },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const url = await new Promise((resolve) =>
    child.stdout.once('data', (text) => resolve(String(text).trim())),
  );
  return { child, url };
}

async function measure(what, args, isWatched) {
  const { child, url } = await started(args);
  const socket = isWatched ? new WebSocket(new URL('/sync', url.replace('http', 'ws'))) : undefined;
  socket?.on('open', () => socket.send(JSON.stringify({ type: 'hello', protocol: 1, request: 'a' })));
  await pause(2_000);
  const before = figures(child.pid);
  await pause(seconds * 1_000);
  const after = figures(child.pid);
  const perSecond = (after.wakeups - before.wakeups) / seconds;
  console.log(
    `${what.padEnd(28)} ${after.rssMb.toFixed(0).padStart(4)} MB  ${perSecond.toFixed(1).padStart(6)} wakeups/s  ` +
      `${((after.cpuMs - before.cpuMs) / seconds).toFixed(1).padStart(5)} ms CPU/s`,
  );
  socket?.terminate();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

console.log(`Node ${process.versions.node}, ${seconds} s each`);
await measure('no Set, nobody connected', [], false);
await measure('no Set, a page connected', [], true);
await measure('a Set, nobody connected', [set], false);
await measure('a Set, a page connected', [set], true);
rmSync(folder, { recursive: true, force: true });
