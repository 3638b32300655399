/**
 * From an edit in (simulated) Live to the change in a client's tree, and in the DOM of a page in Chromium: every
 * process is real, and the clocks are one machine's.
 *
 *   node bench/live-latency.mjs [--events N=1000 a row] [--browser] [--sets small,demo-live,…]
 */
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { isThere, openStage, percentiles, round, SETS, untilRead } from './live-stage.mjs';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000' },
    browser: { type: 'boolean', default: false },
    sets: { type: 'string', default: Object.keys(SETS).join() },
  },
});
/** ms between two edits, on average: 40 edits a second. */
const INTERVAL_MS = 25;
/** Tracks that are renamed in turn: the first rows of the page. */
const TRACKS = 8;

/** A page that notes when a name of ours came to be in its DOM. */
async function openPage(url) {
  const { chromium } = await import('playwright-core');
  const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    (path) => path && existsSync(path),
  );
  const browser = await chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
  const page = await browser.newPage({ viewport: { width: 1200, height: 2000 } });
  await page.goto(url);
  await page.getByRole('treeitem').first().waitFor();
  await page.evaluate(() => {
    globalThis.seen = {};
    new MutationObserver(() => {
      const now = performance.timeOrigin + performance.now();
      for (const row of document.querySelectorAll('[role=treeitem]')) {
        const name = /E\d+/.exec(row.textContent)?.[0];
        if (name !== undefined && globalThis.seen[name] === undefined) globalThis.seen[name] = now;
      }
    }).observe(document.querySelector('[role=tree]'), {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
  return { seen: () => page.evaluate(() => globalThis.seen), close: () => browser.close() };
}

/** Renames in turn; what is heard of each. */
async function measure(stage, page) {
  const { simulator, viewer } = stage;
  const { result } = await simulator.ask({ do: 'truth' });
  const tracks = result.lists.tracks.filter(({ props }) => !props.group).slice(0, TRACKS);
  const edited = new Map();
  const atClient = new Map();
  viewer.onPatch(({ ops }) => {
    const now = performance.timeOrigin + performance.now();
    for (const op of ops)
      if (op.op === 'set' && /^E\d+$/.test(op.props.name ?? '')) atClient.set(op.props.name, now);
  });
  const answers = [];
  for (let at = 0; at < Number(values.events); at++) {
    const name = `E${at}`;
    const track = tracks[at % tracks.length].uid;
    answers.push(
      simulator.edit('rename_track', { track, name }).then((answer) => edited.set(name, answer.at)),
    );
    await pause(INTERVAL_MS * (0.4 + Math.random() * 1.2));
  }
  await Promise.all(answers);
  await pause(500);
  const inDom = new Map(Object.entries((await page?.seen()) ?? {}));
  const of = (seen) =>
    [...edited].filter(([name]) => seen.has(name)).map(([name, at]) => seen.get(name) - at);
  return { client: of(atClient), dom: of(inDom), edited: edited.size };
}

async function automate({ simulator }) {
  let automated = 0;
  for (let at = 0; at < 40; at++)
    await simulator.edit('automate_parameter').then(
      () => (automated += 1),
      () => {},
    );
  await simulator.edit('play');
  return automated;
}

const cells = ({ p50, p99, max }) => `${round(p50)} | ${round(p99)} | ${round(max)}`;
console.log('| Set | what goes on | events | client p50 | p99 | max | DOM events | DOM p50 | p99 | max |');
console.log('|---|---|---|---|---|---|---|---|---|---|');
for (const name of values.sets.split(',').filter(isThere)) {
  for (const mode of ['editing', 'automating']) {
    const stage = await openStage(name);
    try {
      await untilRead(stage);
      const page = values.browser ? await openPage(stage.hub.url) : undefined;
      const automated = mode === 'automating' ? await automate(stage) : 0;
      await pause(1000);
      const { client, dom, edited } = await measure(stage, page);
      const what = automated > 0 ? `${automated} parameters automated` : 'nothing else';
      const seen = page === undefined ? '– | – | – | –' : `${dom.length} | ${cells(percentiles(dom))}`;
      console.log(
        `| ${name} | ${what} | ${client.length} of ${edited} | ${cells(percentiles(client))} | ${seen} |`,
      );
      await page?.close();
    } finally {
      await stage.close();
    }
  }
}
process.exit();
