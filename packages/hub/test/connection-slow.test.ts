import { asNodeId } from '@livetree/live-set';
import type { HubMessage } from '@livetree/protocol';
import { CLOSE_CODES } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import { notes, rename, track } from './support/trees.ts';
import { infoOf, SET, World } from './support/world.ts';

const C1 = asNodeId('c1');
const types = (messages: readonly HubMessage[]): string[] => messages.map(({ type }) => type);
const touchedNotes = [{ id: C1, facets: ['notes'], other: [] }] as const;
const openNotes = (request: string, node = C1) =>
  ({ type: 'open_facet', request, node, facet: 'notes' }) as const;

describe('slow clients', () => {
  const LIMITS = { queueBytes: 1_000, historyPatches: 3 };
  const stall = (world: World, times: number): void => {
    for (let i = 0; i < times; i++) world.change([rename('t1', `${i} ${'z'.repeat(300)}`)]);
  };

  it('[HUB-15] over the limit nothing more is sent; the others never wait', () => {
    const { world, wire } = World.inStep(LIMITS);
    const fast = world.connect();
    world.hello(fast.id);
    fast.wire.deliver();
    for (let i = 0; i < 20; i++) {
      stall(world, 1);
      fast.wire.deliver();
      expect(fast.wire.replica.revision).toBe(world.board.room(SET)?.authority?.revision);
    }
    expect(wire.bytes).toBeLessThan(2_500);
    expect(fast.wire.replica.root).toEqual(world.source.root);
  });

  it('[HUB-15] once drained it gets a snapshot when its patches are gone', () => {
    const { world, wire } = World.inStep(LIMITS);
    stall(world, 20);
    wire.deliver();
    world.tick(250);
    world.settle();
    expect(types(wire.deliver()).at(-1)).toBe('snapshot');
    expect(wire.replica.root).toEqual(world.source.root);
  });

  it('[HUB-15] once drained it gets the patches when they are kept', () => {
    const { world, wire } = World.inStep({ ...LIMITS, historyPatches: 50 });
    stall(world, 5);
    wire.deliver();
    for (let i = 0; i < 5; i++) {
      world.tick(250);
      expect(types(wire.deliver())).not.toContain('snapshot');
    }
    expect(wire.replica.root).toEqual(world.source.root);
  });

  it('[HUB-47] its patches wait as one: from the first to the last, each property with its last value', () => {
    const { world, wire } = World.inStep({ ...LIMITS, historyPatches: 50 });
    stall(world, 20);
    const first = wire.deliver().length;
    const sent = world.board.tally.patches;
    world.change([rename('t2', 'Bells')]);
    const [patch, ...rest] = wire.deliver();
    const authority = world.board.room(SET)?.authority;
    expect(rest).toEqual([]);
    expect(patch).toMatchObject({
      ...{ type: 'patch', from: first, to: 21, lineage: authority?.lineage, merged: 21 - first },
      ops: [
        { op: 'set', id: 't1', props: { name: `19 ${'z'.repeat(300)}` } },
        { op: 'set', id: 't2', props: { name: 'Bells' } },
      ],
    });
    expect(JSON.stringify(patch)).not.toContain('was');
    expect(wire.replica.root).toEqual(world.source.root);
    expect(world.board.tally).toMatchObject({ patches: sent + 1, merged: 21 - first, resyncs: 0 });
  });

  it('[HUB-47] what cancels out leaves a patch without ops, and the chain goes on', () => {
    const { world, wire } = World.inStep({ ...LIMITS, historyPatches: 50 });
    stall(world, 3);
    const place = { parent: asNodeId('set'), list: 'tracks', index: 0 } as const;
    for (let i = 0; i < 3; i++) {
      world.change([{ op: 'insert', ...place, node: track(`n${i}`, 'x'.repeat(300)) }]);
      world.change([{ op: 'remove', id: asNodeId(`n${i}`) }]);
    }
    const before = wire.deliver().length;
    world.tick(250);
    const [patch] = wire.deliver();
    expect([before, patch]).toMatchObject([3, { from: 3, to: 9, merged: 6, ops: [] }]);
    expect(wire.replica.root).toEqual(world.source.root);
    world.change([rename('t2', 'Bells')]);
    expect(types(wire.deliver())).toEqual(['patch']);
  });

  it('[HUB-47] merged and still over the limit, or too much to merge, they are dropped for one snapshot', () => {
    for (const more of [{}, { mergeBytes: 1_000 }]) {
      const { world, wire } = World.inStep({ ...LIMITS, ...more, historyPatches: 50, snapshotTailBytes: 0 });
      stall(world, 6);
      if (Object.keys(more).length === 0)
        for (const id of ['t1', 't2', 'c1', 'set'] as const)
          world.change([{ op: 'set', id: asNodeId(id), props: { annotation: 'z'.repeat(400) } }]);
      wire.deliver();
      world.tick(250);
      world.settle();
      expect(types(wire.deliver())).toEqual(['snapshot']);
      expect(wire.replica.root).toEqual(world.source.root);
      expect(world.board.tally.resyncs).toBe(1);
    }
  });

  it('[HUB-47] who has taken a merged patch comes back and gets only what it misses', () => {
    const { world, id, wire } = World.inStep({ ...LIMITS, historyPatches: 50 });
    stall(world, 8);
    wire.deliver();
    world.tick(250);
    expect(wire.deliver()).toMatchObject([{ type: 'patch', to: 8 }]);
    world.cut(id);
    world.change([rename('t2', 'Bells')]);
    const { epoch = '', revision = 0, lineage = '' } = wire.replica;
    const again = world.connect(wire.replica);
    world.hello(again.id, { epoch, revision, lineage });
    expect(types(again.wire.deliver())).toEqual(['welcome', 'patch']);
    expect(wire.replica.root).toEqual(world.source.root);
  });

  it('[HUB-47] changes of a facet are merged by key', () => {
    const { world, id, wire } = World.inStep({ ...LIMITS, historyPatches: 50 });
    world.source.facets.set('notes c1', notes('a', 'b'));
    world.say(id, openNotes('r'));
    world.settle();
    wire.deliver();
    stall(world, 6);
    world.change([], touchedNotes, { 'notes c1': notes('b', 'cc') });
    world.change([], touchedNotes, { 'notes c1': notes('b', 'ddd') });
    world.change([], touchedNotes, { 'notes c1': notes('b', 'ddd', 'cc') });
    wire.deliver();
    world.tick(250);
    const heard = wire.deliver();
    expect(types(heard)).toEqual(['patch', 'facet_patch']);
    expect(heard[1]).toMatchObject({ from: 0, to: 9, put: notes('ddd', 'cc'), remove: ['a'] });
    expect(wire.replica.facets.get('notes c1')).toEqual({ revision: 9, items: notes('b', 'ddd', 'cc') });
  });

  it('[HUB-15] its facets and the state of the Sets come when it is drained', () => {
    const { world, id, wire } = World.inStep(LIMITS);
    world.say(id, openNotes('r'));
    world.settle();
    stall(world, 20);
    world.change([], touchedNotes, { 'notes c1': notes('a') });
    world.change([], touchedNotes, { 'notes c1': notes('a', 'b') });
    world.run(world.board.describe(infoOf(SET, { name: 'Renamed' })));
    wire.deliver();
    world.tick(250);
    world.settle();
    wire.deliver();
    world.tick(250);
    const heard = wire.deliver();
    expect(wire.replica.facets.get('notes c1')?.items).toEqual(notes('a', 'b'));
    expect([...wire.replica.heard, ...heard].findLast(({ type }) => type === 'status')).toMatchObject({
      sets: [{ name: 'Renamed' }],
    });
  });

  it('[HUB-16] without progress for 30 s it is closed', () => {
    const { world, wire } = World.inStep(LIMITS);
    stall(world, 20);
    world.tick(0);
    world.tick(30_000);
    expect(wire.closed).toBeUndefined();
    world.tick(1);
    expect(wire.closed?.code).toBe(CLOSE_CODES.tooSlow.code);
  });

  it('[HUB-16] slow, but alive: a shrinking queue is given time', () => {
    const { world, wire } = World.inStep(LIMITS);
    stall(world, 20);
    world.source.load('epoch 2');
    world.settle();
    wire.inFlight.push(...Array.from({ length: 10 }, () => 'x'.repeat(300)));
    for (let i = 0; i < 6; i++) {
      world.tick(20_000);
      wire.inFlight.pop();
      expect(wire.closed).toBeUndefined();
    }
  });
});
