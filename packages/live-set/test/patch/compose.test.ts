import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { treeOps } from '../../src/diff/ops.ts';
import { asNodeId, type ListName } from '../../src/model/node.ts';
import { applyOps } from '../../src/patch/apply.ts';
import { compose } from '../../src/patch/compose.ts';
import { invert } from '../../src/patch/invert.ts';
import type { MoveOp, Op, PropChanges } from '../../src/patch/op.ts';
import { PatchError } from '../../src/patch/tree.ts';
import { anyEdit } from '../arbitraries.ts';
import { frozen, node, setOf, stories, wire } from './edits.ts';

const id = asNodeId;
const RUNS = { numRuns: 1000 };

const put = (parent: string, list: ListName, index: number) => ({ parent: id(parent), list, index });
const move = (name: string, parent: string, index: number): Op => ({
  op: 'move',
  id: id(name),
  ...put(parent, 'tracks', index),
});
const insert = (parent: string, index: number, made: ReturnType<typeof node>): Op => ({
  op: 'insert',
  ...put(parent, 'tracks', index),
  node: made,
});
const remove = (name: string): Op => ({ op: 'remove', id: id(name) });
const set = (name: string, props: PropChanges, was?: PropChanges): Op => ({
  op: 'set',
  id: id(name),
  props,
  ...(was && { was }),
});

describe('compose: laws', () => {
  it('[PATCH-25] is equal in effect to both lists, one after the other', () => {
    const law = fc.property(stories(2), ({ before, patches: [first = [], second = []], after }) => {
      expect(applyOps(before, compose(frozen(first), frozen(second)))).toStrictEqual(after[1]);
    });
    fc.assert(law, RUNS);
  });

  it('[PATCH-25] also of ops from the wire, and of lists half from the wire', () => {
    const law = fc.property(stories(2), ({ before, patches: [first = [], second = []], after }) => {
      expect(applyOps(before, compose(wire(first), wire(second)))).toStrictEqual(after[1]);
      expect(applyOps(before, compose(wire(first), second))).toStrictEqual(after[1]);
      expect(applyOps(before, compose(first, wire(second)))).toStrictEqual(after[1]);
    });
    fc.assert(law, RUNS);
  });

  it('[PATCH-25] in long lists on few nodes', () => {
    const law = fc.property(stories(2, 40), ({ before, patches: [first = [], second = []], after }) => {
      expect(applyOps(before, compose(first, second))).toStrictEqual(after[1]);
      expect(applyOps(before, compose(wire(first), wire(second)))).toStrictEqual(after[1]);
    });
    fc.assert(law, RUNS);
  });

  it('[PATCH-25] of what diffs say, there and back', () => {
    const law = fc.property(anyEdit, ([before, after]) => {
      const [forth, back] = [treeOps(before, after), treeOps(after, before)];
      expect(applyOps(before, compose(forth, back))).toStrictEqual(before);
      expect(applyOps(before, compose(wire(forth), wire(back)))).toStrictEqual(before);
      expect(applyOps(after, compose(back, forth))).toStrictEqual(after);
    });
    fc.assert(law, { numRuns: 100 });
  });

  it('[PATCH-26] does not care about the order of composing', () => {
    const law = fc.property(stories(3), ({ before, patches: [p = [], q = [], r = []], after }) => {
      for (const [a, b, c] of [
        [p, q, r],
        [wire(p), wire(q), wire(r)],
      ] as const) {
        const all = [compose(compose(a, b), c), compose(a, compose(b, c)), compose(a, b, c)];
        for (const ops of all) expect(applyOps(before, ops)).toStrictEqual(after[2]);
      }
    });
    fc.assert(law, RUNS);
  });

  it('[PATCH-27] keeps `was`: what is composed can be undone, and undoing is composed as well', () => {
    const law = fc.property(stories(2), ({ before, patches: [first = [], second = []], after }) => {
      const both = compose(first, second);
      expect(applyOps(after[1]!, invert(both))).toStrictEqual(before);
      expect(applyOps(before, compose(both, invert(both)))).toStrictEqual(before);
      expect(applyOps(after[1]!, compose(invert(second), invert(first)))).toStrictEqual(before);
    });
    fc.assert(law, RUNS);
  });

  it('[PATCH-28] is never longer than both lists, and composing again makes it no longer', () => {
    const law = fc.property(stories(2), ({ patches: [first = [], second = []] }) => {
      const both = compose(first, second);
      expect(both.length).toBeLessThanOrEqual(first.length + second.length);
      expect(compose(both).length).toBeLessThanOrEqual(both.length);
    });
    fc.assert(law, RUNS);
  });

  it('[PATCH-24] what is composed comes back from JSON as it was', () => {
    const law = fc.property(stories(2), ({ patches: [first = [], second = []] }) => {
      for (const ops of [compose(first, second), compose(wire(first), wire(second))]) {
        expect(JSON.parse(JSON.stringify(ops))).toStrictEqual(ops);
      }
    });
    fc.assert(law, RUNS);
  });
});

describe('compose: sets', () => {
  it('[PATCH-29] merges the sets of one node: the last value wins, the first `was` stays', () => {
    const first = [set('kick', { muted: true, pan: 1 }, { muted: false, pan: null })];
    const second = [
      set('bass', { pan: 1 }, { pan: 0 }),
      set('kick', { pan: 0.5, name: 'K' }, { pan: 1, name: 'k' }),
    ];
    expect(compose(first, second)).toEqual([
      set('kick', { muted: true, pan: 0.5, name: 'K' }, { muted: false, pan: null, name: 'k' }),
      set('bass', { pan: 1 }, { pan: 0 }),
    ]);
  });

  it('[PATCH-29] drops what was set and set back, but only where `was` says so', () => {
    const on = set('kick', { muted: true }, { muted: false });
    const off = set('kick', { muted: false }, { muted: true });
    expect(compose([on], [off])).toEqual([]);
    expect(compose([on], [set('kick', { muted: false, pan: 1 }, { muted: true, pan: 0 })])).toEqual([
      set('kick', { pan: 1 }, { pan: 0 }),
    ]);
    expect(compose(wire([on]), wire([off]))).toEqual([set('kick', { muted: false })]);
    expect(compose([on], wire([off]))).toEqual([set('kick', { muted: false })]);
  });

  it('[PATCH-29] merges sets across moves, inserts and removals of others', () => {
    const between = [
      move('kick', 'drums', 0),
      insert('set', 0, node('new')),
      remove('bass'),
      move('drums', 'set', 0),
    ];
    const both = compose([set('kick', { pan: 1 }), ...between], [set('kick', { pan: 0 })]);
    expect(both).toEqual([set('kick', { pan: 0 }), ...between]);
  });

  it('[PATCH-30] puts what is set on an inserted node into it, however deep', () => {
    const lead = node('lead', { devices: [node('echo'), node('reverb')] });
    const both = compose([insert('set', 0, lead)], [set('echo', { on: false }), set('lead', { name: null })]);
    expect(both).toHaveLength(1);
    const [op] = both;
    expect(op).toMatchObject({ node: { lists: { devices: [{ props: { name: 'echo', on: false } }, {}] } } });
    expect(op?.op === 'insert' && op.node.props).toEqual({});
    expect(op?.op === 'insert' && op.node.lists.devices?.[1]).toBe(lead.lists.devices?.[1]);
  });

  it('[PATCH-30] does not mix up a node with the one of the same id before', () => {
    const again = node('kick', {}, { pan: 0 });
    const both = compose(
      [set('kick', { pan: 1 }), remove('drums'), insert('set', 0, again)],
      [set('kick', { muted: true })],
    );
    const withMute = node('kick', {}, { pan: 0, muted: true });
    expect(both).toEqual([set('kick', { pan: 1 }), remove('drums'), insert('set', 0, withMute)]);
  });
});

describe('compose: inserted and removed', () => {
  it('[PATCH-31] what came and went falls out, with all that happened inside', () => {
    const first = [
      insert('set', 1, node('lead')),
      insert('lead', 0, node('layer')),
      set('layer', { pan: 1 }),
    ];
    expect(compose(first, [set('lead', { muted: true }), remove('lead')])).toEqual([]);
    const twice = [
      insert('drums', 0, node('layer')),
      remove('lead'),
      set('layer', { pan: 0 }),
      remove('layer'),
    ];
    expect(compose(first, [remove('layer'), ...twice])).toEqual([]);
  });

  it('[PATCH-31] stays when something moved out of it, or into it', () => {
    const came = insert('set', 0, node('group', { tracks: [node('pad')] }));
    for (const moved of [move('pad', 'set', 0), move('kick', 'group', 0)]) {
      expect(compose([came, moved], [remove('group')])).toEqual([came, moved, remove('group')]);
    }
  });

  it('[PATCH-31] stays when an index in its list was counted with it', () => {
    const ops = [insert('set', 0, node('lead')), insert('set', 1, node('pad'))];
    expect(compose(ops, [remove('lead')])).toEqual([...ops, remove('lead')]);
    expect(compose([ops[0]!, insert('drums', 1, node('pad'))], [remove('lead')])).toHaveLength(1);
  });
});

describe('compose: moves', () => {
  it('[PATCH-32] several moves of one node become one; there and back none', () => {
    const was = put('set', 'tracks', 3);
    const out: Op = { op: 'move', id: id('kick'), ...put('drums', 'tracks', 1), was };
    const on: Op = { op: 'move', id: id('kick'), ...put('bus', 'tracks', 2), was: put('drums', 'tracks', 1) };
    const back: Op = { op: 'move', id: id('kick'), ...was, was: put('bus', 'tracks', 2) };
    expect(compose([out, set('kick', { pan: 1 })], [on])).toEqual([
      { op: 'move', id: 'kick', ...put('bus', 'tracks', 2), was },
      set('kick', { pan: 1 }),
    ]);
    expect(compose([out, on], [back])).toEqual([]);
    expect(compose(wire([out, on]), wire([back]))).toEqual(wire([back]));
  });

  it('[PATCH-32] what is inserted and moved is inserted there', () => {
    const both = compose(
      [insert('set', 0, node('lead'))],
      [insert('drums', 0, node('hat')), move('lead', 'bus', 4)],
    );
    expect(both).toEqual([insert('bus', 4, node('lead')), insert('drums', 0, node('hat'))]);
  });

  it('[PATCH-32] two nodes dragged in turn in different lists become one move each; from the wire one more', () => {
    const at = (index: number, list: string) => ({ was: put(list, 'tracks', index) });
    const drags = Array.from({ length: 50 }, (_, index): readonly Op[] => [
      { ...move('kick', 'drums', index + 1), ...at(index, 'drums') } as Op,
      { ...move('lead', 'synths', index + 1), ...at(index, 'synths') } as Op,
    ]).flat();
    const both = [
      { ...move('kick', 'drums', 50), ...at(0, 'drums') },
      { ...move('lead', 'synths', 50), ...at(0, 'synths') },
    ];
    expect(compose(drags)).toEqual(both);
    // Where the first two came from is not known there, so one of them stays as it is.
    expect(compose(wire(drags))).toEqual([
      move('kick', 'drums', 1),
      move('lead', 'synths', 50),
      move('kick', 'drums', 50),
    ]);
  });

  it('[PATCH-32] moves inside one list become one whatever goes on elsewhere', () => {
    const sort = (index: number, was: number): Op => ({
      ...(move('kick', 'drums', index) as MoveOp),
      was: put('drums', 'tracks', was),
    });
    const elsewhere: Op = { ...(move('bass', 'bus', 0) as MoveOp), was: put('set', 'tracks', 4) };
    expect(compose([sort(1, 0), elsewhere], [sort(2, 1)])).toEqual([sort(2, 0), elsewhere]);
  });

  it('[PATCH-32] stay as they are when another op counted in one of the lists', () => {
    const between = [insert('drums', 0, node('hat')), insert('bus', 0, node('hat')), remove('snare')];
    for (const op of between) {
      const ops = [move('kick', 'drums', 1), op, move('kick', 'bus', 1)];
      expect(compose(ops)).toEqual(ops);
    }
  });

  it('[PATCH-32] stay as they are when the new parent was not there yet', () => {
    const ops = [move('kick', 'drums', 1), insert('set', 0, node('bus')), move('kick', 'bus', 0)];
    expect(compose(ops)).toEqual(ops);
  });

  it('[PATCH-32] stay as they are when the way there lay below the node itself', () => {
    // Group a holds group b. b goes out, a goes into b, b goes elsewhere: at no time is one in itself.
    const before = setOf({ tracks: [node('a', { tracks: [node('b')] }), node('c')] });
    const ops = [move('b', 'set', 0), move('a', 'b', 0), move('b', 'c', 0)];
    expect(compose(ops)).toEqual(ops);
    expect(applyOps(before, compose(ops))).toStrictEqual(applyOps(before, ops));
  });

  it('[PATCH-32] stay as they are when a move merged in between made the way', () => {
    const before = setOf({ tracks: [node('a'), node('b', { tracks: [node('c')] })] });
    const ops: readonly Op[] = [
      { op: 'move', id: id('a'), ...put('set', 'devices', 0), was: put('set', 'tracks', 0) },
      { op: 'move', id: id('b'), ...put('set', 'tracks', 0), was: put('set', 'tracks', 0) },
      { op: 'move', id: id('c'), ...put('b', 'tracks', 0), was: put('b', 'tracks', 0) },
      { op: 'move', id: id('b'), ...put('a', 'tracks', 0), was: put('set', 'tracks', 0) },
      { op: 'move', id: id('c'), ...put('set', 'clips', 0), was: put('b', 'tracks', 0) },
      { op: 'move', id: id('a'), ...put('c', 'tracks', 0), was: put('set', 'devices', 0) },
    ];
    expect(compose(ops)).toHaveLength(4);
    expect(applyOps(before, compose(ops))).toStrictEqual(applyOps(before, ops));
  });
});

describe('compose: what does not fit', () => {
  it('[PATCH-35] an op on a node that is gone is refused as before', () => {
    const before = setOf({ tracks: [node('kick'), node('drums')] });
    const late = [set('kick', { pan: 1 }), move('kick', 'drums', 0), remove('kick')];
    for (const early of late.slice(0, 2)) {
      for (const op of late)
        expect(() => applyOps(before, compose([early, remove('kick')], [op]))).toThrow(PatchError);
    }
    for (const op of [set('new', { pan: 1 }), move('new', 'drums', 0), remove('new')]) {
      const cameAndWent = [insert('set', 0, node('new')), remove('new')];
      const counted = cameAndWent.toSpliced(1, 0, insert('set', 0, node('other')));
      for (const ops of [cameAndWent, counted]) {
        expect(() => applyOps(before, compose(ops, [op]))).toThrow(PatchError);
      }
    }
  });
});

describe('compose: a slow client', () => {
  it('[PATCH-33] 10,000 sets of 500 keys become at most 500 ops', () => {
    const patches = Array.from({ length: 10_000 }, (_, at) => [set(`n${(at * 7) % 500}`, { value: at })]);
    const ops = compose(...patches);
    expect(ops).toHaveLength(500);
    const byNode = (some: readonly Op[]) => new Map(some.map((op) => ['id' in op && op.id, op]));
    expect(byNode(ops)).toEqual(byNode(patches.flat()));
  });

  it('[PATCH-33] its cost is linear: 200,000 mixed ops are composed', { timeout: 20_000 }, () => {
    const ops: Op[] = [];
    for (let at = 0; at < 50_000; at++) {
      ops.push(insert('set', 0, node(`new${at}`)), set(`n${at % 500}`, { [`p${at % 200}`]: at }));
      ops.push(move(`n${at % 500}`, 'drums', 0), remove(`new${at - (at % 3)}`));
    }
    expect(compose(ops).length).toBeLessThan(ops.length);
  });
});
