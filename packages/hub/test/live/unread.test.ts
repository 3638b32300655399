import type { Unsaved } from '@livetree/protocol';
import { afterEach, describe, it } from 'vitest';
import { until } from '../support/until.ts';
import { client, endAll, hub, infoOf, script } from './on-stage.ts';
import { SMALL } from './script.ts';

afterEach(endAll);

describe('what was not read', () => {
  it('[KEEP-7] stands beside the list: the age of the oldest swept value in steps, changes that wait; not once Live is gone', async () => {
    const { port, url } = await hub();
    const live = await script(port);
    await live.stated(SMALL);
    const viewer = await client(port);
    const unsaved = async (): Promise<Unsaved | null> =>
      (await (await fetch(`${url}api/sets/${infoOf(viewer)?.id}/unsaved`)).json()) as Unsaved | null;
    const told = (is: (now: Unsaved) => boolean): Promise<unknown> =>
      until('it is told', async () => {
        const now = await unsaved();
        return now !== null && is(now);
      });
    live.heartbeat({ stats: { sweepOldestSeconds: 7.3, setAside: 0 } });
    await told(({ sweptMs, unknown }) => sweptMs === 10_000 && unknown === 0);
    live.heartbeat({ light: true, stats: { sweepOldestSeconds: 41, setAside: 3 } });
    await told(({ sweptMs, unknown }) => sweptMs === 60_000 && unknown === 3);
    live.socket.terminate();
    await told(({ sweptMs, unknown }) => sweptMs === undefined && unknown === 0);
  });
});
