import type { ServerResponse } from 'node:http';
import type { SetupAnswer, SetupStep } from '@livetree/protocol';
import { SETUP_STEPS } from '@livetree/protocol';
import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { SET, setInfo } from '../../client/test/authority.ts';
import { metricsUrl, setupUrl } from '../src/addresses.ts';
import { setupLines, spokenProgress } from '../src/setup-lines.ts';
import { chromiumPath } from './browser.ts';
import { barriers, type OpenOptions, viewerWorld } from './world.ts';

const OPEN: SetupStep = { state: 'open' };
const DONE: SetupStep = { state: 'done' };
function answer(steps: readonly SetupStep[], canInstall = true): SetupAnswer {
  return { canInstall, steps: SETUP_STEPS.map((id, index) => ({ id, ...(steps[index] ?? OPEN) })) };
}

describe('the checklist in words', () => {
  it('[INST-18] the first step that is not done is where the user is; what is in the way is told', () => {
    const lines = setupLines(answer([{ state: 'done', note: '/lib/LiveTree' }, DONE, { state: 'unknown' }]));
    expect(lines.map(({ isDone }) => isDone)).toEqual([true, true, false, false, false]);
    expect(lines.findIndex(({ isNext }) => isNext)).toBe(2);
    expect(lines[0]?.detail).toBe('/lib/LiveTree');
    expect(lines[2]?.detail).toMatch(/Settings → Link, Tempo & MIDI → Control Surface/);
    expect(spokenProgress(lines)).toBe('2 of 5 steps done. Next: Choose LiveTree as a Control Surface.');
    const blocked = setupLines(answer([{ state: 'open', note: 'It was changed by hand.' }], false));
    expect(blocked[0]?.detail).toBe('It was changed by hand.');
    expect(spokenProgress(setupLines(answer([DONE, DONE, DONE, DONE, DONE])))).toBe('5 of 5 steps done.');
  });

  it('[INST-18] the page asks the hub it came from, with its token, and no other', () => {
    const hub = 'ws://127.0.0.1:8765/sync?token=a';
    expect(setupUrl(hub, 'http://127.0.0.1:8765')).toBe('http://127.0.0.1:8765/api/setup?token=a');
    expect(metricsUrl(hub, 'http://127.0.0.1:8765')).toBe('http://127.0.0.1:8765/metrics?token=a');
    expect(setupUrl(hub, 'http://127.0.0.1:5173')).toBeUndefined();
  });
});

describe.skipIf(chromiumPath === undefined)('the checklist', () => {
  const { open } = viewerWorld();

  /** A hub without a Set that answers as `now` says. */
  function world() {
    const state = { now: answer([]) };
    const options: OpenOptions = {
      prepare: (hub) => {
        hub.authority.sets = [];
      },
      serve: (request, response) => {
        if (request.url !== '/api/setup') return false;
        sendJson(response, state.now);
        return true;
      },
    };
    return { state, opened: (look: BrowserContextOptions = {}) => open(look, '', options) };
  }

  it('[INST-18] ticks itself, and its button has the script copied', async () => {
    const { state, opened } = world();
    const { hub, page, row, problems } = await opened();
    const list = page.getByRole('region', { name: 'Show the Set that is open in Live' });
    await list.waitFor();
    const steps = list.getByRole('listitem');
    expect(await steps.count()).toBe(5);
    hub.authority.reply = ({ request }) => {
      state.now = answer([{ state: 'done', note: '/lib/LiveTree' }]);
      return { type: 'result', request, ok: true, value: '/lib/LiveTree' };
    };
    await list.getByRole('button', { name: 'Copy the script' }).click();
    await steps.first().getByText('/lib/LiveTree').waitFor();
    expect(hub.authority.commands.map(({ name }) => name)).toEqual(['install']);
    expect(await list.getByRole('button', { name: 'Copy the script' }).count()).toBe(0);
    expect(await list.locator('[aria-current=step]').innerText()).toContain('Quit Live');
    state.now = answer([DONE, DONE, DONE]);
    await expect.poll(() => list.locator('.done').count(), { timeout: 10_000 }).toBe(3);
    expect(await list.getByRole('status').textContent()).toBe('3 of 5 steps done. Next: Live is connected.');
    hub.authority.sets = [setInfo()];
    hub.send({ type: 'status', sets: hub.authority.sets });
    await row('Tracks').waitFor();
    expect(await list.count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it('[INST-18] a refusal is told, and the button stays', async () => {
    const { opened } = world();
    const { hub, page } = await opened();
    const message = 'The script in "/lib" was changed by hand (run.py), so it is left alone.';
    hub.authority.reply = ({ request }) => ({
      type: 'result',
      request,
      ok: false,
      code: 'SCRIPT_CHANGED',
      message,
    });
    await page.getByRole('button', { name: 'Copy the script' }).click();
    await expect.poll(() => page.getByRole('alert').innerText()).toBe(message);
    expect(await page.getByRole('button', { name: 'Copy the script' }).isEnabled()).toBe(true);
  });

  it('[INST-19] can be skipped for good, come back, and a file that is dropped is opened all the same', async () => {
    const { opened } = world();
    const { hub, page, row } = await opened();
    await page.getByRole('button', { name: 'Just look at a file' }).press('Enter');
    await page.getByText('Drop a Live Set here').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('file');
    await page.reload();
    await page.getByText('Drop a Live Set here').waitFor();
    await page.getByRole('button', { name: 'five steps' }).click();
    await page.getByRole('heading', { name: 'Show the Set that is open in Live' }).waitFor();
    await drop(page, 'song.wav');
    await expect.poll(() => page.getByRole('alert').innerText()).toMatch(/is not a Live Set/);
    hub.authority.reply = (command) => {
      hub.authority.sets = [setInfo()];
      return { type: 'result', request: command.request, ok: true, value: SET };
    };
    await drop(page, 'My Set.als');
    await row('Tracks').waitFor();
  });

  it('[INST-19] is not offered where nobody can tell of a script', async () => {
    const { state, opened } = world();
    state.now = answer([{ state: 'unknown' }], false);
    const { page } = await opened();
    await page.getByText('Drop a Live Set here').waitFor();
    expect(await page.getByRole('button', { name: 'five steps' }).count()).toBe(0);
  });

  it.each([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['narrow', { viewport: { width: 360, height: 640 } }],
  ] as const)('[INST-20] has no barrier that axe finds: %s', async (_, look) => {
    const { state, opened } = world();
    state.now = answer([DONE, OPEN]);
    const { page } = await opened(look);
    await page.getByRole('heading', { name: 'Show the Set that is open in Live' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  it('[INST-20] goes by keyboard: the button that copies, then the one that skips', async () => {
    const { opened } = world();
    const { page } = await opened();
    const copy = page.getByRole('button', { name: 'Copy the script' });
    await copy.focus();
    await page.keyboard.press('Tab');
    const skip = page.getByRole('button', { name: 'Just look at a file' });
    expect(await skip.evaluate((button) => button === document.activeElement)).toBe(true);
  });
});

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function drop(page: import('playwright-core').Page, name: string): Promise<void> {
  await page.evaluate((name) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([new Uint8Array(100)], name));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, name);
}
