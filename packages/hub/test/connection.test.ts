import { asNodeId } from '@livetree/live-set';
import type { HubMessage } from '@livetree/protocol';
import { asSetId, CLOSE_CODES, PROTOCOL_VERSION } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import { clip, notes, rename, setOf, smallSet, track } from './support/trees.ts';
import { infoOf, SET, World } from './support/world.ts';

const C1 = asNodeId('c1');
const T1 = asNodeId('t1');
const types = (messages: readonly HubMessage[]): string[] => messages.map(({ type }) => type);
const touchedNotes = [{ id: C1, facets: ['notes'], other: [] }] as const;
const openNotes = (request: string, node = C1) =>
  ({ type: 'open_facet', request, node, facet: 'notes' }) as const;

describe('hello', () => {
  it('[HUB-6] a new client gets a welcome, then a snapshot at a revision', () => {
    const { wire, world } = World.inStep();
    const { replica } = wire;
    const { authority } = world.board.room(SET) ?? {};
    expect(replica.root).toEqual(smallSet());
    expect([replica.epoch, replica.revision, replica.lineage]).toEqual(['epoch 1', 0, authority?.lineage]);
  });

  it('[HUB-6] a client that comes back gets only what it misses', () => {
    const { world, id, wire } = World.inStep();
    world.cut(id);
    world.change([rename('t1', 'A')]);
    world.change([], touchedNotes);
    world.change([rename('t1', 'B')]);
    const { epoch, revision, lineage } = wire.replica;
    if (epoch === undefined || revision === undefined || lineage === undefined)
      throw new Error('no snapshot');
    const again = world.connect(wire.replica);
    world.hello(again.id, { set: SET, epoch, revision, lineage });
    const heard = again.wire.deliver();
    expect(types(heard)).toEqual(['welcome', 'patch', 'patch']);
    expect(heard[0]).toMatchObject({ resume: 'patches', set: SET, hubVersion: '0' });
    expect(wire.replica.root).toEqual(world.source.root);
  });

  it.each([
    ['another epoch', { epoch: 'other' }],
    ['another lineage', { lineage: '0123456789abcdef' }],
    ['a revision of the future', { revision: 99 }],
    ['a revision of facets only', { revision: 2 }],
  ])('[HUB-6] %s is answered with a snapshot', (_, claim) => {
    const { world } = World.inStep();
    world.change([rename('t1', 'A')]);
    world.change([], touchedNotes);
    const authority = world.board.room(SET)?.authority;
    const held = { epoch: 'epoch 1', revision: 1, lineage: authority?.lineage ?? '' };
    const { id, wire } = world.connect();
    world.hello(id, { set: SET, ...held, ...claim });
    world.settle();
    const heard = wire.deliver();
    expect(types(heard)[1]).toBe('snapshot');
    expect(heard[0]).toMatchObject({ resume: 'snapshot' });
    expect(wire.replica.root).toEqual(world.source.root);
  });

  it('[HUB-6] a revision that is no longer kept is answered with a snapshot', () => {
    const { world, id, wire } = World.inStep({ historyPatches: 2 });
    world.cut(id);
    for (const name of ['A', 'B', 'C']) world.change([rename('t1', name)]);
    const { epoch = '', revision = 0, lineage = '' } = wire.replica;
    const again = world.connect(wire.replica);
    world.hello(again.id, { epoch, revision, lineage });
    world.settle();
    expect(types(again.wire.deliver())).toEqual(['welcome', 'snapshot']);
    expect(wire.replica.root).toEqual(world.source.root);
  });

  it('[HUB-7] a change too big for a frame goes as a snapshot', () => {
    const { world, wire } = World.inStep({ queueBytes: 2_000 });
    world.change([rename('t1', 'x'.repeat(3_000))]);
    expect(types(wire.deliver())).toEqual(['snapshot']);
    expect(wire.replica.root).toEqual(world.source.root);
    world.change([rename('t1', 'y')]);
    expect(types(wire.deliver())).toEqual(['patch']);
  });

  it('[HUB-52] a tree that was replaced goes on in the same epoch, to all as a snapshot, with their facets', () => {
    const { world, id, wire } = World.inStep();
    world.source.facets.set('notes c1', notes('a'));
    world.say(id, openNotes('r'));
    world.settle();
    world.change([rename('t1', 'A')]);
    wire.deliver();
    const { lineage } = wire.replica;
    world.source.facets.set('notes c1', notes('b'));
    world.source.replace(setOf(track('t9', 'New', [clip('c1', 'Verse')])));
    world.settle();
    const heard = wire.deliver();
    expect(types(heard)).toEqual(['snapshot', 'facet_patch']);
    expect(heard[0]).toMatchObject({ epoch: 'epoch 1', revision: 2 });
    expect(wire.replica.root).toEqual(world.source.root);
    expect(wire.replica.facets.get('notes c1')?.items).toEqual(notes('b'));
    expect(wire.replica.lineage).not.toBe(lineage);
    world.change([rename('t9', 'B')]);
    expect(types(wire.deliver())).toEqual(['patch']);
    const old = world.connect();
    world.hello(old.id, { epoch: 'epoch 1', revision: 1, lineage: lineage ?? '' });
    expect(old.wire.deliver()[0]).toMatchObject({ resume: 'snapshot' });
  });

  it('[HUB-8] a client that says nothing is closed, one that speaks is not', () => {
    const world = new World();
    const silent = world.connect();
    const speaking = world.connect();
    world.tick(4_900);
    world.hello(speaking.id);
    expect(silent.wire.closed).toBeUndefined();
    world.tick(200);
    expect(silent.wire.closed?.code).toBe(CLOSE_CODES.tooSlow.code);
    expect(speaking.wire.closed).toBeUndefined();
  });

  it('[HUB-8] anything before hello is refused', () => {
    const world = new World();
    const { id, wire } = world.connect();
    world.say(id, openNotes('r'));
    expect(wire.closed?.code).toBe(CLOSE_CODES.badMessage.code);
  });

  it('[HUB-9] another protocol is refused as such, even with fields we do not know', () => {
    const world = new World();
    const [older, newer] = [world.connect(), world.connect()];
    world.hello(older.id, { protocol: PROTOCOL_VERSION - 1 });
    const future = { type: 'hello', protocol: PROTOCOL_VERSION + 1, request: 7, capabilities: [] };
    world.run(world.board.receive(newer.id, JSON.stringify(future)));
    expect([older.wire.closed?.code, newer.wire.closed?.code]).toEqual([4406, 4406]);
  });

  it.each([
    '',
    'null',
    '[]',
    '{',
    '7',
    '{"type":"nonsense"}',
    '{"type":"hello"}',
    '{"type":"hello","protocol":"1"}',
  ])('[HUB-10] the frame %j is refused', (text) => {
    const world = new World();
    const { id, wire } = world.connect();
    world.run(world.board.receive(id, text));
    expect(wire.closed?.code).toBe(CLOSE_CODES.badMessage.code);
    expect(wire.closed?.reason).not.toBe('');
    expect(world.board.receive(id, text)).toEqual([]);
  });

  it('[HUB-11] an unknown Set, or none at all, is answered with the list and nothing else', () => {
    const { world } = World.inStep();
    const stranger = world.connect();
    world.hello(stranger.id, { set: asSetId('nobody') });
    world.settle();
    const [welcome, ...rest] = stranger.wire.deliver();
    expect(welcome).toMatchObject({ resume: 'nothing', sets: [{ id: SET }] });
    expect(welcome).not.toHaveProperty('set');
    expect(rest).toEqual([]);

    const empty = new World();
    const early = empty.connect();
    empty.hello(early.id);
    expect(early.wire.deliver()).toMatchObject([{ resume: 'nothing', sets: [] }]);
    empty.run(empty.board.describe(infoOf()));
    expect(types(early.wire.deliver())).toEqual(['status']);
  });

  it('[HUB-11] a Set that is still being read brings its snapshot later', () => {
    const world = new World();
    world.run(world.board.describe(infoOf(SET, { file: { state: 'reading' } })));
    const { id, wire } = world.connect();
    world.hello(id);
    expect(wire.deliver()).toMatchObject([{ type: 'welcome', set: SET, resume: 'snapshot' }]);
    world.source.load('epoch 1');
    world.settle();
    expect(types(wire.deliver())).toEqual(['status', 'snapshot']);
    expect(wire.replica.root).toEqual(smallSet());
  });

  it('[HUB-12] a second hello leaves the first Set and its facets', () => {
    const { world, id, wire } = World.inStep();
    world.say(id, openNotes('r'));
    world.settle();
    const other = asSetId('0ther');
    world.run(world.board.describe(infoOf(other)));
    world.hello(id, { set: other });
    wire.deliver();
    world.change([rename('t1', 'A')], touchedNotes, { 'notes c1': notes('a') });
    expect(wire.deliver()).toEqual([]);
    expect(world.board.room(SET)?.facets.get({ node: C1, facet: 'notes' })).toBeUndefined();
  });

  it('[HUB-13] one packed snapshot serves all clients, and patches lead on from it', () => {
    const { world } = World.inStep();
    world.change([rename('t1', 'A')]);
    const clients = [world.connect(), world.connect()];
    for (const { id } of clients) world.hello(id);
    expect(world.source.questions).toEqual([]);
    for (const { wire } of clients) {
      expect(types(wire.deliver())).toEqual(['welcome', 'snapshot', 'patch']);
      expect(wire.replica.root).toEqual(world.source.root);
    }
  });

  it('[HUB-13] clients that wait together cause one packing', () => {
    const world = new World();
    world.source.load('epoch 1');
    world.settle();
    for (let i = 0; i < 3; i++) world.hello(world.connect().id);
    expect(world.source.questions).toHaveLength(1);
  });

  it('[HUB-24] a new line of revisions brings a new epoch and a snapshot to all, with their facets', () => {
    const { world, id, wire } = World.inStep();
    world.say(id, openNotes('r'));
    world.settle();
    wire.deliver();
    world.source.facets.set('notes c1', notes('new'));
    world.source.load('epoch 2');
    world.settle();
    expect(types(wire.deliver())).toEqual(['snapshot', 'facet']);
    expect([wire.replica.epoch, wire.replica.revision]).toEqual(['epoch 2', 0]);
    expect(wire.replica.facets.get('notes c1')?.items).toEqual(notes('new'));
  });
});

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

describe('beside the chains', () => {
  it('[HUB-21] a heartbeat tells both revisions', () => {
    const { world, wire } = World.inStep();
    world.change([rename('t1', 'A')]);
    world.change([], touchedNotes);
    wire.deliver();
    world.tick(14_999);
    expect(types(wire.deliver())).not.toContain('heartbeat');
    world.tick(1);
    expect(wire.deliver()).toMatchObject([{ type: 'heartbeat', set: SET, revision: 2, skeleton: 1 }]);
    world.tick(1);
    expect(wire.deliver()).toEqual([]);
  });

  it('[RT-8] a client without a tree to follow gets a sign of life as often', () => {
    const world = new World();
    world.announce();
    const { id, wire } = world.connect();
    world.hello(id);
    wire.deliver();
    world.tick(14_999);
    expect(wire.deliver()).toEqual([]);
    world.tick(1);
    expect(wire.deliver()).toMatchObject([{ type: 'status' }]);
    world.tick(15_000);
    expect(wire.deliver()).toMatchObject([{ type: 'status' }]);
  });

  it('[HUB-22] open_path goes to the shell, and its answer back', () => {
    const { world, id, wire } = World.inStep();
    const path = '/music/My Set.als';
    world.say(id, { type: 'command', request: 'r', name: 'open_path', args: { path } });
    expect(world.opened).toEqual([{ do: 'open_path', client: id, request: 'r', path }]);
    world.run(world.board.answer(id, { type: 'result', request: 'r', ok: true, value: 'x' }));
    expect(wire.deliver()).toEqual([{ type: 'result', request: 'r', ok: true, value: 'x' }]);
  });

  it('[HUB-22] bad arguments are refused', () => {
    const { world, id, wire } = World.inStep();
    world.say(id, { type: 'command', request: 'a', name: 'dismiss', args: {} });
    world.say(id, { type: 'command', request: 'b', name: 'open_path', args: { path: 7 } });
    expect(wire.deliver()).toMatchObject([
      { request: 'a', ok: false, code: 'BAD_ARGUMENTS' },
      { request: 'b', ok: false, code: 'BAD_ARGUMENTS' },
    ]);
  });

  it('[HUB-22] subscriptions are taken', () => {
    const { world, id, wire } = World.inStep();
    world.say(id, { type: 'subscribe', channels: ['log', 'ephemeral'] });
    world.say(id, { type: 'subscribe', channels: [] });
    expect([wire.closed, wire.deliver()]).toEqual([undefined, []]);
  });

  it('[HUB-23] all clients hear when something is new about a Set, and only then', () => {
    const { world, wire } = World.inStep();
    const info = infoOf(SET, { file: { state: 'broken', problem: 'It cannot be read.' } });
    world.run(world.board.describe(info));
    expect(wire.deliver()).toEqual([{ type: 'status', sets: [info] }]);
    world.run(world.board.describe(info));
    expect(wire.deliver()).toEqual([]);
  });

  it('[HUB-25] a client that is gone gets nothing', () => {
    const { world, id, wire } = World.inStep();
    world.cut(id);
    world.change([rename('t1', 'A')]);
    expect([wire.deliver(), world.board.receive(id, '{}')]).toEqual([[], []]);
  });
});
