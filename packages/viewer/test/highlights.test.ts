import type { Op } from '@livetree/live-set';
import { applyOps } from '@livetree/live-set';
import { describe, expect, it } from 'vitest';
import {
  changesOf,
  detailChanges,
  MARK_MS,
  type Marks,
  MOST_MARKS,
  marksFor,
  mergeMarks,
  sayMark,
} from '../src/highlights.ts';
import { flatten } from '../src/rows.ts';
import { clip, id, placesIn, setOf, track } from './tree.ts';

const clips = Array.from({ length: 40 }, (_, index) => clip(`n${index}`));
const root = setOf({ tracks: [track('Bass', { clips: [clip('Verse')] }), track('Lead', { clips })] });
const OPEN = ['root/tracks', 't-Bass', 't-Bass/clips', 't-Lead', 't-Lead/clips'];

function marks(ops: readonly Op[], open: readonly string[] = OPEN): Marks {
  const before = placesIn(root);
  const after = applyOps(root, ops);
  const removedFrom = new Map(
    ops.flatMap((op) => {
      const place = op.op === 'remove' ? before(op.id) : undefined;
      return op.op === 'remove' && place
        ? [[op.id, { parent: place.parent.id, list: place.list }] as const]
        : [];
    }),
  );
  const rows = flatten(after, new Set(open));
  const indexOf = new Map(rows.map((row, index) => [row.key, index]));
  return marksFor(changesOf(ops, removedFrom, placesIn(after)), rows, indexOf, 0, 1);
}
const signs = (found: Marks) =>
  Object.fromEntries([...found].map(([key, { sign, count }]) => [key, `${sign}${count}`]));
const mute = (name: string): Op => ({ op: 'set', id: id(name), props: { mute: true } });

describe('marks', () => {
  it('[VIEW-7] added, changed and moved rows carry their own sign', () => {
    const found = marks([
      { op: 'insert', parent: id('root'), list: 'tracks', index: 0, node: track('New') },
      mute('t-Bass'),
      { op: 'move', id: id('c-n0'), parent: id('t-Lead'), list: 'clips', index: 5 },
    ]);
    expect(signs(found)).toEqual({ 't-New': '+1', 't-Bass': '~1', 'c-n0': '↕1' });
  });

  it('[VIEW-7] a node whose details changed carries the sign of a change, once', () => {
    const rows = flatten(root, new Set(OPEN));
    const indexOf = new Map(rows.map((row, index) => [row.key, index]));
    const touched = [id('c-n0'), id('c-n0'), id('t-Bass'), id('gone')];
    const changes = detailChanges(touched, [mute('t-Bass')], placesIn(root));
    expect(signs(marksFor(changes, rows, indexOf, 0, 1))).toEqual({ 'c-n0': '~1' });
  });

  it('[VIEW-7] what was removed is marked where it hung, as far as that can be seen', () => {
    const remove: Op[] = [{ op: 'remove', id: id('c-Verse') }];
    expect(signs(marks([{ op: 'remove', id: id('c-n3') }]))).toEqual({ 't-Lead/clips': '−1' });
    expect(signs(marks(remove))).toEqual({ 't-Bass': '−1' });
    expect(signs(marks(remove, []))).toEqual({ 'root/tracks': '−1' });
  });

  it('[VIEW-7] a node removed after what lay in it is marked where the outer one hung', () => {
    const ops: Op[] = [
      { op: 'remove', id: id('c-Verse') },
      { op: 'remove', id: id('t-Bass') },
    ];
    expect(signs(marks(ops))).toEqual({ 'root/tracks': '−2' });
  });

  it('[VIEW-8] changes in what is closed are counted on the nearest open row', () => {
    expect(signs(marks([mute('c-n1'), mute('c-n2')], ['root/tracks']))).toEqual({ 't-Lead': 'inside2' });
  });

  it('[VIEW-8] never more than 20 rows: the deepest are counted on the rows above', () => {
    const found = marks([...clips.map((node) => mute(node.id)), mute('t-Bass')]);
    expect(signs(found)).toEqual({ 't-Lead/clips': 'inside40', 't-Bass': '~1' });
    expect(found.size).toBeLessThanOrEqual(MOST_MARKS);
  });

  it('[VIEW-8] older marks give way to newer ones', () => {
    const older = marks(clips.slice(0, 15).map((node) => mute(node.id)));
    const newer = marks(clips.slice(20, 35).map((node) => mute(node.id)));
    const merged = mergeMarks(older, newer, 10);
    expect(merged.size).toBe(MOST_MARKS);
    expect([...newer.keys()].every((key) => merged.has(key))).toBe(true);
    expect(mergeMarks(older, new Map(), MARK_MS).size).toBe(0);
  });

  it('[VIEW-7] says in words what the sign means', () => {
    const say = (sign: '+' | '−' | 'inside', count: number) => sayMark({ sign, count, until: 0, serial: 0 });
    expect([say('+', 1), say('−', 2), say('inside', 3)]).toEqual([
      'added',
      '2 removed here',
      '3 changes inside',
    ]);
  });
});
