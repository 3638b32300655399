import { chmodSync, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { corpusPath, hasCorpus, oddFiles } from './support/corpus.ts';
import { testFolder } from './support/folder.ts';
import { DEMO, livetree, type Outcome, outcomeOf, start } from './support/run.ts';

const folder = testFolder();
const COMMANDS = ['show', 'stats', 'xml'] as const;

const demo = readFileSync(DEMO);
const live = (inside: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Ableton MajorVersion="5" MinorVersion="11.0_433" Creator="Ableton Live 11.0">${inside}</Ableton>`;
const bombBytes = 80 * 1024 * 1024;

/** Files that are no readable Set, by what is wrong; `xml` is told of some only by those who parse. */
const BAD: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
  ['empty.als', '', /is empty/],
  ['junk.als', 'no Set at all', /neither compressed nor XML/],
  ['page.als', '<html><body>404</body></html>', /is a web page/],
  ['zeros.als', Buffer.alloc(100_000), /nothing but zeros/],
  ['cut.als', demo.subarray(0, demo.length / 2), /cut off/],
  ['damaged.als', Buffer.from(demo).fill(0x55, 2000, 2200), /damaged/],
  ['bomb.als', gzipSync(Buffer.alloc(bombBytes, '<')), /times its size/],
  ['device.als', Buffer.from('ampf\u0004\0\0\0mmmmptch', 'latin1'), /Max for Live device/],
  ['lfs.als', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n', /git lfs pull/],
  ['._side.als', Buffer.from([0, 5, 22, 7, 0, 2, 0, 0]), /side file/],
];

const BAD_XML: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
  ['rack.als', gzipSync(live('<InstrumentGroupDevice/>')), /not a Set/],
  ['group.adg', gzipSync(live('<GroupDevicePreset/>')), /not a Set/],
  ['drawing.als', '<svg><path/></svg>', /not one of Live/],
  ['dtd.als', `<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>${live('<LiveSet/>')}`, /document type/],
  ['cut-xml.als', gzipSync(gunzipSync(demo).subarray(0, 5000)), /breaks off/],
  ['deep.als', live(`<LiveSet>${'<a>'.repeat(5000)}`), /nested/],
  ['utf16.als', Buffer.from(`\ufeff${live('<LiveSet/>')}`, 'utf16le'), /UTF-8/],
];

function expectRefused({ code, signal, stdout, stderr }: Outcome, path: string, message: RegExp): void {
  expect([code, signal, stdout]).toEqual([3, null, '']);
  expect(stderr).toMatch(message);
  expect(stderr).toContain(path);
  expect(stderr).not.toMatch(/\bat .*\.(js|ts|mjs):\d|Error:|node:internal/);
  expect(stderr.trim().split('\n')).toHaveLength(1);
}

describe('a file that is no readable Set', () => {
  it.each(BAD)(
    '[CLI-17] %s: one clear message, nothing on stdout, exit code 3',
    async (name, bytes, message) => {
      const path = folder.file(name, bytes);
      for (const command of COMMANDS) expectRefused(await livetree([command, path]), path, message);
    },
  );

  it.each(BAD_XML)('[CLI-17] %s: refused by all that read it as a Set', async (name, bytes, message) => {
    const path = folder.file(name, bytes);
    expectRefused(await livetree(['show', '--json', path]), path, message);
    expectRefused(await livetree(['stats', '--json', path]), path, message);
  });

  it('[CLI-120] a clip (.alc) is named as such by all that read a Set; xml prints it', async () => {
    const path = folder.file('Riff.alc', demo);
    expectRefused(await livetree(['stats', '--json', path]), path, /a clip \(\.alc\)/);
    expectRefused(await livetree(['show', path]), path, /a clip \(\.alc\)/);
    const { code, stdout } = await livetree(['xml', path]);
    expect([code, stdout]).toEqual([0, gunzipSync(demo).toString()]);
  });

  it('[CLI-17] a missing file and a folder', async () => {
    const missing = join(folder.path, 'missing.als');
    expectRefused(await livetree(['show', missing]), missing, /does not exist/);
    const inside = join(DEMO, 'Song.als');
    expectRefused(await livetree(['stats', inside]), inside, /does not exist/);
    expectRefused(await livetree(['xml', folder.path]), folder.path, /is a folder/);
  });

  it.skipIf(process.platform === 'win32')('[CLI-17] a file that this user must not read', async (context) => {
    // Root may read everything: the command then runs as the user "nobody", where that one can run it.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const asNobody = (args: readonly string[]): Promise<Outcome> => outcomeOf(start(args, nobody));
    if ((await asNobody(['--version'])).code !== 0) {
      process.stderr.write('*** Skipped: "nobody" cannot run this checkout. ***\n');
      context.skip();
    }
    const path = folder.file('secret.als', demo);
    chmodSync(path, 0o000);
    chmodSync(folder.path, 0o755);
    expectRefused(await asNobody(['show', path]), path, /must not be read/);
  });

  it.skipIf(!hasCorpus).each(oddFiles().map((name) => [name]))(
    '[CLI-18] odd file %s: shown whole, or refused with a sentence',
    async (name) => {
      const path = corpusPath('odd', name);
      const outcome = await livetree(['show', path]);
      if (outcome.code !== 0) return expectRefused(outcome, path, /\.$/m);
      expect(outcome.stdout).toMatch(/^Set .*\n[├└]/);
      expect(outcome.stderr).toMatch(/^(Note: .*\n)*$/);
    },
  );

  it('[CLI-18] what is unusual about a Set is said on stderr, and the Set is shown', async () => {
    const path = folder.file('other tool.als', gzipSync(gunzipSync(demo), { level: 1 }));
    const bytes = readFileSync(path);
    bytes[9] = 255;
    const { code, stderr, stdout } = await livetree(['show', folder.file('other tool.als', bytes)]);
    expect([code, stderr]).toEqual([0, 'Note: The file was compressed by another tool than Live.\n']);
    expect(stdout).toMatch(/^Set/);
  });
});

describe('the command line', () => {
  it.each([
    [['nonsense']],
    [['--nonsense']],
    [['show']],
    [['show', 'a.als', 'b.als']],
    [['show', '--depth', '0', DEMO]],
    [['show', '--depth', 'two', DEMO]],
    [['stats', '--xml', DEMO]],
    [['xml']],
    [['serve', '--port', '70000']],
    [['serve', '--port', 'x']],
    [['serve', '--poll', '0']],
    [['serve', '--no-open', 'Song.txt']],
    [['serve', '--no-open', '--host', '0.0.0.0', '--port', '0']],
  ])('[CLI-19] %j: exit code 2, nothing on stdout, and what to do', async (args) => {
    const { code, stdout, stderr } = await livetree(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/--help|--token|\.als/);
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+|node:internal/);
  });

  it('[CLI-20] --help names every command, the exit codes and examples; each command has its own', async () => {
    const { code, stdout, stderr } = await livetree(['--help']);
    expect([code, stderr]).toEqual([0, '']);
    for (const word of ['serve', 'show', 'stats', 'xml', 'Examples:', 'NO_COLOR'])
      expect(stdout).toContain(word);
    expect(stdout).toMatch(/Exit codes: 0 .*2 .*3 /s);
    for (const command of [...COMMANDS, 'serve']) {
      const help = await livetree([command, '--help']);
      expect(help.code).toBe(0);
      expect(help.stdout).toContain(`livetree ${command}`);
      expect(help.stdout).toContain('Examples:');
    }
  });

  it('[CLI-20] --version names the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect((await livetree(['--version'])).stdout).toMatch(
      new RegExp(`^livetree ${version} \\(protocol \\d+, Node `),
    );
  });

  it('[CLI-21] a path may hold blanks, umlauts and start with a dash', async () => {
    mkdirSync(join(folder.path, 'Süd Projekt'), { recursive: true });
    copyFileSync(DEMO, join(folder.path, 'Süd Projekt', '-n.als'));
    const { code, stdout } = await livetree(['show', '--depth', '1', '--', '-n.als'], {
      cwd: join(folder.path, 'Süd Projekt'),
    });
    expect([code, stdout.split(' ').filter(Boolean).slice(0, 2)]).toEqual([0, ['Set', '-n']]);
  });
});
