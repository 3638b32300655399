import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../packages/cli/test/support/serve.ts';
import { chromiumPath, launch } from '../packages/viewer/test/browser.ts';
import { DEMO, NEXT, SetFolder, serveSet, Viewer } from './end-to-end-world.ts';

if (chromiumPath === undefined) {
  const message = 'No Chromium found (set CHROMIUM to its path): the end-to-end tests were SKIPPED.';
  if (process.env['LIVETREE_REQUIRE_BROWSER']) throw new Error(message);
  process.stderr.write(`\n*** ${message} ***\n\n`);
}

describe.skipIf(chromiumPath === undefined)('the page and the real hub', () => {
  let browser: Browser;
  const ending: (() => unknown)[] = [];

  beforeAll(async () => {
    browser = await launch(chromiumPath ?? '');
  });
  afterEach(async () => {
    for (const end of ending.splice(0).reverse()) await end();
  });
  afterAll(() => browser?.close());

  it('[VIEW-21] a real save is told in Changes, and each sentence leads to its row', async () => {
    const set = new SetFolder();
    ending.push(() => set.remove());
    const served = await serveSet(set);
    ending.push(() => served.child.kill('SIGKILL'));
    const viewer = await Viewer.open(browser, served.url);
    const { page } = viewer;
    ending.push(() => page.close());
    set.replace(NEXT);
    const tab = page.getByRole('tab', { name: /Changes/ });
    await expect.poll(() => tab.innerText(), { timeout: 10_000 }).toMatch(/1/);
    await tab.click();
    for (const [sentence, row] of [
      ['2 Frequency A: 1.20 kHz → 340 Hz', 'EQ Eight'],
      ['1 note added', 'Bass Verse'],
      ['Pump moved from Bass', 'Pump'],
      ['Vox Double: muted', 'Vox Double'],
      ['Scene "Outro": info text changed', 'Outro'],
    ] as const) {
      await page.getByRole('button', { name: sentence }).click();
      const active = page.locator('[role=treeitem][aria-selected=true] .title');
      await expect.poll(() => active.textContent(), { message: sentence, timeout: 10_000 }).toBe(row);
    }
    expect(viewer.problems).toEqual([]);
  });

  it('[VIEW-26] a hub without a Set: one is dropped, a broken one is told, one is opened by its path', async () => {
    const set = new SetFolder();
    ending.push(() => set.remove());
    const served = await serve(['--port', '0'], { deadlineMs: 60_000 });
    ending.push(() => served.child.kill('SIGKILL'));
    const viewer = new Viewer(await browser.newPage());
    const { page } = viewer;
    ending.push(() => page.close());
    // Where Live runs, the way to it is shown first.
    await page.addInitScript(() => localStorage.setItem('livetree.setup', 'skip'));
    await page.goto(served.url);
    await page.getByText('Drop a Live Set here').waitFor();
    await drop(page, 'Broken.als', DEMO.subarray(0, 900));
    await viewer.status.filter({ hasText: /cannot be read.*cut off/ }).waitFor({ state: 'attached' });
    await drop(page, 'Dropped.als', DEMO);
    await viewer.row('Vox Double').waitFor();
    await viewer.status.filter({ hasText: /A copy, as the file was/ }).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Open a Set' }).click();
    await page.getByRole('textbox', { name: /path of the Set/ }).fill(set.path);
    await page.keyboard.press('Enter');
    await viewer.status.filter({ hasText: /Follows the file/ }).waitFor({ state: 'attached' });
    expect(await page.title()).toBe('Night Bus für Ü – LiveTree');
    const names = await page.getByRole('combobox', { name: 'Set' }).locator('option').allTextContents();
    expect(names).toEqual(['Broken', 'Dropped', 'Night Bus für Ü']);
    expect(viewer.problems).toEqual([]);
  });
});

/** As if somebody dropped a file on the page. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page.evaluate(
    ([name, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], name));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    },
    [name, bytes.toString('base64')] as const,
  );
}
