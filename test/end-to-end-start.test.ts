import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { plainEnv } from '../packages/cli/test/support/run.ts';
import { SetFolder } from './end-to-end-world.ts';
import { isGroupAlive, killGroup, type Running, untilAddress } from './running.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DEADLINE_MS = 60_000;

/** This repository with a note that all is built: what is tested is starting, not building. */
const root = mkdtempSync(join(tmpdir(), 'livetree-start-'));
mkdirSync(join(root, 'scripts'));
mkdirSync(join(root, '.cache'));
copyFileSync(join(ROOT, 'scripts/start.mjs'), join(root, 'scripts/start.mjs'));
for (const name of ['packages', 'node_modules', 'fixtures', 'live-simulator', 'remote-script'])
  symlinkSync(join(ROOT, name), join(root, name));
writeFileSync(join(root, '.cache/start-built'), '');

const set = new SetFolder();
const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) killGroup(child);
  set.remove();
  rmSync(root, { recursive: true, force: true });
});

function startWith(...args: readonly string[]): Promise<Running> {
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs'), ...args], {
    detached: true,
    env: plainEnv({ INIT_CWD: set.folder }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const timer = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS);
  child.on('close', () => clearTimeout(timer));
  return untilAddress(child);
}

describe.skipIf(process.platform === 'win32')('npm start', () => {
  it('[E2E-7] with a path serves that Set; Ctrl-C ends it cleanly and leaves no process', async () => {
    const { child, url, ended } = await startWith('Night Bus für Ü.als', '--no-open', '--port', '0');
    expect(await (await fetch(url)).text()).toContain('LiveTree');
    const { sets }: { readonly sets: readonly { readonly path: string }[] } = JSON.parse(
      await (await fetch(new URL('/api/sets', url))).text(),
    );
    expect(sets.map(({ path }) => path.endsWith('Night Bus für Ü.als'))).toEqual([true]);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(isGroupAlive(child)).toBe(false);
  });

  it('[E2E-8] without a path it plays the demo; Ctrl-C of a terminal reaches all, and twice', async () => {
    const { child, url, ended } = await startWith('--no-open', '--port', '0');
    const text = await (await fetch(new URL('/api/sets', url))).text();
    expect(text).toContain('Night Bus.als');
    process.kill(-(child.pid ?? 0), 'SIGINT');
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    // The simulated Live ends by itself when nobody is left at its input.
    await expect.poll(() => isGroupAlive(child), { timeout: 10_000 }).toBe(false);
  });
});
