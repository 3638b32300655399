import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Served } from '../packages/cli/test/support/serve.ts';
import { chromiumPath, launch } from '../packages/viewer/test/browser.ts';
import { barriers } from '../packages/viewer/test/world.ts';
import { DEMO, NEXT, SetFolder, serveSet, Viewer } from './end-to-end-world.ts';

if (chromiumPath === undefined) {
  const message = 'No Chromium found (set CHROMIUM to its path): the History pane was NOT tested.';
  if (process.env['LIVETREE_REQUIRE_BROWSER']) throw new Error(message);
  process.stderr.write(`\n*** ${message} ***\n\n`);
}

const FIRST = 'Night Bus für Ü [2026-03-01 201502].als';
const WIDE: BrowserContextOptions = { viewport: { width: 1700, height: 900 } };
/** As narrow as a phone, and high enough for the rows in question above the pane. */
const NARROW: BrowserContextOptions = { viewport: { width: 360, height: 1800 }, colorScheme: 'dark' };

describe.skipIf(chromiumPath === undefined)('earlier saves on the page', () => {
  const set = new SetFolder();
  let browser: Browser;
  let served: Served;

  beforeAll(async () => {
    mkdirSync(join(set.folder, 'Backup'));
    writeFileSync(join(set.folder, 'Backup', FIRST), DEMO);
    set.replace(NEXT);
    browser = await launch(chromiumPath ?? '');
    served = await serveSet(set);
  });
  afterAll(async () => {
    await browser.close();
    await served.stop('SIGINT');
    set.remove();
  });

  const pane = (page: Page) => page.getByRole('region', { name: 'History', exact: true });
  const entries = (page: Page) => pane(page).locator('.pick');
  const texts = async (page: Page) =>
    (await entries(page).allInnerTexts()).map((text) => text.split('\n').pop());
  async function opened(look: BrowserContextOptions = {}): Promise<Viewer> {
    const viewer = new Viewer(await browser.newPage(look));
    await viewer.page.goto(served.url);
    await viewer.row('Bass').waitFor();
    await viewer.page.getByRole('tab', { name: 'History' }).click();
    await expect
      .poll(() => texts(viewer.page), { timeout: 15_000 })
      .toEqual([expect.stringMatching(/^\d+ changes: /), 'The oldest save that is kept']);
    return viewer;
  }

  it('[HIST-40] lists what is kept; two clicks compare any two, in any order, and say what changed where', async () => {
    const { page, problems } = await opened(WIDE);
    expect(
      await pane(page)
        .getByText(/^Kept in .*MB\)$/)
        .count(),
    ).toBe(1);
    await entries(page).nth(0).click();
    await entries(page).nth(1).click();
    const compared = page.getByRole('region', { name: 'What changed between the two' });
    await compared.waitFor();
    const bass = compared.locator('li', { has: page.locator('.label', { hasText: 'Bass' }) }).first();
    expect(await bass.innerText()).toContain('2 Frequency A: 1.20 kHz → 340 Hz');
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await entries(page).nth(0).waitFor();
    expect(await page.getByRole('button', { pressed: true }).and(entries(page)).count()).toBe(0);
    expect(problems).toEqual([]);
    await page.close();
  });

  it.each([
    ['beside the tree', {}],
    ['on a phone, in the dark', NARROW],
  ])('[HIST-42] shows the Set as it was, marked as such, by keyboard, one key back; %s', async (_, look) => {
    const viewer = await opened(look);
    const { page, problems } = viewer;
    const muted = viewer.row('Vox Double').getByText('muted');
    const isMuted = () => muted.count();
    await expect.poll(isMuted).toBe(1);
    await entries(page).nth(0).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('v');
    const was = page.getByRole('tree', { name: 'Set as it was' });
    await was.waitFor();
    await page.getByRole('status').getByText('not the present').waitFor();
    await viewer.row('Vox Double').waitFor();
    expect(await isMuted()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await was.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    await page.getByRole('tree', { name: 'Set', exact: true }).waitFor();
    expect(await page.getByText('not the present').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tree');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('[HIST-45] a save under the eyes of the page joins the list', async () => {
    const { page, problems } = await opened();
    set.replace(DEMO);
    await expect.poll(() => entries(page).count(), { timeout: 15_000 }).toBe(3);
    expect((await texts(page))[0]).toMatch(/^\d+ changes: /);
    expect(problems).toEqual([]);
    await page.close();
  });
});
