import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launch } from '../packages/viewer/test/browser.ts';
import { SetFolder, serveSet, Viewer } from './end-to-end-world.ts';
import { PYTHON, Simulator } from './simulator.ts';

if (chromiumPath === undefined || PYTHON === undefined) {
  const message = 'No Chromium or no Python found: the end-to-end tests of Live and the page were SKIPPED.';
  if (process.env['LIVETREE_REQUIRE_BROWSER']) throw new Error(message);
  process.stderr.write(`\n*** ${message} ***\n\n`);
}

/** Many processes on a small machine take their time. */
const PATIENT = { timeout: 20_000 };

interface Stage {
  readonly simulator: Simulator;
  readonly viewer: Viewer;
}

describe.skipIf(chromiumPath === undefined || PYTHON === undefined)('Live, the hub and the page', () => {
  let browser: Browser;
  const ending: (() => unknown)[] = [];

  beforeAll(async () => {
    browser = await launch(chromiumPath ?? '');
  });
  afterEach(async () => {
    for (const end of ending.splice(0).reverse()) await end();
  });
  afterAll(() => browser?.close());

  /** A Set that is open in a simulated Live, served, with a page that shows what Live has. */
  async function stage(): Promise<Stage> {
    const set = new SetFolder();
    ending.push(() => set.remove());
    const served = await serveSet(set);
    ending.push(() => served.child.kill('SIGKILL'));
    const viewer = new Viewer(await browser.newPage({ viewport: { width: 1600, height: 340 } }));
    ending.push(() => viewer.page.close());
    const simulator = new Simulator(Number(new URL(served.url).port), ['--set', set.path]);
    ending.push(() => simulator.close());
    await viewer.page.goto(served.url);
    await viewer.status.filter({ hasText: 'Connected to a simulated Live' }).waitFor({ state: 'attached' });
    await simulator.ask({ do: 'quiet' });
    await viewer.withoutMarks();
    return { simulator, viewer };
  }

  /** In the order in which they stand; rows are filled anew in any order. */
  const titles = ({ page }: Viewer): Promise<readonly string[]> =>
    page.getByRole('treeitem').evaluateAll((rows: readonly HTMLElement[]) => {
      const sorted = [...rows].sort((a, b) => Number(a.dataset['index']) - Number(b.dataset['index']));
      return sorted.map((row) => row.querySelector('.title')?.textContent ?? '');
    });
  const scrolled = ({ page }: Viewer): Promise<number> =>
    page.getByRole('tree').evaluate((tree) => tree.scrollTop);

  it('[VIEW-49] edits in Live show at their rows while focus, cursor and scrolling stay', async () => {
    const { simulator, viewer } = await stage();
    const { page } = viewer;
    expect(await page.locator('header').getByText('simulated', { exact: true }).count()).toBe(1);
    await viewer.row('Drums').locator('.twisty').click();
    await viewer.row('Keys').click();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('tree').hover();
    await page.mouse.wheel(0, 48);
    await expect.poll(() => scrolled(viewer), PATIENT).toBe(48);
    await page.mouse.move(900, 300);
    const before = { ...(await viewer.state()), top: await scrolled(viewer), titles: await titles(viewer) };
    expect(before.focus).toBe('tree');

    await simulator.edit('rename_track', { track: { name: 'Vox Double' }, name: 'Vox Triple' });
    await viewer.marked('Vox Triple', '~').waitFor();
    const renamed = before.titles.map((title) => (title === 'Vox Double' ? 'Vox Triple' : title));
    expect(renamed).not.toEqual(before.titles);
    expect(await titles(viewer)).toEqual(renamed);

    await simulator.edit('delete_track', { track: { name: 'Vox Triple' } });
    await expect.poll(() => viewer.row('Vox Triple').count(), PATIENT).toBe(0);
    // The track without a name is counted anew, as Live does it.
    const left = renamed.filter((title) => title !== 'Vox Triple');
    expect(await titles(viewer)).toEqual(left.map((title) => (title === '14-MIDI' ? '13-MIDI' : title)));

    const { titles: _, ...kept } = before;
    expect({ ...(await viewer.state()), top: await scrolled(viewer) }).toEqual(kept);
    const changes = page.getByRole('region', { name: 'Changes' });
    await changes.getByRole('button', { name: 'Track "Vox Double" renamed "Vox Triple"' }).waitFor();
    await changes.getByRole('button', { name: 'Audio track "Vox Triple" deleted' }).waitFor();
    await changes.getByText('in Live').first().waitFor();
    expect(viewer.problems).toEqual([]);
  });

  it('[VIEW-45] notes that Live tells only to those who look are read and followed', async () => {
    const { viewer } = await stage();
    const { page } = viewer;
    await page.getByRole('searchbox', { name: /Search/ }).fill('Bass Verse');
    await page.keyboard.press('Enter');
    const details = page.getByRole('region', { name: 'Details' });
    await details.getByText('Notes').click();
    await details.getByRole('columnheader', { name: 'Velocity' }).waitFor();
    expect(await details.getByRole('row').count()).toBeGreaterThan(2);
    expect(viewer.problems).toEqual([]);
  });

  it('[VIEW-43] the tree follows what is selected in Live', async () => {
    const { simulator, viewer } = await stage();
    const { page } = viewer;
    await page.getByRole('button', { name: /Follow Live/ }).click();
    for (const name of ['Kit', 'Bass']) {
      await simulator.edit('select_track', { track: { name } });
      const active = page.locator('[role=treeitem][aria-selected=true] .title');
      await expect.poll(() => active.textContent(), PATIENT).toBe(name);
    }
    expect(viewer.problems).toEqual([]);
  });
});
