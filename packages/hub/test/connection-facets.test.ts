import { asNodeId } from '@livetree/live-set';
import type { HubMessage } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import { notes, rename } from './support/trees.ts';
import { SET, World } from './support/world.ts';

const C1 = asNodeId('c1');
const T1 = asNodeId('t1');
const types = (messages: readonly HubMessage[]): string[] => messages.map(({ type }) => type);
const touchedNotes = [{ id: C1, facets: ['notes'], other: [] }] as const;
const openNotes = (request: string, node = C1) =>
  ({ type: 'open_facet', request, node, facet: 'notes' }) as const;

describe('facets', () => {
  const opened = () => {
    const step = World.inStep();
    step.world.source.facets.set('notes c1', notes('a', 'b'));
    step.world.say(step.id, openNotes('r1'));
    step.world.settle();
    step.wire.deliver();
    return step;
  };

  it('[HUB-17] opening one is answered with its content', () => {
    const { wire } = opened();
    expect(wire.replica.heard).toMatchObject([
      { type: 'facet', request: 'r1', node: 'c1', facet: 'notes', revision: 0, data: notes('a', 'b') },
    ]);
  });

  it('[HUB-17] a change of it follows as a patch, after the skeleton part', () => {
    const { world, wire } = opened();
    world.change([rename('c1', 'Chorus')], touchedNotes, { 'notes c1': notes('b', 'ccc') });
    const heard = wire.deliver();
    expect(types(heard)).toEqual(['patch', 'facet_patch']);
    expect(heard[1]).toMatchObject({ from: 0, to: 1, put: notes('ccc'), remove: ['a'] });
    expect(wire.replica.facets.get('notes c1')).toEqual({ revision: 1, items: notes('b', 'ccc') });
  });

  it('[HUB-17] a second client shares the chain', () => {
    const { world, wire } = opened();
    world.change([], touchedNotes, { 'notes c1': notes('a') });
    const other = world.connect();
    world.hello(other.id, { facets: [{ node: C1, facet: 'notes' }] });
    expect(world.source.questions).toEqual([]);
    world.change([], touchedNotes, { 'notes c1': notes('z') });
    wire.deliver();
    expect(types(other.wire.deliver())).toEqual(['welcome', 'snapshot', 'facet', 'facet_patch']);
    expect(other.wire.replica.facets).toEqual(wire.replica.facets);
  });

  it('[HUB-17] asking again mends a broken chain', () => {
    const { world, id, wire } = opened();
    world.say(id, openNotes('r2'));
    expect(wire.deliver()).toMatchObject([{ type: 'facet', request: 'r2', data: notes('a', 'b') }]);
  });

  it('[HUB-17] a closed one is not followed, nor read again', () => {
    const { world, id, wire } = opened();
    world.say(id, { type: 'close_facet', node: C1, facet: 'notes' });
    world.change([], touchedNotes, { 'notes c1': notes('q') });
    expect(types(wire.deliver())).toEqual(['touched']);
    expect(world.source.questions).toEqual([]);
  });

  it('[HUB-58] a very big one goes whole, also when it changes, and by steps again once it is small', () => {
    const { world, wire } = opened();
    const big = notes(...Array.from({ length: 30 }, (_, at) => `${at} ${'x'.repeat(10_000)}`));
    for (const [items, type] of [
      [big, 'facet'],
      [big.slice(1), 'facet'],
      [notes('a'), 'facet'],
      [notes('b'), 'facet_patch'],
    ] as const) {
      world.change([], touchedNotes, { 'notes c1': items });
      expect(types(wire.deliver())).toEqual([type]);
      expect(wire.replica.facets.get('notes c1')?.items).toEqual(items);
    }
    world.change([], touchedNotes);
    expect(wire.deliver()).toEqual([]);
  });

  it('[HUB-18] an unknown node is said to be unknown', () => {
    const { world, id, wire } = World.inStep();
    world.say(id, openNotes('r', asNodeId('nobody')));
    world.settle();
    expect(wire.deliver()).toMatchObject([{ type: 'result', request: 'r', ok: false, code: 'NODE_UNKNOWN' }]);
  });

  it('[HUB-18] a chain ends with its node', () => {
    const { world, wire } = opened();
    world.change([{ op: 'remove', id: C1 }]);
    expect(types(wire.deliver())).toEqual(['patch']);
    expect(world.board.room(SET)?.facets.get({ node: C1, facet: 'notes' })).toBeUndefined();
  });

  it('[HUB-18] more than may be open are refused', () => {
    const { world, id, wire } = World.inStep({ openFacets: 1 });
    world.say(id, openNotes('r1'));
    world.say(id, openNotes('r2', T1));
    world.say(id, openNotes('r3'));
    world.settle();
    const refused = wire.deliver().filter((message) => message.type === 'result');
    expect(refused).toMatchObject([{ request: 'r2', ok: false, code: 'TOO_MANY_FACETS' }]);
  });

  it('[HUB-11] without a Set there are none', () => {
    const world = new World();
    const { id, wire } = world.connect();
    world.hello(id);
    world.say(id, openNotes('r'));
    expect(wire.deliver()[1]).toMatchObject({ type: 'result', request: 'r', ok: false, code: 'NO_SET' });
  });

  it('[HUB-20] what a client does not watch it hears of at most once a second', () => {
    const { world, wire } = opened();
    const other = [{ id: T1, facets: [], other: ['DeviceChain/Foo'] }];
    world.change([], touchedNotes, { 'notes c1': notes('q') });
    expect(types(wire.deliver())).toEqual(['facet_patch']);
    world.change([], other);
    world.change([], [{ id: C1, facets: ['envelopes'], other: [] }]);
    world.change([], other);
    expect(wire.deliver()).toMatchObject([{ type: 'touched', revision: 2, nodes: ['t1'] }]);
    world.tick(900);
    expect(wire.deliver()).toEqual([]);
    world.tick(100);
    expect(wire.deliver()).toMatchObject([{ type: 'touched', revision: 4, nodes: ['c1', 't1'] }]);
    world.tick(5_000);
    expect(wire.deliver()).toEqual([]);
  });
});
