import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { testFolder } from './support/folder.ts';
import { DEMO, livetree, outcomeOf, start, stateDir } from './support/run.ts';
import { serve } from './support/serve.ts';

const folder = testFolder();
const set = (name: string): string => {
  const path = join(folder.path, name);
  copyFileSync(DEMO, path);
  return path;
};

interface Sets {
  readonly sets: readonly {
    readonly name: string;
    readonly path: string;
    readonly file: { readonly state: string };
  }[];
}
const setsOf = async (url: string): Promise<Sets['sets']> => {
  const { sets }: Sets = JSON.parse(await (await fetch(new URL('/api/sets', url))).text());
  return sets;
};

/** A Set that takes seconds to read: a million elements. */
const slowSet = (): string =>
  folder.file(
    'slow.als',
    gzipSync(
      gunzipSync(readFileSync(DEMO))
        .toString()
        .replace('<Scenes>', `<Scenes>${'<Scene Id="9"><Name Value="a"/></Scene>'.repeat(500_000)}`),
      { level: 1 },
    ),
  );

describe('livetree serve', () => {
  it('[CLI-27] prints the address alone on stdout, and serves the Sets and the viewer there', async () => {
    const paths = [set('Süd 1.als'), set('Süd 2.als')];
    const served = await serve(['--port', '0', ...paths]);
    const page = await fetch(served.url);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('html')]);
    expect(await page.text()).toContain('LiveTree');
    expect((await setsOf(served.url)).map(({ name }) => name)).toEqual(['Süd 1', 'Süd 2']);
    const { stdout, stderr } = await served.stop('SIGINT');
    expect(stdout).toBe(`${served.url}\n`);
    expect(stderr).toContain(`LiveTree shows ${paths.join(', ')}`);
    expect(stderr).toContain('Ctrl-C ends');
  });

  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '[CLI-28] %s ends it cleanly, also with a client that does not answer: exit code 0',
    async (signal) => {
      const served = await serve(['--port', '0', set('stop.als')]);
      const client = new WebSocket(new URL('/sync', served.url.replace('http', 'ws')));
      await new Promise((resolve) => client.once('open', resolve));
      client.pause();
      const { code, signal: killedBy, tookMs, stderr } = await served.stop(signal);
      client.terminate();
      process.stderr.write(`serve: ${signal} to the end ${tookMs.toFixed(0)} ms\n`);
      expect([code, killedBy]).toEqual([0, null]);
      expect(stderr.endsWith('Closing …\n')).toBe(true);
      expect(tookMs).toBeLessThan(5_000);
    },
  );

  it.skipIf(process.platform === 'win32')(
    '[CLI-28] a second Ctrl-C (npm sends one too) changes nothing',
    async () => {
      const served = await serve(['--port', '0', set('twice.als')]);
      served.child.kill('SIGINT');
      await served.saying(/Closing/);
      const { code, signal } = await served.stop('SIGINT');
      expect([code, signal]).toEqual([0, null]);
    },
  );

  it.skipIf(process.platform === 'win32')(
    '[CLI-28] SIGHUP while a big Set is being read and kept, with a client that does not answer',
    async () => {
      const env = { LIVETREE_STATE_DIR: stateDir() };
      const served = await serve(['--port', '0', set('kept.als'), slowSet()], { env });
      const client = new WebSocket(new URL('/sync', served.url.replace('http', 'ws')));
      await new Promise((resolve) => client.once('open', resolve));
      client.pause();
      expect(existsSync(join(env.LIVETREE_STATE_DIR, 'hub.json'))).toBe(true);
      const { code, signal, tookMs } = await served.stop('SIGHUP');
      client.terminate();
      process.stderr.write(`serve: SIGHUP while keeping to the end ${tookMs.toFixed(0)} ms\n`);
      expect([code, signal]).toEqual([0, null]);
      expect(existsSync(join(env.LIVETREE_STATE_DIR, 'hub.json'))).toBe(false);
    },
  );

  it.skipIf(process.platform === 'win32')(
    '[CLI-162] whose reader left before the address was told: closed like after Ctrl-C, exit code 0',
    async () => {
      const env = { LIVETREE_STATE_DIR: stateDir() };
      const child = start(['serve', '--no-open', '--port', '0', set('unread.als')], { env });
      const ended = outcomeOf(child);
      child.stdout?.destroy();
      expect(await ended).toMatchObject({ code: 0, signal: null });
      expect(existsSync(join(env.LIVETREE_STATE_DIR, 'hub.json'))).toBe(false);
    },
  );

  it.skipIf(process.platform === 'win32')('[CLI-28] Ctrl-C while a big Set is being read', async () => {
    const served = await serve(['--port', '0', slowSet()]);
    expect((await setsOf(served.url))[0]?.file.state).toBe('reading');
    const { code, tookMs } = await served.stop('SIGINT');
    process.stderr.write(`serve: SIGINT while reading to the end ${tookMs.toFixed(0)} ms\n`);
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(5_000);
  });

  it('[CLI-29] a file that is not there is waited for', async () => {
    const path = join(folder.path, 'later.als');
    const served = await serve(['--port', '0', path]);
    await served.saying(/later: the file is missing/);
    expect(await setsOf(served.url)).toMatchObject([{ name: 'later', file: { state: 'missing' } }]);
    expect((await served.stop('SIGTERM')).code).toBe(0);
  });

  it('[CLI-30] a port that is taken: one message, exit code 4, nothing on stdout', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, stdout, stderr } = await livetree(['serve', '--no-open', '--port', String(port), DEMO]);
    other.close();
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toBe(`Port ${port} is in use. Name another one with --port.\n`);
  });

  it('[CLI-30] an address that this computer does not have', async () => {
    const args = ['serve', '--no-open', '--port', '0', '--token', 'secret', '--host', 'no.such.host.invalid'];
    const { code, stdout, stderr } = await livetree([...args, DEMO]);
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(/^Cannot listen on no\.such\.host\.invalid, .*\n$/);
  });

  it('[CLI-31] other computers may look only with a token: without one it does not start', async () => {
    const { code, stderr } = await livetree(['serve', '--no-open', '--port', '0', '--host', '0.0.0.0', DEMO]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Other computers .*--token\.\n$/);
    const served = await serve(['--port', '0', '--host', '0.0.0.0', '--token', 'a b', set('far.als')]);
    expect(served.url).toMatch(/\?token=a%20b$/);
    expect((await served.stop('SIGTERM')).code).toBe(0);
  });

  it('[CLI-58] a second one hands its Sets to the first and says so, with the address: exit code 0', async () => {
    const env = { LIVETREE_STATE_DIR: stateDir() };
    const [one, two] = [set('Erster.als'), set('Zweiter für.als')];
    const served = await serve(['--port', '0', one], { env });
    const second = await livetree(['serve', '--no-open', two], { env });
    expect(second).toMatchObject({ code: 0, stdout: `${served.url}\n` });
    expect(second.stderr).toBe(`LiveTree runs already; it now shows ${two}, at\n`);
    expect((await setsOf(served.url)).map(({ name }) => name)).toEqual(['Erster', 'Zweiter für']);
    expect(await livetree(['serve', '--no-open'], { env })).toMatchObject({
      code: 0,
      stdout: `${served.url}\n`,
    });
    const refused = await livetree(['serve', '--no-open', 'notes.txt'], { env });
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(/notes\.txt": Only Ableton/)]);
    expect((await served.stop('SIGTERM')).code).toBe(0);
  });

  it('[CLI-58] one that asks for an address of its own does not start beside it: exit code 4 and a remedy', async () => {
    const env = { LIVETREE_STATE_DIR: stateDir() };
    const served = await serve(['--port', '0', set('allein.als')], { env });
    const { code, stdout, stderr } = await livetree(['serve', '--no-open', '--port', '0', DEMO], { env });
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(/^LiveTree runs already, at http:.*"livetree serve SET\.als".*Ctrl-C.*\n$/);
    expect((await served.stop('SIGTERM')).code).toBe(0);
  });

  it('[CLI-59] on all interfaces it prints an address that others can open', async () => {
    const served = await serve(['--port', '0', '--host', '0.0.0.0', '--token', 'secret', set('weit.als')]);
    const { hostname } = new URL(served.url);
    const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    expect(['127.0.0.1', ...own.map(({ address }) => address)]).toContain(hostname);
    expect((await fetch(served.url)).status).toBe(200);
    expect((await served.stop('SIGTERM')).code).toBe(0);
  });

  it('[CLI-161] a folder: what to do, and where one Set lies in it the command itself', async () => {
    const project = mkdtempSync(join(tmpdir(), 'livetree-project-'));
    const refused = async () => livetree(['serve', '--no-open', '--port', '0', project]);
    try {
      mkdirSync(join(project, 'Ableton Project Info'));
      copyFileSync(DEMO, join(project, 'My Song.als'));
      writeFileSync(join(project, '._My Song.als'), '');
      const one = await refused();
      expect([one.code, one.stdout]).toEqual([3, '']);
      expect(one.stderr).toBe(`"${project}" is a folder. livetree serve "${join(project, 'My Song.als')}"\n`);
      copyFileSync(DEMO, join(project, 'My Song 2.als'));
      const several = await refused();
      expect([several.code, several.stdout]).toEqual([3, '']);
      expect(several.stderr).toBe((await livetree(['show', project])).stderr);
    } finally {
      rmSync(project, { recursive: true, force: true });
    }
  });

  it('[CLI-59] a path that is refused is named: exit code 2', async () => {
    const { code, stdout, stderr } = await livetree(['serve', '--no-open', '--port', '0', DEMO, 'song.wav']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^".*song\.wav": Only Ableton Live Sets \(\.als\) can be opened\.\n$/);
  });
});
