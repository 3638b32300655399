import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runAutostart } from '../../src/commands/autostart.ts';
import { autostartState, turnOff, turnOn } from '../../src/setup/autostart.ts';
import { autostartFile } from '../../src/setup/autostart-files.ts';
import { BIN, livetree } from '../support/run.ts';
import { fakeComputer, heard, type System } from './world.ts';

const OWN = { node: process.execPath, program: BIN };
const SYSTEMS: readonly System[] = ['darwin', 'win32', 'linux'];
const SYSTEMD = 'systemd-analyze';
const hasSystemd = spawnSync(SYSTEMD, ['--version']).status === 0;

describe('livetree autostart', () => {
  it.each(SYSTEMS)('[AUTO-1] on %s: on, status, off; twice is as once, and nothing is left', (system) => {
    const { computer, home } = fakeComputer(system);
    const state = () => autostartState(computer, OWN).state;
    expect(state()).toBe('off');
    expect([turnOn(computer, OWN), turnOn(computer, OWN), state()]).toEqual([true, false, 'on']);
    expect([turnOff(computer, OWN), turnOff(computer, OWN), state()]).toEqual([true, false, 'off']);
    const left = readdirSync(home, { recursive: true, withFileTypes: true }).filter(
      (each) => !each.isDirectory(),
    );
    expect(left).toEqual([]);
  });

  it.each(SYSTEMS)('[AUTO-2] on %s: a file of somebody else is left alone', (system) => {
    const { computer } = fakeComputer(system);
    const { path } = autostartFile(computer, OWN);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'mine');
    expect(() => turnOn(computer, OWN)).toThrow(/did not make it.*left alone/);
    expect(() => turnOff(computer, OWN)).toThrow(/left alone/);
    expect([readFileSync(path, 'utf8'), autostartState(computer, OWN).state]).toEqual(['mine', 'foreign']);
  });

  it.each(SYSTEMS)(
    '[AUTO-3] on %s: one for another Node or another place is told, and made ours',
    (system) => {
      const { computer } = fakeComputer(system);
      turnOn(computer, { ...OWN, node: '/old/node' });
      expect(autostartState(computer, OWN).state).toBe('other');
      expect([turnOn(computer, OWN), autostartState(computer, OWN).state]).toEqual([true, 'on']);
    },
  );

  it('[AUTO-4] macOS: a LaunchAgent that is well-formed, with paths as they are', () => {
    const { path, text } = autostartFile(fakeComputer('darwin').computer, {
      node: '/Applications/R&B <x>/node',
      program: '/Users/Jörg/My Tools/bin.js',
    });
    expect(path).toMatch(/\/Library\/LaunchAgents\/livetree\.serve\.plist$/);
    const read = 'import plistlib, sys, json; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))';
    const plist: unknown = JSON.parse(
      execFileSync('python3', ['-c', read], { input: text, encoding: 'utf8' }),
    );
    expect(plist).toEqual({
      Label: 'livetree.serve',
      ProgramArguments: ['/Applications/R&B <x>/node', '/Users/Jörg/My Tools/bin.js', 'serve', '--no-open'],
      RunAtLoad: true,
    });
  });

  it('[AUTO-5] Windows: a file in the Startup folder, with quotes, percent signs and its code page', () => {
    const home = 'C:\\Users\\Jörg';
    const computer = { platform: 'win32', home, env: {}, path: win32 };
    const { path, text } = autostartFile(computer, {
      node: 'C:\\Program Files\\nodejs\\node.exe',
      program: 'D:\\100% Jörg & Co\\bin.js',
    });
    expect(path).toBe(
      'C:\\Users\\Jörg\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\LiveTree.cmd',
    );
    expect(text.split('\r\n')).toEqual([
      '@echo off',
      expect.stringMatching(/^rem /),
      'chcp 65001 >nul',
      'start "LiveTree" /min "C:\\Program Files\\nodejs\\node.exe" "D:\\100%% Jörg & Co\\bin.js" serve --no-open',
      '',
    ]);
  });

  it.skipIf(!hasSystemd)('[AUTO-6] Linux: a unit that systemd itself accepts, and finds enabled', () => {
    const { computer, folder, home } = withFolder();
    const program = join(folder, 'a 100% "odd" $HOME.js');
    writeFileSync(program, '');
    turnOn(computer, { node: process.execPath, program });
    const unit = autostartState(computer, { node: process.execPath, program }).path;
    const runtime = mkdtempSync(join(tmpdir(), 'livetree-run-'));
    const env = { ...process.env, HOME: home, XDG_RUNTIME_DIR: runtime, XDG_CONFIG_HOME: '' };
    try {
      const judged = spawnSync(SYSTEMD, ['verify', '--user', unit], { env, encoding: 'utf8' });
      expect([judged.status, judged.stderr]).toEqual([0, '']);
      writeFileSync(unit, readFileSync(unit, 'utf8').replace('ExecStart=', 'ExecStart=/is/not/there '));
      expect(spawnSync(SYSTEMD, ['verify', '--user', unit], { env }).status).not.toBe(0);
    } finally {
      rmSync(runtime, { recursive: true, force: true });
    }
    expect(existsSync(join(home, '.config/systemd/user/default.target.wants/livetree.service'))).toBe(true);
  });

  it('[AUTO-7] the command says what it did, as text and as JSON; an unknown system has a remedy', async () => {
    const fake = fakeComputer('linux');
    const env = { HOME: fake.home, XDG_CONFIG_HOME: '' };
    if (process.platform === 'linux') {
      const on = await livetree(['autostart', 'on'], { env });
      expect([on.code, on.stdout]).toEqual([
        0,
        expect.stringMatching(/^LiveTree starts at login from now on/),
      ]);
      const status = await livetree(['autostart', 'status', '--json'], { env });
      expect(JSON.parse(status.stdout)).toMatchObject({ schema: 1, on: true, state: 'on' });
    }
    const { output, text } = heard();
    for (const what of ['status', 'on', 'off'] as const)
      await runAutostart(what, false, output, fakeComputer('darwin').computer, OWN);
    expect(text()).toMatch(/^off: [\s\S]*LaunchAgents[\s\S]*does not start at login\.\n$/);
    await expect(
      runAutostart('on', false, output, { ...fake.computer, platform: 'aix' }, OWN),
    ).rejects.toThrow(/livetree serve --no-open/);
  });

  it('[AUTO-20] without a word, or with a wrong one, the words that can be given are named', async () => {
    for (const command of ['autostart', 'realtime']) {
      const none = await livetree([command]);
      expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("'on|off|status'")]);
      const wrong = await livetree([command, 'offf']);
      expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('on, off, status')]);
      expect(none.stdout + wrong.stdout).toBe('');
    }
  });
});

function withFolder() {
  const fake = fakeComputer('linux');
  return { computer: fake.computer, home: fake.home, folder: fake.folder('My Tools') };
}
