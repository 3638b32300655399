import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type SET, setInfo } from '../../client/test/authority.ts';
import { chromiumPath } from './browser.ts';
import { id, track } from './tree.ts';
import { barriers, type OpenOptions, rowOf, viewerWorld } from './world.ts';

const NO_SETS: OpenOptions = {
  prepare: (hub) => {
    hub.authority.sets = [];
  },
};

describe.skipIf(chromiumPath === undefined)('viewer', () => {
  const world = viewerWorld();
  const { open, opened } = world;
  const activeName = (page: Page) => page.locator('[role=treeitem][aria-selected=true] .title').textContent();
  /** Found and measured in one go: rows are filled anew when scrolling has come to rest. */
  const topOf = (page: Page, name: string) =>
    page.evaluate((wanted) => {
      const titles = [...document.querySelectorAll('[role=treeitem] .title')];
      const title = titles.find(({ textContent }) => textContent === wanted);
      return title?.closest('[role=treeitem]')?.getBoundingClientRect().top;
    }, name);

  it('[VIEW-1] shows the Set: its name, tempo, meter, tracks', async () => {
    const { page, row, problems } = await opened();
    await expect.poll(() => page.title()).toBe('My Set – LiveTree');
    expect(await page.locator('header').first().innerText()).toMatch(
      /My Set[\s\S]*120 BPM[\s\S]*4\/4[\s\S]*Live 12\.1/,
    );
    expect(await row('Drums').getAttribute('aria-expanded')).toBe('true');
    expect(await row('Bass').getAttribute('aria-expanded')).toBe('false');
    expect(await row('Bass').getByText('1 clip · 1 device', { exact: true }).count()).toBe(1);
    expect(await page.getByRole('treeitem').count()).toBeLessThan(60);
    expect(problems).toEqual([]);
  });

  it('[VIEW-9] goes by keyboard, and names the active row', async () => {
    const { page, tree } = await opened();
    await tree.focus();
    for (const key of ['j', 'ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    expect(await activeName(page)).toBe('Snare');
    const active = await tree.getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${active}"]`).getAttribute('aria-level')).toBe('3');
    for (const key of ['h', 'h']) await page.keyboard.press(key);
    expect(await rowOf(page, 'Kick').count()).toBe(0);
    await page.keyboard.press('G');
    expect(await activeName(page)).toBe('Main');
    await page.keyboard.type('gg');
    expect(await activeName(page)).toBe('Tracks');
    await page.keyboard.type('ba');
    expect(await activeName(page)).toBe('Bass');
    await page.mouse.wheel(0, 5000);
    expect(await tree.getAttribute('aria-activedescendant')).toBe('row-t-Bass');
    expect(await page.locator('#row-t-Bass').count()).toBe(1);
  });

  it('[VIEW-4] finds by name in place, steps through what it found, and stays there', async () => {
    const { page, row } = await opened();
    await page.keyboard.press('/');
    await page.keyboard.type('eq');
    await row('Eq').waitFor();
    expect(await row('Snare').count()).toBe(0);
    expect(await activeName(page)).toBe('Eq');
    await page.keyboard.press('Escape');
    await row('Drums').waitFor();
    expect(await activeName(page)).toBe('Eq');
    await page.keyboard.press('/');
    await page.keyboard.type('synth 1');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('n');
    expect(await activeName(page)).toBe('Synth 10');
    await page.keyboard.press('N');
    expect(await activeName(page)).toBe('Synth 1');
  });

  it('[VIEW-7] marks what changed with a sign, opens nothing, steals no focus', async () => {
    const { hub, page, row, tree } = await opened();
    const search = page.getByRole('searchbox');
    await row('Drums').locator('.twisty').click();
    await page.mouse.move(2, 2);
    await search.focus();
    hub.send(
      hub.authority.edit(
        { op: 'set', id: id('t-Bass'), props: { mute: true } },
        { op: 'set', id: id('t-Kick'), props: { mute: false } },
        { op: 'insert', parent: id('root'), list: 'tracks', index: 1, node: track('Vox') },
      ),
    );
    await row('Vox').waitFor();
    expect(await row('Vox').locator('.sign').innerText()).toMatch(/^\+/);
    expect(await row('Bass').locator('.sign').innerText()).toMatch(/^~/);
    expect(await row('Bass').locator('.badge').innerText()).toBe('muted');
    expect(await row('Drums').locator('.sign').innerText()).toMatch(/1 change inside/);
    expect(await row('Drums').getAttribute('aria-expanded')).toBe('false');
    expect(await search.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await activeName(page)).toBe('Drums');
    await expect.poll(() => tree.locator('.sign').count(), { timeout: 10_000 }).toBe(0);
  });

  it('[VIEW-6] what is under the pointer, or at the top, does not move when rows come above', async () => {
    const { hub, page, tree } = await opened();
    await page.mouse.move(300, 300);
    const before = await topOf(page, 'Synth 4');
    const insert = (name: string) =>
      hub.send(
        hub.authority.edit({ op: 'insert', parent: id('root'), list: 'tracks', index: 0, node: track(name) }),
      );
    insert('One');
    await expect.poll(() => rowOf(page, 'Tracks').innerText()).toContain('63');
    expect(await topOf(page, 'Synth 4')).toBe(before);
    await tree.evaluate((element) => element.scrollTo(0, 30 * 24));
    await page.mouse.move(5, 5);
    await rowOf(page, 'Synth 40').waitFor();
    // It was drawn below the window before: until the page has heard of the scrolling it lies above.
    await expect.poll(() => topOf(page, 'Synth 40')).toBeGreaterThan(0);
    const lower = await topOf(page, 'Synth 40');
    const scrolled = await tree.evaluate((element) => element.scrollTop);
    insert('Two');
    await expect.poll(() => tree.evaluate((element) => element.scrollTop)).toBe(scrolled + 24);
    expect(await topOf(page, 'Synth 40')).toBe(lower);
  });

  it('[VIEW-6] the cursor of a removed row goes to what it lay in', async () => {
    const { hub, page } = await opened({}, '#/node/c-Verse');
    await expect.poll(() => activeName(page)).toBe('Verse');
    hub.send(hub.authority.edit({ op: 'remove', id: id('c-Verse') }));
    await expect.poll(() => activeName(page)).toBe('Bass');
    expect(new URL(page.url()).hash).toBe('#/node/t-Bass');
  });

  it('[VIEW-7] with reduced motion nothing moves', async () => {
    const { hub, row, tree } = await opened({ reducedMotion: 'reduce' });
    hub.send(hub.authority.edit({ op: 'set', id: id('t-Bass'), props: { solo: true } }));
    const outline = row('Bass').locator('.outline');
    await outline.waitFor();
    expect(await outline.evaluate((element) => element.getAnimations().length)).toBe(0);
    expect(await tree.locator('.sign').count()).toBe(1);
  });

  it('[VIEW-17] a link leads to its node, and a chosen row becomes the link', async () => {
    const { page, row } = await opened({}, '#/node/d-Eq');
    await expect.poll(() => activeName(page)).toBe('Eq');
    await row('Drums').click();
    expect(new URL(page.url()).hash).toBe('#/node/t-Drums');
  });

  it('[VIEW-13] reads details when they are opened, and follows them', async () => {
    const { hub, page } = await opened({}, '#/node/c-Verse');
    hub.authority.items.set(id('c-Verse'), [{ key: 'a', pitch: 60, time: 0, duration: 1 }]);
    await page.locator('summary').click();
    const table = page.getByRole('table');
    await table.waitFor();
    expect(await table.innerText()).toContain('C3');
    for (const frame of hub.authority.editNotes(id('c-Verse'), [
      { key: 'a', pitch: 62, time: 0, duration: 1 },
    ]))
      hub.send(frame);
    await expect.poll(() => table.innerText()).toContain('D3');
  });

  it('[VIEW-75] notes are drawn beside their table, and the drawing follows them', async () => {
    const { hub, page } = await opened({}, '#/node/c-Verse');
    hub.authority.items.set(id('c-Verse'), [{ key: 'a', pitch: 60, time: 0, duration: 4 }]);
    await page.locator('summary').click();
    await page.getByRole('img', { name: '1 note, C3 to C3, from 1.1.1 to 2.1.1' }).waitFor();
    const notes = [
      { key: 'a', pitch: 60, time: 0, duration: 4 },
      { key: 'b', pitch: 72, time: 4, duration: 4 },
    ];
    for (const frame of hub.authority.editNotes(id('c-Verse'), notes)) hub.send(frame);
    const drawn = page.getByRole('img', { name: '2 notes, C3 to C4, from 1.1.1 to 3.1.1' });
    await drawn.waitFor();
    expect(await drawn.locator('path').getAttribute('d')).toBe('M0 12h160v1h-160zM160 0h160v1h-160z');
    expect(await barriers(page)).toEqual([]);
  });

  it('[VIEW-73] what is seldom looked for is under More, which stays open from thing to thing', async () => {
    const { hub, page, row } = await opened({}, '#/node/t-Bass');
    const raw = { audioInput: 'AudioIn/External/S0' };
    hub.send(
      hub.authority.edit(
        { op: 'set', id: id('t-Bass'), props: raw },
        { op: 'set', id: id('t-Kick'), props: raw },
      ),
    );
    const details = page.getByRole('region', { name: 'Details' });
    await details.getByText('More 1').click();
    await details.getByText('AudioIn/External/S0').waitFor();
    await row('Kick').click();
    await details.getByRole('heading', { name: 'Kick' }).waitFor();
    expect(await details.getByText('AudioIn/External/S0').isVisible()).toBe(true);
  });

  it('[VIEW-14] says that the connection is lost, and comes back with what changed meanwhile', async () => {
    const { hub, page, row } = await opened();
    await hub.stop();
    const state = page.getByRole('region', { name: 'State' });
    await expect.poll(() => state.innerText()).toMatch(/Connection lost|does not answer/);
    expect(await row('Bass').count()).toBe(1);
    hub.authority.edit({ op: 'set', id: id('t-Bass'), props: { name: 'Sub Bass' } });
    await hub.start();
    await row('Sub Bass').waitFor();
    await expect.poll(() => state.innerText()).toMatch(/Connected/);
  });

  it('[VIEW-14] tells how to open a Set while there is none, and shows the first that comes', async () => {
    const { hub, page, row } = await open({}, '', NO_SETS);
    await page.getByRole('heading', { name: 'No Set is open yet' }).waitFor();
    expect(await page.getByRole('main').innerText()).toContain('Drop a Live Set here');
    hub.authority.sets = [setInfo()];
    hub.send({ type: 'status', sets: hub.authority.sets });
    await row('Tracks').waitFor();
  });

  it('[VIEW-14] says why a file cannot be read, with the remedy', async () => {
    const { hub, page } = await opened();
    const broken = {
      ...setInfo(),
      path: '/Music/My Set.als',
      file: { state: 'broken', problem: 'It is cut off.', savedAt: 0 },
    } as const;
    hub.send({ type: 'status', sets: [broken] });
    const state = page.getByRole('region', { name: 'State' });
    await expect
      .poll(() => state.innerText())
      .toMatch(/cannot be read: It is cut off\.[\s\S]*Save the Set again/);
  });

  it('[VIEW-18] lets one choose among several Sets', async () => {
    const { hub, page } = await opened();
    const other = setInfo('Other Song', 'set-2' as typeof SET);
    hub.send({ type: 'status', sets: [setInfo(), other] });
    const picker = page.getByRole('combobox', { name: 'Set' });
    await expect.poll(() => picker.locator('option').allTextContents()).toEqual(['My Set', 'Other Song']);
  });

  const looks: Record<string, BrowserContextOptions> = {
    dark: { colorScheme: 'dark' },
    light: { colorScheme: 'light' },
    narrow: { viewport: { width: 390, height: 700 } },
    'at 200 %': { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
  };
  for (const [name, options] of Object.entries(looks)) {
    it(`[VIEW-19] is without a known barrier: ${name}`, async () => {
      const { hub, page, row } = await opened(options);
      await row('Bass').click();
      hub.send(
        hub.authority.edit({ op: 'set', id: id('t-Bass'), props: { mute: true, solo: true, arm: true } }),
      );
      await row('Bass').locator('.sign').waitFor();
      expect(await barriers(page)).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(overflow).toBe(false);
    });
  }
  it('[VIEW-19] is without a known barrier: empty, and with help open', async () => {
    const { page } = await open({}, '', NO_SETS);
    await page.getByRole('heading', { name: 'No Set is open yet' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it('[VIEW-20] is at most 120 KB gzipped, asks no other host, and brings no schema library', () => {
    const assets = readdirSync(join(world.folder(), 'assets')).map((name) =>
      readFileSync(join(world.folder(), 'assets', name)),
    );
    const total = assets.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0);
    expect(total).toBeGreaterThan(10_000);
    expect(total).toBeLessThan(120 * 1024);
    const text = assets.join('\n') + readFileSync(join(world.folder(), 'index.html'), 'utf8');
    expect(text).not.toMatch(/ZodError|invalid_union/);
    const hosts = [...text.matchAll(/(?:src|href|url)\s*[=(]\s*["']?(https?:\/\/[^"')]*)/g)].map(
      (match) => match[1],
    );
    expect(hosts).toEqual([]);
  });
});
