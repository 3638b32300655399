/**
 * From opening the page to the first rows of the tree, for the biggest Sets, in Chromium: the hub has read the Set.
 * Beside it what went over the wire for the skeleton.
 *
 *   node bench/first-paint.mjs [sets=5] [rounds=3]
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { median } from './corpus.mjs';

const corpus = process.env.LIVETREE_CORPUS ?? fileURLToPath(new URL('../../shared/corpus', import.meta.url));
const viewerDir = fileURLToPath(new URL('../packages/viewer/dist', import.meta.url));
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = '--headless --no-sandbox --disable-gpu --disable-background-networking --disable-sync'.split(
  ' ',
);
const ROWS = '[role="treeitem"]';

function biggest(count) {
  const folder = join(corpus, 'files');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.als'))
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(b).size - statSync(a).size)
    .slice(0, count);
}

/** Resolves with the bytes of the snapshot. */
async function snapshotBytes(port) {
  const { WebSocket } = await import('ws');
  const socket = new WebSocket(`ws://127.0.0.1:${port}/sync`);
  socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', protocol: 1, request: 'h' })));
  return new Promise((resolve) => {
    socket.on('message', (data, isBinary) => {
      const message = isBinary ? undefined : JSON.parse(data.toString());
      if (message?.type !== 'snapshot') return;
      socket.terminate();
      resolve(message);
    });
  });
}

async function paint(browser, url) {
  const page = await browser.newPage();
  const start = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator(ROWS).first().waitFor();
  const took = performance.now() - start;
  await page.close();
  return took;
}

async function measure(count, rounds) {
  if (!existsSync(corpus) || !existsSync(executablePath)) {
    console.log('No real Sets or no Chromium: nothing was measured.');
    return;
  }
  const { startHub } = await import(new URL('../packages/hub/dist/node/index.js', import.meta.url));
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  for (const path of biggest(count)) {
    const hub = await startHub({ port: 0, paths: [path], viewerDir });
    const { bytes, nodes } = await snapshotBytes(hub.port);
    const times = [];
    for (let round = 0; round < rounds; round++) times.push(await paint(browser, hub.url));
    const name = path.split('/').at(-1);
    console.log(
      `${name}: ${nodes} nodes, ${Math.round(bytes / 1024)} KB packed, first rows after ${Math.round(median(times))} ms (least ${Math.round(Math.min(...times))} ms)`,
    );
    await hub.close();
  }
  await browser.close();
}

const [count = 5, rounds = 3] = process.argv.slice(2).map(Number);
await measure(count, rounds);
