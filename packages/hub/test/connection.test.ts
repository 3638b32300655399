import { asNodeId } from '@livetree/live-set';
import type { HubMessage } from '@livetree/protocol';
import { asSetId, CLOSE_CODES, PROTOCOL_VERSION } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import { clip, notes, rename, setOf, smallSet, track } from './support/trees.ts';
import { infoOf, SET, World } from './support/world.ts';

const C1 = asNodeId('c1');
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
