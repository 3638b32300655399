import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runInstall, runUninstall } from '../../src/commands/install.ts';
import { installScript, uninstallScript } from '../../src/setup/install-script.ts';
import { decodeManifest } from '../../src/setup/manifest.ts';
import { checksumsOf } from '../../src/setup/script-folder.ts';
import { readSource, type ScriptSource } from '../../src/setup/script-source.ts';
import { putFolder } from '../../src/setup/write.ts';
import { livetree, ROOT } from '../support/run.ts';
import { type FakeComputer, fakeComputer, heard } from './world.ts';

const SCRIPT = join(ROOT, 'remote-script/LiveTree');
const source = readSource(SCRIPT);

function mac() {
  const fake = fakeComputer('darwin');
  const library = fake.folder('Music', 'Ableton', 'User Library');
  const scripts = join(library, 'Remote Scripts');
  return { fake, library, scripts, target: join(scripts, 'LiveTree') };
}
const install = ({ computer }: FakeComputer, library: string, from: ScriptSource = source, port?: number) =>
  installScript({ computer, library, source: from, now: 1_000, ...(port !== undefined && { port }) });

/** Everything in a folder, with content. */
function all(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = names.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length), readFileSync(path, 'latin1')]));
}

/** A script of another version, of a few files. */
function otherScript(fake: FakeComputer, version: string): ScriptSource {
  const folder = fake.folder(`script ${version}`);
  writeFileSync(join(folder, '__init__.py'), '# old\n');
  writeFileSync(join(folder, 'gone.py'), '# no longer there later\n');
  writeFileSync(join(folder, 'version.py'), `VERSION = '${version}'\n`);
  return readSource(folder);
}

describe('livetree install', () => {
  it('[INST-7] copies the whole script and nothing else, with a note of its checksums', () => {
    const { fake, library, scripts, target } = mac();
    expect(install(fake, library)).toEqual({ did: 'copied', folder: target });
    expect(readdirSync(scripts)).toEqual(['LiveTree']);
    const files = Object.keys(all(target)).map((path) => path.slice(1));
    expect(files).toContain('wire/link.py');
    expect(files).toContain('events.json');
    expect(files.some((path) => /test|pyc/.test(path))).toBe(false);
    for (const path of files.filter((name) => name !== 'livetree.json'))
      expect(readFileSync(join(target, path)).equals(readFileSync(join(SCRIPT, path)))).toBe(true);
    const manifest = decodeManifest(readFileSync(join(target, 'livetree.json'), 'utf8'));
    expect(manifest?.version).toBe(source.version);
    expect(new Map(Object.entries(manifest?.files ?? {}))).toEqual(checksumsOf(target));
    expect(install(fake, library).did).toBe('nothing');
  });

  it('[INST-8] a dry run says what would be done, and changes nothing', async () => {
    const { fake, scripts } = mac();
    fake.live('12.1.5');
    const { output, text } = heard();
    await runInstall({ dryRun: true }, output, fake.computer);
    expect(text()).toMatch(/Found: Live 12\.1\.5\nUser Library: .*\nWould copy the LiveTree script/);
    expect(existsSync(scripts)).toBe(false);
  });

  it('[INST-9] what is not ours, or was changed by hand, is left alone, with what to do', () => {
    const foreign = mac();
    mkdirSync(foreign.target, { recursive: true });
    writeFileSync(join(foreign.target, '__init__.py'), '# of somebody else\n');
    const before = all(foreign.scripts);
    expect(() => install(foreign.fake, foreign.library)).toThrow(/did not put it there.*delete or move/);
    expect(() => uninstallScript(foreign.fake.computer, foreign.library, false)).toThrow(/left alone/);
    expect(all(foreign.scripts)).toEqual(before);

    const linked = mac();
    mkdirSync(linked.scripts);
    symlinkSync(SCRIPT, linked.target);
    expect(() => install(linked.fake, linked.library)).toThrow(/left alone/);

    for (const name of ['run.py', 'mine.py', 'wire/mine.txt']) {
      const { fake, library, scripts, target } = mac();
      install(fake, library);
      writeFileSync(join(target, name), '# mine\n');
      const changed = all(scripts);
      expect(() => install(fake, library)).toThrow(new RegExp(`changed by hand \\(${name}\\)`));
      expect(() => uninstallScript(fake.computer, library, false)).toThrow(/changed by hand/);
      expect(all(scripts)).toEqual(changed);
    }
  });

  it('[INST-10] an older one of ours is replaced whole, and its settings stay', () => {
    const { fake, library, target, scripts } = mac();
    expect(install(fake, library, otherScript(fake, '0.9.0')).did).toBe('copied');
    writeFileSync(join(target, 'settings.json'), '{"spoolMb":9}');
    mkdirSync(join(target, '__pycache__'));
    writeFileSync(join(target, '__pycache__', 'gone.cpython-311.pyc'), 'x');
    writeFileSync(join(target, '.DS_Store'), 'x');
    expect(install(fake, library)).toEqual({ did: 'replaced', folder: target, before: '0.9.0' });
    expect(existsSync(join(target, 'gone.py'))).toBe(false);
    expect(readFileSync(join(target, 'settings.json'), 'utf8')).toBe('{"spoolMb":9}');
    expect(readdirSync(scripts)).toEqual(['LiveTree']);
    expect(install(fake, library).did).toBe('nothing');
  });

  it('[INST-10] a file that is gone is put back; the same script copied by hand becomes ours', () => {
    const { fake, library, target } = mac();
    install(fake, library);
    rmSync(join(target, 'wire', 'link.py'));
    expect(install(fake, library).did).toBe('repaired');
    rmSync(join(target, 'livetree.json'));
    expect(install(fake, library).did).toBe('adopted');
    expect(install(fake, library).did).toBe('nothing');
  });

  it('[INST-11] an attempt that fails leaves the old script whole, and what a dead one left is taken away', () => {
    const { fake, library, target, scripts } = mac();
    install(fake, library);
    const before = all(scripts);
    const broken = { from: SCRIPT, files: ['__init__.py', 'is not there.py'], texts: {} };
    expect(() => putFolder(target, broken)).toThrow(/cannot be changed \(ENOENT\)/);
    expect(all(scripts)).toEqual(before);
    mkdirSync(join(scripts, '_LiveTree.livetree-dead'));
    mkdirSync(join(scripts, '_Other'));
    install(fake, library, source, 9000);
    expect(readdirSync(scripts).sort()).toEqual(['LiveTree', '_Other']);
  });

  it('[INST-11] where the library cannot be written the system’s reason and a remedy are told', () => {
    const { fake, library, scripts } = mac();
    writeFileSync(scripts, 'a file is where the folder should be');
    expect(() => install(fake, library)).toThrow(/cannot be changed \((EEXIST|ENOTDIR)\).*Quit Live/);
  });

  it('[INST-12] a port goes into the settings that the script reads; the default takes it out; others stay', () => {
    const { fake, library, target } = mac();
    install(fake, library);
    writeFileSync(join(target, 'settings.json'), '\uFEFF{"spoolMb":9}');
    expect(install(fake, library, source, 9000).did).toBe('settings');
    expect(install(fake, library, source, 9000).did).toBe('nothing');
    const read = `import sys; sys.path.insert(0, sys.argv[1]); from wire import settings; s = settings.load(sys.argv[1], print, {}); print(s.ports, s.spool_bytes >> 20)`;
    const asked = (): string =>
      execFileSync('python3', ['-B', '-c', read, target], { encoding: 'utf8' }).trim();
    expect(asked()).toBe('[9000] 9');
    expect(install(fake, library, source, 8765).did).toBe('settings');
    expect(asked()).toBe('[8765, 8766, 8767, 8768, 8769] 9');
    writeFileSync(join(target, 'settings.json'), '{"spoolMb":9,}');
    expect(() => install(fake, library, source, 9000)).toThrow(/not a JSON object.*Correct or delete/);
    expect(readFileSync(join(target, 'settings.json'), 'utf8')).toBe('{"spoolMb":9,}');
  });

  it('[INST-13] uninstall takes away what install brought, and nothing else', async () => {
    const { fake, library, scripts, target } = mac();
    install(fake, library, source, 9000);
    mkdirSync(join(scripts, 'Other'));
    mkdirSync(join(target, '__pycache__'));
    const { output, text } = heard();
    await runUninstall({ dryRun: true, path: library }, output, fake.computer);
    expect(existsSync(target)).toBe(true);
    await runUninstall({ path: library }, output, fake.computer);
    expect(readdirSync(scripts)).toEqual(['Other']);
    await runUninstall({ path: library }, output, fake.computer);
    expect(text()).toMatch(/^Would remove[\s\S]*\nRemoved[\s\S]*\nThere is no LiveTree script/);
  });

  it('[INST-14] says what to do next in Live, and of another Live with another library', async () => {
    const { fake, library } = mac();
    fake.live('12.1.5', { library, usedAt: 300 });
    fake.live('11.3.25', { library: '/Volumes/Old/User Library', usedAt: 200 });
    const { output, text } = heard();
    await runInstall({ port: 9000 }, output, fake.computer);
    expect(text()).toMatch(
      /Found: Live 12\.1\.5, Live 11\.3\.25[\s\S]*--path "\/Volumes\/Old\/User Library"[\s\S]*Quit Live[\s\S]*Link, Tempo & MIDI[\s\S]*LiveTree as a Control Surface[\s\S]*serve --port 9000/,
    );
  });

  it('[INST-5] the command itself: on a system without Live it refuses with 5, and --path works', async () => {
    const fake = fakeComputer('linux');
    const library = fake.folder('User Library');
    const env = { HOME: fake.home };
    const done = await livetree(['install', '--path', library], { env });
    expect([done.code, done.stderr]).toEqual([0, '']);
    expect(existsSync(join(library, 'Remote Scripts', 'LiveTree', '__init__.py'))).toBe(true);
    writeFileSync(join(library, 'Remote Scripts', 'LiveTree', 'run.py'), '');
    const refused = await livetree(['uninstall', '--path', library], { env });
    expect([refused.code, refused.stdout]).toEqual([5, '']);
    expect(refused.stderr).toMatch(/changed by hand \(run\.py\)/);
    expect((await livetree(['install', '--port', '0'], { env })).code).toBe(2);
  });

  it.runIf(process.platform === 'linux')(
    '[INST-40] on a system without Live, install and uninstall say what works there, and what to give',
    async () => {
      const env = { HOME: fakeComputer('linux').home };
      for (const command of ['install', 'uninstall']) {
        const { code, stdout, stderr } = await livetree([command], { env });
        expect([code, stdout]).toEqual([5, '']);
        expect(stderr).toMatch(/^Live does not run on this system.* the demo work .*\(--path FOLDER\)\.\n$/);
        expect(stderr).not.toContain('livetree install');
      }
    },
  );
});
