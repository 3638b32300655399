/**
 * From an edit in (simulated) Live to the change in the DOM of a page in Chromium, and in the tree of a client: the
 * Remote Script, the hub and the page are processes of their own, the wires real, the clocks one machine's.
 *
 *   node bench/live-latency.mjs [--events N=1700 a row] [--sets small,50 × 20,200 × 20] [--write]
 *
 * Six rows (three Sets, editing and under automation) of renames and mutes, then three of a hand on a fader. About
 * 10 minutes with the 10,200 events of the full run; `--events 100` takes 2. `--write` puts the table into
 * bench/RESULTS.md.
 */
import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { keep } from '../test/soak/report.mjs';
import { isThere, openStage, percentiles, round, untilRead } from './live-stage.mjs';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1700' },
    sets: { type: 'string', default: 'small,50 × 20,200 × 20' },
    write: { type: 'boolean', default: false },
  },
});
const EVENTS = Number(values.events);
/** ms between two edits, on average: 40 edits a second. */
const INTERVAL_MS = 25;
/** Tracks that are edited in turn: they are on the page. */
const TRACKS = 8;
/** ms after which a change that is not in the DOM counts as lost. */
const PATIENCE_MS = 3000;
const now = () => performance.timeOrigin + performance.now();

/** A page that writes down when which row came to say what. */
async function openPage(url) {
  const { chromium } = await import('playwright-core');
  const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    (path) => path && existsSync(path),
  );
  const args = ['--headless', '--no-sandbox', '--disable-gpu'];
  const browser = await chromium.launch({ executablePath, args });
  const page = await browser.newPage({ viewport: { width: 1200, height: 2000 } });
  await page.goto(url);
  await page.getByRole('treeitem').first().waitFor();
  await page.evaluate(() => {
    globalThis.rowsSeen = [];
    const rowOf = (node) => (node instanceof Element ? node : node.parentElement)?.closest('[role=treeitem]');
    const observer = new MutationObserver((records) => {
      const at = performance.timeOrigin + performance.now();
      const rows = new Set(records.map(({ target }) => rowOf(target)));
      for (const row of rows) {
        if (row === undefined || row === null) continue;
        const text = (name) => row.querySelector(name)?.textContent ?? '';
        const badges = [...row.querySelectorAll('.badge')].map((each) => each.textContent).join(' ');
        globalThis.rowsSeen.push([at, text('.title'), badges, text('.level')]);
      }
    });
    const tree = document.querySelector('[role=tree]');
    observer.observe(tree, { subtree: true, childList: true, characterData: true });
  });
  return { seen: () => page.evaluate(() => globalThis.rowsSeen), close: () => browser.close() };
}

/** Rows as the page came to show them, each with its moment. */
const decoded = (seen) =>
  seen.map(([at, title, badges, level]) => ({
    at,
    title: title.trim(),
    isMuted: /mute/i.test(badges),
    level: Number.parseFloat(level.replace('−', '-')),
  }));

/** ms from each edit to the first row that shows it; edits that never show are left out. */
function delays(edits, seen, shows) {
  const found = [];
  let from = 0;
  for (const edit of edits) {
    while (from < seen.length && seen[from].at < edit.at) from += 1;
    for (let at = from; at < seen.length && seen[at].at < edit.at + PATIENCE_MS; at++) {
      if (!shows(seen[at], edit)) continue;
      found.push(seen[at].at - edit.at);
      break;
    }
  }
  return found;
}

/** The first tracks of the Set, each with its name of this moment. */
async function tracksOf(simulator) {
  const { result } = await simulator.ask({ do: 'truth' });
  const tracks = result.lists.tracks.filter(({ props }) => !props.group && !props.is_foldable);
  return tracks
    .slice(0, TRACKS)
    .map(({ uid }, index) => ({ uid, name: `Track of ours ${index}`, isMuted: false }));
}

async function named(stage, tracks) {
  for (const { uid, name } of tracks) {
    await stage.simulator.edit('rename_track', { track: uid, name });
    await stage.simulator.edit('mute_track', { track: uid, on: false, value: false }).catch(() => {});
  }
  await stage.simulator.ask({ do: 'quiet', timeout: 60 });
  const { result } = await stage.simulator.ask({ do: 'truth' });
  const byUid = new Map(result.lists.tracks.map((track) => [track.uid, track]));
  for (const track of tracks) track.isMuted = byUid.get(track.uid)?.props.mute === true;
  await pause(300);
}

/** Renames (structure) and mutes (discrete) in turn. */
async function discrete(stage, page) {
  const { simulator, viewer } = stage;
  const tracks = await tracksOf(simulator);
  await named(stage, tracks);
  const atClient = new Map();
  const stop = viewer.onPatch(({ ops }) => {
    for (const op of ops) if (op.op === 'set' && op.props.name) atClient.set(op.props.name, now());
  });
  const edits = [];
  const answers = [];
  for (let at = 0; at < EVENTS; at++) {
    const track = tracks[Math.floor(at / 2) % tracks.length];
    const isRename = at % 2 === 0;
    if (isRename) track.name = `E${at}`;
    else track.isMuted = !track.isMuted;
    const edit = { ...track, isRename };
    edits.push(edit);
    const args = isRename ? { track: track.uid, name: track.name } : { track: track.uid };
    const answer = simulator.edit(isRename ? 'rename_track' : 'mute_track', args);
    answers.push(answer.then((given) => Object.assign(edit, { at: given.at })));
    await pause(INTERVAL_MS * (0.4 + Math.random() * 1.2));
  }
  await Promise.all(answers);
  await pause(PATIENCE_MS);
  stop?.();
  edits.sort((a, b) => a.at - b.at);
  const shows = (row, edit) => row.title === edit.name && (edit.isRename || row.isMuted === edit.isMuted);
  const dom = delays(edits, decoded(await page.seen()), shows);
  const client = edits.flatMap(({ at, name, isRename }) => {
    const seen = isRename ? atClient.get(name) : undefined;
    return seen === undefined ? [] : [seen - at];
  });
  return { dom, client, edited: edits.length };
}

/** Raw value of a fader: 40 dB over one unit in its upper part (docs/live-api.md), here in steps of 0.1 dB below 0. */
const rawOf = (step) => 0.85 - step * 0.0025;

/** A hand on one fader after the other, a new value every 25 ms: at most 20 a second are sent, and the last one. */
async function riding(stage, page, heard) {
  const { simulator } = stage;
  const tracks = await tracksOf(simulator);
  await named(stage, tracks);
  heard.length = 0;
  const edits = [];
  for (let at = 0; at < EVENTS / 4; at++) {
    const ride = Math.floor(at / 40);
    const track = tracks[ride % tracks.length];
    const step = 1 + ((at * 3) % 170);
    const { at: moment } = await simulator.edit('set_parameter', {
      track: track.uid,
      member: 'volume',
      value: rawOf(step),
    });
    edits.push({ at: moment, name: track.name, step });
    await pause(at % 40 === 39 ? 700 : INTERVAL_MS * (0.6 + Math.random() * 0.8));
  }
  await pause(PATIENCE_MS);
  const isOf = (step) => (raw) => Math.abs(raw - rawOf(step)) < 0.0005;
  const sent = edits.flatMap((edit) => {
    const frame = heard.find(
      ({ at, volumes }) => at >= edit.at && at < edit.at + 500 && volumes.some(isOf(edit.step)),
    );
    return frame === undefined ? [] : [{ ...edit, sentAt: frame.at }];
  });
  const seen = decoded(await page.seen());
  const shows = (row, { name, step }) => row.title === name && Math.abs(row.level + step / 10) < 0.051;
  const fromEdit = delays(sent, seen, shows);
  const fromSent = delays(
    sent.map((edit) => ({ ...edit, at: edit.sentAt })),
    seen,
    shows,
  );
  return { edited: edits.length, sent: sent.length, fromEdit, fromSent };
}

async function automate({ simulator }) {
  let automated = 0;
  for (let at = 0; at < 40; at++)
    await simulator.edit('automate_parameter').then(
      () => (automated += 1),
      () => {}, // it picked one that cannot be automated
    );
  await simulator.edit('play');
  return automated;
}

const cells = ({ p50, p99, max }) => `${round(p50)} | ${round(p99)} | ${round(max)}`;

/** Calls with a stage and a page that shows its Set; both end with it. */
async function withPage(name, act) {
  const heard = [];
  const hear = ({ type, payload }) => {
    if (type !== 'events') return;
    const volumes = Object.values(payload.sets ?? {}).flatMap(({ volume }) =>
      volume === undefined ? [] : [volume],
    );
    if (volumes.length > 0) heard.push({ at: now(), volumes });
  };
  const stage = await openStage(name, { hear });
  try {
    await untilRead(stage);
    const page = await openPage(stage.hub.url);
    const rows = await act(stage, page, heard);
    await page.close();
    return rows;
  } finally {
    await stage.close();
  }
}

const names = values.sets.split(',').filter(isThere);
const began = performance.now();
const table = [];
const say = (line) => {
  table.push(line);
  console.log(line);
};
say(
  `## ${new Date().toISOString().slice(0, 10)}, from Live to the page (\`bench/live-latency.mjs --events ${EVENTS}\`) · Node ${process.versions.node} · ${cpus().length} × ${cpus()[0]?.model} · load ${loadavg()[0]?.toFixed(1)} before`,
);
say('');
say(
  'From the edit in the simulator to the change in the DOM of a page in Chromium, ms. Renames (structure) and mutes (discrete), 40 a second. Wanted: p50 ≤ 20, p99 ≤ 60. Client: the same renames in the tree of a program of ours.',
);
say('');
say('| Set | what goes on | in the DOM, of edits | DOM p50 | p99 | max | client p50 | p99 | max |');
say('|---|---|---|---|---|---|---|---|---|');
let total = 0;
for (const name of names)
  for (const isAutomated of [false, true])
    await withPage(name, async (stage, page) => {
      const automated = isAutomated ? await automate(stage) : 0;
      await pause(1000);
      const { dom, client, edited } = await discrete(stage, page);
      total += dom.length;
      const what = isAutomated ? `${automated} parameters automated, playing` : 'editing';
      say(
        `| ${name} | ${what} | ${dom.length} of ${edited} | ${cells(percentiles(dom))} | ${cells(percentiles(client))} |`,
      );
    });
say('');
say(
  'A hand on a fader, 40 values a second: a ride states its first value at once, then the latest at most 20 times a second, and the last one. From the edit of a value that was sent, and from the frame that sent it:',
);
say('');
say('| Set | values | sent | from the edit p50 | p99 | max | from the frame p50 | p99 | max |');
say('|---|---|---|---|---|---|---|---|---|');
for (const name of names)
  await withPage(name, async (stage, page, heard) => {
    const { edited, sent, fromEdit, fromSent } = await riding(stage, page, heard);
    total += fromEdit.length;
    say(
      `| ${name} | ${edited} | ${sent}, ${fromEdit.length} in the DOM | ${cells(percentiles(fromEdit))} | ${cells(percentiles(fromSent))} |`,
    );
  });
say('');
say(
  `${total} changes seen in the DOM, ${((performance.now() - began) / 60_000).toFixed(1)} min, load ${loadavg()[0]?.toFixed(1)} after.`,
);
say('');
if (values.write) keep(table.join('\n'));
process.exit();
