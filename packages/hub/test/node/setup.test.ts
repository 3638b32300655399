import type { Hub, Setup, SetupOutcome } from '@livetree/hub';
import { startHub } from '@livetree/hub';
import { afterEach, describe, expect, it } from 'vitest';
import { Client } from '../support/client.ts';

let hub: Hub | undefined;
let client: Client | undefined;
afterEach(async () => {
  client?.socket.terminate();
  await hub?.close();
  client = hub = undefined;
});

const OPEN = { state: 'open' } as const;
function setupThat(outcome: SetupOutcome): Setup & { installs: number } {
  const setup = {
    installs: 0,
    state: async () => ({ canInstall: true, copied: OPEN, restarted: OPEN, chosen: OPEN }),
    install: async () => {
      setup.installs += 1;
      return outcome;
    },
  };
  return setup;
}

async function connected(setup: Setup | undefined, withToken = true): Promise<{ hub: Hub; client: Client }> {
  hub = await startHub({ port: 0, ...(setup !== undefined && { setup }) });
  client = new Client(hub.port, withToken ? { query: `?token=${hub.token}` } : {});
  await client.opened();
  await client.hello();
  return { hub, client };
}

describe('setting up by the hub', () => {
  it('[INST-17] who may command has the script copied, and hears where it is or why not', async () => {
    const good = setupThat({ ok: true, path: '/lib/LiveTree' });
    const { client } = await connected(good);
    expect(await client.command('install')).toMatchObject({ ok: true, value: '/lib/LiveTree' });
    expect(good.installs).toBe(1);
  });

  it('[INST-17] a refusal has its code and message; without somebody who can install it is UNSUPPORTED', async () => {
    const bad = setupThat({ ok: false, code: 'SCRIPT_CHANGED', message: 'It was changed by hand.' });
    const first = await connected(bad);
    expect(await first.client.command('install')).toMatchObject({
      ok: false,
      code: 'SCRIPT_CHANGED',
      message: 'It was changed by hand.',
    });
    first.client.socket.terminate();
    await first.hub.close();
    const { client } = await connected(undefined);
    expect(await client.command('install')).toMatchObject({ ok: false, code: 'UNSUPPORTED' });
  });

  it('[INST-17] nobody else: no program without the token, no page of another origin', async () => {
    const setup = setupThat({ ok: true, path: '' });
    const { client, hub } = await connected(setup, false);
    expect(await client.command('install')).toMatchObject({ ok: false, code: 'FORBIDDEN' });
    const asked = (origin?: string) =>
      fetch(`http://127.0.0.1:${hub.port}/api/setup`, { headers: origin === undefined ? {} : { origin } });
    expect((await asked('http://evil.example')).status).toBe(403);
    expect(await (await asked()).json()).toMatchObject({
      canInstall: true,
      steps: [{ id: 'copied', state: 'open' }, {}, {}, {}, {}],
    });
    expect((await fetch(`http://127.0.0.1:${hub.port}/api/setup`, { method: 'POST' })).status).toBe(405);
    expect(setup.installs).toBe(0);
  });
});
