import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hub, HubOptions } from '@livetree/hub';
import { HUB_VERSION, HubError, startHub } from '@livetree/hub';
import { CLOSE_CODES, SYNC_LIMITS } from '@livetree/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Client, rawRequest } from '../support/client.ts';
import { until } from '../support/until.ts';

const hubs: Hub[] = [];
const folders: string[] = [];

async function hub(options: HubOptions = {}): Promise<Hub> {
  const started = await startHub({ port: 0, ...options });
  hubs.push(started);
  return started;
}

async function viewerFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'livetree-viewer-'));
  folders.push(folder);
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>viewer</title>');
  await writeFile(join(folder, 'assets', 'app.js'), 'export {};');
  await writeFile(join(folder, '.secret'), 'secret');
  return folder;
}

/** The status of an upgrade that is refused, or 101. */
function upgrade(port: number, headers: Record<string, string>, path = '/sync'): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    socket.on('error', () => {});
    socket.on('unexpected-response', (_, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('open', () => {
      resolve(101);
      socket.terminate();
    });
  });
}

const get = (port: number, path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${port}${path}`, init);

afterEach(async () => {
  await Promise.all(hubs.splice(0).map((each) => each.close()));
  await Promise.all(folders.splice(0).map((each) => rm(each, { recursive: true, force: true })));
});

describe('upgrades', () => {
  it('[SEC-4] a page of a stranger is refused with 403 before the handshake', async () => {
    const { port } = await hub();
    expect(await upgrade(port, { origin: 'http://evil.example' })).toBe(403);
    expect(await upgrade(port, { origin: 'null' })).toBe(403);
    expect(await upgrade(port, { origin: 'http://localhost:5173' })).toBe(403);
    expect(await upgrade(port, { origin: `http://localhost:${port}` })).toBe(101);
    expect(await upgrade(port, {})).toBe(101);
  });

  it('[SEC-4] a name that was made to point here is refused with 403', async () => {
    const { port } = await hub();
    expect(await upgrade(port, { host: `evil.example:${port}` })).toBe(403);
    expect(await upgrade(port, { host: 'localhost:1' })).toBe(403);
    expect(await upgrade(port, { host: `localhost:${port}` })).toBe(101);
  });

  it('[SEC-2] the development server may connect only when asked for', async () => {
    const { port } = await hub({ dev: true });
    expect(await upgrade(port, { origin: 'http://localhost:5173' })).toBe(101);
  });

  it('[SEC-4] only /sync is a door', async () => {
    const { port } = await hub();
    expect(await upgrade(port, {}, '/')).toBe(404);
    expect(await upgrade(port, {}, '/sync/x')).toBe(404);
    expect(
      await rawRequest(
        port,
        'GET //x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      ),
    ).toMatch(/^HTTP\/1\.1 (?:400|403) /);
  });

  it('[SEC-3] an address others can reach needs a token, in the query or the header', async () => {
    await expect(startHub({ port: 0, host: '0.0.0.0' })).rejects.toMatchObject({ code: 'TOKEN_NEEDED' });
    const { port, url } = await hub({ host: '0.0.0.0', token: 'a/b c' });
    expect(url).toBe(`http://0.0.0.0:${port}/?token=a%2Fb%20c`);
    expect(await upgrade(port, {})).toBe(401);
    expect(await upgrade(port, {}, '/sync?token=wrong')).toBe(401);
    expect(await upgrade(port, {}, '/sync?token=a%2Fb%20c')).toBe(101);
    expect(await upgrade(port, { authorization: 'Bearer a/b c' })).toBe(101);
    expect((await get(port, '/api/sets')).status).toBe(401);
    expect((await get(port, '/api/sets?token=a%2Fb%20c')).status).toBe(200);
    expect((await get(port, '/healthz')).status).toBe(200);
  });
});

describe('frames', () => {
  it.each(['junk', '{"type":"patch"}', '[]', '{"type":"hello","protocol":1}'])(
    '[HUB-10] %j is closed with 4400, and the others go on',
    async (frame) => {
      const { port } = await hub();
      const [good, bad] = [new Client(port), new Client(port)];
      await Promise.all([good.opened(), bad.opened()]);
      bad.socket.send(frame);
      expect(await bad.ended()).toBe(CLOSE_CODES.badMessage.code);
      expect(await good.hello()).toMatchObject({ resume: 'nothing', sets: [], hubVersion: HUB_VERSION });
    },
  );

  it('[HUB-10] a binary frame is closed with 4400', async () => {
    const { port } = await hub();
    const client = new Client(port);
    await client.opened();
    client.socket.send(Buffer.from([1, 2, 3]));
    expect(await client.ended()).toBe(CLOSE_CODES.badMessage.code);
  });

  it('[HUB-9] another protocol is closed with 4406', async () => {
    const { port } = await hub();
    const client = new Client(port);
    await client.opened();
    client.socket.send('{"type":"hello","protocol":99,"request":"r","new":true}');
    expect(await client.ended()).toBe(4406);
    expect(client.closed?.reason).toContain('protocol 1');
  });

  it('[SEC-6] a frame over the limit is closed', async () => {
    const { port } = await hub();
    const client = new Client(port);
    await client.opened();
    client.socket.send(`"${'x'.repeat(SYNC_LIMITS.frameBytes)}"`);
    expect(await client.ended()).toBe(1009);
  });

  it('[SEC-6] broken frames and half handshakes harm nobody', async () => {
    const { port } = await hub();
    const head = `GET /sync HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`;
    expect(await rawRequest(port, `${head}Sec-WebSocket-Version: 13\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400/);
    const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
    const answer = await rawRequest(port, `${head}${key}Sec-WebSocket-Version: 13\r\n\r\n\xff\xff\xff\xff`);
    expect(answer).toMatch(/^HTTP\/1\.1 101/);
    const client = new Client(port);
    await client.opened();
    expect(await client.hello()).toMatchObject({ resume: 'nothing' });
  });

  it('[HUB-8] who says no hello is closed', async () => {
    const { port } = await hub({ limits: { helloMs: 50 } });
    const client = new Client(port);
    expect(await client.ended()).toBe(CLOSE_CODES.tooSlow.code);
  });

  it('[SEC-9] more clients than allowed are told to come later', async () => {
    const { port } = await hub({ clients: 1 });
    const first = new Client(port);
    await first.opened();
    const second = new Client(port);
    expect(await second.ended()).toBe(CLOSE_CODES.limit.code);
    first.socket.close();
    await first.ended();
    const third = new Client(port);
    await third.opened();
    expect(await third.hello()).toMatchObject({ resume: 'nothing' });
  });

  it('[SEC-10] who answers no ping is cut off, who does stays', async () => {
    const { port } = await hub({ pingMs: 200 });
    const [mute, alive] = [new Client(port, { autoPong: false }), new Client(port)];
    await Promise.all([mute.opened(), alive.opened()]);
    expect(await mute.ended()).toBe(1006);
    let pings = 0;
    alive.socket.on('ping', () => {
      pings += 1;
    });
    await until('more pings', () => pings > 3);
    expect(alive.closed).toBeUndefined();
  });
});

describe('http', () => {
  it('[SEC-5] every answer has the headers, and none allows another page', async () => {
    const { port } = await hub({ viewerDir: await viewerFolder() });
    for (const path of ['/', '/assets/app.js', '/healthz', '/api/sets', '/api/nothing', '/assets/none.js']) {
      const { headers } = await get(port, path, { headers: { origin: `http://localhost:${port}` } });
      expect(headers.get('content-security-policy')?.split('; ').slice(0, 2)).toEqual([
        "default-src 'self'",
        `connect-src 'self' ws://127.0.0.1:${port}`,
      ]);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    const evil = await get(port, '/api/sets', { headers: { origin: 'http://evil.example' } });
    expect([evil.status, evil.headers.get('x-content-type-options')]).toEqual([403, 'nosniff']);
  });

  it('[SEC-1] the wrong Host gets nothing, not even the viewer', async () => {
    const { port } = await hub({ viewerDir: await viewerFolder() });
    for (const path of ['/', '/healthz', '/api/sets']) {
      const answer = await rawRequest(
        port,
        `GET ${path} HTTP/1.1\r\nHost: evil.example:${port}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    }
    const head = 'GET / HTTP/1.0\r\n\r\n';
    expect(await rawRequest(port, head)).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('[HUB-41] serves the viewer, and its page for every address inside it', async () => {
    const { port } = await hub({ viewerDir: await viewerFolder() });
    for (const path of ['/', '/node/t1', '/?token=x']) {
      const page = await get(port, path);
      expect([page.status, await page.text()]).toEqual([200, '<!doctype html><title>viewer</title>']);
    }
    expect(await (await get(port, '/assets/app.js')).text()).toBe('export {};');
  });

  it('[SEC-8] shows no other file, and only reads', async () => {
    const { port } = await hub({ viewerDir: await viewerFolder() });
    for (const path of [
      '/.secret',
      '/../../etc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/assets/..%2f..%2fetc/passwd',
    ]) {
      const answer = await rawRequest(
        port,
        `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).not.toMatch(/secret\b(?!")|root:/);
      expect(answer).toMatch(/^HTTP\/1\.1 (?:200|404) /);
    }
    expect((await get(port, '/', { method: 'POST', body: 'x' })).status).toBe(405);
    expect((await get(port, '/api/sets', { method: 'DELETE' })).status).toBe(405);
  });

  it('[HUB-41] tells its health and its Sets', async () => {
    const started = await hub();
    const client = new Client(started.port);
    await client.opened();
    const health = { ok: true, name: 'livetree', version: HUB_VERSION, sets: 0, clients: 1 };
    expect(await (await get(started.port, '/healthz')).json()).toEqual(health);
    expect(await (await get(started.port, '/api/sets')).json()).toEqual({ sets: [] });
    expect((await get(started.port, '/')).status).toBe(404);
    expect(started.url).toBe(`http://127.0.0.1:${started.port}/`);
  });

  it('[HUB-41] its version is that of the package', () => {
    const file = new URL('../../package.json', import.meta.url);
    expect(HUB_VERSION).toBe(JSON.parse(readFileSync(file, 'utf8')).version);
  });
});

describe('starting and stopping', () => {
  it('[HUB-40] a port that was named and is in use is an error with a sentence', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const refused = await startHub({ port }).catch((error: unknown) => error);
    other.close();
    expect(refused).toBeInstanceOf(HubError);
    expect(refused).toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringMatching(/in use.*--port\.$/),
    });
  });

  it('[HUB-40] an address this computer has not is an error with a sentence', async () => {
    const refused = startHub({ port: 0, host: '192.0.2.1', token: 'x' });
    await expect(refused).rejects.toMatchObject({
      code: 'LISTEN_FAILED',
      message: expect.stringContaining('192.0.2.1'),
    });
  });

  it.each(['song.als', '//server/share/song.als', '/etc/passwd'])(
    '[SEC-7] %j is not opened',
    async (path) => {
      const started = await hub();
      await expect(started.open(path)).rejects.toMatchObject({ code: 'PATH_REFUSED' });
      const client = new Client(started.port, { query: `?token=${started.token}` });
      await client.opened();
      await client.hello();
      for (const name of ['open_path', 'file_changed'] as const)
        expect(await client.command(name, { path })).toMatchObject({ ok: false, code: 'PATH_REFUSED' });
    },
  );

  it('[SEC-13] commands are taken from pages of the hub and with its token, from nobody else', async () => {
    const started = await hub();
    const { port, token } = started;
    const own = { headers: { origin: `http://localhost:${port}` } };
    const results: string[] = [];
    for (const options of [{}, { query: '?token=x' }, { query: `?token=${token}` }, own]) {
      const client = new Client(port, options);
      await client.opened();
      await client.hello();
      const result = await client.command('open_path', { path: 'x' });
      if (!result.ok) results.push(result.code);
    }
    expect(results).toEqual(['FORBIDDEN', 'FORBIDDEN', 'PATH_REFUSED', 'PATH_REFUSED']);
    expect(token).toMatch(/^[0-9a-f]{32}$/);
  });

  it('[HUB-42] tells its clients when it stops, and then neither serves nor opens', async () => {
    const started = await hub();
    const client = new Client(started.port);
    await client.opened();
    await started.close();
    expect(await client.ended()).toBe(1001);
    await expect(fetch(`http://127.0.0.1:${started.port}/healthz`)).rejects.toThrow();
    await expect(started.open('/tmp/song.als')).rejects.toMatchObject({ code: 'HUB_CLOSED' });
  });
});
