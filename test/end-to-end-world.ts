/** What the end-to-end tests are made of: a Set in a folder, the real command, a plain client, a real page. */
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type HubMessage, type PatchMessage, PROTOCOL_VERSION, type SetInfo } from '@livetree/protocol';
import type { Browser, Locator, Page } from 'playwright-core';
import { WebSocket } from 'ws';
import { type Served, serve } from '../packages/cli/test/support/serve.ts';

const fixture = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url)));

/** The Set before and after six edits (fixtures/README.md). */
export const DEMO = fixture('demo.als');
export const NEXT = fixture('demo-next.als');

/** A Set as a user has it: in a project folder with a blank and an umlaut in its name. */
export class SetFolder {
  readonly folder = mkdtempSync(join(tmpdir(), 'livetree Süd '));
  readonly path = join(this.folder, 'Night Bus für Ü.als');

  constructor() {
    writeFileSync(this.path, DEMO);
  }

  /** As Live and most editors save: a new file takes the place of the old one. */
  replace(bytes: Buffer): void {
    const temporary = join(this.folder, 'saving.tmp');
    writeFileSync(temporary, bytes);
    renameSync(temporary, this.path);
  }

  /** Over the old bytes, in pieces, with a rest in the middle in which the file is cut off. */
  async overwriteSlowly(bytes: Buffer): Promise<void> {
    const handle = await open(this.path, 'w');
    try {
      const half = bytes.length >> 1;
      await handle.write(bytes.subarray(0, half >> 1));
      await handle.write(bytes.subarray(half >> 1, half));
      await pause(RESTING_MS);
      await handle.write(bytes.subarray(half));
    } finally {
      await handle.close();
    }
  }

  /** As Live does it with its backups: the old file goes to `Backup/`, a new one is written. */
  replaceWithBackup(bytes: Buffer): void {
    mkdirSync(join(this.folder, 'Backup'), { recursive: true });
    renameSync(this.path, join(this.folder, 'Backup', 'Night Bus [2026-11-22 140000].als'));
    writeFileSync(this.path, bytes);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Longer than the time for which a file must lie still to be read: the half is looked at. */
const RESTING_MS = 500;

/** A client that only listens, beside the page. */
export class Listener {
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();
  readonly patches: (PatchMessage & { readonly at: number })[] = [];
  /** Newest state of the Set's file, and all before it. */
  readonly files: SetInfo['file'][] = [];

  constructor(url: string) {
    this.#socket = new WebSocket(syncUrl(url));
    this.#socket.on('open', () =>
      this.#socket.send(JSON.stringify({ type: 'hello', protocol: PROTOCOL_VERSION, request: 'listener' })),
    );
    this.#socket.on('message', (data, isBinary) => {
      if (!isBinary) this.#take(JSON.parse(data.toString()));
      for (const look of this.#waiting) look();
    });
  }

  /** Resolves as soon as the answer is not `undefined`. */
  until<T>(ask: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const look = (): void => {
        const answer = ask();
        if (answer === undefined) return;
        this.#waiting.delete(look);
        resolve(answer);
      };
      this.#waiting.add(look);
      look();
    });
  }

  close(): void {
    this.#socket.terminate();
  }

  #take(message: HubMessage): void {
    if (message.type === 'patch') this.patches.push({ ...message, at: performance.now() });
    else if (message.type === 'welcome' || message.type === 'status')
      this.files.push(...message.sets.map(({ file }) => file));
  }
}

export const syncUrl = (url: string): URL => new URL('/sync', url.replace(/^http/, 'ws'));

/** The page as a person sees it. */
export class Viewer {
  readonly page: Page;
  /** Errors of the page and on its console. */
  readonly problems: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && this.problems.push(message.text()));
  }

  static async open(browser: Browser, url: string): Promise<Viewer> {
    const viewer = new Viewer(await browser.newPage({ viewport: { width: 1200, height: 2000 } }));
    await viewer.page.goto(url);
    await viewer.row('Bass').waitFor();
    return viewer;
  }

  /** Rows with just this title. */
  row(title: string): Locator {
    return this.page.getByRole('treeitem').filter({ has: this.page.getByText(title, { exact: true }) });
  }

  /** The row with this title and a sign in its gutter. */
  marked(title: string, sign: string): Locator {
    return this.row(title).filter({ has: this.page.locator(`[data-sign="${sign}"]`) });
  }

  /** Waits until no row is marked: marks go by themselves after some seconds. */
  async withoutMarks(): Promise<void> {
    await this.page.waitForFunction(() => document.querySelector('[role=treeitem] [data-sign]') === null);
  }

  /** ms (of this process's clock) at which a row with this title and sign was there; looked for at every frame. */
  async markedAt(title: string, sign: string): Promise<number> {
    await this.page.waitForFunction(
      ([wanted, mark]) =>
        [...document.querySelectorAll(`[role=treeitem]:has([data-sign="${mark}"])`)].some((row) =>
          [...row.children].some((part) => part.textContent === wanted),
        ),
      [title, sign] as const,
    );
    return performance.now();
  }

  /** Opens rows that are not open yet; groups are, from the first. */
  async expand(...titles: readonly string[]): Promise<void> {
    for (const title of titles) {
      const row = this.row(title).first();
      if ((await row.getAttribute('aria-expanded')) === 'false') await row.dblclick();
    }
  }

  /** Focus, the row of the cursor, and the rows that are open. */
  state(): Promise<{ readonly focus: string; readonly active: string; readonly open: readonly string[] }> {
    return this.page.evaluate(() => {
      const tree = document.querySelector('[role=tree]');
      const open = [...document.querySelectorAll('[role=treeitem][aria-expanded=true]')];
      return {
        focus: document.activeElement?.getAttribute('role') ?? '',
        active: tree?.getAttribute('aria-activedescendant') ?? '',
        open: open.map(({ id }) => id),
      };
    });
  }

  /** What a screen reader is told of how it stands. */
  get status(): Locator {
    return this.page.getByRole('status');
  }
}

/** The command, serving a Set on any port or on that of an earlier run. */
export const serveSet = (set: SetFolder, port = 0): Promise<Served> =>
  serve(['--port', String(port), set.path], { deadlineMs: 60_000 });
