import type { Command, HubMessage } from '@livetree/protocol';
import { SYNC_LIMITS } from '@livetree/protocol';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { CommandOutcome, Question } from '../src/command-book.ts';
import { CommandBook } from '../src/command-book.ts';
import { type Connection, connect } from '../src/connect.ts';
import { base64, PART_BYTES, upload } from '../src/upload.ts';
import { id, SET, setInfo } from './authority.ts';
import { TestHub } from './hub.ts';

const open: (TestHub | Connection)[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await (thing instanceof TestHub ? thing.stop() : thing.close());
});
async function following(): Promise<{ hub: TestHub; client: Connection }> {
  const hub = new TestHub();
  const client = connect(await hub.url(), { WebSocket, random: () => 0 });
  open.push(client, hub);
  await until(client, 'following');
  return { hub, client };
}
const until = (client: Connection, state: string): Promise<void> =>
  new Promise((resolve) => {
    if (client.status.state === state) resolve();
    client.onStatus((status) => status.state === state && resolve());
  });
const refusal = ({ request }: Command): HubMessage => ({
  type: 'result',
  request,
  ok: false,
  code: 'PATH_REFUSED',
  message: 'The path must be absolute.',
});

describe('commands', () => {
  it('[CLIENT-19] are answered with what the hub says, good or bad', async () => {
    const { hub, client } = await following();
    expect(await client.openPath('/Sets/demo.als')).toEqual({ ok: true, value: SET });
    expect(hub.authority.commands[0]).toMatchObject({ name: 'open_path', args: { path: '/Sets/demo.als' } });
    hub.authority.reply = refusal;
    expect(await client.openPath('demo.als')).toEqual({
      ok: false,
      code: 'PATH_REFUSED',
      message: 'The path must be absolute.',
    });
  });

  it('[CLIENT-19] without a connection nothing is sent', async () => {
    const { hub, client } = await following();
    const lost = until(client, 'waiting');
    await hub.stop();
    await lost;
    expect(await client.openPath('/a.als')).toMatchObject({ ok: false, code: 'NOT_CONNECTED' });
    await hub.start();
    await until(client, 'following');
    expect(hub.authority.commands).toEqual([]);
  });

  it('[CLIENT-19] one under way when the connection breaks is lost, and not sent again', async () => {
    const { hub, client } = await following();
    const asked = new Promise<void>((resolve) => {
      hub.authority.reply = () => {
        resolve();
        return undefined;
      };
    });
    const answer = client.openPath('/a.als');
    await asked;
    await hub.stop();
    expect(await answer).toMatchObject({ ok: false, code: 'CONNECTION_LOST' });
    await hub.start();
    await until(client, 'following');
    expect(hub.authority.commands).toHaveLength(1);
  });

  it('[CLIENT-19] what is not answered in time fails; a late answer goes nowhere', async () => {
    let fire = () => {};
    const book = new CommandBook({
      start: (run) => {
        fire = run;
        return 1;
      },
      stop: () => {},
    });
    const answer = book.ask({ name: 'open_path', args: { path: '/a.als' } }, 5, () => {});
    fire();
    expect(await answer).toMatchObject({ ok: false, code: 'NO_ANSWER' });
    expect(book.take({ type: 'result', request: 'c1', ok: true })).toBe(false);
  });
});

describe('a Set as bytes', () => {
  const sizes = [0, 1, PART_BYTES, PART_BYTES + 1, 3 * PART_BYTES - 2];
  const good: CommandOutcome = { ok: true, value: 'set-1' };

  it('[CLIENT-20] goes in parts, in order, each after the answer to the last', async () => {
    for (const size of sizes) {
      const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 7) % 256);
      const asked: Question[] = [];
      const shares: number[] = [];
      const ask = async (question: Question) => {
        asked.push(question);
        return good;
      };
      const file = { name: 'a.als', bytes, onProgress: (share: number) => void shares.push(share) };
      expect(await upload(file, ask)).toBe(good);
      const parts = asked.map(({ args }) => args['part']);
      expect(parts).toEqual(parts.map((_, index) => index));
      expect(new Set(asked.map(({ args }) => args['parts']))).toEqual(new Set([asked.length]));
      const back = Buffer.concat(asked.map(({ args }) => Buffer.from(String(args['data']), 'base64')));
      expect(back.equals(bytes)).toBe(true);
      for (const question of asked)
        expect(JSON.stringify(question).length).toBeLessThan(SYNC_LIMITS.frameBytes);
      expect(shares).toHaveLength(asked.length - 1);
    }
  });

  it('[CLIENT-20] ends with the first refusal; what is too big is not begun', async () => {
    const bytes = new Uint8Array(2 * PART_BYTES);
    let asked = 0;
    const ask = async (): Promise<CommandOutcome> => {
      asked += 1;
      return { ok: false, code: 'FORBIDDEN', message: 'no' };
    };
    expect(await upload({ name: 'a.als', bytes }, ask)).toMatchObject({ code: 'FORBIDDEN' });
    expect(asked).toBe(1);
    const big = new Uint8Array(SYNC_LIMITS.openBytes + 1);
    expect(await upload({ name: 'a.als', bytes: big }, ask)).toMatchObject({ code: 'TOO_BIG' });
    expect(asked).toBe(1);
  });

  it('[CLIENT-20] is base64 as everyone reads it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      }),
    );
  });
});

describe('diagnostics', () => {
  it('[CLIENT-21] count what came, and tell a resync from a chosen Set and a lost connection', async () => {
    const { hub, client } = await following();
    const changed = () => new Promise((resolve) => client.onPatch(resolve));
    const patched = changed();
    hub.send(hub.authority.edit({ op: 'set', id: id('t-Bass'), props: { mute: true } }));
    await patched;
    expect(client.diagnostics).toMatchObject({ epoch: 'e1', revision: 1, lineage: 'e1:1', nodes: 3 });
    expect(client.diagnostics.counts).toMatchObject({
      opened: 1,
      snapshots: 1,
      patches: 1,
      ops: 1,
      resyncs: 0,
    });

    hub.authority.edit({ op: 'set', id: id('t-Bass'), props: { mute: false } });
    const again = changed();
    hub.send(hub.authority.edit({ op: 'set', id: id('t-Bass'), props: { solo: true } }));
    await again;
    expect(client.diagnostics.counts.resyncs).toBe(1);

    const lost = until(client, 'waiting');
    await hub.stop();
    await lost;
    await hub.start();
    await until(client, 'following');
    expect(client.diagnostics.counts).toMatchObject({ opened: 2, resyncs: 1 });
    expect(client.diagnostics.lastLoss).toMatch(/^code \d+/);

    const other = setInfo('Other', 'set-2' as typeof SET);
    hub.send({ type: 'status', sets: [setInfo(), other] });
    const chosen = until(client, 'connecting');
    client.choose(other.id);
    await chosen;
    expect(client.diagnostics.counts.resyncs).toBe(1);
  });
});
