/** From nothing to the tree as a new user goes: the real hub, the real page, the real script. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import nodePath, { join } from 'node:path';
import { type Hub, startHub } from '@livetree/hub';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSetup } from '../packages/cli/src/setup/hub-setup.ts';
import { lookAtPort } from '../packages/cli/src/setup/ports.ts';
import { buildPage, chromiumPath, launch } from '../packages/viewer/test/browser.ts';
import { rowOf } from '../packages/viewer/test/world.ts';
import { PYTHON, Simulator } from './simulator.ts';

const CONTROL = 'Show the Set that is open in Live';

describe.skipIf(chromiumPath === undefined || PYTHON === undefined)('a new user', () => {
  let browser: Browser;
  let viewerDir: string;
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'livetree neu ')));
  const ending: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    viewerDir = buildPage();
    browser = await launch(chromiumPath ?? '');
  });
  afterAll(async () => {
    for (const end of ending.reverse()) await end();
    await browser?.close();
    for (const folder of [viewerDir, home]) rmSync(folder, { recursive: true, force: true });
  });

  /** A Mac on which Live 12 was started before the script was there. */
  function mac() {
    const library = join(home, 'Music', 'Ableton', 'User Library');
    const preferences = join(home, 'Library', 'Preferences', 'Ableton', 'Live 12.1.5');
    for (const folder of [library, preferences]) mkdirSync(folder, { recursive: true });
    const logPath = join(preferences, 'Log.txt');
    const started = (time: number, surface: string): void => {
      const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 23);
      const lines = [
        `${local}000: info: Started: Live 12.1.5 Build: x`,
        `${local}000: info: AMidiIO: Midi Remote Scripts:`,
        `  MidiRemoteScript 1 [Control Surface="${surface}" Input="None" Output="None"]`,
      ];
      writeFileSync(logPath, `${lines.join('\n')}\n`);
    };
    started(Date.now() - 3_600_000, 'None');
    return { library, started, computer: { platform: 'darwin', home, env: {}, path: nodePath } };
  }

  async function startedHub(computer: Parameters<typeof createSetup>[0]): Promise<Hub> {
    const hub = await startHub({ port: 0, viewerDir, setup: createSetup(computer) });
    ending.push(() => hub.close());
    return hub;
  }

  it('[INST-21] copies, restarts, chooses; Live connects, and the tree is there', async () => {
    const { library, started, computer } = mac();
    const hub = await startedHub(computer);
    const page = await browser.newPage();
    ending.push(() => page.close());
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(hub.url);
    const list = page.getByRole('region', { name: CONTROL });
    const done = () => list.locator('.done').count();
    const next = () => list.locator('[aria-current=step]').innerText();
    await list.waitFor();
    expect(await done()).toBe(0);
    await list.getByRole('button', { name: 'Copy the script' }).click();
    await expect.poll(done, { timeout: 10_000 }).toBe(1);
    const script = join(library, 'Remote Scripts', 'LiveTree');
    expect(readFileSync(join(script, '__init__.py'), 'utf8')).toContain('def create_instance');
    expect(await next()).toContain('Quit Live');
    started(Date.now() + 1_000, 'None');
    await expect.poll(done, { timeout: 10_000 }).toBe(2);
    expect(await next()).toContain('Control Surface');
    started(Date.now() + 1_000, 'LiveTree');
    await expect.poll(done, { timeout: 10_000 }).toBe(3);
    const live = new Simulator(hub.port, [], { script });
    ending.push(() => live.close());
    await rowOf(page, 'Tracks').waitFor({ timeout: 30_000 });
    expect(await list.count()).toBe(0);
    const answer = await (await fetch(new URL('/api/setup', hub.url))).json();
    expect(answer.steps.map(({ state }: { state: string }) => state).slice(0, 4)).toEqual(
      Array(4).fill('done'),
    );
    expect(problems).toEqual([]);
  });

  it('[DOC-7] the real script answers doctor on its port, with its version and the Set’s path', async () => {
    const port = await freePort();
    const live = new Simulator(1, ['--set', join(import.meta.dirname, '../fixtures/demo-live.als')], {
      commandPort: port,
    });
    ending.push(() => live.close());
    await live.ask({ do: 'describe' }).catch(() => undefined);
    await expect
      .poll(async () => (await lookAtPort(port, 'linux', true)).script?.version, { timeout: 30_000 })
      .toMatch(/^\d+\.\d+\.\d+$/);
    const { script } = await lookAtPort(port, 'linux', true);
    expect(script?.path).toMatch(/demo-live\.als$/);
  });
});

/** One that nobody had a moment ago. */
async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
