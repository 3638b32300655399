import { asNodeId } from '@livetree/live-set';
import type { HubMessage, Unsaved } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import { SET, World } from './support/world.ts';

const listing = (sentence: string): Unsaved => ({
  state: 'compared',
  changes: [{ id: '1', nodes: [asNodeId('t1')], sentence }],
  total: 1,
  performance: [],
  unknown: 0,
  mismatches: {},
  discrepancies: {},
  disagreements: {},
  decisions: [],
  lost: [],
});
const told = (messages: readonly HubMessage[]): readonly string[] =>
  messages.flatMap((message) =>
    message.type === 'unsaved' ? message.changes.map(({ sentence }) => sentence) : [],
  );

describe('changes since the last save', () => {
  it('[HUB-93] go to who subscribed: at once, then twice a second at most, never the same twice', () => {
    const { world, id, wire } = World.inStep();
    const put = (sentence: string): void => world.run(world.board.putUnsaved(SET, listing(sentence)));
    put('Bass: muted');
    expect(told(wire.deliver())).toEqual([]);
    world.say(id, { type: 'subscribe', channels: ['unsaved'] });
    expect(told(wire.deliver())).toEqual(['Bass: muted']);
    put('Bass: soloed');
    put('Bass: armed');
    expect(told(wire.deliver())).toEqual([]);
    world.tick(500);
    expect(told(wire.deliver())).toEqual(['Bass: armed']);
    put('Bass: armed');
    world.tick(5_000);
    expect(told(wire.deliver())).toEqual([]);
  });
});
