import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Served } from '../packages/cli/test/support/serve.ts';
import { chromiumPath, launch } from '../packages/viewer/test/browser.ts';
import { DEMO, Listener, NEXT, SetFolder, serveSet, syncUrl, Viewer } from './end-to-end-world.ts';

if (chromiumPath === undefined) {
  const message = 'No Chromium found (set CHROMIUM to its path): the end-to-end tests were SKIPPED.';
  if (process.env['LIVETREE_REQUIRE_BROWSER']) throw new Error(message);
  process.stderr.write(`\n*** ${message} ***\n\n`);
}

const told = (text: string): boolean => process.stderr.write(`end to end: ${text}\n`);

describe.skipIf(chromiumPath === undefined)('from the saved file to the page', () => {
  let browser: Browser;
  const ending: (() => unknown)[] = [];

  beforeAll(async () => {
    browser = await launch(chromiumPath ?? '');
  });
  afterEach(async () => {
    for (const end of ending.splice(0).reverse()) await end();
  });
  afterAll(() => browser?.close());

  async function world(): Promise<{ set: SetFolder; served: Served; viewer: Viewer; listener: Listener }> {
    const set = new SetFolder();
    ending.push(() => set.remove());
    const served = await serveSet(set);
    ending.push(() => served.child.kill('SIGKILL'));
    const viewer = await Viewer.open(browser, served.url);
    ending.push(() => viewer.page.close());
    const listener = new Listener(served.url);
    ending.push(() => listener.close());
    await listener.until(() => listener.files.find(({ state }) => state === 'ok'));
    return { set, served, viewer, listener };
  }

  /** Opens what the edits of the demo touch, and puts the cursor elsewhere. */
  async function lookAtEdits(viewer: Viewer): Promise<void> {
    await viewer.expand('Bass', 'Keys', 'Keys 日本', 'Pad für Intro');
    await viewer.row('14-MIDI').click();
    for (const title of ['Pump', 'Glasswing']) await viewer.row(title).waitFor();
    await viewer.row('Verse Keys').first().waitFor();
  }

  it('[E2E-1] the page shows the tree of the file, without an error on its console', async () => {
    const { viewer } = await world();
    await expect.poll(() => viewer.page.title()).toBe('Night Bus für Ü – LiveTree');
    for (const title of ['Drums', 'Keys', 'Vox', 'Vox Double', '14-MIDI', 'A-Reverb', 'B-Dub Delay'])
      expect(await viewer.row(title).count(), title).toBe(1);
    await viewer.expand('Drums', 'Kit', 'Kit Night Bus');
    await viewer.row('Snare Wet').waitFor();
    expect(viewer.problems).toEqual([]);
  });

  it('[E2E-2] each save, whatever the way of saving, is one patch, and lights up the rows it changed', async () => {
    const { set, viewer, listener } = await world();
    await lookAtEdits(viewer);
    const before = await viewer.state();
    expect(before).toMatchObject({ focus: 'tree', active: expect.stringMatching(/^row-/) });

    const saves: readonly (readonly [string, string, () => unknown])[] = [
      ['a new file in its place', 'Verse Keys B', () => set.replace(NEXT)],
      ['slowly over the old bytes', 'Verse Keys', () => set.overwriteSlowly(DEMO)],
      ['the old one to Backup/', 'Verse Keys B', () => set.replaceWithBackup(NEXT)],
    ];
    for (const [index, [how, clip, save]] of saves.entries()) {
      await viewer.withoutMarks();
      const from = await Promise.resolve(save()).then(() => performance.now());
      const marked = viewer.markedAt(clip, '~');
      const patch = await listener.until(() => listener.patches[index]);
      await Promise.all([
        viewer.marked('Pump', '↕').waitFor(),
        viewer.marked('Vox Double', '~').waitFor(),
        // Only a parameter of it changed: nothing of the row itself.
        viewer.marked('EQ Eight', '~').waitFor(),
      ]);
      const [patchMs, rowMs] = [patch.at - from, (await marked) - from];
      told(`${how}: file complete → patch ${patchMs.toFixed(0)} ms, → row ${rowMs.toFixed(0)} ms`);
      expect(patch.ops.map(({ op }) => op).sort()).toEqual(['move', 'set', 'set', 'set', 'set']);
      expect(patch.from).toBe(listener.patches[index - 1]?.to ?? patch.from);
      expect(await viewer.row('Vox Double').innerText()).toMatch(index === 1 ? /^(?!.*muted)/s : /muted/);
      expect(await viewer.state()).toEqual(before);
    }
    // One more: a second patch of the third save would come before its own.
    set.replace(DEMO);
    await listener.until(() => listener.patches[saves.length]);
    const [third, last] = listener.patches.slice(-2);
    expect([listener.patches.length, last?.from]).toEqual([saves.length + 1, third?.to]);
    expect(listener.files.filter(({ state }) => state !== 'ok' && state !== 'reading')).toEqual([]);
    expect(viewer.problems).toEqual([]);
  }, 60_000);

  it('[E2E-3] a damaged save: the page says why and keeps the tree; the next good one mends it', async () => {
    const { set, viewer, listener } = await world();
    await lookAtEdits(viewer);
    const before = await viewer.state();
    set.replace(
      gzipSync('<?xml version="1.0"?><Ableton Creator="Ableton Live 12"><LiveSet></Tracks></Ableton>'),
    );
    await viewer.status.filter({ hasText: /cannot be read.*damaged/ }).waitFor({ state: 'attached' });
    expect(await viewer.state()).toEqual(before);
    expect(await viewer.row('Vox Double').count()).toBe(1);
    expect(listener.patches).toEqual([]);

    set.replace(NEXT);
    await viewer.marked('Verse Keys B', '~').waitFor();
    await viewer.status.filter({ hasText: /Follows the file/ }).waitFor({ state: 'attached' });
    expect(await viewer.state()).toEqual(before);
    expect(listener.patches).toHaveLength(1);
    expect(viewer.problems).toEqual([]);
  });

  it('[E2E-4] LiveTree starts anew: the page comes back by itself, same rows, same folding', async () => {
    const { set, served, viewer } = await world();
    await lookAtEdits(viewer);
    const rows = () => viewer.page.getByRole('treeitem').evaluateAll((items) => items.map(({ id }) => id));
    const [before, rowsBefore] = [await viewer.state(), await rows()];
    await served.stop('SIGTERM');
    await viewer.status.filter({ hasText: /Connection lost|does not answer/ }).waitFor({ state: 'attached' });
    expect(await rows()).toEqual(rowsBefore);

    const again = await serveSet(set, Number(new URL(served.url).port));
    ending.push(() => again.child.kill('SIGKILL'));
    const from = performance.now();
    await viewer.status.filter({ hasText: /Follows the file/ }).waitFor({ state: 'attached' });
    told(`the page was back ${(performance.now() - from).toFixed(0)} ms after the new start`);
    expect([await viewer.state(), await rows()]).toEqual([before, rowsBefore]);
    set.replace(NEXT);
    await viewer.marked('Pump', '↕').waitFor();
    const others = viewer.problems.filter((text) => !/WebSocket|ERR_CONNECTION/.test(text));
    expect(others).toEqual([]);
  });

  it('[E2E-5] a page of another origin is refused, whatever it asks for', async () => {
    const { served } = await world();
    const origin = 'http://evil.example';
    const status = await new Promise((resolve, reject) => {
      const socket = new WebSocket(syncUrl(served.url), { origin });
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
      socket.on('open', () => reject(new Error('it was let in')));
    });
    expect(status).toBe(403);
    for (const path of ['/', '/api/sets', '/healthz'])
      expect((await fetch(new URL(path, served.url), { headers: { origin } })).status, path).toBe(403);
  });

  it('[E2E-6] a page of another port of this computer cannot reach the Set', async () => {
    const { served } = await world();
    const stranger = createServer((_, response) => response.end('<title>stranger</title>'));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    ending.push(() => stranger.close());
    const page = await browser.newPage();
    ending.push(() => page.close());
    await page.goto(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`);
    const outcome = await page.evaluate(
      (address) =>
        new Promise((resolve) => {
          const socket = new globalThis.WebSocket(address);
          socket.onopen = () => resolve('let in');
          socket.onerror = () => resolve('refused');
        }),
      syncUrl(served.url).href,
    );
    expect(outcome).toBe('refused');
  });
});
