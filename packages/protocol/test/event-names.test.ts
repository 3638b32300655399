import type { NodeKind, Op, PropChanges, TreeNode } from '@livetree/live-set';
import { asNodeId } from '@livetree/live-set';
import { describe, expect, it } from 'vitest';
import type { EventName } from '../src/event-names.ts';
import { EVENT_NAMES, eventNames } from '../src/event-names.ts';

const KINDS: readonly NodeKind[] = [
  ...(['set', 'track', 'device', 'chain', 'clip', 'slot'] as const),
  ...(['scene', 'locator', 'send', 'takeLane'] as const),
];
/** Ids of these tests begin with the kind. */
const kindOf = (id: string): NodeKind | undefined => KINDS.find((kind) => id === kind);
const node = (kind: NodeKind): TreeNode =>
  ({ id: asNodeId(kind), kind, props: {}, lists: {} }) as unknown as TreeNode;
const id = (kind: NodeKind) => asNodeId(kind);
const place = { parent: asNodeId('set'), list: 'tracks', index: 0 } as const;
const set = (kind: NodeKind, props: PropChanges): Op => ({ op: 'set', id: id(kind), props });
const names = (...ops: readonly Op[]) => eventNames(ops, [], kindOf);

describe('event names', () => {
  it('[HUB-43] each op has the name of its kind', () => {
    expect(names({ op: 'insert', ...place, node: node('track') })).toEqual(['track_added']);
    expect(names({ op: 'move', ...place, id: id('device') })).toEqual(['device_moved']);
    expect(names({ op: 'remove', id: id('takeLane') })).toEqual(['take_lane_removed']);
    expect(names({ op: 'insert', ...place, node: node('send') })).toEqual(['send_changed']);
  });

  it.each<[NodeKind, PropChanges, EventName]>([
    ['track', { name: 'Bass' }, 'track_renamed'],
    ['track', { mute: true }, 'track_muted'],
    ['track', { arm: true }, 'track_armed'],
    ['track', { volumeDb: -6 }, 'mixer_changed'],
    ['track', { audioOutputName: 'Ext. Out' }, 'routing_changed'],
    ['track', { frozen: true }, 'track_changed'],
    ['device', { on: false }, 'device_enabled'],
    ['device', { userName: null }, 'device_renamed'],
    ['clip', { scene: 's2' }, 'clip_moved'],
    ['clip', { noteCount: 3 }, 'notes_changed'],
    ['chain', { name: 'Kick' }, 'chain_renamed'],
    ['send', { levelDb: -3 }, 'send_changed'],
    ['set', { tempoBpm: 124 }, 'tempo_changed'],
    ['set', { signatureNumerator: 3 }, 'signature_changed'],
    ['scene', { color: 4 }, 'scene_changed'],
    ['locator', { time: 16 }, 'locator_moved'],
  ])('[HUB-43] %s with %j is %s', (kind, props, name) => {
    expect(names(set(kind, props))).toEqual([name]);
  });

  it('[HUB-43] details and other settings have names too', () => {
    const device = { id: id('device'), facets: ['parameters'], other: [] } as const;
    const clip = { id: id('clip'), facets: ['notes', 'envelopes'], other: [] } as const;
    const scene = { id: id('scene'), facets: [], other: ['FollowAction'] } as const;
    expect(eventNames([], [device, clip, scene], kindOf)).toEqual([
      'parameter_changed',
      'notes_changed',
      'automation_changed',
      'scene_changed',
    ]);
  });

  it('[HUB-43] a name comes once, in the order of the catalogue; unknown nodes have none', () => {
    const ops = [
      set('set', { tempoBpm: 1 }),
      set('track', { mute: true, name: 'A' }),
      set('track', { mute: false }),
    ];
    expect(names(...ops)).toEqual(['track_renamed', 'track_muted', 'tempo_changed']);
    expect(eventNames([{ op: 'remove', id: asNodeId('nobody') }], [], kindOf)).toEqual([]);
  });

  it('[HUB-43] every op and every property of every kind has a name of the catalogue that is not of playback', () => {
    for (const kind of KINDS) {
      const ops: readonly Op[] = [
        { op: 'insert', ...place, node: node(kind) },
        { op: 'remove', id: id(kind) },
        { op: 'move', ...place, id: id(kind) },
        set(kind, { something: 1 }),
      ];
      for (const op of ops) {
        const found = names(op);
        expect(found, `${op.op} ${kind}`).toHaveLength(1);
        for (const name of found) expect(EVENT_NAMES[name].priority).not.toBe('low');
      }
    }
  });

  it('[HUB-43] what is structure has high priority and is never merged', () => {
    for (const [name, { priority, coalescing }] of Object.entries(EVENT_NAMES))
      if (/_(added|removed|moved|renamed)$/.test(name))
        expect([priority, coalescing]).toEqual(['high', 'each']);
  });
});
