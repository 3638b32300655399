/** The Lua module against the real script in a simulated Live and the real hub; only Hammerspoon is stood in for. */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Hub, startHub } from '@livetree/hub';
import { PROTOCOL_VERSION } from '@livetree/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askPort, commandPort } from './command-port.ts';
import { Hammerspoon, type HammerspoonOptions, LUA } from './hammerspoon.ts';
import { PYTHON, Simulator } from './simulator.ts';
import { until } from './soak/stage.ts';

const ROOT = resolve(import.meta.dirname, '..');
const DEMO = join(ROOT, 'fixtures/demo.als');

if (LUA === undefined || PYTHON === undefined) {
  const message = 'No lua5.4 or no Python found: the tests of the Hammerspoon module were SKIPPED.';
  process.stderr.write(`\n*** ${message} (Debian: apt-get install lua5.4) ***\n\n`);
}

const ends: (() => unknown)[] = [];
let folder = '';
let stateDir = '';

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'livetree-hammerspoon-')));
  stateDir = join(folder, 'state');
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** With the module loaded as `livetree`. */
async function hammerspoon(options: Partial<HammerspoonOptions> = {}): Promise<Hammerspoon> {
  const made = new Hammerspoon({ stateDir, ...options });
  ends.push(() => made.close());
  await made.run('rawset(_G, "livetree", require("livetree")); livetree.patience = 5; answer(true)');
  return made;
}

async function hub(...paths: readonly string[]): Promise<Hub> {
  const started = await startHub({ port: 0, single: true, stateDir, paths });
  ends.push(() => started.close());
  return started;
}

/** A hub that answers `/api/sets` like this: what counts changes is not part of this test. */
async function answering(sets: () => readonly object[], status = 200): Promise<void> {
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/api/sets' ? status : 404;
    response.end(JSON.stringify({ sets: sets() }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ends.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const state = { pid: process.pid, host: '127.0.0.1', port, token: 't', protocol: PROTOCOL_VERSION };
  mkdirSync(stateDir, { recursive: true });
  writeFileSync(join(stateDir, 'hub.json'), JSON.stringify({ ...state, url: `http://127.0.0.1:${port}/` }));
}

describe.skipIf(LUA === undefined)('the stand-in for Hammerspoon', () => {
  it('[HS-1] refuses names that Hammerspoon does not have, and arguments that it would not take', async () => {
    const lua = await hammerspoon();
    const wrong = {
      'hs.sockets.new()': 'Hammerspoon has no hs.sockets',
      'hs.socket.open()': 'Hammerspoon has no hs.socket.open',
      'hs.socket.new(print):close()': 'Hammerspoon has no hs.socket object.close',
      'hs.menubar.new():setText("x")': 'Hammerspoon has no hs.menubar object.setText',
      'hs.menubar.new():setMenu({})': 'does not play hs.menubar object.setMenu',
      'hs.timer.doAfter(print, 1)': 'argument 1 is a function, not a number',
      'hs.menubar.new():setTooltip(1)': 'argument 1 is a number, not a string',
      'hs.console = {}': 'hs.console is not ours to set',
      'livetre.view()': 'no global is called livetre',
    };
    for (const [code, message] of Object.entries(wrong))
      await expect(lua.run(`${code}; answer()`), code).rejects.toThrow(message);
  });
});

describe.skipIf(LUA === undefined || PYTHON === undefined)('hammerspoon/livetree.lua and the script', () => {
  let simulator: Simulator;
  let port = 0;

  beforeAll(async () => {
    simulator = new Simulator(1, ['--set', DEMO]);
    port = await commandPort(simulator);
  });
  afterAll(() => simulator?.close());

  /** Knows where the simulated Live listens. */
  async function beside(ports: readonly number[] = [port]): Promise<Hammerspoon> {
    const lua = await hammerspoon();
    await lua.run(`livetree.ports = { ${ports.join(', ')} }; answer(true)`);
    return lua;
  }

  it('[HS-1] ends what nobody in Lua holds, as Hammerspoon does', async () => {
    const lua = await beside();
    await lua.run(`hs.socket.new(print):connect("127.0.0.1", ${port}); answer(true)`);
    const id = lua.last('connect')?.id;
    await until('it is collected', () => lua.last('collected')?.id === id);
    await lua.run(`rawset(_G, "held", hs.socket.new(print):connect("127.0.0.1", ${port})); answer(true)`);
    await lua.run('answer(true)');
    expect(lua.last('collected')?.id).toBe(id);
  });

  it('[HS-2] has a function for every command of port 9001', async () => {
    const lua = await beside();
    const { result } = await lua.run('livetree.help(answer)');
    const known = Object.keys(result as object);
    expect(known.length).toBeGreaterThan(8);
    const text = readFileSync(join(ROOT, 'hammerspoon/livetree.lua'), 'utf8');
    const asked = [...text.matchAll(/livetree\.ask\("(\w+)/g)].map(([, name]) => name);
    expect(asked.toSorted()).toEqual(known.toSorted());
    expect((await lua.run('livetree.version(answer)')).result).toMatchObject({ live: '12.3.6' });
    expect((await lua.run('livetree.path(answer)')).result).toMatchObject({ name: 'demo' });
    expect((await lua.run('livetree.state(answer)')).result).toMatchObject({ link: 'off' });
    expect(await lua.run('livetree.realtime(false, answer)')).toEqual({ result: { realtime: false } });
    expect(await lua.run('livetree.realtime(true, answer)')).toEqual({ result: { realtime: true } });
    expect(await lua.run('livetree.realtime(nil, answer)')).toEqual({ result: { realtime: true } });
    expect(await lua.run('livetree.snapshot(answer)')).toEqual({ result: { snapshot: true } });
  });

  it('[HS-3] selects in Live, by name in any writing and by number; what is wrong comes as a sentence', async () => {
    const lua = await beside();
    expect(await lua.run('livetree.selectTrack("Keys 日本", answer)')).toEqual({
      result: { selected: 'Keys 日本' },
    });
    expect(await lua.run('livetree.selectScene(2, answer)')).toMatchObject({ result: { selected: 'Verse' } });
    expect((await lua.run('livetree.view(answer)')).result).toMatchObject({
      track: 'Keys 日本',
      scene: 'Verse',
    });
    const problems = {
      'livetree.selectTrack("Nobody", answer)': 'nothing there is called that',
      'livetree.selectTrack("Bass\\nrealtime off", answer)': 'one line',
      'livetree.selectTrack(("x"):rep(250), answer)': '256 bytes',
      'livetree.ask("stop", answer)': 'unknown command',
    };
    for (const [code, problem] of Object.entries(problems))
      expect((await lua.run(code)).problem, code).toContain(problem);
    await lua.run('livetree.selectTrack("Nobody"); answer(true)');
    await until('it is printed', () =>
      String(lua.last('print')?.['text']).startsWith('LiveTree: nothing there'),
    );
  });

  it('[HS-4] finds the port behind others that are silent, closed or not LiveTree, and keeps to it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    ends.push(() => other.close());
    await until('it listens', () => other.listening);
    const closed = createServer().listen(0, '127.0.0.1');
    await until('it listens', () => closed.listening);
    const closedPort = (closed.address() as AddressInfo).port;
    await new Promise((done) => closed.close(done));
    const lua = await beside([closedPort, (other.address() as AddressInfo).port, port]);
    await lua.run('livetree.patience = 0.3; answer(true)');
    expect((await lua.run('livetree.version(answer)')).result).toMatchObject({ live: '12.3.6' });
    const before = lua.effects.filter(({ effect }) => effect === 'connect').length;
    await lua.run('livetree.version(answer)');
    expect(lua.effects.filter(({ effect }) => effect === 'connect')).toHaveLength(before + 1);
    await lua.run(`livetree.ports = { ${closedPort} }; package.loaded.livetree = nil; answer(true)`);
    const anew = 'local l = require("livetree"); l.ports = livetree.ports; l.patience = 0.1; l.view(answer)';
    expect((await lua.run(anew)).problem).toContain('Live does not answer');
  });

  it('[HS-5] plays the example init.lua: its keys select, and it leaves no socket and no timer but that of the menu', async () => {
    const lua = await beside();
    await lua.run(`package.loaded.livetree = livetree; dofile(FOLDER .. "/../init.lua"); answer(true)`);
    const keys = lua.effects.filter(({ effect }) => effect === 'hotkey');
    expect(keys.map(({ key }) => key)).toEqual(['L', '1', '2', '3', '4', '5', '6', '7', '8', '0', '9']);
    const press = (key: string): void => lua.tell(keys.find((each) => each['key'] === key)?.id ?? 0, {});
    press('2');
    await until('the second is selected', async () => {
      const { result } = await askPort(port, 'view');
      return (result as { readonly track: string }).track === 'Kit';
    });
    press('L');
    await until('it is shown', () => String(lua.last('alert')?.['text']).startsWith('Kit · '));
    const opened = lua.effects.filter(({ effect }) => effect === 'connect').map(({ id }) => id);
    expect(opened.length).toBeGreaterThan(1);
    const closed = lua.effects.filter(({ effect }) => effect === 'disconnect').map(({ id }) => id);
    expect(opened.filter((id) => !closed.includes(id))).toEqual([]);
    const stopped = lua.effects.filter(({ effect }) => effect === 'stopTimer').map(({ id }) => id);
    const running = lua.effects.filter(({ effect, id }) => effect === 'timer' && !stopped.includes(id));
    expect(running.map(({ isRepeated }) => isRepeated)).toEqual([true]);
  });
});

describe.skipIf(LUA === undefined)('hammerspoon/livetree.lua and the hub', () => {
  it('[HS-6] shows the number of changes since the last save, and what it is of when pointed at', async () => {
    const savedAt = new Date(2026, 10, 22, 14, 2).getTime();
    let sets: readonly object[] = [
      { name: 'Night Bus', file: { savedAt }, unsaved: { changes: 12 } },
      { name: 'Demo', file: {}, unsaved: { changes: 1 } },
    ];
    await answering(() => sets);
    const lua = await hammerspoon();
    await lua.run('livetree.every = 0.05; livetree.startMenu(); answer(true)');
    await lua.shows('title', 'LT 13');
    await lua.shows('tooltip', 'Night Bus: 12 changes since 14:02\nDemo: 1 change since the last save');
    sets = [{ name: 'Night Bus', file: { savedAt }, unsaved: { changes: 0 } }];
    await lua.shows('title', 'LT');
    await lua.shows('tooltip', 'Night Bus: nothing that Live reports since 14:02');
    for (const odd of [{}, { unsaved: null }, { unsaved: 3 }, { unsaved: { changes: '3' } }]) {
      sets = [{ name: 'Odd', ...odd }];
      await lua.shows('tooltip', 'Odd');
      expect(lua.last('title')?.['text']).toBe('LT');
      sets = [];
      await lua.shows('tooltip', 'No Set is open in LiveTree.');
    }
    await lua.run('livetree.stopMenu(); answer(true)');
    expect(lua.effects.filter(({ effect }) => effect === 'deleteMenu')).toHaveLength(1);
  });

  it('[HS-7] a click opens the page; without a hub it says how to start one', async () => {
    const lua = await hammerspoon();
    await lua.run('livetree.startMenu(); answer(true)');
    await lua.shows('title', 'LT –');
    await lua.shows('tooltip', 'LiveTree is not running. In a terminal: livetree serve');
    const menu = lua.last('menu')?.id ?? 0;
    lua.tell(menu, {});
    await lua.shows('alert', 'LiveTree is not running. In a terminal: livetree serve');
    const { url } = await hub(DEMO);
    await lua.run('livetree.refresh(); answer(true)');
    await lua.shows('title', 'LT');
    lua.tell(menu, {});
    await until('the page is opened', () => lua.last('open')?.['url'] === url);
    writeFileSync(join(stateDir, 'hub.json'), 'no JSON');
    expect((await lua.run('livetree.sets(answer)')).problem).toContain('not running');
  });

  it('[HS-8] an answer that is no list of Sets is told, and breaks nothing', async () => {
    await answering(() => [], 503);
    const lua = await hammerspoon();
    await lua.run('livetree.startMenu(); answer(true)');
    await lua.shows('tooltip', 'LiveTree answered 503: {"sets":[]}');
    expect(lua.last('title')?.['text']).toBe('LT –');
  });

  it('[HS-9] tells the hub of a file that has changed, as a program with its token and as whatever sends an Origin', async () => {
    const set = join(folder, 'Süd 1.als');
    copyFileSync(DEMO, set);
    const { url } = await hub(set);
    for (const options of [{}, { origin: url.replace(/\/$/, '') }]) {
      const lua = await hammerspoon(options);
      expect(await lua.run(`livetree.fileChanged("${set}", answer)`)).toEqual({ result: true });
      const elsewhere = await lua.run('livetree.fileChanged("/Sets/Elsewhere.als", answer)');
      expect(elsewhere.problem).toMatch(/\S/);
      expect(elsewhere.result).toBeUndefined();
      const opened = lua.effects.filter(({ effect }) => effect === 'webSocket');
      const closed = lua.effects.filter(({ effect }) => effect === 'closeWebSocket');
      expect(closed.map(({ id }) => id)).toEqual(opened.map(({ id }) => id));
    }
    const foreign = await hammerspoon({ origin: 'http://example.org' });
    expect((await foreign.run(`livetree.fileChanged("${set}", answer)`)).problem).toContain('403');
  });

  it('[HS-10] saves in a watched folder are told once each, when they have come to rest; backups are not', async () => {
    const set = join(folder, 'Night Bus.als');
    copyFileSync(DEMO, set);
    await hub(set);
    const lua = await hammerspoon();
    await lua.run(`livetree.rest = 0.1; rawset(_G, "told", {})
      rawset(_G, "saves", livetree.watchSaves("${folder}", function(ok) told[#told + 1] = tostring(ok) end))
      answer(true)`);
    const watcher = lua.last('watch');
    expect(watcher).toMatchObject({ folder });
    const happen = (...paths: readonly string[]): void => lua.tell(watcher?.id ?? 0, { paths });
    happen(join(folder, 'Backup/Night Bus [2026-11-22 140000].als'), join(folder, 'Night Bus.als.tmp'));
    happen(set);
    happen(set, set);
    const told = async (): Promise<unknown> => (await lua.run('answer(table.concat(told, " "))')).result;
    await until('it is told', async () => (await told()) !== '');
    expect(await told()).toBe('true');
    expect(lua.effects.filter(({ effect }) => effect === 'webSocket')).toHaveLength(1);
    await lua.run('saves:stop(); answer(true)');
    expect(lua.last('unwatch')?.id).toBe(watcher?.id);
  });
});
