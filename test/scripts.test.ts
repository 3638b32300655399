import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SCRIPTS = fileURLToPath(new URL('../scripts/', import.meta.url));

interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A workspace of its own, so that the scripts can be tried without building or testing this one. */
let root: string;

function file(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function run(
  script: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const inherited = { ...process.env };
  for (const name of ['INIT_CWD', 'LIVETREE_REQUIRE_BROWSER']) delete inherited[name];
  return new Promise((resolve) => {
    const done = (error: Error | null, stdout: string, stderr: string): void => {
      const status = error !== null && 'code' in error ? Number(error.code) : 0;
      resolve({ status, stdout, stderr });
    };
    execFile(
      process.execPath,
      [join(root, 'scripts', script), ...args],
      { env: { ...inherited, ...env }, cwd: root },
      done,
    );
  });
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'livetree-scripts-'));
  mkdirSync(join(root, 'scripts'));
  for (const name of ['start.mjs', 'count-tests.mjs'])
    copyFileSync(join(SCRIPTS, name), join(root, 'scripts', name));
});
afterEach(() => rmSync(root, { recursive: true }));

describe('the tool in one file', () => {
  const says = (what: string): string => `export const main = () => console.log('${what}');`;
  const dist = (name: string): string => join('packages/cli/dist', name);

  it('[OPS-23] is what runs, unless modules were built after it, or it is not there', async () => {
    copyFileSync(join(SCRIPTS, '../packages/cli/dist/bin.js'), join(root, 'scripts/bin.js'));
    file('packages/cli/package.json', '{ "type": "module" }');
    file(dist('bin.js'), readFileSync(join(root, 'scripts/bin.js'), 'utf8'));
    file(dist('main.js'), says('modules'));
    const shown = async (): Promise<string> => (await run(join('..', dist('bin.js')))).stdout.trim();
    expect(await shown()).toBe('modules');
    file(dist('.tsbuildinfo'), '');
    file('packages/live-set/dist/.tsbuildinfo', '');
    file(dist('livetree.js'), says('one file'));
    expect(await shown()).toBe('one file');
    const later = Date.now() / 1000 + 60;
    utimesSync(join(root, 'packages/live-set/dist/.tsbuildinfo'), later, later);
    expect(await shown()).toBe('modules');
  });
});

describe('npm start', () => {
  const TOOL = 'console.log(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd() }))';
  const note = (name: string): string =>
    `require('node:fs').appendFileSync(${JSON.stringify(join(root, 'calls'))}, '${name} ')`;
  const calls = (): string =>
    existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8').trim() : '';

  beforeEach(() => {
    file('package-lock.json', '{}');
    file('tsconfig.base.json', '{}');
    file('packages/cli/src/bin.ts', '');
    file('packages/cli/dist/bin.js', TOOL);
    file('packages/cli/package.json', '{ "type": "module" }');
    file('packages/viewer/src/app.ts', '');
    file('packages/viewer/dist/index.html', '');
    file('node_modules/typescript/bin/tsc', note('tsc'));
    file('node_modules/vite/bin/vite.js', note('vite'));
    file(
      'scripts/bundle.mjs',
      note('bundle').replace("require('node:fs')", "process.getBuiltinModule('node:fs')"),
    );
    file('.cache/start-built', '');
  });

  const argumentsFor = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { stdout } = await run('start.mjs', args);
    const shown: { readonly args: readonly string[] } = JSON.parse(stdout);
    return shown.args;
  };

  it('[OPS-10] without arguments it plays the demo', async () => {
    expect(await argumentsFor()).toEqual(['demo']);
    expect(await argumentsFor('--port', '0')).toEqual(['demo', '--port', '0']);
  });

  it('[OPS-11] a path is served, anything else is a command of the tool', async () => {
    expect(await argumentsFor('My Set.als', '--dev')).toEqual(['serve', 'My Set.als', '--dev']);
    expect(await argumentsFor('--port', '0', 'My Set.als')).toEqual(['serve', '--port', '0', 'My Set.als']);
    expect(await argumentsFor('sets/night')).toEqual(['serve', 'sets/night']);
    expect(await argumentsFor('show', 'My Set.als')).toEqual(['show', 'My Set.als']);
    expect(await argumentsFor('--help')).toEqual(['--help']);
  });

  it('[OPS-12] paths are meant from the folder in which the user typed npm start', async () => {
    mkdirSync(join(root, 'elsewhere'));
    const { stdout } = await run('start.mjs', [], { INIT_CWD: join(root, 'elsewhere') });
    expect(stdout).toContain('elsewhere');
  });

  it('[OPS-13] nothing is built when nothing is older than its sources', async () => {
    const { stderr } = await run('start.mjs');
    expect(calls()).toBe('');
    expect(stderr).toBe('');
  });

  it('[OPS-14] what is missing or out of date is built first, and one line says so', async () => {
    rmSync(join(root, 'packages/viewer/dist'), { recursive: true });
    const { stderr } = await run('start.mjs');
    expect(calls()).toBe('tsc bundle vite');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    const later = Date.now() / 1000 + 60;
    utimesSync(join(root, 'packages/cli/src/bin.ts'), later, later);
    file('packages/viewer/dist/index.html', '');
    utimesSync(join(root, 'packages/viewer/dist/index.html'), later + 1, later + 1);
    await run('start.mjs');
    expect(calls()).toBe('tsc bundle vite tsc bundle');
  });

  it('[OPS-15] a build that fails stops it with status 1; before npm ci it says what to do', async () => {
    rmSync(join(root, '.cache'), { recursive: true });
    file('node_modules/typescript/bin/tsc', 'process.exit(2)');
    expect((await run('start.mjs')).status).toBe(1);
    rmSync(join(root, 'node_modules'), { recursive: true });
    const { status, stderr } = await run('start.mjs');
    expect([status, stderr.trim()]).toEqual([1, 'Run this first: npm ci']);
  });
});

describe('counting tests', () => {
  const report = (more: object = {}): void =>
    file(
      '.cache/vitest.json',
      JSON.stringify({
        numPassedTests: 5,
        numFailedTests: 0,
        numPendingTests: 0,
        numTodoTests: 0,
        testResults: [],
        ...more,
      }),
    );

  const named = (name: string) =>
    `FAILED TEST ${name}: vitest ended with status 1; look for "Unhandled Errors" above\n`;
  const failed = (fullName: string) => ({
    status: 'failed',
    assertionResults: [{ status: 'failed', fullName, failureMessages: ['why\n  at a.ts'] }],
  });

  it('[OPS-16] sums vitest and Python; skipped tests are named only when there are any', async () => {
    report();
    expect((await run('count-tests.mjs', ['0', '0'])).stdout).toBe('5 passed, 0 failed\n');
    file('.cache/python-script.log', '..s.\nRan 4 tests in 0.1s\n\nOK (skipped=1)\n');
    expect(await run('count-tests.mjs', ['0', '0'])).toMatchObject({
      stdout: '8 passed, 0 failed, 1 skipped\n',
      status: 0,
    });
    file('.cache/vitest-alone.json', readFileSync(join(root, '.cache/vitest.json'), 'utf8'));
    expect((await run('count-tests.mjs', ['0', '0', '0'])).stdout).toBe('13 passed, 0 failed, 1 skipped\n');
  });

  it('[OPS-25] a run whose tests all passed, but that ended badly, is a failure and named', async () => {
    report();
    const ofAll = await run('count-tests.mjs', ['1', '0']);
    expect(ofAll).toMatchObject({ stdout: `${named('vitest.json')}5 passed, 1 failed\n`, status: 1 });
    file('.cache/vitest-alone.json', readFileSync(join(root, '.cache/vitest.json'), 'utf8'));
    const alone = await run('count-tests.mjs', ['0', '0', '1']);
    expect(alone).toMatchObject({ stdout: `${named('vitest-alone.json')}10 passed, 1 failed\n`, status: 1 });
  });

  it('[OPS-17] failures of either make the status 1', async () => {
    report({ numFailedTests: 2, testResults: [failed('one'), failed('two')] });
    file(
      '.cache/python-script.log',
      'FAIL: test_a (b.C)\nRan 4 tests in 0.1s\n\nFAILED (failures=1, errors=1)\n',
    );
    expect(await run('count-tests.mjs', ['1', '0'])).toMatchObject({
      stdout: 'FAILED TEST one: why\nFAILED TEST two: why\nFAILED TEST test_a (b.C)\n7 passed, 4 failed\n',
      status: 1,
    });
  });

  it.each([
    ['no report of vitest', undefined, '', `${named('vitest.json')}0 passed, 1 failed\n`],
    [
      'a vitest that failed without a failed test',
      {},
      'Ran 0 tests in 0.0s\n\nOK\n',
      `${named('vitest.json')}5 passed, 1 failed\n`,
    ],
    [
      'a Python run that died',
      { numFailedTests: 1, testResults: [failed('one')] },
      'Traceback',
      'FAILED TEST one: why\n5 passed, 2 failed\n',
    ],
    [
      'a file that does not load',
      { testResults: [{ name: 'a', status: 'failed', assertionResults: [] }] },
      'Ran 0 tests in 0s',
      'FAILED TEST a\n5 passed, 1 failed\n',
    ],
  ])('[OPS-18] %s is a failure', async (_, more, log, expected) => {
    if (more) report(more);
    if (log) file('.cache/python-script.log', log);
    expect(await run('count-tests.mjs', ['1', '0'])).toMatchObject({ stdout: expected, status: 1 });
  });

  it('[OPS-19] where a browser is required, a skipped test of the viewer is a failure', async () => {
    const skipped = {
      name: '/x/packages/viewer/test/a.test.ts',
      status: 'passed',
      assertionResults: [{ status: 'skipped' }],
    };
    report({ numPendingTests: 3, testResults: [skipped] });
    expect((await run('count-tests.mjs', ['0', '0'])).stdout).toBe('5 passed, 0 failed, 3 skipped\n');
    const required = await run('count-tests.mjs', ['0', '0'], { LIVETREE_REQUIRE_BROWSER: '1' });
    expect(required).toMatchObject({ stdout: '5 passed, 1 failed, 2 skipped\n', status: 1 });
  });
});
