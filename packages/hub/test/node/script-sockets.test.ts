import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ScriptSockets } from '../../src/node/script-sockets.ts';

const FRAMES = 20;
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

describe('the socket of a script', () => {
  it('[IDLE-5] frames that come at once are taken a turn of the loop each, in their order', async () => {
    const taken: { readonly text: string; readonly turn: number }[] = [];
    let turn = 0;
    let counting = setImmediate(function count() {
      turn += 1;
      counting = setImmediate(count);
    });
    const server = createServer();
    const all = new Promise<void>((resolve) => {
      const onText = (_: unknown, text: string): void => {
        taken.push({ text, turn });
        if (taken.length === FRAMES) resolve();
      };
      const rules = () => ({
        host: '127.0.0.1',
        port: portOf(server),
        dev: false,
        token: undefined,
        commandToken: 'x',
      });
      const sockets = new ScriptSockets(rules, { onOpen() {}, onText, onBinary() {}, onGone() {} });
      server.on('upgrade', (request, socket, head) =>
        sockets.upgrade(request, socket, head, new URL('http://hub/script')),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = new WebSocket(`ws://127.0.0.1:${portOf(server)}/script`);
    await once(client, 'open');
    // All in one write to the system.
    Reflect.get(client, '_socket').cork();
    for (let at = 0; at < FRAMES; at++) client.send(`${at}`);
    Reflect.get(client, '_socket').uncork();
    await all;
    clearImmediate(counting);
    client.terminate();
    server.closeAllConnections();
    server.close();
    expect(taken.map(({ text }) => text)).toEqual(Array.from({ length: FRAMES }, (_, at) => `${at}`));
    expect(new Set(taken.map((each) => each.turn)).size).toBe(FRAMES);
  });
});
