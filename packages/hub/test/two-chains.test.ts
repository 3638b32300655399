/** One client turns knobs, the other looks at the tree: who does not watch pays nothing. */
import { createHash } from 'node:crypto';
import type { FacetItem } from '@livetree/live-set';
import { asNodeId } from '@livetree/live-set';
import type { HubMessage } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../src/lineage.ts';
import { rename, setOf, track } from './support/trees.ts';
import type { Wire } from './support/world.ts';
import { SET, World } from './support/world.ts';

const CHANGES = 10_000;
const PARAMETERS = 40;
const EQ = asNodeId('eq');
const KNOBS = 'parameters eq';
const touched = [{ id: EQ, facets: ['parameters'], other: [] }] as const;
const hash = (value: unknown): string => createHash('sha1').update(canonicalJson(value)).digest('hex');

const device = {
  id: EQ,
  kind: 'device',
  props: { class: 'Eq8', type: 'native', name: 'EQ Eight', on: true, parameterCount: PARAMETERS },
  lists: {},
} as const;
const root = setOf({ ...track('t1', 'Bass'), lists: { devices: [device] } }, track('t2', 'Drums'));

/** The parameters after so many changes; each change turns one knob to a value it never had. */
const knobs = (changes: number): readonly FacetItem[] =>
  Array.from({ length: PARAMETERS }, (_, at) => {
    const turns = Math.floor((changes + PARAMETERS - 1 - at) / PARAMETERS);
    return { key: `p${at}`, name: `${at} Freq`, value: turns / CHANGES };
  });

function worldWithTwo() {
  const world = new World();
  world.source.facets.set(KNOBS, knobs(0));
  world.source.load('epoch 1', root);
  world.settle();
  const [watcher, other] = [world.connect(), world.connect()];
  for (const { id } of [watcher, other]) world.hello(id);
  world.say(watcher.id, { type: 'open_facet', request: 'r', node: EQ, facet: 'parameters' });
  world.settle();
  for (const { wire } of [watcher, other]) wire.deliver();
  return { world, watcher, other };
}

/** Frees the memory of 10,000 messages, and counts them. */
function take(wire: Wire, counts: Map<string, number>): readonly HubMessage[] {
  const heard = wire.deliver();
  for (const { type } of heard) counts.set(type, (counts.get(type) ?? 0) + 1);
  wire.replica.heard.length = 0;
  return heard;
}

describe('10,000 changes of parameters', () => {
  it('[HUB-48] who watches has each of them; who does not gets no op, no resync, and can still resume', () => {
    const { world, watcher, other } = worldWithTwo();
    const [seen, unseen] = [new Map<string, number>(), new Map<string, number>()];
    const authority = () => world.board.room(SET)?.authority;
    for (let change = 1; change <= CHANGES; change++) {
      world.change([], touched, { [KNOBS]: knobs(change) });
      take(watcher.wire, seen);
      take(other.wire, unseen);
      expect(hash(watcher.wire.replica.facets.get(KNOBS))).toBe(
        hash({ revision: change, items: world.source.facets.get(KNOBS) }),
      );
    }
    expect(Object.fromEntries(seen)).toEqual({ facet_patch: CHANGES });
    expect(Object.fromEntries(unseen)).toEqual({ touched: 1 });
    expect(world.board.tally).toMatchObject({ snapshots: 2, resyncs: 0, patches: 0 });
    expect([authority()?.revision, authority()?.skeleton]).toEqual([CHANGES, 0]);

    world.cut(other.id);
    world.change([rename('t2', 'Percussion')]);
    const { epoch = '', revision = -1, lineage = '' } = other.wire.replica;
    const again = world.connect(other.wire.replica);
    world.hello(again.id, { epoch, revision, lineage });
    const heard = again.wire.deliver();
    expect(heard.map(({ type }) => type)).toEqual(['welcome', 'patch']);
    expect(heard[1]).toMatchObject({ from: 0, to: CHANGES + 1 });
    expect(hash(other.wire.replica.root)).toBe(hash(authority()?.root));
  });

  it('[HUB-48] at every revision of the skeleton every replica equals the hub, by hash', () => {
    const { world, watcher, other } = worldWithTwo();
    for (let change = 1; change <= 1_000; change++) {
      const ops = change % 10 === 0 ? [rename(change % 20 === 0 ? 't1' : 't2', `name ${change}`)] : [];
      world.change(ops, touched, { [KNOBS]: knobs(change) });
      const { authority } = world.board.room(SET) ?? {};
      for (const { wire } of [watcher, other]) {
        wire.deliver();
        expect([wire.replica.revision, wire.replica.lineage]).toEqual([
          authority?.skeleton,
          authority?.lineage,
        ]);
        if (ops.length > 0) expect(hash(wire.replica.root)).toBe(hash(authority?.root));
      }
    }
    expect(world.board.tally.resyncs).toBe(0);
  });
});
