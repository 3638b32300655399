/** The real Remote Script in a simulated Live answers its port, and web pages in a real browser get nothing. */
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launch } from '../packages/viewer/test/browser.ts';
import { askPort, type CommandAnswer, commandPort, sendLine } from './command-port.ts';
import { PYTHON, Simulator } from './simulator.ts';
import { until } from './soak/stage.ts';

const ROOT = resolve(import.meta.dirname, '..');
const page = readFileSync(join(ROOT, 'docs/port-9001.md'), 'utf8');
const hasNc = spawnSync('nc', ['-h']).error === undefined && spawnSync('bash', ['-c', ':']).status === 0;

if (!hasNc)
  process.stderr.write(
    '\n*** No nc found: the same bytes are sent over a socket instead (docs/port-9001.md). ***\n\n',
  );
if (chromiumPath === undefined || PYTHON === undefined) {
  const message = 'No Chromium or no Python found: tests of port 9001 were SKIPPED.';
  if (process.env['LIVETREE_REQUIRE_BROWSER']) throw new Error(message);
  process.stderr.write(`\n*** ${message} ***\n\n`);
}

/** A line of the page to type, what it sends, and the answer below it. */
interface Shown {
  readonly typed: string;
  readonly line: string;
  readonly answer: CommandAnswer;
}

const shown: readonly Shown[] = [
  ...page.matchAll(/^(echo '(.+)' \| nc -w 1 127\.0\.0\.1 9001)\n(\{.*\})$/gm),
].map(([, typed = '', line = '', answer = '']) => ({
  typed,
  line,
  answer: JSON.parse(answer) as CommandAnswer,
}));

/** Names and places of all members; values only where they are true or false. */
function shapeOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'boolean' ? value : 'value';
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shapeOf(each)]));
}

/** Plain text, as near to lines of commands as a form comes. */
const FORM = `const frame = document.createElement('iframe'); frame.name = 'answer';
  const form = document.createElement('form');
  Object.assign(form, { action: to, method: 'post', enctype: 'text/plain', target: 'answer' });
  form.append(Object.assign(document.createElement('textarea'), { name: 'select_track 2', value: lines }));
  document.body.append(frame, form); form.submit()`;

describe.skipIf(PYTHON === undefined)('port 9001', () => {
  let simulator: Simulator;
  let port = 0;

  beforeAll(async () => {
    simulator = new Simulator(1, ['--set', join(ROOT, 'fixtures/demo.als'), '--seed', '1']);
    port = await commandPort(simulator);
    await simulator.ask({ do: 'quiet' });
  });
  afterAll(() => simulator?.close());

  /** Types the line of the page; on a busy machine, where `nc` leaves before the answer, once more. */
  async function type(shown: Shown, tries = 5): Promise<CommandAnswer> {
    const { typed, line } = shown;
    if (!hasNc) return askPort(port, line);
    const { stdout } = await promisify(execFile)('bash', ['-c', typed.replace(' 9001', ` ${port}`)]);
    return stdout === '' && tries > 1 ? type(shown, tries - 1) : (JSON.parse(stdout) as CommandAnswer);
  }

  const figures = async (): Promise<Readonly<Record<string, number>>> => {
    const { result } = await askPort(port, 'state');
    return (result as { readonly commands: Readonly<Record<string, number>> }).commands;
  };

  it('[PORT-1] docs/port-9001.md has a line for nc for every command, and no other', async () => {
    const { result } = await askPort(port, 'help');
    const known = Object.keys(result as object);
    const headings = [...page.matchAll(/^### `(\w+)`$/gm)].map(([, name = '']) => name);
    expect(headings.toSorted()).toEqual(known.toSorted());
    const typed = new Set(shown.flatMap(({ answer }) => answer.command ?? []));
    expect([...typed].toSorted()).toEqual(known.toSorted());
  });

  it('[PORT-2] every line for nc of the page gets the answer that stands below it', async () => {
    expect(shown.length).toBeGreaterThan(10);
    // What others depend on first; each `nc` stays for a second.
    const turns = [/^select|off$/, /^(?!select|realtime|snapshot|state)| on$/, /^(snapshot|realtime|state)$/];
    const asked = new Set<string>();
    for (const turn of turns) {
      const now = shown.filter(({ line }) => turn.test(line) && !asked.has(line));
      for (const { line } of now) asked.add(line);
      await simulator.ask({ do: 'quiet' });
      for (const [at, answer] of (await Promise.all(now.map((each) => type(each)))).entries()) {
        const { line, answer: wanted } = now[at] ?? { line: '', answer: { ok: false } };
        if (/^(path|version|state)$/.test(line)) expect(shapeOf(answer), line).toEqual(shapeOf(wanted));
        else expect(answer, line).toEqual(wanted);
      }
    }
    expect(asked.size).toBe(shown.length);
  });

  it('[PORT-3] a selection is made in Live, by name in any writing or by number, and nothing else is changed', async () => {
    const before = await simulator.ask({ do: 'quiet', truth: true });
    const ask = async (line: string): Promise<unknown> => (await askPort(port, line)).result;
    const selected = async (): Promise<unknown> => {
      const { track, scene } = (await ask('view')) as { readonly track: string; readonly scene: string };
      return [track, scene];
    };
    expect(await ask('select_track Keys 日本')).toEqual({ selected: 'Keys 日本' });
    expect(await ask('select_scene 1')).toEqual({ selected: 'Intro' });
    expect(await selected()).toEqual(['Keys 日本', 'Intro']);
    expect(await ask('select_track 2')).toEqual({ selected: 'Kit' });
    for (const wrong of ['0', '-1', '999', '²', '1.5', '', 'kit ']) {
      const answer = await askPort(port, `select_track ${wrong}`.trimEnd());
      expect(answer, wrong).toMatchObject({ ok: false, error: expect.stringContaining('counts from 1') });
    }
    expect(await selected()).toEqual(['Kit', 'Intro']);
    const after = await simulator.ask({ do: 'quiet', truth: true });
    expect((after.result as { truth: unknown }).truth).toEqual((before.result as { truth: unknown }).truth);
  });

  it('[PORT-4] `state` counts what was carried out and who was refused', async () => {
    const before = await figures();
    expect(await askPort(port, 'version')).toMatchObject({ ok: true });
    expect(await sendLine(port, 'POST / HTTP/1.1')).toContain('unknown command');
    expect(await sendLine(port, 'x'.repeat(300))).toContain('256 bytes');
    const after = await figures();
    // The two questions for figures count themselves.
    expect([after['carriedOut'], after['refused']]).toEqual([
      (before['carriedOut'] ?? 0) + 2,
      (before['refused'] ?? 0) + 2,
    ]);
  });

  describe.skipIf(chromiumPath === undefined)('from a page in a browser', () => {
    let browser: Browser;
    const server = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>elsewhere</title>');
    });

    beforeAll(async () => {
      browser = await launch(chromiumPath ?? '');
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    });
    afterAll(async () => {
      await browser?.close();
      server.close();
    });

    /** Each is a function body of the page: `to` is the port's address, `lines` are commands. */
    const WAYS: Readonly<Record<string, string>> = {
      'fetch, GET': "fetch(to + '/select_track%202', { mode: 'no-cors' }).catch(() => {})",
      'fetch, POST': "fetch(to, { method: 'POST', mode: 'no-cors', body: lines }).catch(() => {})",
      'fetch with CORS':
        "fetch(to, { method: 'PUT', headers: { select_track: '2' }, body: lines }).catch(() => {})",
      XMLHttpRequest: "const r = new XMLHttpRequest(); r.open('POST', to); r.send(lines)",
      sendBeacon: 'navigator.sendBeacon(to, lines)',
      WebSocket:
        "new WebSocket(to.replace('http', 'ws') + '/select_track').onopen = (e) => e.target.send(lines)",
      EventSource: 'new EventSource(to)',
      image: "new Image().src = to + '/state'",
      script: "document.head.append(Object.assign(document.createElement('script'), { src: to + '/state' }))",
      form: FORM,
      'TLS (https)': "fetch(to.replace('http', 'https'), { mode: 'no-cors' }).catch(() => {})",
    };

    it('[PORT-5] no way of sending does anything: each is refused, the selection stays', async () => {
      const { port: own } = server.address() as AddressInfo;
      const tab = await browser.newPage();
      await askPort(port, 'select_track Bass');
      for (const [way, script] of Object.entries(WAYS)) {
        await tab.goto(`http://127.0.0.1:${own}/`);
        const before = await figures();
        const lines = JSON.stringify('select_track 2\nrealtime off\n');
        await tab.evaluate(`{ const to = 'http://127.0.0.1:${port}'; const lines = ${lines}; ${script}; 0 }`);
        let asked = 0;
        await until(`${way}: the script refuses`, async () => {
          asked += 1;
          return ((await figures())['refused'] ?? 0) > (before['refused'] ?? 0);
        });
        const after = await figures();
        expect((after['carriedOut'] ?? 0) - (before['carriedOut'] ?? 0), way).toBe(asked + 1);
      }
      expect((await askPort(port, 'view')).result).toMatchObject({ track: 'Bass' });
      expect((await askPort(port, 'realtime')).result).toEqual({ realtime: true });
      await tab.close();
    });
  });
});
