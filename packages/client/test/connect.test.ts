import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { Connection, type ConnectOptions, connect } from '../src/connect.ts';
import type { Timers } from '../src/environment.ts';
import { ClientError } from '../src/errors.ts';
import type { ConnectionStatus } from '../src/status.ts';
import { id } from './authority.ts';
import { TestHub } from './hub.ts';

const open: (TestHub | Connection)[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await (thing instanceof TestHub ? thing.stop() : thing.close());
});
async function pair(options: ConnectOptions = {}): Promise<{ hub: TestHub; client: Connection }> {
  const hub = new TestHub();
  const client = connect(await hub.url(), { WebSocket, random: () => 0, ...options });
  open.push(client, hub);
  return { hub, client };
}
const status = (client: Connection, state: ConnectionStatus['state']): Promise<ConnectionStatus> =>
  new Promise((resolve) => {
    if (client.status.state === state) resolve(client.status);
    client.onStatus((now) => now.state === state && resolve(now));
  });
const change = (client: Connection) => new Promise((resolve) => client.onPatch(resolve));

describe('connect', () => {
  it('[CLIENT-14] reads the Set, answers questions about it, follows patches', async () => {
    const { hub, client } = await pair();
    await status(client, 'following');
    expect(client.tree).toEqual(hub.authority.tree.root);
    expect(client.get(id('c-Verse'))?.props).toMatchObject({ name: 'Verse' });
    expect(client.parent(id('c-Verse'))?.id).toBe('t-Bass');
    expect(client.place(id('c-Verse'))).toEqual({ parent: 't-Bass', list: 'clips', index: 0 });
    expect(client.children(id('t-Bass'), 'clips')).toHaveLength(1);
    expect(client.find((node) => node.kind === 'clip')?.id).toBe('c-Verse');
    expect(client.set?.name).toBe('My Set');
    const next = change(client);
    hub.send(hub.authority.edit({ op: 'set', id: id('t-Bass'), props: { mute: true } }));
    expect(await next).toMatchObject({ cause: 'patch', origin: 'file' });
    expect(client.get(id('t-Bass'))?.props).toMatchObject({ mute: true });
  });

  it('[CLIENT-14] comes back after the hub restarted and takes what it missed', async () => {
    const { hub, client } = await pair();
    await status(client, 'following');
    const waiting = status(client, 'waiting');
    hub.authority.edit({ op: 'set', id: id('t-Bass'), props: { mute: true } });
    const next = change(client);
    await hub.stop();
    await hub.start();
    expect(await waiting).toMatchObject({ state: 'waiting', attempt: 1 });
    expect(client.get(id('t-Bass'))).toBeDefined();
    expect(await next).toMatchObject({ cause: 'patch' });
  });

  it('[CLIENT-15] stops for good when the hub refuses it', async () => {
    const hub = new TestHub();
    hub.closeCode = 4406;
    const client = connect(await hub.url(), { WebSocket, random: () => 0 });
    open.push(client, hub);
    expect(await status(client, 'closed')).toMatchObject({ state: 'closed', code: 4406 });
  });

  it('[CLIENT-16] one facet is asked for once and closed with its last view', async () => {
    const { hub, client } = await pair();
    await status(client, 'following');
    const key = { node: id('c-Verse'), facet: 'notes' } as const;
    hub.authority.items.set(key.node, [{ key: 'n1', pitch: 60 }]);
    const [first, second] = [client.open(key), client.open(key)];
    await new Promise<void>((resolve) => first.onChange(resolve));
    expect(second.items).toEqual([{ key: 'n1', pitch: 60 }]);
    first.close();
    expect(second.items).toHaveLength(1);
    second.close();
    expect(second.items).toBeUndefined();
  });

  it('[CLIENT-17] after silence the other end counts as gone; waking tries at once', async () => {
    const timers = handTimers();
    let wake = () => {};
    const onWake = (run: () => void) => {
      wake = run;
      return () => {};
    };
    const { client } = await pair({ timers: timers.timers, random: () => 0.9, onWake });
    await status(client, 'following');
    timers.fire((delayMs) => delayMs > 30_000);
    expect(client.status).toEqual({ state: 'waiting', retryInMs: 225, attempt: 1 });
    wake();
    expect(client.status).toEqual({ state: 'connecting' });
    await status(client, 'following');
  });

  it('[CLIENT-18] says what is missing where there is no WebSocket', () => {
    const native = globalThis.WebSocket;
    try {
      Reflect.deleteProperty(globalThis, 'WebSocket');
      expect(() => new Connection('ws://127.0.0.1:1/sync')).toThrow(ClientError);
    } finally {
      if (native !== undefined) globalThis.WebSocket = native;
    }
  });
});

/** Timers that fire only when told to. */
function handTimers() {
  const waiting = new Map<number, { run: () => void; delayMs: number }>();
  let last = 0;
  const timers: Timers = {
    start: (run, delayMs) => {
      last += 1;
      waiting.set(last, { run, delayMs });
      return last;
    },
    stop: (handle) => {
      waiting.delete(handle as number);
    },
  };
  const fire = (which: (delayMs: number) => boolean) => {
    for (const [handle, timer] of waiting) {
      if (!which(timer.delayMs)) continue;
      waiting.delete(handle);
      timer.run();
    }
  };
  return { timers, fire };
}
