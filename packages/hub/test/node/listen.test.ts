import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { HUB_PORTS, listen } from '../../src/node/listen.ts';

const HOST = '127.0.0.1';
const servers: ReturnType<typeof createServer>[] = [];
const server = () => {
  const made = createServer();
  servers.push(made);
  return made;
};

afterEach(async () => {
  await Promise.all(servers.splice(0).map((each) => new Promise((resolve) => each.close(resolve))));
});

describe('ports', () => {
  it('[HUB-40] the first free one of a range is taken; when none is free it says so', async () => {
    const range = [await listen(server(), HOST, 0), await listen(server(), HOST, 0)];
    const last = server();
    range.push(await listen(last, HOST, 0));
    await new Promise((resolve) => last.close(resolve));
    expect(await listen(server(), HOST, range[0] ?? 0, range)).toBe(range[2]);
    const refused = listen(server(), HOST, range[0] ?? 0, range);
    const message = expect.stringContaining(`${range[0]} to ${range[2]}`);
    await expect(refused).rejects.toMatchObject({ code: 'PORTS_TAKEN', message });
  });

  it('[HUB-40] the hub has the ports 8765 to 8769', () => {
    expect(HUB_PORTS).toEqual([8765, 8766, 8767, 8768, 8769]);
  });

  it('[HUB-40] another port is taken alone', async () => {
    const first = await listen(server(), HOST, 0);
    await expect(listen(server(), HOST, first)).rejects.toMatchObject({ code: 'PORT_TAKEN' });
  });
});
