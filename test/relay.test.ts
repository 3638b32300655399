import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { Relay } from './soak/relay.ts';

describe('the wire that tests can pull', () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  it('[OPS-24] hears and hands on a message that comes in several frames, with others between them', async () => {
    const hub = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    ends.push(() => hub.close());
    await once(hub, 'listening');
    const relay = await Relay.open();
    ends.push(() => relay.close());
    relay.target = (hub.address() as AddressInfo).port;
    const heard: unknown[] = [];
    relay.hear((message) => heard.push(message));

    const joined = once(hub, 'connection');
    const script = new WebSocket(`ws://127.0.0.1:${relay.port}/script`);
    ends.push(() => script.terminate());
    const [atHub] = (await joined) as [WebSocket];
    const messages: string[] = [];
    const whole = new Promise<void>((done) => {
      atHub.on('message', (bytes) => messages.push(String(bytes)) === 2 && done());
    });
    await once(script, 'open');
    const long = { type: 'log', payload: { text: 'é'.repeat(50_000) } };
    const bytes = Buffer.from(JSON.stringify(long));
    script.send(bytes.subarray(0, 65_536), { binary: false, fin: false });
    script.ping();
    script.send(bytes.subarray(65_536), { binary: false, fin: true });
    script.send(JSON.stringify({ type: 'bye' }));
    await whole;

    expect(messages).toEqual([String(bytes), '{"type":"bye"}']);
    expect(heard).toEqual([long, { type: 'bye' }]);
  });
});
