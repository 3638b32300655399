import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const BIN = join(ROOT, 'packages/cli/dist/bin.js');
const DEMO = join(ROOT, 'fixtures/demo.als');

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Source files of all packages, without tests. */
function sources(folder = join(ROOT, 'packages')): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist', 'test'].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.(ts|svelte)$/.test(entry.name) ? [path] : [];
  });
}

/** Files whose code (comments left out) matches. */
function using(pattern: RegExp): readonly string[] {
  const code = (path: string): string =>
    readFileSync(path, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  return sources()
    .filter((path) => pattern.test(code(path)))
    .map((path) => path.slice(ROOT.length + 1));
}

describe('what LiveTree never does', () => {
  it('[SEC-11] has no call that could write, rename or delete a file, but for the state file and what git-setup, install and autostart are asked for', () => {
    expect(sources().length).toBeGreaterThan(100);
    const writing =
      /\b(writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream|rename|renameSync|unlink|unlinkSync|rmSync|truncate|utimes|copyFile|copyFileSync|link|symlink|symlinkSync|chmod|mkdir|mkdirSync)\s*\(|\bopen\([^)]*,\s*['"][^'"]*[wa+]/;
    // The demo plays with a copy in a folder of its own; the history and the paths of Sets that were shown lie in the folder of the state. `livetree git-setup --write` and `--hook`, when asked: .gitattributes, .gitignore, a hook; install, uninstall and autostart, when asked: the script in the User Library, one file that starts LiveTree at login. And by which programs
    // of the same user find the hub that runs, and only one runs: its own file, its own folder.
    expect(using(writing)).toEqual([
      'packages/cli/src/commands/demo.ts',
      'packages/cli/src/git/write-file.ts',
      'packages/cli/src/setup/write.ts',
      'packages/hub/src/node/journal/database.ts',
      'packages/hub/src/node/memory.ts',
      'packages/hub/src/node/saves/history-switch.ts',
      'packages/hub/src/node/state-file.ts',
    ]);
  });

  it('[SEC-11] leaves a Set and its folder as they were', () => {
    const folder = mkdtempSync(join(tmpdir(), 'livetree-never-'));
    folders.push(folder);
    const set = join(folder, 'demo.als');
    copyFileSync(DEMO, set);
    const before = statSync(set);
    for (const args of [
      ['show', set],
      ['stats', '--coverage', set],
      ['xml', set],
    ]) {
      execFileSync(process.execPath, [BIN, ...args], { stdio: ['ignore', 'ignore', 'ignore'] });
    }
    const after = statSync(set);
    expect(readdirSync(folder)).toEqual(['demo.als']);
    expect(readFileSync(set).equals(readFileSync(DEMO))).toBe(true);
    expect([after.mtimeMs, after.ino, after.mode]).toEqual([before.mtimeMs, before.ino, before.mode]);
  });

  it('[SEC-12] calls nobody: no code opens a connection but the client to its hub', () => {
    const calling =
      /\bfetch\s*\(|\bhttps?\.(request|get)\s*\(|\bnet\.connect\s*\(|\bcreateConnection\s*\(|new WebSocket\s*\(|sendBeacon|XMLHttpRequest|EventSource/;
    // The client, to the address it was given; a second hub, to the first one on this computer; the page to the hub
    // that it came from; doctor, to the hub and to the ports of the script; status and history, to the hub.
    expect(using(calling)).toEqual([
      // The recorded run of the demo, to the hub of the demo on this computer.
      'packages/cli/src/demo/player.ts',
      'packages/cli/src/hub-api.ts',
      'packages/cli/src/setup/ports.ts',
      'packages/client/src/environment.ts',
      'packages/hub/src/node/hand-over.ts',
      'packages/viewer/src/Diagnostics.svelte',
      'packages/viewer/src/past.svelte.ts',
      'packages/viewer/src/remembered.ts',
      'packages/viewer/src/setup-progress.svelte.ts',
    ]);
  });
});
