/** What the tests of the page are made of: the built page, a hub for tests, a real browser. */
import { rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import type { NodeOf } from '@livetree/live-set';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { TestHub } from '../../client/test/hub.ts';
import { axeSource, buildPage, chromiumPath, launch, pageIn } from './browser.ts';
import { chain, clip, device, group, setOf, track } from './tree.ts';

if (chromiumPath === undefined) {
  const message = 'No Chromium found (set CHROMIUM to its path): the viewer was NOT tested in a browser.';
  if (process.env['CI']) throw new Error(message);
  process.stderr.write(`\n*** ${message} ***\n\n`);
}

/** Enough of a Set to scroll. */
export const smallSet = (): NodeOf<'set'> =>
  setOf({
    tracks: [
      group('Drums', [track('Kick', {}, { mute: true, color: 4 }), track('Snare')], { color: 3 }),
      track('Bass', {
        devices: [device('Rack', { chains: [chain('Low', [device('Eq')])] })],
        clips: [clip('Verse')],
      }),
      ...Array.from({ length: 60 }, (_, index) => track(`Synth ${index}`)),
    ],
    main: [{ ...track('Main'), props: { type: 'main', name: 'Main' } }],
  });

export interface Opened {
  readonly hub: TestHub;
  readonly page: Page;
  readonly tree: Locator;
  readonly row: (name: string) => Locator;
  /** Errors of the page and on its console. */
  readonly problems: readonly string[];
}
export interface OpenOptions {
  readonly root?: NodeOf<'set'>;
  readonly prepare?: (hub: TestHub) => void;
  /** Answers before the page's own files do. */
  readonly serve?: (...visit: Parameters<RequestListener>) => boolean;
}

/** Builds the page once for a file of tests, and closes after each test what it opened. */
export function viewerWorld() {
  let folder = '';
  let browser: Browser | undefined;
  const ending: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    folder = buildPage();
    browser = await launch(chromiumPath ?? '');
  });
  afterEach(async () => {
    for (const end of ending.splice(0).reverse()) await end();
  });
  afterAll(async () => {
    await browser?.close();
    if (folder) rmSync(folder, { recursive: true });
  });

  async function open(
    look: BrowserContextOptions = {},
    path = '',
    options: OpenOptions = {},
  ): Promise<Opened> {
    if (browser === undefined) throw new Error('no browser');
    const files = pageIn(folder);
    const hub = new TestHub(options.root ?? smallSet(), (...visit) => {
      if (options.serve?.(...visit) !== true) files(...visit);
    });
    ending.push(() => hub.stop());
    options.prepare?.(hub);
    const page = await browser.newPage(look);
    ending.push(() => page.close());
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(`http://${await hub.host()}/${path}`);
    return { hub, page, tree: page.getByRole('tree'), row: (name) => rowOf(page, name), problems };
  }
  async function opened(look?: BrowserContextOptions, path?: string, options?: OpenOptions): Promise<Opened> {
    const all = await open(look, path, options);
    await all.row('Tracks').waitFor();
    return all;
  }
  return { open, opened, folder: () => folder };
}

/** The row with exactly this title. */
export const rowOf = (page: Page, title: string): Locator =>
  page.getByRole('treeitem').filter({ has: page.locator('.title', { hasText: new RegExp(`^${title}$`) }) });

/** What axe objects to: rule and place. */
export async function barriers(page: Page): Promise<unknown> {
  await page.evaluate(axeSource());
  return page.evaluate(async () => {
    const axe = (
      globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      }
    ).axe;
    const { violations } = await axe.run();
    return violations.map(({ id: rule, nodes }) => [rule, nodes[0]?.html]);
  });
}
