import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { testFolder } from './support/folder.ts';
import { BIN, DEMO, livetree, outcomeOf, plainEnv, start } from './support/run.ts';

const folder = testFolder();
const ESCAPE = '\u001b';

/** `script` of util-linux gives a program a terminal of its own. */
const TERMINAL = 'script';
const hasScript =
  spawnSync(TERMINAL, ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;
if (!hasScript)
  process.stderr.write('\n*** No script(1) of util-linux: tests on a terminal are SKIPPED. ***\n\n');

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const commandLine = (args: readonly string[]): string =>
  [process.execPath, BIN, ...args].map(quoted).join(' ');

/** Runs a shell line in a terminal; what stdout and stderr show there comes as one text. */
function onTerminal(line: string, env: Readonly<Record<string, string>> = {}) {
  return spawn(TERMINAL, ['-qec', line, '/dev/null'], {
    env: plainEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** A Set of over a megabyte: scenes with names that do not compress. */
function bigSet(): string {
  const scenes = Array.from(
    { length: 40_000 },
    (_, id) => `<Scene Id="${id}"><Name Value="${randomBytes(24).toString('base64')}"/></Scene>`,
  );
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Ableton MajorVersion="5" MinorVersion="12.0_12120" Creator="Ableton Live 12.1.11"><LiveSet><Scenes>${scenes.join('')}</Scenes></LiveSet></Ableton>`;
  return folder.file('big.als', gzipSync(xml, { level: 1 }));
}

describe('colours', () => {
  it('[CLI-22] none in a pipe, unless FORCE_COLOR asks for them; NO_COLOR always wins', async () => {
    const hasColor = async (env: Readonly<Record<string, string>>): Promise<boolean> =>
      (await livetree(['show', '--depth', '1', DEMO], { env })).stdout.includes(ESCAPE);
    expect(await hasColor({})).toBe(false);
    expect(await hasColor({ CI: 'true' })).toBe(false);
    expect(await hasColor({ FORCE_COLOR: '1' })).toBe(true);
    expect(await hasColor({ FORCE_COLOR: '0' })).toBe(false);
    expect(await hasColor({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
    expect(await hasColor({ FORCE_COLOR: '1', NO_COLOR: '' })).toBe(true);
  });

  it.skipIf(!hasScript)('[CLI-22] on a terminal, unless NO_COLOR or TERM=dumb', async () => {
    const hasColor = async (env: Readonly<Record<string, string>>): Promise<boolean> => {
      const { stdout, code } = await outcomeOf(onTerminal(commandLine(['show', '--depth', '1', DEMO]), env));
      expect(code).toBe(0);
      return stdout.includes(ESCAPE);
    };
    expect(await hasColor({})).toBe(true);
    expect(await hasColor({ NO_COLOR: '1' })).toBe(false);
    expect(await hasColor({ TERM: 'dumb' })).toBe(false);
  });

  it('[CLI-23] tracks carry their colour as a square where the terminal has all colours', async () => {
    const show = async (env: Readonly<Record<string, string>>): Promise<string> =>
      (await livetree(['show', '--depth', '1', DEMO], { env })).stdout;
    const line = (await show({ FORCE_COLOR: '1', COLORTERM: 'truecolor' }))
      .split('\n')
      .find((row) => row.includes('Bass'));
    expect(line?.replaceAll(ESCAPE, 'ESC')).toMatch(/ESC\[38;2;\d+;\d+;\d+m■ESC\[39m .*Bass/);
    expect(await show({ FORCE_COLOR: '1' })).not.toContain('■');
    expect(await show({ COLORTERM: 'truecolor' })).not.toContain('■');
  });

  it('[CLI-22] JSON, XML and counts are never coloured', async () => {
    for (const args of [['show', '--json'], ['stats', '--json'], ['stats'], ['xml']])
      expect((await livetree([...args, DEMO], { env: { FORCE_COLOR: '1' } })).stdout).not.toContain(ESCAPE);
  });
});

describe('progress', () => {
  it.skipIf(!hasScript)(
    '[CLI-24] a big Set: a line on the terminal before the work, gone after it',
    async () => {
      const [big, out] = [bigSet(), join(folder.path, 'out.json')];
      expect(statSync(big).size).toBeGreaterThan(1024 * 1024);
      const child = onTerminal(`${commandLine(['stats', '--json', big])} > ${quoted(out)}`);
      let wasEmpty: boolean | undefined;
      let seen = '';
      child.stdout.on('data', (part: Buffer) => {
        seen += part.toString();
        if (seen.includes('Reading big.als …')) wasEmpty ??= !existsSync(out) || statSync(out).size === 0;
      });
      const { code, stdout } = await outcomeOf(child);
      expect([code, wasEmpty]).toEqual([0, true]);
      expect(stdout).toBe(`\r${ESCAPE}[KReading big.als …\r${ESCAPE}[K`);
      expect(JSON.parse(readFileSync(out, 'utf8')).scenes).toBe(40_000);
    },
  );

  it.skipIf(!hasScript)('[CLI-24] a small Set: no line', async () => {
    const line = `${commandLine(['stats', DEMO])} > ${quoted(join(folder.path, 'small.txt'))}`;
    expect((await outcomeOf(onTerminal(line))).stdout).toBe('');
  });

  it('[CLI-24] no line where stderr is no terminal', async () => {
    expect((await livetree(['stats', bigSet()])).stderr).toBe('');
  });
});

describe('the reader of the output', () => {
  it('[CLI-25] may leave at any time: no message, exit code 0', async () => {
    const child = start(['xml', bigSet()]);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { code, signal, stderr } = await outcomeOf(child);
    expect([code, signal, stderr]).toEqual([0, null, '']);
  });

  it.skipIf(!hasScript)('[CLI-25] head takes its line, and the pipe ends quietly', async () => {
    const line = `set -o pipefail; ${commandLine(['xml', bigSet()])} | head -n 1`;
    const child = spawn('bash', ['-c', line], { env: plainEnv(), stdio: ['ignore', 'pipe', 'pipe'] });
    const { code, stdout, stderr } = await outcomeOf(child);
    expect([code, stdout, stderr]).toEqual([0, '<?xml version="1.0" encoding="UTF-8"?>\n', '']);
  });

  it.skipIf(!existsSync('/dev/full'))('[CLI-26] a full disk: one message, exit code 74', async () => {
    const line = `${commandLine(['show', DEMO])} > /dev/full`;
    const child = spawn('sh', ['-c', line], { env: plainEnv(), stdio: ['ignore', 'pipe', 'pipe'] });
    const { code, stderr } = await outcomeOf(child);
    expect([code, stderr]).toEqual([74, 'The output cannot be written (ENOSPC).\n']);
  });
});
