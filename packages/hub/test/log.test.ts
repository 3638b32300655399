import type { Sentence } from '@livetree/live-set';
import { asNodeId } from '@livetree/live-set';
import type { Entry, HubMessage, Telling } from '@livetree/protocol';
import { SYNC_LIMITS } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import { tellSave } from '../src/telling.ts';
import { rename } from './support/trees.ts';
import { SET, World } from './support/world.ts';

const telling = (save: string): Telling => ({
  save,
  names: ['track_renamed'],
  nodes: [asNodeId('t1')],
  sentences: [save],
});
const saved = (world: World, name: string): void =>
  world.change([rename('t1', name)], [], {}, telling(`Bass: renamed "${name}"`));
const entries = (messages: readonly HubMessage[]): Entry[] =>
  messages.filter((message): message is Entry => message.type === 'entry');
const saves = (messages: readonly HubMessage[]) => entries(messages).map(({ save }) => save);
const subscribe = { type: 'subscribe', channels: ['log'] } as const;

describe('the log', () => {
  it('[HUB-44] who subscribed hears of each save, after the patch that shows it', () => {
    const { world, id, wire } = World.inStep();
    world.say(id, subscribe);
    saved(world, 'A');
    const heard = wire.deliver();
    expect(heard.map(({ type }) => type)).toEqual(['patch', 'entry']);
    expect(heard[1]).toEqual({
      ...{ type: 'entry', set: SET, revision: 1, time: 0, origin: 'file' },
      ...telling('Bass: renamed "A"'),
    });
  });

  it('[GAME-5] what is deleted from the history is told to nobody who comes later', () => {
    const { world, id, wire } = World.inStep();
    for (const name of ['A', 'B']) saved(world, name);
    world.board.forgetLog(SET);
    saved(world, 'C');
    world.say(id, subscribe);
    expect(saves(wire.deliver())).toEqual(['Bass: renamed "C"']);
  });

  it('[HUB-91] a change does not wait for its words; they come after it, once, with its revision', () => {
    const { world, id, wire } = World.inStep();
    world.say(id, subscribe);
    world.change([rename('t1', 'A')]);
    expect(wire.deliver().map(({ type }) => type)).toEqual(['patch']);
    world.run(world.board.tell(SET, telling('Bass: renamed "A"')));
    world.run(world.board.tell(SET, telling('of nothing')));
    expect(entries(wire.deliver())).toMatchObject([{ revision: 1, save: 'Bass: renamed "A"' }]);
    world.change([rename('t1', 'B')]);
    world.source.load('epoch 2');
    world.settle();
    world.run(world.board.tell(SET, telling('of a tree that is gone')));
    expect(entries(wire.deliver())).toEqual([]);
  });

  it('[HUB-44] who did not subscribe, or does no longer, hears nothing', () => {
    const { world, id, wire } = World.inStep();
    saved(world, 'A');
    world.say(id, subscribe);
    world.say(id, { type: 'subscribe', channels: ['ephemeral'] });
    wire.deliver();
    saved(world, 'B');
    expect(wire.deliver().map(({ type }) => type)).toEqual(['patch']);
  });

  it('[HUB-45] a new subscriber gets the recent entries first, marked, oldest first', () => {
    const { world } = World.inStep();
    saved(world, 'A');
    saved(world, 'B');
    const { id, wire } = world.connect();
    world.hello(id);
    world.say(id, subscribe);
    saved(world, 'C');
    const found = entries(wire.deliver());
    expect(found.map(({ save, recent }) => [save, recent])).toEqual([
      ['Bass: renamed "A"', true],
      ['Bass: renamed "B"', true],
      ['Bass: renamed "C"', undefined],
    ]);
    expect(found[0]).toMatchObject({ set: SET, revision: 1, nodes: ['t1'] });
  });

  it('[HUB-45] a second hello for the same Set does not bring them again', () => {
    const { world, id, wire } = World.inStep();
    saved(world, 'A');
    world.say(id, subscribe);
    wire.deliver();
    world.hello(id);
    world.say(id, subscribe);
    expect(entries(wire.deliver())).toEqual([]);
    saved(world, 'B');
    expect(saves(wire.deliver())).toEqual(['Bass: renamed "B"']);
  });

  it('[HUB-45] their number and bytes are bounded', () => {
    const { world } = World.inStep({ logEntries: 3 });
    for (const name of ['A', 'B', 'C', 'D', 'E']) saved(world, name);
    const { id, wire } = world.connect();
    world.hello(id);
    world.say(id, subscribe);
    expect(saves(wire.deliver())).toEqual(['C', 'D', 'E'].map((name) => `Bass: renamed "${name}"`));

    const small = World.inStep({ logBytes: 1_000 });
    for (let i = 0; i < 9; i++) saved(small.world, `${i} ${'x'.repeat(100)}`);
    small.world.say(small.id, subscribe);
    small.wire.deliver();
    const bytes = entries(small.wire.replica.heard).map((entry) => JSON.stringify(entry).length);
    expect(bytes.length).toBeGreaterThan(0);
    expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(1_100);
  });

  it('[HUB-45] it goes on when a new line of revisions begins', () => {
    const { world, id, wire } = World.inStep();
    world.say(id, subscribe);
    saved(world, 'A');
    world.source.load('epoch 2');
    world.settle();
    saved(world, 'B');
    expect(saves(wire.deliver())).toEqual(['Bass: renamed "A"', 'Bass: renamed "B"']);
  });

  it('[HUB-44] a slow client gets its entries once it is drained, and the fast ones never wait', () => {
    const { world, id, wire } = World.inStep({ queueBytes: 800, logEntries: 4 });
    world.say(id, subscribe);
    for (let i = 0; i < 12; i++) saved(world, `${i}`);
    const before = saves(wire.deliver()).length;
    expect(before).toBeLessThan(6);
    for (let i = 0; i < 9; i++) {
      world.tick(250);
      wire.deliver();
    }
    expect(saves(wire.replica.heard).slice(-4)).toEqual([8, 9, 10, 11].map((i) => `Bass: renamed "${i}"`));
    expect(wire.replica.root).toEqual(world.source.root);
  });

  it('[HUB-44] a save that changed nothing is told, and makes no revision', () => {
    const { world, id, wire } = World.inStep();
    world.say(id, subscribe);
    world.change([], [], {}, telling('No changes'));
    expect(wire.deliver()).toMatchObject([{ type: 'entry', revision: 0, save: 'No changes' }]);
  });
});

describe('what is told of a save', () => {
  const sentence = (text: string, ...nodes: readonly string[]): Sentence => ({
    text,
    nodes: nodes.map(asNodeId),
    kind: 'mute',
    minor: false,
    places: ['Bass'],
  });
  const story = (told: readonly Sentence[]) => ({ told, ops: [], touched: [], kindOf: () => undefined });

  it('[HUB-44] headline, names, nodes and sentences', () => {
    const ops = [{ op: 'set', id: asNodeId('t1'), props: { mute: true } }] as const;
    const told = [sentence('Bass: muted', 't1'), sentence('Bass: renamed', 't1', 'c1')];
    expect(tellSave({ told, ops, touched: [], kindOf: () => 'track' })).toEqual({
      save: '2 changes: Bass',
      names: ['track_muted'],
      nodes: ['t1', 'c1'],
      sentences: ['Bass: muted', 'Bass: renamed'],
    });
  });

  it('[HUB-46] an entry is bounded; what is over the limit is counted', () => {
    const most = SYNC_LIMITS.entrySentences;
    const told = Array.from({ length: most + 10 }, (_, at) => sentence(`s${at}`, ...idsOf(at)));
    const { sentences, nodes } = tellSave(story(told));
    expect([sentences.length, sentences.at(-2), sentences.at(-1)]).toEqual([
      most,
      `s${most - 2}`,
      '… and 11 more',
    ]);
    expect(nodes).toHaveLength(SYNC_LIMITS.entryNodes);
  });
});

const idsOf = (at: number): string[] => Array.from({ length: 5 }, (_, each) => `n${at} ${each}`);
