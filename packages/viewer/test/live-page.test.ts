import type { Entry, LiveStatus } from '@livetree/protocol';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { SET, setInfo } from '../../client/test/authority.ts';
import type { TestHub } from '../../client/test/hub.ts';
import { chromiumPath } from './browser.ts';
import { id } from './tree.ts';
import { barriers, viewerWorld } from './world.ts';

const LIVE: LiveStatus = { state: 'live', leads: true, version: '12.3.6' };
const WIDE = { viewport: { width: 1700, height: 900 } };

const live = (hub: TestHub, more: Partial<LiveStatus> = {}): void => {
  hub.authority.sets = [{ ...setInfo(), live: { ...LIVE, ...more } }];
  hub.send({ type: 'status', sets: hub.authority.sets });
};
const now = (hub: TestHub, entries: Readonly<Record<string, readonly [string, string | number | boolean]>>) =>
  hub.send({
    type: 'ephemeral',
    set: SET,
    values: Object.entries(entries).map(([key, [node, value]]) => ({ key, node: id(node), value })),
  });
const activeName = (page: Page) => page.locator('[role=treeitem][aria-selected=true] .title').textContent();

/** Texts of controls beyond the edges of the page, or whose end is hidden; the facts of the Set may give way. */
const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        'header :is(h1, .simulated, .badge, .transport, button), .line > *, .tabs',
      ),
    ]
      .filter((element) => !element.matches('.facts, .unseen'))
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return left < 0 || right > innerWidth || element.scrollWidth > element.clientWidth + 1;
      })
      .map((element) => `${element.className}: ${element.innerText}`),
  );

const TIME = Date.now();
let revision = 0;
const told = (sentence: string, more: Partial<Entry> = {}): Entry => {
  revision += 1;
  const entry = {
    type: 'entry',
    set: SET,
    revision,
    time: TIME,
    origin: 'live',
    names: [],
    nodes: [],
  } as const;
  return { ...entry, sentences: [sentence], ...more };
};

describe.skipIf(chromiumPath === undefined)('with Live', () => {
  const { open, opened } = viewerWorld();

  it('[VIEW-41] a simulated Live is a sign beside the name of the Set that stays', async () => {
    const { hub, page } = await opened();
    const sign = page.locator('header').getByText('simulated', { exact: true });
    expect(await sign.count()).toBe(0);
    live(hub, { simulated: true });
    await sign.waitFor();
    live(hub, { simulated: true, state: 'stalled' });
    await page.getByText('The simulated Live is busy').first().waitFor();
    expect(await sign.count()).toBe(1);
  });

  it('[VIEW-42] bar and beat stand beside the name while Live plays', async () => {
    const { hub, page } = await opened();
    live(hub);
    const transport = page.locator('.transport');
    now(hub, { 'transport.playing': ['root', true], playhead: ['root', 9.5] });
    await expect.poll(() => transport.innerText()).toMatch(/playing\s*3\.2/);
    now(hub, { 'transport.recording': ['root', true], playhead: ['root', 12] });
    await expect.poll(() => transport.innerText()).toMatch(/recording\s*4\.1/);
    now(hub, { 'transport.playing': ['root', false] });
    await expect.poll(() => transport.count()).toBe(0);
  });

  it('[VIEW-43] follows what is selected in Live only when asked, and pauses when the page is used', async () => {
    const { hub, page, tree, row } = await opened();
    live(hub);
    const button = page.getByRole('button', { name: /Follow Live/ });
    now(hub, { 'selection.track': ['root', 't-Bass'], 'selection.clip': ['root', 'c-Verse'] });
    await button.waitFor();
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    expect(await row('Verse').count()).toBe(0);
    await button.click();
    await expect.poll(() => activeName(page)).toBe('Bass');
    now(hub, { 'selection.clip': ['root', 'c-Verse2'], 'selection.track': ['root', 't-Kick'] });
    await expect.poll(() => activeName(page)).toBe('Bass');
    now(hub, { 'selection.clip': ['root', 'c-Verse'] });
    await expect.poll(() => activeName(page)).toBe('Verse');
    expect(await tree.evaluate((element) => element === document.activeElement)).toBe(false);
    await tree.hover();
    await page.mouse.wheel(0, 40);
    await page.getByText('paused').waitFor();
    expect(await button.getAttribute('aria-pressed')).toBe('mixed');
    now(hub, { 'selection.track': ['root', 't-Synth 3'] });
    now(hub, { 'transport.playing': ['root', true] });
    await page.locator('.transport').waitFor();
    expect(await activeName(page)).toBe('Verse');
    await button.click();
    await expect.poll(() => activeName(page)).toBe('Synth 3');
    await tree.press('ArrowDown');
    await page.getByText('paused').waitFor();
    await button.click();
    await button.click();
    expect(await button.getAttribute('aria-pressed')).toBe('false');
  });

  it('[VIEW-70] what was turned to last is shown, also when much came within one frame', async () => {
    const { hub, page } = await opened();
    live(hub);
    const button = page.getByRole('button', { name: /Follow Live/ });
    now(hub, { 'selection.track': ['root', 't-Bass'], 'selection.clip': ['root', 'c-Verse'] });
    await button.click();
    await expect.poll(() => activeName(page)).toBe('Bass');
    await page.evaluate(() => {
      const held: FrameRequestCallback[] = [];
      const { requestAnimationFrame: ask } = window;
      window.requestAnimationFrame = (frame) => held.push(frame);
      Object.assign(window, { release: () => void held.splice(0).map((frame) => ask(frame)) });
    });
    now(hub, { 'selection.clip': ['root', 'c-Verse2'], 'selection.track': ['root', 't-Kick'] });
    now(hub, { 'selection.clip': ['root', 'c-Verse'] });
    live(hub, { state: 'stalled' });
    await page.getByText('is busy').first().waitFor();
    expect(await activeName(page)).toBe('Bass');
    await page.evaluate('release()');
    await expect.poll(() => activeName(page)).toBe('Verse');
  });

  it('[VIEW-70] what Live tells anew after the connection was cut is no turn', async () => {
    const { hub, page } = await opened();
    live(hub);
    const clip = { 'selection.clip': ['root', 'c-Verse'] } as const;
    now(hub, { 'selection.track': ['root', 't-Bass'], ...clip });
    await page.getByRole('button', { name: /Follow Live/ }).click();
    now(hub, { 'selection.track': ['root', 't-Kick'] });
    await expect.poll(() => activeName(page)).toBe('Kick');
    await hub.stop();
    await page.getByText('Connection lost').first().waitFor();
    await hub.start();
    await page.locator('.line[data-tone=good]').waitFor();
    now(hub, { 'selection.track': ['root', 't-Kick'], ...clip, 'transport.playing': ['root', true] });
    await page.locator('.transport').waitFor();
    expect(await activeName(page)).toBe('Kick');
  });

  it('[VIEW-43] what is selected before it is in the tree is shown as soon as it is', async () => {
    const { hub, page } = await opened();
    live(hub);
    await page.getByRole('button', { name: /Follow Live/ }).click();
    now(hub, { 'selection.track': ['root', 't-New'], 'transport.playing': ['root', true] });
    await page.locator('.transport').waitFor();
    const node = { id: id('t-New'), kind: 'track', props: { type: 'midi', name: 'New' }, lists: {} } as const;
    hub.send(hub.authority.edit({ op: 'insert', parent: id('root'), list: 'tracks', index: 0, node }));
    await expect.poll(() => activeName(page)).toBe('New');
  });

  it('[VIEW-44] changes in Live gather under one heading, and wait while somebody points at them', async () => {
    const { hub, page } = await opened(WIDE);
    live(hub);
    const pane = page.getByRole('region', { name: 'Changes' });
    const heads = () => pane.locator('.head').allInnerTexts();
    const lines = () => pane.locator('.save .line').allInnerTexts();
    await page.mouse.move(2, 2);
    for (const sentence of ['Kick: muted', 'Bass: Compressor added', 'Bass: Compressor deleted']) {
      hub.send(told(sentence));
    }
    await expect.poll(lines).toEqual(['Bass: Compressor deleted', 'Bass: Compressor added', 'Kick: muted']);
    expect(await heads()).toEqual([expect.stringMatching(/^\d\d:\d\d\s+in Live\s+new$/)]);
    const signs = pane.locator('.save .line');
    expect(await signs.evaluateAll((all) => all.map((line) => line.getAttribute('data-sign')))).toEqual([
      '−',
      '+',
      '~',
    ]);
    const save = { origin: 'file', save: '2 changes: Bass', sentences: ['x', 'y'] } as const;
    hub.send(told('', save));
    hub.send(told('Kick: unmuted'));
    await expect.poll(async () => (await heads()).length).toBe(3);
    expect((await heads())[1]).toContain('2 changes: Bass');
    await signs.first().hover();
    const before = await signs.first().boundingBox();
    for (let index = 0; index < 20; index++) hub.send(told(`Synth ${index}: muted`));
    await pane.getByText('20 changes wait').waitFor();
    expect(await signs.first().boundingBox()).toEqual(before);
    await page.mouse.move(2, 2);
    await expect.poll(async () => (await lines())[0]).toBe('Synth 19: muted');
    await pane.getByRole('button', { name: '9 more' }).waitFor();
  });

  it('[VIEW-46] what Live moves shows while it moves, and marks nothing', async () => {
    const { hub, page, row } = await opened(WIDE);
    live(hub);
    hub.send(hub.authority.edit({ op: 'set', id: id('t-Bass'), props: { volumeDb: -3 } }));
    await row('Bass').click();
    const details = page.getByRole('region', { name: 'Details' });
    await details.getByText('−3.0 dB').waitFor();
    await page.waitForFunction(() => document.querySelector('[data-sign]') === null);
    now(hub, { 'motion t-Bass volume': ['t-Bass', 0.5] });
    await details.getByText('moves: fader at 50 %').waitFor();
    expect(await page.locator('[data-sign]').count()).toBe(0);
    hub.send({
      type: 'ephemeral',
      set: SET,
      values: [{ key: 'motion t-Bass volume', node: id('t-Bass'), value: null }],
    });
    await expect.poll(() => details.getByText('moves').count()).toBe(0);
  });

  it('[VIEW-48] while Live is read for the first time the page says so, and how far it is', async () => {
    const { hub, page } = await open({}, '', {
      prepare: (hub) => {
        const { leads: _, ...being } = LIVE;
        const state = {
          file: { state: 'missing' },
          live: { ...being, progress: { done: 1, total: 4 } },
        } as const;
        hub.authority.sets = [{ ...setInfo(), ...state }];
        hub.authority.snapshot = () => [];
      },
    });
    await page.getByRole('main').getByText('Reading the Set from Live').waitFor();
    expect(await page.getByRole('progressbar').getAttribute('value')).toBe('0.25');
    expect(await page.getByText('Drop a Live Set here').count()).toBe(0);
    await expect.poll(() => page.locator('.sentence').innerText()).toContain('25 %');
    expect(hub.authority.hellos.length).toBeGreaterThan(0);
  });

  it('[VIEW-40] a connection to Live that does not hold can be read anew', async () => {
    const { hub, page } = await opened();
    live(hub, { state: 'broken', problem: 'It contradicts itself.' });
    await page.getByRole('button', { name: 'Read anew' }).click();
    await expect.poll(() => hub.authority.commands.map(({ name }) => name)).toEqual(['resync']);
  });

  it('[RT-6] while real time is off the page reads "File only", with a button that switches it on', async () => {
    const { hub, page } = await opened();
    expect(await page.getByRole('button', { name: /real time/i }).count()).toBe(0);
    live(hub);
    await page.getByRole('button', { name: 'Real time', exact: true }).click();
    hub.authority.sets = [{ ...setInfo(), live: { state: 'off' } }];
    hub.send({ type: 'status', sets: hub.authority.sets });
    await page.getByText('File only').first().waitFor();
    await page.getByRole('button', { name: 'Switch real time on' }).click();
    await expect
      .poll(() => hub.authority.commands.map(({ name, args }) => [name, args['on']]))
      .toEqual([
        ['realtime', false],
        ['realtime', true],
      ]);
    expect(await barriers(page)).toEqual([]);
  });

  const sizes = [
    [360, 740],
    [560, 800],
    [640, 400],
    [800, 1100],
    [1024, 768],
    [1280, 800],
    [1499, 900],
    [1920, 1080],
  ] as const;
  for (const [width, height] of sizes) {
    it(`[VIEW-71] every sign fits: ${width} × ${height}`, async () => {
      const { hub, page, tree } = await opened({ viewport: { width, height } });
      const unsaved = { changes: 126, lost: 0 };
      hub.authority.sets = [
        {
          ...setInfo(),
          name: 'Night Bus',
          unsaved,
          live: { ...LIVE, simulated: true },
          file: { state: 'ok', savedAt: TIME },
        },
      ];
      hub.send({ type: 'status', sets: hub.authority.sets });
      now(hub, {
        'transport.playing': ['root', true],
        'transport.recording': ['root', true],
        playhead: ['root', 4000],
      });
      hub.send(told('Bass: muted'));
      await page.locator('.transport').waitFor();
      await page.getByRole('tab', { name: 'History' }).click();
      expect(await page.evaluate(() => [scrollX, document.documentElement.scrollLeft])).toEqual([0, 0]);
      expect(await cutOff(page)).toEqual([]);
      const shown = await tree.evaluate((element) => element.clientHeight * element.clientWidth);
      expect(shown / (width * height)).toBeGreaterThan(width > 560 ? 0.25 : 0.2);
      const words = await page.locator('.sentence').evaluate((element) => {
        const range = document.createRange();
        const text = element.firstChild;
        return [...(text?.textContent ?? '').matchAll(/\S+/g)].filter(({ index, 0: word }) => {
          if (text === null) return true;
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          return range.getClientRects().length !== 1;
        });
      });
      expect(words).toEqual([]);
    });
  }

  const looks = { dark: { colorScheme: 'dark' }, light: { colorScheme: 'light' } } as const;
  const narrow = { viewport: { width: 360, height: 640 } };
  for (const [name, look] of Object.entries({ ...looks, narrow, wide: WIDE })) {
    it(`[VIEW-19] signs of Live are without a known barrier: ${name}`, async () => {
      const { hub, page, row } = await opened(look, '#/node/c-Verse');
      live(hub, { simulated: true });
      now(hub, {
        'transport.playing': ['root', true],
        playhead: ['root', 400],
        'playing_clip t-Bass': ['t-Bass', 'c-Verse'],
      });
      await expect.poll(() => row('Verse').innerText()).toContain('playing');
      await page.getByRole('button', { name: /Follow Live/ }).click();
      await page.keyboard.press('Shift');
      await page.getByText('paused').waitFor();
      hub.send(told('Bass: muted'));
      expect(await barriers(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    });
  }
});
