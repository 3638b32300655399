import { spawnSync } from 'node:child_process';
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Hub, HubOptions } from '@livetree/hub';
import { handOver, startHub } from '@livetree/hub';
import { PROTOCOL_VERSION } from '@livetree/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Client } from '../support/client.ts';

const DEMO = fileURLToPath(new URL('../../../../fixtures/demo.als', import.meta.url));
const hubs: Hub[] = [];
const warnings: string[] = [];
let folder: string;
let stateDir: string;

const logger = { info() {}, warn: (line: string) => warnings.push(line), error() {} };
async function hub(options: HubOptions = {}): Promise<Hub> {
  const started = await startHub({ port: 0, single: true, stateDir, logger, ...options });
  hubs.push(started);
  return started;
}
const file = () => join(stateDir, 'hub.json');
const written = async () => JSON.parse(await readFile(file(), 'utf8'));
const write = async (state: object): Promise<void> => {
  await mkdir(stateDir, { recursive: true });
  await writeFile(file(), JSON.stringify(state));
};
/** A process that was there. */
const deadPid = (): number => spawnSync(process.execPath, ['--version']).pid;
const stateOf = (more: object) => ({
  ...{ pid: process.pid, host: '127.0.0.1', port: 9, token: 't', protocol: PROTOCOL_VERSION },
  ...{ url: 'http://127.0.0.1:9/', ...more },
});

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'livetree-single-')));
  stateDir = join(folder, 'state');
  warnings.length = 0;
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((each) => each.close()));
  await rm(folder, { recursive: true, force: true });
});

describe('one hub per user', () => {
  it('[HUB-53] its state tells where it is, and goes with it', async () => {
    const on = await hub();
    expect(await written()).toEqual(stateOf({ port: on.port, token: on.token, url: on.url }));
    await on.close();
    expect(await readdir(stateDir)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('[SEC-14] nobody else can read it', async () => {
    await hub();
    const modes = [(await stat(file())).mode & 0o777, (await stat(stateDir)).mode & 0o777];
    expect(modes).toEqual([0o600, 0o700]);
    expect(await readdir(stateDir)).toEqual(['hub.json']);
  });

  it('[HUB-53] a second one does not start, and says where the first is', async () => {
    const on = await hub();
    await expect(hub()).rejects.toMatchObject({
      code: 'HUB_RUNNING',
      message: expect.stringContaining(on.url),
    });
    expect((await written()).port).toBe(on.port);
    const free = await hub({ single: false });
    expect(free.port).not.toBe(on.port);
  });

  it('[HUB-53] of two that start together one is refused, or both find one', async () => {
    const starts = await Promise.allSettled([hub(), hub(), hub()]);
    const [first, ...more] = starts.filter((start) => start.status === 'fulfilled');
    expect(more).toEqual([]);
    expect((await written()).port).toBe(first?.value.port);
  });

  it('[HUB-53] what a dead process, or no hub, has left is taken over', async () => {
    for (const left of [stateOf({ pid: deadPid() }), stateOf({}), { nonsense: true }]) {
      await write(left);
      const on = await hub();
      expect((await written()).port).toBe(on.port);
      await on.close();
    }
    expect(warnings).toEqual([]);
  });

  it('[HUB-53] a hub of another protocol is left alone', async () => {
    const other = stateOf({ protocol: PROTOCOL_VERSION + 1 });
    await write(other);
    const on = await hub();
    expect(warnings).toEqual([expect.stringContaining('another version')]);
    await on.close();
    expect(await written()).toEqual(other);
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    '[HUB-53] where nothing can be written it runs without, and says so',
    async () => {
      await mkdir(stateDir);
      await chmod(stateDir, 0o500);
      const on = await hub();
      expect(on.port).toBeGreaterThan(0);
      expect(warnings).toEqual([expect.stringContaining('cannot be written')]);
    },
  );
});

describe('handing over', () => {
  it('[HUB-54] the hub that runs opens the Set', async () => {
    const on = await hub();
    const path = join(folder, 'demo.als');
    await copyFile(DEMO, path);
    expect(await handOver(path, stateDir)).toBe(on.url);
    expect(on.sets).toMatchObject([{ path }]);
    const client = await Client.inStep(on.port);
    expect(client.replica.root?.kind).toBe('set');
  });

  it('[HUB-54] what it refuses is an error', async () => {
    await hub();
    await expect(handOver('//server/x.als', stateDir)).rejects.toMatchObject({
      code: 'PATH_REFUSED',
      message: expect.stringMatching(/\.$/),
    });
  });

  it('[HUB-54] without a hub the answer is nothing', async () => {
    expect(await handOver('/x.als', stateDir)).toBeUndefined();
    await write(stateOf({}));
    expect(await handOver('/x.als', stateDir)).toBeUndefined();
    await write(stateOf({ protocol: PROTOCOL_VERSION + 1 }));
    expect(await handOver('/x.als', stateDir)).toBeUndefined();
  });
});
