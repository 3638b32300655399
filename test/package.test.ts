import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PROTOCOL_VERSION } from '@livetree/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Installed, type Ran } from './installed.ts';
import { isGroupAlive, type Running } from './running.ts';
import { PYTHON, Simulator } from './simulator.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PATIENT = { timeout: 30_000, interval: 100 };
const MB = 1024 * 1024;
/** Prints at the end which parts of Node, and whether zod, were loaded. */
const LOADED = `process.on('exit', () => console.error(JSON.stringify({
  node: process.moduleLoadList, zod: '__zod_globalConfig' in globalThis })))`;

const installed = new Installed();
beforeAll(() => {
  installed.install();
  for (const name of ['demo.als', 'demo-next.als'])
    copyFileSync(join(ROOT, 'fixtures', name), join(installed.elsewhere, name));
  if (installed.hasSqlite) return;
  const message = 'The registry gave no SQLite: the package was tested without it.';
  if (process.env['CI']) throw new Error(message);
  process.stderr.write(`\n*** ${message} ***\n\n`);
}, 180_000);
afterAll(() => installed.remove());

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

/** Files below a folder, with `/` between the parts. */
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );

const ownFiles = (): readonly string[] =>
  filesIn(installed.package).filter((path) => !path.startsWith('node_modules/'));

interface Sets {
  readonly sets: readonly {
    readonly id: string;
    readonly name: string;
    readonly live: { readonly state: string; readonly simulated?: true };
  }[];
}

async function setsOf({ url }: Running): Promise<Sets['sets']> {
  const { sets }: Sets = JSON.parse(await (await fetch(new URL('/api/sets', url))).text());
  return sets;
}

interface Loaded {
  readonly node: readonly string[];
  readonly zod: boolean;
}

/** What a hub of its own has loaded by the time it ends. */
async function loadedBy(visit: (hub: Running) => Promise<void>): Promise<Loaded> {
  const options = `--import=data:text/javascript,${encodeURIComponent(LOADED)}`;
  const running = await installed.start(['--no-open', '--port', '0'], options);
  let said = '';
  running.child.stderr.on('data', (part) => {
    said += part;
  });
  await visit(running);
  running.child.kill('SIGTERM');
  expect(await running.ended).toBe(0);
  return JSON.parse(said.split('\n').find((line) => line.startsWith('{')) ?? '');
}

/** Waits for the tree of a Set that is open in a simulated Live. @returns the kind of its root */
async function liveTree(running: Running): Promise<string> {
  const isLive = ({ live }: Sets['sets'][number]): boolean =>
    live.state === 'live' && live.simulated === true;
  const kind = async (): Promise<string | undefined> => {
    const set = (await setsOf(running)).find(isLive);
    const answer = await fetch(new URL(`/api/sets/${set?.id}/tree`, running.url));
    return answer.ok ? JSON.parse(await answer.text()).root.kind : undefined;
  };
  await expect.poll(kind, PATIENT).toBeDefined();
  return (await kind()) ?? '';
}

describe('what is in the package', () => {
  it('[PACK-1] the tool, the page, the script, the simulated Live, the demo, the texts; no tests, nothing left over', () => {
    const files = ownFiles();
    for (const path of [
      ...['dist/bin.js', 'dist/livetree.js', 'dist/parse-worker.js', 'viewer/index.html'],
      ...['remote-script/LiveTree/__init__.py', 'live-simulator/lom.json', 'fixtures/demo-live.als'],
      ...['README.md', 'LICENSE', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.md'],
    ])
      expect(files).toContain(path);
    expect(files.filter((path) => /test|tools\/|__pycache__|\.(map|ts|tsbuildinfo|pyc)$/.test(path))).toEqual(
      [],
    );
    const bytes = files.reduce((sum, path) => sum + statSync(join(installed.package, path)).size, 0);
    expect(bytes).toBeLessThan(4 * MB);
  });

  it('[PACK-2] it has npm run nothing, and depends on nothing but SQLite, of the version that is tested', () => {
    const manifest = json(join(installed.package, 'package.json'));
    const name = '@photostructure/sqlite';
    const { version } = json(join(ROOT, 'package-lock.json')).packages[`node_modules/${name}`];
    expect(manifest.optionalDependencies).toEqual({ [name]: version });
    for (const field of ['scripts', 'dependencies', 'peerDependencies', 'private'])
      expect(manifest[field]).toBeUndefined();
  });

  it('[PACK-3] whoever has code in it is named with their licence', () => {
    const notices = readFileSync(join(installed.package, 'THIRD-PARTY-NOTICES.md'), 'utf8');
    const declared = ['cli', 'hub', 'client', 'protocol'].flatMap((name) =>
      Object.keys(json(join(ROOT, 'packages', name, 'package.json')).dependencies),
    );
    for (const name of [...declared.filter((each) => !each.startsWith('@livetree/')), 'svelte'])
      expect(notices).toMatch(new RegExp(`^## ${name}( -)? [0-9.]+ \\(\\w+\\)$`, 'm'));
  });

  it('[PACK-4] its README names every command, and no other', async () => {
    const { out } = await installed.run(['--help']);
    const listed = [...(out.split('Commands:')[1] ?? '').matchAll(/^ {2}([a-z][\w-]*) /gm)].map(
      ([, name]) => name,
    );
    const readme = readFileSync(join(installed.package, 'README.md'), 'utf8');
    const named = new Set([...readme.matchAll(/livetree ([a-z][a-z-]*)/g)].map(([, name]) => name));
    expect([...named].sort()).toEqual(
      listed.filter((name) => !['help', 'textconv', 'livetree'].includes(name ?? '')).sort(),
    );
  });

  it('[PACK-40] every file that is started as a thread is there', () => {
    const dist = join(installed.package, 'dist');
    const started = ownFiles()
      .filter((path) => path.startsWith('dist/'))
      .flatMap((path) => [
        ...readFileSync(join(installed.package, path), 'utf8').matchAll(
          /new URL\(["'`]\.\/([\w-]+\.js)["'`], ?import\.meta\.url\)/g,
        ),
      ])
      .map(([, name]) => name ?? '');
    expect(started.sort()).toEqual(['keeper-thread.js', 'parse-worker.js']);
    expect(started.filter((name) => !existsSync(join(dist, name)))).toEqual([]);
  });

  it('[PACK-41] README.md states its size', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    expect(readme).toContain(`one file, ${(installed.packedBytes / 1e6).toFixed(1)} MB:`);
  });
});

describe('installed far from the repository', () => {
  it('[PACK-5] reads Sets as it does here', async () => {
    expect((await installed.run(['--version'])).out).toMatch(/^livetree \d+\.\d+\.\d+ /);
    const [show, stats, diff, xml] = await Promise.all([
      installed.run(['show', 'demo.als']),
      installed.run(['stats', '--json', 'demo.als']),
      installed.run(['diff', 'demo.als', 'demo-next.als']),
      installed.run(['xml', 'demo.als']),
    ]);
    expect([show, stats, diff, xml].map(({ code, err }) => [code, err])).toEqual(Array(4).fill([0, '']));
    const library = mkdtempSync(join(tmpdir(), 'livetree-library-'));
    mkdirSync(join(library, 'User Library'));
    const install = await installed.run(['install', '--dry-run', '--path', library]);
    expect([install.code, install.out]).toEqual([0, expect.stringContaining('LiveTree script')]);
    expect(readdirSync(join(library, 'User Library'))).toEqual([]);
    rmSync(library, { recursive: true });
    expect(show.out).toContain('Drums');
    expect(JSON.parse(stats.out)).toMatchObject({ schema: 1, scenes: 8 });
    expect(diff.out).toMatch(/Bass/);
    expect(xml.out).toMatch(/^<\?xml .*\n<Ableton /);
  });

  it('[PACK-6] an old Node is told what to do, in one line', async () => {
    const old = 'Object.defineProperty(process.versions,"node",{value:"18.20.0"})';
    const { code, out, err } = await installed.run(
      ['--version'],
      `--import=data:text/javascript,${encodeURIComponent(old)}`,
    );
    expect([code, out]).toEqual([70, '']);
    expect(err).toMatch(/^LiveTree needs Node 20\.19 or later; .*\n$/);
  });

  it.skipIf(PYTHON === undefined)(
    '[PACK-7] plays the demo; Ctrl-C ends it and leaves no process',
    async () => {
      const demo = await installed.start(['demo', '--no-open', '--port', '0']);
      expect(await liveTree(demo)).toBe('set');
      expect(await (await fetch(demo.url)).text()).toContain('LiveTree');
      demo.child.kill('SIGINT');
      expect(await demo.ended).toBe(0);
      await expect.poll(() => isGroupAlive(demo.child), PATIENT).toBe(false);
    },
  );
});

describe('what livetree loads', () => {
  it('[IDLE-1] without a Set nothing is loaded that only a Set or a page needs', async () => {
    const waits = await loadedBy(async () => {});
    expect(waits.node.filter((name) => /undici|http2/.test(name))).toEqual([]);
    expect(waits.node).toContain('NativeModule http');
    expect(waits.zod).toBe(false);
  });

  it('[IDLE-2] what reads messages is there as soon as somebody connects, and none is lost', async () => {
    const { zod } = await loadedBy(async ({ url }) => {
      const socket = new WebSocket(new URL('/sync', url.replace('http', 'ws')));
      const welcome = once(socket, 'message');
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'hello', protocol: PROTOCOL_VERSION, request: 'a' }));
      expect(JSON.parse(String((await welcome)[0]))).toMatchObject({ type: 'welcome' });
      socket.terminate();
    });
    expect(zod).toBe(true);
  });
});

describe('livetree alone', () => {
  let hub: Running;
  let complaints = '';
  const hasStore = (): boolean => installed.hasSqlite || isBuiltin('node:sqlite');
  const idleFigures = async () => {
    const status = readFileSync(`/proc/${hub.child.pid}/status`, 'utf8');
    const figure = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
    return { rssMb: figure('VmRSS') / 1024, wakeups: figure('voluntary_ctxt_switches') };
  };
  beforeAll(async () => {
    hub = await installed.start(['--no-open', '--port', '0']);
    hub.child.stderr.on('data', (part) => {
      complaints += /no longer|cannot/i.test(String(part)) ? String(part) : '';
    });
  });
  afterAll(async () => {
    hub.child.kill('SIGTERM');
    await hub.ended;
  });

  it.skipIf(!existsSync('/proc/self/status'))(
    '[PACK-10] waits without a Set in 80 MB, and nothing in it comes back faster than every second',
    async () => {
      expect((await idleFigures()).rssMb).toBeLessThan(80);
      // A timer faster than every second wakes the process in any 3 s at least three times. Collecting garbage wakes
      // it too, but not for long: one quiet stretch is proof.
      const woken: number[] = [];
      while (woken.length < 5 && !woken.some((times) => times < 3)) {
        const { wakeups } = await idleFigures();
        await pause(3_000);
        woken.push((await idleFigures()).wakeups - wakeups);
      }
      expect(Math.min(...woken)).toBeLessThan(3);
      const metrics = await (await fetch(new URL('/metrics', hub.url))).text();
      expect(metrics).toContain('\nlivetree_ticks_total 0\n');
    },
  );

  it('[PACK-11] a second one tells where the first is, and ends', async () => {
    const { code, out } = await installed.run([]);
    expect([code, out]).toEqual([0, `${hub.url}\n`]);
  });

  it.skipIf(PYTHON === undefined)('[PACK-12] shows the Set that Live opens', async () => {
    const simulator = new Simulator(
      Number(new URL(hub.url).port),
      ['--set', join(installed.elsewhere, 'demo.als')],
      { script: join(installed.package, 'remote-script/LiveTree') },
    );
    try {
      expect(await liveTree(hub)).toBe('set');
      expect((await setsOf(hub)).map(({ name }) => name)).toEqual(['demo']);
    } finally {
      await simulator.close();
    }
  });

  it('[PACK-13] a Set alone is served and remembered, and its history is kept', async () => {
    expect((await installed.run(['demo-next.als'])).out).toBe(`${hub.url}\n`);
    const remembered = async (): Promise<unknown> =>
      (await fetch(new URL('/api/remembered', hub.url))).json();
    await expect.poll(remembered, PATIENT).toMatchObject({ sets: [{ name: 'demo-next' }] });
    if (hasStore()) expect(filesIn(installed.home).map((path) => basename(path))).toContain('history.sqlite');
  });

  it('[PACK-40] what a save holds is kept, and told afterwards', async (context) => {
    if (!hasStore()) return context.skip('no SQLite here');
    const logged = async (): Promise<Ran> => installed.run(['log', 'demo-next.als']);
    await expect.poll(async () => (await logged()).out, PATIENT).toMatch(/^\S.*\n/);
    const { code, err } = await logged();
    expect([code, err, complaints]).toEqual([0, '', '']);
  });
});
