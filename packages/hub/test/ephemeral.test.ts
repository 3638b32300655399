import { asNodeId } from '@livetree/live-set';
import type { HubMessage } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import type { EphemeralValue } from '../src/ephemeral.ts';
import { EphemeralBoard } from '../src/ephemeral.ts';
import { rename } from './support/trees.ts';
import { SET, World } from './support/world.ts';

const C1 = asNodeId('c1');
const ROOT = asNodeId('set');
const playing = (value: boolean | null): EphemeralValue => ({
  key: 'playing c1',
  node: C1,
  value,
  kind: 'state',
});
const playhead = (value: number | null): EphemeralValue => ({
  key: 'playhead',
  node: ROOT,
  value,
  kind: 'sampled',
});
const told = (heard: readonly HubMessage[]) =>
  heard.flatMap((message) =>
    message.type === 'ephemeral'
      ? [Object.fromEntries(message.values.map(({ key, value }) => [key, value]))]
      : [],
  );

function listening(limits = {}) {
  const step = World.inStep(limits);
  const put = (...values: EphemeralValue[]) => step.world.run(step.world.board.putEphemeral(SET, values));
  const subscribe = (id = step.id) => step.world.say(id, { type: 'subscribe', channels: ['ephemeral'] });
  return { ...step, put, subscribe };
}

describe('ephemeral values', () => {
  it('[HUB-57] who subscribes gets all current keys, then what changes; others get nothing', () => {
    const { world, wire, put, subscribe } = listening();
    put(playing(true), playhead(4));
    expect(wire.deliver()).toEqual([]);
    subscribe();
    expect(wire.deliver()).toEqual([
      {
        type: 'ephemeral',
        set: SET,
        values: [
          { key: 'playing c1', node: C1, value: true },
          { key: 'playhead', node: ROOT, value: 4 },
        ],
      },
    ]);
    put(playing(true), playhead(5));
    expect(told(wire.deliver())).toEqual([{ playhead: 5 }]);
    expect(world.board.room(SET)?.authority?.revision).toBe(0);
  });

  it('[HUB-57] a sampled value ends after 5 s without one, a state does not; the same value keeps it alive', () => {
    const { world, wire, put, subscribe } = listening();
    subscribe();
    put(playing(true), playhead(4));
    wire.deliver();
    world.tick(4_000);
    put(playhead(4));
    world.tick(4_999);
    expect(told(wire.deliver())).toEqual([]);
    world.tick(1);
    expect(told(wire.deliver())).toEqual([{ playhead: null }]);
    world.tick(60_000);
    expect(told(wire.deliver())).toEqual([]);
  });

  it('[HUB-57] a state ends when it is replaced, with its node, and with its source', () => {
    const { world, wire, put, subscribe } = listening();
    subscribe();
    put(playing(true), { ...playing(true), key: 'recording', node: ROOT });
    put(playing(false));
    wire.deliver();
    world.change([rename('c1', 'still there')]);
    expect(told(wire.deliver())).toEqual([]);
    world.change([{ op: 'remove', id: C1 }]);
    expect(told(wire.deliver())).toEqual([{ 'playing c1': null }]);
    world.run(world.board.endEphemeral(SET));
    expect(told(wire.deliver())).toEqual([{ recording: null }]);
  });

  it('[HUB-57] for a slow client they are merged by key', () => {
    const { world, wire, put, subscribe } = listening({ queueBytes: 300 });
    subscribe();
    world.change([rename('t1', 'x'.repeat(300))]);
    world.settle();
    for (let beat = 0; beat < 50; beat++) put(playhead(beat));
    put(playing(true));
    put(playing(null));
    expect(told(wire.deliver())).toEqual([]);
    world.tick(250);
    world.settle();
    wire.deliver();
    world.tick(250);
    expect(told([...wire.replica.heard, ...wire.deliver()])).toEqual([{ playhead: 49, 'playing c1': null }]);
  });

  it('[HUB-57] a new subscriber does not hear of what has ended', () => {
    const { world, put, subscribe } = listening();
    put(playing(true), playhead(1));
    put(playing(null));
    const { id, wire } = world.connect();
    world.hello(id);
    subscribe(id);
    expect(told(wire.deliver())).toEqual([{ playhead: 1 }]);
  });

  it('[HUB-57] what has ended is forgotten once all have heard', () => {
    const board = new EphemeralBoard();
    board.put([playing(true), playhead(1)], 0);
    board.put([playing(null)], 0);
    expect(board.after(2, false)).toHaveLength(1);
    board.forget(2);
    expect(board.after(0, false)).toHaveLength(2);
    board.forget(3);
    expect(board.after(0, false)).toEqual([{ key: 'playhead', node: ROOT, value: 1 }]);
  });
});
