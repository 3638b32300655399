/** Output meters: read in Live only while somebody watches them. */
import { connect } from '@livetree/client';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { PYTHON } from './simulator.ts';
import { Stage, until } from './soak/stage.ts';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

describe.skipIf(PYTHON === undefined)('output meters', () => {
  it('[RUN-5] of a track travel as one list of numbers, and reach clients one by one', async () => {
    const stage = await Stage.open();
    ends.push(() => stage.close());
    const watcher = connect(`ws://127.0.0.1:${stage.hub.port}/sync`, { WebSocket, channels: ['ephemeral'] });
    ends.push(() => watcher.close());
    let track: number | undefined;
    stage.relay.hear(({ type, payload }) => {
      if (type === 'events') track ??= payload.names?.find(([name]) => name === 'track_renamed')?.[1];
    });
    await stage.simulator.edit('rename_track', { track: { index: 0 }, name: 'Watched' });
    await until('the track is told', () => track !== undefined);
    const watched = () =>
      stage.viewer.tree?.lists.tracks?.find(({ props }) => 'name' in props && props.name === 'Watched');
    await until('the track is shown', () => watched() !== undefined);
    stage.relay.say({ type: 'observe', payload: { handle: track ?? 0, facet: 'meter' } });
    const levels = () => [...watcher.ephemeral].filter(([key]) => key.startsWith('meter '));
    await until('levels come', () => levels().length > 0);
    for (const [key, { value }] of levels()) {
      expect(key).toMatch(new RegExp(`^meter ${watched()?.id}\\.(left|right|level)$`));
      expect(value).toEqual(expect.any(Number));
    }
    expect(await stage.mended()).toEqual({});
  });
});
