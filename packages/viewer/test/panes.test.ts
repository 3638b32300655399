import { asSetId, type Entry } from '@livetree/protocol';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { SET, setInfo } from '../../client/test/authority.ts';
import type { TestHub } from '../../client/test/hub.ts';
import { chromiumPath } from './browser.ts';
import { id, track } from './tree.ts';
import { barriers, type OpenOptions, viewerWorld } from './world.ts';

let revisions = 0;
const entry = (sentences: readonly string[], more: Partial<Entry> = {}): Entry => {
  revisions += 1;
  return {
    type: 'entry',
    set: SET,
    revision: revisions,
    time: Date.now(),
    origin: 'file',
    names: ['track_muted'],
    nodes: [id('t-Kick'), id('d-Eq'), id('t-Bass')],
    sentences,
    save: `${sentences.length} changes: Bass`,
    ...more,
  };
};
const SAVE = ['Drums / Kick: muted', 'Bass › Eq › Gain: 0.0 dB → −3.0 dB', 'Bass: Compressor deleted'];
const NARROW: BrowserContextOptions = { viewport: { width: 360, height: 640 } };
const WIDE: BrowserContextOptions = { viewport: { width: 1700, height: 900 } };
const NO_SETS: OpenOptions = {
  prepare: (hub) => {
    hub.authority.sets = [];
  },
};

describe.skipIf(chromiumPath === undefined)('beside the tree', () => {
  const { open, opened } = viewerWorld();
  const pane = (page: Page) => page.getByRole('region', { name: 'Changes' });
  const lines = (page: Page) => pane(page).locator('.line:not(.tools .line)');
  const activeName = (page: Page) => page.locator('[role=treeitem][aria-selected=true] .title').textContent();
  const tell = (hub: TestHub, ...told: readonly Entry[]) => {
    for (const each of told) hub.send(each);
  };
  async function withChanges(look: BrowserContextOptions = WIDE) {
    const all = await opened(look);
    if ((look.viewport?.width ?? 0) < 1500) await all.page.getByRole('tab', { name: /Changes/ }).click();
    await pane(all.page).waitFor();
    await all.page.mouse.move(2, 2);
    return all;
  }

  it('[VIEW-21] tells saves newest first, with headline and time; a click jumps to the thing and shows it', async () => {
    const { hub, page, row, problems } = await withChanges();
    tell(hub, entry(['Tempo 120 → 124 BPM'], { save: 'Tempo 120 → 124 BPM' }), entry(SAVE));
    await expect.poll(() => lines(page).allInnerTexts()).toEqual([...SAVE, 'Tempo 120 → 124 BPM']);
    expect(await pane(page).locator('.headline').allTextContents()).toEqual(['3 changes: Bass']);
    expect(await row('Eq').count()).toBe(0);
    await lines(page).nth(1).click();
    expect(await activeName(page)).toBe('Eq');
    await lines(page).nth(2).click();
    expect(await activeName(page)).toBe('Bass');
    expect(problems).toEqual([]);
  });

  it('[VIEW-21] goes by keyboard, and back to the tree', async () => {
    const { hub, page, tree } = await withChanges();
    tell(hub, entry(SAVE));
    await lines(page).first().waitFor();
    await tree.focus();
    await page.keyboard.press('F6');
    await lines(page).first().focus();
    for (const key of ['j', 'k', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    expect(await activeName(page)).toBe('Eq');
    expect(
      await lines(page)
        .nth(1)
        .evaluate((line) => line === document.activeElement),
    ).toBe(true);
    expect(await pane(page).locator('.line[tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await tree.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('[VIEW-21] a long save shows its first lines, the rest on demand', async () => {
    const { hub, page } = await withChanges();
    tell(hub, entry(Array.from({ length: 300 }, (_, index) => `Track ${index}: muted`)));
    await expect.poll(() => lines(page).count()).toBe(12);
    await pane(page).getByRole('button', { name: '288 more' }).click();
    expect(await lines(page).count()).toBe(300);
  });

  it('[VIEW-22] nothing moves under the pointer: what comes waits and is counted', async () => {
    const { hub, page } = await withChanges();
    tell(hub, entry(SAVE));
    await lines(page).first().hover();
    const before = await lines(page).first().boundingBox();
    tell(hub, entry(['Lead: armed']), entry(['Lead: disarmed']));
    const pill = pane(page).getByRole('button', { name: '2 changes wait · show' });
    await pill.waitFor();
    expect(await lines(page).first().innerText()).toBe(SAVE[0]);
    expect(await lines(page).first().boundingBox()).toEqual(before);
    await pill.click();
    // Blocks that were never drawn have no text to be seen before the next frame.
    await expect.poll(() => lines(page).first().innerText()).toBe('Lead: disarmed');
  });

  it('[VIEW-22] can be paused, and catches up', async () => {
    const { hub, page } = await withChanges();
    await pane(page).getByRole('button', { name: 'Pause' }).click();
    tell(hub, entry(SAVE));
    await pane(page).getByRole('button', { name: '1 change waits · show' }).waitFor();
    expect(await lines(page).count()).toBe(0);
    await pane(page).getByRole('button', { name: 'Catch up' }).click();
    await expect.poll(() => lines(page).count()).toBe(3);
  });

  it('[VIEW-74] History can be narrowed to saves', async () => {
    const moment = { names: [], nodes: [], sentences: [] };
    const save = {
      ...moment,
      type: 'save',
      source: 'save',
      path: 'a.als',
      sizeBytes: 1,
      sha256: '',
      storedBytes: 1,
    };
    const entries = [
      {
        ...moment,
        type: 'act',
        epoch: 'e',
        revision: 7,
        time: 9_000,
        origin: 'live',
        sentences: ['Kick: muted'],
      },
      { ...save, id: 2, number: 0, time: 8_000, save: '2 changes: Bass' },
    ];
    const place = {
      sizeBytes: 1,
      reading: 0,
      unreadable: 0,
      keep: { mostMegabytes: 1, mostDays: 1 },
      folder: '~/h',
    };
    const { page } = await opened(WIDE, '', {
      serve: (request, response) => {
        if (!request.url?.includes('/history')) return false;
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ place, set: {}, entries }));
        return true;
      },
    });
    await page.getByRole('tab', { name: 'History' }).click();
    const titles = page.getByRole('region', { name: 'History', exact: true }).locator('.pick .title');
    await expect.poll(() => titles.allInnerTexts()).toEqual(['Kick: muted', '2 changes: Bass']);
    const only = page.getByRole('button', { name: 'Saves only' });
    await only.click();
    expect(await titles.allInnerTexts()).toEqual(['2 changes: Bass']);
    expect(await only.getAttribute('aria-pressed')).toBe('true');
    await only.click();
    expect(await titles.count()).toBe(2);
  });

  it('[VIEW-23] filters by text, by what it is about, and to one thing', async () => {
    const { hub, page, row } = await withChanges();
    tell(hub, entry(SAVE));
    const left = () => lines(page).allInnerTexts();
    const text = pane(page).getByRole('searchbox');
    await text.fill('gain');
    await expect.poll(left).toEqual([SAVE[1]]);
    await text.fill('');
    await pane(page).getByRole('combobox').selectOption('Tracks and mixer');
    await expect.poll(left).toEqual([SAVE[0], SAVE[2]]);
    await pane(page).getByRole('combobox').selectOption('Everything');
    await row('Bass').click();
    await pane(page).getByRole('button', { name: 'Only in “Bass”' }).click();
    await expect.poll(left).toEqual([SAVE[1], SAVE[2]]);
    await text.fill('nothing of this kind');
    await pane(page).getByText('No change fits this filter.').waitFor();
  });

  it('[VIEW-25] marks what is new since one looked, also after the page was loaded again', async () => {
    const { hub, page } = await opened();
    tell(hub, entry(SAVE, { recent: true, time: Date.now() - 60_000 }));
    const tab = page.getByRole('tab', { name: /Changes/ });
    const again = entry(['Bass: soloed']);
    tell(hub, again);
    await expect.poll(() => tab.innerText()).toMatch(/Changes\s+1/);
    expect(await page.title()).toBe('(1) My Set – LiveTree');
    await tab.click();
    expect(await pane(page).locator('.save.fresh').count()).toBe(1);
    await pane(page).getByText('seen before').waitFor();
    await pane(page).getByRole('button', { name: 'Mark as seen' }).click();
    expect(await pane(page).locator('.save.fresh').count()).toBe(0);
    await page.reload();
    await pane(page).waitFor();
    tell(hub, again, entry(['Bass: armed']));
    await expect.poll(() => lines(page).count()).toBe(2);
    expect(await pane(page).locator('.save.fresh').count()).toBe(1);
    await page.getByRole('tab', { name: 'Details' }).click();
    await expect.poll(() => tab.innerText()).toBe('Changes');
  });

  it('[VIEW-22] what comes again after a lost connection is not told twice', async () => {
    const { hub, page } = await withChanges();
    const same = entry(SAVE);
    tell(hub, same, { ...same, recent: true });
    await expect.poll(() => lines(page).count()).toBe(3);
    tell(hub, entry(['Bass: soloed']), { ...entry(['x']), set: asSetId('other') });
    await expect.poll(() => lines(page).count()).toBe(4);
  });

  it('[VIEW-26] a file that is dropped anywhere is opened, what is no Set is refused with the remedy', async () => {
    const { hub, page, row } = await open({}, '', NO_SETS);
    const main = page.getByRole('main');
    await main.getByText('Drop a Live Set here').waitFor();
    await drop(page, 'song.wav', 10);
    await expect
      .poll(() => main.getByRole('alert').innerText())
      .toMatch(/is not a Live Set[\s\S]*ends in \.als/);
    hub.authority.reply = (command) => {
      if (command.args['part'] === 1) hub.authority.sets = [setInfo()];
      return { type: 'result', request: command.request, ok: true, value: SET };
    };
    await drop(page, 'My Set.als', 600_000);
    await row('Tracks').waitFor();
    expect(
      hub.authority.commands.map(({ name, args }) => [name, args['name'], args['part'], args['parts']]),
    ).toEqual([
      ['open_bytes', 'My Set.als', 0, 2],
      ['open_bytes', 'My Set.als', 1, 2],
    ]);
  });

  it('[VIEW-26] a path is opened; a refusal is told', async () => {
    const { hub, page } = await open({}, '', NO_SETS);
    hub.authority.reply = ({ request }) => ({
      type: 'result',
      request,
      ok: false,
      code: 'PATH_REFUSED',
      message: 'Only paths that end in .als are opened',
    });
    const path = page.getByRole('textbox', { name: /path of the Set/ });
    await path.fill('"/Music/a.txt"');
    await path.press('Enter');
    await expect
      .poll(() => page.getByRole('alert').innerText())
      .toMatch(/end in \.als are opened\.[\s\S]*whole path/);
    expect(hub.authority.commands[0]).toMatchObject({ name: 'open_path', args: { path: '/Music/a.txt' } });
  });

  it('[VIEW-26] a Set that cannot be read leaves the page for opening another, with the reason', async () => {
    const { page } = await open({}, '', {
      prepare: (hub) => {
        hub.authority.sets = [
          { ...setInfo(), path: '/Music/a.als', file: { state: 'broken', problem: 'It is cut off' } },
        ];
        hub.authority.snapshot = () => [];
      },
    });
    await page.getByRole('main').getByText('Drop a Live Set here').waitFor();
    expect(await page.getByRole('region', { name: 'State' }).innerText()).toContain(
      'It is cut off. Save the Set again',
    );
  });

  it('[VIEW-27] Sets shown before can be opened again with a click', async () => {
    const { hub, page, row } = await opened({}, '', {
      prepare: (hub) => {
        hub.authority.sets = [{ ...setInfo(), path: '/Music/Night/My Set.als' }];
      },
    });
    await row('Tracks').waitFor();
    await page.getByRole('button', { name: 'Open a Set' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /My Set/ })
      .click();
    await expect.poll(() => hub.authority.commands[0]?.args).toEqual({ path: '/Music/Night/My Set.als' });
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  it('[VIEW-28] light, dark or as the system: chosen, and kept', async () => {
    const { page } = await opened({ colorScheme: 'dark' });
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const dark = await ground();
    await page.getByRole('button', { name: 'Colours: as the system' }).click();
    const light = await ground();
    expect(light).not.toBe(dark);
    await page.reload();
    await page.getByRole('button', { name: 'Colours: light' }).click();
    expect(await ground()).toBe(dark);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await ground()).toBe(dark);
  });

  it('[VIEW-29] Diagnostics show connection, counts, figures of the hub and oddities of the file', async () => {
    const { hub, page } = await opened({}, '', {
      serve: (request, response) => {
        if (request.url !== '/metrics') return false;
        response.end('livetree_clients 3\nlivetree_last_save_seconds{set="set-1",stage="parse"} 0.0125\n');
        return true;
      },
    });
    hub.send({
      type: 'status',
      sets: [{ ...setInfo(), file: { state: 'ok', oddities: ['A comment in the XML'] } }],
    });
    hub.send(hub.authority.edit({ op: 'set', id: id('t-Bass'), props: { mute: true } }));
    await page.getByRole('button', { name: 'Diagnostics' }).click();
    const dialog = page.getByRole('dialog', { name: 'Diagnostics' });
    for (const text of [
      /Epoch\s+e1/,
      /Revision\s+1/,
      /Patches\s+1/,
      /Clients\s+3/,
      /parse\s+12\.5 ms/,
      /A comment in the XML/,
    ])
      await expect.poll(() => dialog.innerText()).toMatch(text);
  });

  it('[VIEW-30] a clip that plays says so on its row, and the transport beside the name', async () => {
    const { hub, page, row } = await opened({}, '#/node/c-Verse');
    const values = [
      { key: 'playing_clip t-Bass', node: id('t-Bass'), value: 'c-Verse' },
      { key: 'transport.playing', node: id('root'), value: true },
    ];
    hub.send({ type: 'ephemeral', set: SET, values });
    await expect.poll(() => row('Verse').innerText()).toContain('playing');
    expect(await page.locator('.transport').innerText()).toBe('playing');
    hub.send({ type: 'ephemeral', set: SET, values: values.map((value) => ({ ...value, value: null })) });
    await expect.poll(() => row('Verse').innerText()).not.toContain('playing');
  });

  it('[VIEW-18] the Set that was chosen is shown again; one that is gone gives way to the first', async () => {
    const { hub, page } = await opened();
    const other = setInfo('Other Song', asSetId('set-2'));
    hub.authority.sets = [setInfo(), other];
    hub.send({ type: 'status', sets: hub.authority.sets });
    await page.getByRole('combobox', { name: 'Set' }).selectOption('Other Song');
    await page.reload();
    await expect.poll(() => hub.authority.hellos.at(-1)?.set).toBe('set-2');
  });

  const looks: Readonly<Record<string, BrowserContextOptions>> = {
    dark: { colorScheme: 'dark' },
    light: { colorScheme: 'light' },
    narrow: NARROW,
    wide: WIDE,
  };
  for (const [name, look] of Object.entries(looks)) {
    it(`[VIEW-19] Changes are without a known barrier: ${name}`, async () => {
      const { hub, page } = await withChanges(look);
      tell(hub, entry(SAVE, { recent: true, time: 1 }), entry([...SAVE, 'Track "Vox" deleted']));
      await expect.poll(() => lines(page).count()).toBe(7);
      expect(await barriers(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
      await pane(page).getByRole('button', { name: 'Pause' }).click();
      tell(hub, entry(['Bass: armed']));
      await pane(page).getByText('1 change waits').waitFor();
      await pane(page).getByRole('searchbox').fill('nothing of this kind');
      expect(await barriers(page)).toEqual([]);
    });
  }

  for (const [name, look] of Object.entries({ dark: looks['dark'], light: looks['light'], narrow: NARROW })) {
    it(`[VIEW-19] dialogs, the empty page and its errors are without a known barrier: ${name}`, async () => {
      const { hub, page } = await open(look, '', NO_SETS);
      await drop(page, 'song.wav', 10);
      await page.getByRole('alert').waitFor();
      expect(await barriers(page)).toEqual([]);
      hub.authority.sets = [
        { ...setInfo(), file: { state: 'broken', problem: 'It is cut off.' }, path: '/Music/a.als' },
      ];
      hub.send({ type: 'status', sets: hub.authority.sets });
      await page.getByRole('treeitem').first().waitFor();
      expect(await barriers(page)).toEqual([]);
      for (const button of ['Help', 'Open a Set', 'Diagnostics']) {
        await page.getByRole('button', { name: button }).click();
        const dialog = page.getByRole('dialog');
        await dialog.waitFor();
        expect(await barriers(page)).toEqual([]);
        const overflow = await dialog.evaluate((element) => element.scrollWidth > element.clientWidth);
        expect([button, overflow]).toEqual([button, false]);
        await page.keyboard.press('Escape');
      }
    });
  }

  it('[VIEW-7] a change while Changes are open takes no focus and opens nothing', async () => {
    const { hub, page, row } = await withChanges();
    tell(hub, entry(SAVE));
    await lines(page).first().focus();
    hub.send(
      hub.authority.edit({ op: 'insert', parent: id('t-Bass'), list: 'clips', index: 0, node: track('x') }),
    );
    tell(hub, entry(['Bass: clip added']));
    await pane(page).getByText('1 change waits').waitFor();
    expect(
      await lines(page)
        .first()
        .evaluate((line) => line === document.activeElement),
    ).toBe(true);
    expect(await row('Bass').getAttribute('aria-expanded')).toBe('false');
  });
});

/** As if somebody dropped a file on the page. */
async function drop(page: Page, name: string, size: number): Promise<void> {
  await page.evaluate(
    ([name, size]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(size)], name));
      for (const type of ['dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    },
    [name, size] as const,
  );
}
