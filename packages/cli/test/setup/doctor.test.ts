import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import net from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type Diagnosis, diagnose } from '../../src/setup/doctor.ts';
import { DOCTOR_STEPS } from '../../src/setup/doctor-table.ts';
import { gather } from '../../src/setup/gather.ts';
import { createSetup, setupHere } from '../../src/setup/hub-setup.ts';
import { installScript } from '../../src/setup/install-script.ts';
import { readLog } from '../../src/setup/live-log.ts';
import { isPlaceholder, lookAtFile } from '../../src/setup/look-at-file.ts';
import {
  hasLive,
  holderInTasklist,
  holdersInLsof,
  holdersInSs,
  ownerAmong,
  parentInStatus,
  pidInNetstat,
} from '../../src/setup/port-holders.ts';
import { lookAtPort } from '../../src/setup/ports.ts';
import { scriptSource } from '../../src/setup/script-source.ts';
import { livetree, ROOT } from '../support/run.ts';
import { serve } from '../support/serve.ts';
import { fakeComputer } from './world.ts';

const ending: (() => void)[] = [];
afterEach(() => {
  for (const end of ending.splice(0)) end();
});

const INSTALLED_AT = Date.parse('2026-03-01T12:00:00');
const EARLIER = '2026-03-01T11:00:00';
const LATER = '2026-03-01T13:00:00';

/** A log of Live 12 from its start on. */
function log(started: string, surfaces: readonly string[], more = ''): string {
  const slots = [0, 1, 2, 3].map(
    (index) =>
      `  MidiRemoteScript ${index + 1} [Control Surface="${surfaces[index] ?? 'None'}" Input="None" Output="None"]`,
  );
  return [
    '2026-02-01T09:00:00.123456: info: Started: Live 12.1.5 Build: 2024-11-20_abcdef',
    '2026-02-01T09:00:01.123456: info: AMidiIO: Midi Remote Scripts:',
    '  MidiRemoteScript 1 [Control Surface="Push2" Input="None" Output="None"]',
    `${started}.123456: info: Started: Live 12.1.5 Build: 2024-11-20_abcdef`,
    `${started}.223456: info: AMidiIO: Midi Remote Scripts:`,
    ...slots,
    `${started}.323456: info: AMidiIO: Takeover Mode: None`,
    more,
  ].join('\r\n');
}

/** A Mac with Live 12 and the script, copied at noon. */
function mac(text: string) {
  const fake = fakeComputer('darwin');
  const library = fake.folder('Music', 'Ableton', 'User Library');
  fake.live('12.1.5', { library, log: text });
  const { computer } = fake;
  const { folder } = installScript({ computer, library, source: scriptSource(), now: INSTALLED_AT });
  return { fake, computer, library, folder };
}

const none = { commandPorts: [], hubPorts: [], findHub: async () => undefined };
type Options = Parameters<typeof gather>[0];
async function findings(options: Options): Promise<Readonly<Record<string, Diagnosis>>> {
  const steps = diagnose(await gather({ ...none, ...options }));
  return Object.fromEntries(steps.map((step) => [step.id, step]));
}
const states = (found: Readonly<Record<string, Diagnosis>>, ids: readonly string[]) =>
  ids.map((id) => found[id]?.state);
const SCRIPT_IDS = [
  'script-copied',
  'script-version',
  'live-restarted',
  'script-chosen',
  'chosen-once',
  'script-starts',
];

describe('the table of livetree doctor', () => {
  it('[DOC-1] has for each step an id of its own, what must hold, and a remedy', () => {
    const ids = DOCTOR_STEPS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { what, remedy } of DOCTOR_STEPS) {
      expect(what).toMatch(/^[A-Z].*[^.]$/);
      expect(remedy).toMatch(/^[A-Z].*\.$/s);
    }
  });

  it('[DOC-2] is what docs/troubleshooting.md says', () => {
    const script = fileURLToPath(new URL('../../../../scripts/troubleshooting.mjs', import.meta.url));
    const part = execFileSync(process.execPath, [script, '--print'], { encoding: 'utf8' });
    const page = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8');
    expect(page).toContain(`<!-- begin: doctor -->\n\n${part}\n<!-- end: doctor -->`);
    expect(part.match(/^### /gm)).toHaveLength(DOCTOR_STEPS.length);
  });
});

describe('Live’s log', () => {
  it('[DOC-3] tells when Live was started, and which control surfaces are chosen now', () => {
    const found = readLog(log(EARLIER, ['LiveTree', 'Push2']));
    expect(found).toEqual({
      version: '12.1.5',
      startedAt: Date.parse(`${EARLIER}.123`),
      chosen: ['LiveTree', 'Push2'],
      hasSpoken: false,
    });
    const again = `${log(EARLIER, [])}\n${LATER}.1: info: AMidiIO: Midi Remote Scripts:\n  MidiRemoteScript 1 [Control Surface="LiveTree" Input="None" Output="None"]\n`;
    expect(readLog(again).chosen).toEqual(['LiveTree']);
    expect(readLog('cut off in the mid')).toEqual({ hasSpoken: false });
  });

  it('[DOC-3] tells of an error in our script since that start, and of no other', () => {
    const failure = (place: string, line: string) =>
      [
        `${LATER}.1: info: RemoteScriptError: Traceback (most recent call last):`,
        `${LATER}.1: info: RemoteScriptError:   File "/Users/me/Music/Ableton/User Library/Remote Scripts/${place}/run.py", line 5`,
        `${LATER}.2: info: RemoteScriptError: ${line}`,
        `${LATER}.3: info: Something else`,
      ].join('\n');
    const both = `${failure('LiveTree', 'SyntaxError: invalid syntax')}\n${failure('Other', 'ValueError: x')}`;
    expect(readLog(log(EARLIER, [], both)).failure).toBe('SyntaxError: invalid syntax');
    expect(readLog(log(EARLIER, [], failure('Other', 'x'))).failure).toBeUndefined();
    expect(readLog(`${failure('LiveTree', 'x')}\n${log(LATER, [])}`).failure).toBeUndefined();
    const windows = failure('LiveTree', 'KeyError: 1').replaceAll(
      'Remote Scripts/LiveTree/',
      'Remote Scripts\\LiveTree\\',
    );
    expect(readLog(log(EARLIER, [], windows)).failure).toBe('KeyError: 1');
    const spoken = `${LATER}.4: info: RemoteScriptMessage: LiveTree: Commands are taken on port 9001.`;
    expect(readLog(log(EARLIER, [], spoken)).hasSpoken).toBe(true);
  });
});

describe('livetree doctor', () => {
  it('[DOC-4] a script that is copied, loaded and chosen is ok at each step', async () => {
    const { computer } = mac(log(LATER, ['LiveTree']));
    const found = await findings({ computer });
    expect(states(found, ['live-found', 'live-version', 'library-found', ...SCRIPT_IDS])).toEqual(
      Array(9).fill('ok'),
    );
    expect(found['hub-runs']).toMatchObject({
      state: 'broken',
      remedy: expect.stringContaining('livetree serve'),
    });
  });

  it('[DOC-4] each hop that is broken is named with its remedy', async () => {
    const cases: readonly (readonly [string, string, (world: ReturnType<typeof mac>) => void])[] = [
      ['live-restarted', log(EARLIER, ['LiveTree']), () => {}],
      ['script-chosen', log(LATER, ['Push2']), () => {}],
      ['chosen-once', log(LATER, ['LiveTree', 'LiveTree']), () => {}],
      ['script-copied', log(LATER, ['LiveTree']), ({ folder }) => writeFileSync(join(folder, 'run.py'), '')],
      [
        'library-found',
        log(LATER, ['LiveTree']),
        ({ fake }) => fake.live('12.1.5', { library: '/gone/User Library' }),
      ],
    ];
    for (const [id, text, harm] of cases) {
      const world = mac(text);
      harm(world);
      const found = await findings({ computer: world.computer });
      const first = Object.values(found).find(({ state }) => state === 'broken');
      expect([first?.id, first?.remedy]).toEqual([id, DOCTOR_STEPS.find((step) => step.id === id)?.remedy]);
    }
    const other = mac(log(LATER, ['LiveTree']));
    const source = { ...scriptSource(), version: '0.9.0' };
    const files = { '__init__.py': source.files['__init__.py'] ?? '' };
    installScript({ computer: other.computer, library: other.library, source: { ...source, files }, now: 1 });
    const old = (await findings({ computer: other.computer }))['script-version'];
    expect(old).toMatchObject({ state: 'broken', found: expect.stringMatching(/^version 0\.9\.0 there/) });
  });

  it('[DOC-5] Live 10 and older are followed by their files: nothing is broken there', async () => {
    const fake = fakeComputer('win32');
    fake.live('10.1.43', { library: fake.folder('Documents', 'Ableton', 'User Library') });
    const found = await findings({ computer: fake.computer });
    expect(found['live-version']?.found).toMatch(/10\.1\.43 cannot: it is followed by its saved files only/);
    expect(
      Object.values(found)
        .filter(({ state }) => state === 'broken')
        .map(({ id }) => id),
    ).toEqual(['hub-runs']);
  });

  it('[DOC-6] a file is missing, forbidden or a placeholder of a cloud: each is told apart', () => {
    const { home, folder } = fakeComputer('linux');
    expect(lookAtFile(join(home, 'none.als'))).toMatchObject({ state: 'missing', code: 'ENOENT' });
    const path = join(home, 'a.als');
    writeFileSync(path, 'x'.repeat(10_000));
    utimesSync(path, 1, 1);
    expect(lookAtFile(path).state).toBe('readable');
    const cloud = join(home, 'cloud.als');
    writeFileSync(cloud, '');
    truncateSync(cloud, 100_000);
    expect(lookAtFile(cloud).state).toBe('placeholder');
    expect(isPlaceholder({ size: 300, blocks: 0 })).toBe(false);
    expect(folder).toBeTypeOf('function');
  });

  it('[DOC-7] who has a port is read from what the systems’ tools print', () => {
    const byLsof = (text: string) => ownerAmong(holdersInLsof(text));
    const bySs = (text: string) => ownerAmong(holdersInSs(text));
    expect(byLsof('p812\nR1\ncnode\nf21\n')).toBe('node (process 812)');
    expect(byLsof('p812\nR950\nccopy\nf21\np950\nR1\ncnode\nf21\n')).toBe('node (process 950)');
    expect(byLsof('')).toBeUndefined();
    expect(bySs('LISTEN 0 511 127.0.0.1:8765 0.0.0.0:* users:(("Live",pid=77,fd=4))\n')).toBe(
      'Live (process 77)',
    );
    const two = holdersInSs(
      'LISTEN 0 511 127.0.0.1:8765 0.0.0.0:* users:(("node",pid=97,fd=3),("hub",pid=77,fd=4))',
    );
    const parents: Readonly<Record<string, string>> = { 77: '1', 97: '77' };
    expect(ownerAmong(two.map((one) => ({ ...one, parent: parents[one.pid] ?? '' })))).toBe(
      'hub (process 77)',
    );
    expect(bySs('LISTEN 0 511 127.0.0.1:8765 0.0.0.0:*\n')).toBeUndefined();
    expect(parentInStatus('Name:\tnode\nPid:\t97\nPPid:\t77\n')).toBe('77');
    const netstat =
      '  TCP    127.0.0.1:87650   0.0.0.0:0    ABHÖREN   1\r\n  TCP    127.0.0.1:8765    0.0.0.0:0    ABHÖREN   4812\r\n  TCP    127.0.0.1:50000   127.0.0.1:8765  HERGESTELLT  9\r\n';
    expect(pidInNetstat(netstat, 8765)).toBe('4812');
    expect(pidInNetstat(netstat, 8766)).toBeUndefined();
    expect(holderInTasklist('"Ableton Live 12 Suite.exe","4812","Console","1","912.000 K"\r\n', '4812')).toBe(
      'Ableton Live 12 Suite.exe (process 4812)',
    );
    expect(holderInTasklist('INFO: no tasks', '4812')).toBe('process 4812');
    expect(hasLive('/sbin/launchd\n/Applications/Ableton Live 12 Suite.app/Contents/MacOS/Live\n')).toBe(
      true,
    );
    expect(hasLive('"System","4"\r\n"Ableton Live 11 Lite.exe","4812","Console","1","9 K"\r\n')).toBe(true);
    expect(hasLive('/sbin/launchd\n/Users/me/Ableton Live notes/app\n')).toBe(false);
  });

  it('[DOC-7] a port that a stranger has is taken, with its name where a tool tells; a script is told from it', async () => {
    const stranger = net.createServer((socket) => socket.end('who is there?\n')).listen(0, '127.0.0.1');
    const script = net
      .createServer((socket) => {
        socket.write('{"ok":true,"command":"version","result":{"version":"1.0.0","live":"12.1.5"}}\n');
        socket.write('{"ok":true,"command":"path","result":{"name":"a","path":"/Music/a.als"}}\n');
      })
      .listen(0, '127.0.0.1');
    ending.push(
      () => stranger.close(),
      () => script.close(),
    );
    const ports = [await portOf(stranger), await portOf(script)] as const;
    const evidence = await gather({
      ...none,
      computer: { ...fakeComputer('linux').computer },
      commandPorts: ports,
      hubPorts: [ports[0]],
    });
    expect(evidence.commandPorts[1]).toEqual({
      port: ports[1],
      isTaken: true,
      script: { version: '1.0.0', live: '12.1.5', path: '/Music/a.als' },
    });
    const [taken] = evidence.hubPorts;
    expect(taken?.isTaken).toBe(true);
    if (process.platform === 'linux')
      expect(taken?.holder).toMatch(new RegExp(`\\(process ${process.pid}\\)`));
    const found = Object.fromEntries(diagnose(evidence).map((step) => [step.id, step]));
    expect(found['hub-ports']).toMatchObject({
      state: 'broken',
      found: expect.stringContaining(String(ports[0])),
    });
    expect(states(found, ['script-answers', 'set-known', 'file-readable'])).toEqual(['ok', 'ok', 'broken']);
  });

  it.runIf(process.platform === 'linux')(
    '[DOC-20] a port that several processes have is told as that of the one which started the others',
    async () => {
      const server = net.createServer().listen(0, '127.0.0.1');
      const port = await portOf(server);
      const script =
        "require('net').createServer().listen({ fd: 3 }, () => console.log('has it')); process.stdin.resume()";
      // What the child gets is the very socket, as a worker of a server does.
      const child = spawn(process.execPath, ['-e', script], {
        stdio: ['pipe', 'pipe', 'inherit', descriptorOf(server)],
      });
      ending.push(
        () => child.kill(),
        () => server.close(),
      );
      await new Promise((done) => child.stdout?.once('data', done));
      expect(await lookAtPort(port, 'linux', false)).toEqual({
        port,
        isTaken: true,
        holder: expect.stringMatching(new RegExp(`\\(process ${process.pid}\\)$`)),
      });
    },
  );

  it('[DOC-8] the command itself: text and JSON, exit code 1 while something is broken, 0 when nothing is', async () => {
    const fake = fakeComputer('linux');
    const env = { HOME: fake.home, LIVETREE_STATE_DIR: join(fake.home, 'state') };
    const broken = await livetree(['doctor', '--json'], { env });
    const document = JSON.parse(broken.stdout);
    expect([broken.code, broken.stderr, document.schema, document.ok]).toEqual([1, '', 1, false]);
    expect(document.steps.map(({ id }: Diagnosis) => id)).toEqual(DOCTOR_STEPS.map(({ id }) => id));
    const served = await serve(['--port', '0'], { env });
    const library = fake.folder('User Library');
    mkdirSync(join(library, 'Remote Scripts'));
    const hubPort = new URL(served.url).port;
    await livetree(['install', '--path', library, '--port', hubPort], { env });
    const sound = await livetree(['doctor', '--path', library], { env });
    expect([sound.code, sound.stderr]).toEqual([0, '']);
    expect(sound.stdout).toMatch(/^✓ LiveTree runs: http[^?]*$/m);
    expect(sound.stdout).toMatch(/as far as can be known\.\n$/);
    await served.stop('SIGINT');
  });

  it('[DOC-9] a hub that does not answer, or answers nonsense, is no hub', async () => {
    const server = createServer((_, response) => response.end('nonsense')).listen(0, '127.0.0.1');
    ending.push(() => server.close());
    const url = `http://127.0.0.1:${await portOf(server)}`;
    const { computer } = fakeComputer('linux');
    const findHub = async () => ({
      pid: 1,
      socketUrl: '',
      pageUrl: `${url}/`,
      apiUrl: `${url}/api`,
      token: '',
    });
    expect((await findings({ computer, findHub }))['hub-runs']?.state).toBe('broken');
  });
});

describe('what the page is told', () => {
  it('[INST-15] the first three steps come from the same judgement, and the button copies the script', async () => {
    const fake = fakeComputer('darwin');
    const library = fake.folder('Music', 'Ableton', 'User Library');
    const logPath = fake.live('12.1.5', { library, log: log(EARLIER, []) });
    const setup = createSetup(fake.computer);
    expect(await setup.state()).toMatchObject({ canInstall: true, copied: { state: 'open' } });
    expect(await setup.install()).toEqual({ ok: true, path: join(library, 'Remote Scripts', 'LiveTree') });
    expect(await setup.state()).toMatchObject({ copied: { state: 'done' }, restarted: { state: 'open' } });
    const soon = new Date(Date.now() + 60_000 - new Date().getTimezoneOffset() * 60_000)
      .toISOString()
      .slice(0, 19);
    writeFileSync(logPath, log(soon, ['LiveTree']));
    expect(await setup.state()).toMatchObject({ restarted: { state: 'done' }, chosen: { state: 'done' } });
    const elsewhere = createSetup(fake.computer, 9000);
    expect(await elsewhere.state()).toMatchObject({
      canInstall: true,
      copied: { state: 'open', note: expect.stringContaining('another port than 9000') },
    });
    expect(await elsewhere.install()).toMatchObject({ ok: true });
    expect(await elsewhere.state()).toMatchObject({ copied: { state: 'done' } });
    writeFileSync(join(library, 'Remote Scripts', 'LiveTree', 'run.py'), '');
    expect(await setup.state()).toMatchObject({
      canInstall: false,
      copied: { state: 'open', note: expect.stringMatching(/changed by hand \(run\.py\).*Then try again/) },
      restarted: { state: 'open' },
    });
    expect(await setup.install()).toMatchObject({ ok: false, code: 'SCRIPT_CHANGED' });
    const linux = fakeComputer('linux').computer;
    expect(setupHere(linux)).toBeUndefined();
    expect(setupHere({ ...linux, env: { LIVETREE_USER_LIBRARY: library } })).toBeDefined();
    const other = createSetup(linux);
    expect(await other.state()).toMatchObject({
      canInstall: false,
      copied: { state: 'open', note: expect.stringMatching(/^Live does not run on this system/) },
    });
  });
});

async function portOf(server: net.Server): Promise<number> {
  if (!server.listening) await new Promise((done) => server.once('listening', done));
  return (server.address() as net.AddressInfo).port;
}

/** Node shows it where it has one only: POSIX. */
function descriptorOf(server: net.Server): number {
  const { fd }: { readonly fd?: unknown } = Reflect.get(server, '_handle');
  if (typeof fd !== 'number') throw new Error('the server has no descriptor');
  return fd;
}
