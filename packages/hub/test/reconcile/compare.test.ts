import type { NodeId, NodeOf, Op, TreeNode } from '@livetree/live-set';
import { applyOps, asNodeId, invert, Tree, tellChange, walk, withIds, withWas } from '@livetree/live-set';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  align,
  type BackStep,
  compareWithFile,
  FOREIGN,
  findBase,
  foreignByAnswer,
  judge,
  NO_PAIRS,
  overlay,
  type Pairing,
  pairingOf,
  sayJudged,
  takenBack,
  toEnd,
  underLiveIds,
  unsavedSince,
} from '../../src/reconcile/index.ts';
import { stating } from '../../src/reconcile/stated.ts';
import { edited, fixture, numbers, relabelled } from './support.ts';

const file = fixture('demo');
const live = relabelled(file);
const known = align(live, file);
const last = <T>(items: readonly T[]): T => items.at(-1) as T;

/** Revisions 1, 2, … upon revision 0, newest first. */
const stepsOf = (revisions: readonly (readonly Op[])[]): readonly BackStep[] =>
  revisions.map((ops, at) => ({ revision: at + 1, before: at, time: at, ops })).toReversed();

/** All pairs of one and the same tree. */
const itself = (root: NodeOf<'set'>): Pairing => pairingOf(walk(root).map(({ id }) => [id, id]));
const someTrack = (root: NodeOf<'set'>, at: number): NodeId => root.lists.tracks?.[at]?.id as NodeId;
const change = (root: NodeOf<'set'>, ...ops: readonly Op[]): readonly Op[] => withWas(root, ops);
const setOp = (id: NodeId, props: Readonly<Record<string, string | number | boolean>>): Op => ({
  op: 'set',
  id,
  props,
});

describe('the moment of a save', () => {
  it('[REC-10] is found by content: the latest revision that differs least, with a running count', () => {
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 1, maxLength: 10 }), fc.nat(10), (choices, at) => {
        const { roots, revisions } = edited(live, choices);
        const planted = at % roots.length;
        const saved = roots[planted] as NodeOf<'set'>;
        const base = findBase(last(roots), revisions.length, stepsOf(revisions), saved);
        expect(base.distance).toBe(0);
        expect(base.revision).toBeGreaterThanOrEqual(planted);
        const found = roots[base.revision] as NodeOf<'set'>;
        expect(unsavedSince(found, saved, itself(saved))).toMatchObject({ edits: [], performance: [] });
      }),
      { numRuns: 10 },
    );
  });

  it('[REC-10] the count of a tree that was taken back is that of the tree it was', () => {
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 1, maxLength: 8 }), (choices) => {
        const { roots, revisions } = edited(live, choices);
        const other = last(
          edited(live, [
            [5, 3, 1],
            [0, 1, 1],
            [4, 2, 5],
          ]).roots,
        );
        const best = findBase(last(roots), revisions.length, stepsOf(revisions), other);
        const distances = roots.map((root) => findBase(root, 0, [], other).distance);
        expect(best.distance).toBe(Math.min(...distances));
        expect(best.revision).toBe(distances.lastIndexOf(best.distance));
      }),
      { numRuns: 8 },
    );
  });

  it('[REC-11] edits after the save are no discrepancies, nor is what has gone since', () => {
    const track = someTrack(live, 1);
    const { ops: made } = { ops: change(live, setOp(track, { name: 'Made before the save' })) };
    const saved = applyOps(live, made);
    const gone = change(saved, { op: 'remove', id: someTrack(live, 2) }, setOp(track, { mute: true }));
    const now = applyOps(saved, gone);
    const verdict = compareWithFile({
      now,
      revision: 2,
      back: stepsOf([made, gone]),
      file: relabelled(saved, 'file.'),
      known: NO_PAIRS,
    });
    expect(verdict).toMatchObject({ base: { revision: 1, distance: 0 }, discrepancies: [] });
    expect(verdict.foreign).toBeUndefined();
    expect(verdict.pairing.fileOf.has(someTrack(live, 2))).toBe(true);
    expect(takenBack(now, stepsOf([made, gone]), 1)).toEqual(saved);
    expect(verdict.decisions).toEqual([
      'Compared with the saved file: it holds the Set as it was 1 change ago.',
    ]);
  });
});

describe('since the save', () => {
  it('[REC-20] the list leads from the file to Live, and is empty again when all was undone', () => {
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 1, maxLength: 8 }), (choices) => {
        const { roots, revisions } = edited(live, choices);
        const found = unsavedSince(last(roots), file, known);
        expect(applyOps(found.before, [...found.edits, ...found.performance])).toEqual(found.after);
        expect(walk(found.after).map(({ id }) => id)).toEqual(walk(last(roots)).map(({ id }) => id));
        let back = last(roots);
        for (const ops of revisions.toReversed()) back = applyOps(back, invert(ops));
        expect(unsavedSince(back, file, known)).toMatchObject({ edits: [], performance: [], unknown: 0 });
      }),
      { numRuns: 8 },
    );
  });

  it('[REC-21] arm, solo and monitoring stand apart, and a property nobody read is counted as unknown', () => {
    const id = someTrack(live, 1);
    const now = applyOps(live, [
      setOp(id, { arm: true, mute: true, solo: true }),
      setOp(live.id, { tempoBpm: 77 }),
    ]);
    const leave = (_: NodeId, prop: string): 'unknown' | undefined =>
      prop === 'tempoBpm' ? 'unknown' : undefined;
    const found = unsavedSince(now, file, known, { leave });
    expect(found.edits).toEqual([{ op: 'set', id, props: { mute: true }, was: { mute: false } }]);
    expect(found.performance.map(({ props }) => props)).toEqual([{ arm: true, solo: true }]);
    expect(found.unknown).toBe(1);
  });

  it('[REC-23] a device that was renamed, and a chain, are told; a copy is told from a new thing', () => {
    const chain = walk(live).find(({ kind }) => kind === 'chain') as TreeNode;
    const device = walk(live).find(({ kind }) => kind === 'device') as TreeNode;
    const tree = new Tree(overlay(live, underLiveIds(file, known)));
    const track = (tree.root.lists.tracks ?? []).find(({ lists }) => lists.tracks === undefined) as TreeNode;
    const ids = new Map(walk(track).map(({ id }) => [id, asNodeId(`copy of ${id}`)]));
    const [copy] =
      withIds(
        {
          ...live,
          lists: {
            tracks: [toEnd(stating({ ...live, lists: { tracks: [track] } })).lists.tracks?.[0] as TreeNode],
          },
        },
        ids,
      ).lists.tracks ?? [];
    tree.apply([
      setOp(chain.id, { name: 'Chain of mine' }),
      setOp(device.id, { name: 'Device of mine', userName: 'Device of mine' }),
      { op: 'insert', parent: live.id, list: 'tracks', index: 1, node: copy as TreeNode },
    ]);
    const { before, after, edits } = unsavedSince(tree.root, file, known);
    const told = tellChange({ before: { root: before }, after: { root: after }, ops: edits, touched: [] });
    const texts = told.sentences.map(({ text }) => text).join('\n');
    expect(texts).toContain('renamed "Chain of mine"');
    expect(texts).toContain('renamed "Device of mine"');
    expect(texts).toContain('duplicated');
  });

  it('[REC-22] what Live does not state, or differs within its precision, is no change', () => {
    const id = someTrack(live, 1);
    const now = applyOps(live, [
      setOp(id, { volumeDb: Number(live.lists.tracks?.[1]?.props['volumeDb' as never]) + 1e-5, delay: 3 }),
    ]);
    expect(unsavedSince(now, file, known).edits).toEqual([]);
  });
});

describe('what file and Live do not agree on', () => {
  const id = someTrack(live, 1);
  const seen = { now: live, revision: 0, back: [], known } as const;

  it('[REC-30] Live answers otherwise: a mismatch; it insists: a disagreement; changed since: neither', () => {
    const other = applyOps(file, [
      setOp(known.fileOf.get(id) as NodeId, { name: 'Missed', color: 60 }),
      setOp(file.id, { tempoBpm: 99 }),
    ]);
    const { discrepancies, decisions } = compareWithFile({ ...seen, file: other });
    expect(discrepancies.map(({ property }) => property).toSorted()).toEqual([
      'set.tempoBpm',
      'track.color',
      'track.name',
    ]);
    expect(decisions.at(-1)).toContain('Live is asked again');
    const theirs = underLiveIds(other, known, live);
    const asked = applyOps(live, [setOp(live.id, { tempoBpm: 111 })]);
    const answered = applyOps(asked, [setOp(id, { name: 'Missed' })]);
    const judged = judge(discrepancies, asked, answered, theirs);
    const byProperty = Object.fromEntries(judged.map((each) => [each.discrepancy.property, each.judgement]));
    expect(byProperty).toEqual({
      'track.name': 'mismatch',
      'track.color': 'disagreement',
      'set.tempoBpm': 'settled',
    });
    expect(sayJudged(judged)).toEqual([
      '1 mismatch, corrected (track name).',
      'Live insists on 1 value, which the list leaves out (track color).',
    ]);
  });

  it('[REC-31] what was already different when nobody saw the save is an edit, not a discrepancy', () => {
    const other = applyOps(file, [setOp(file.id, { tempoBpm: 99 })]);
    expect(compareWithFile({ ...seen, file: other, sawSave: false }).discrepancies).toEqual([]);
    expect(unsavedSince(live, other, known).edits).toHaveLength(1);
  });

  it('[REC-32] a disagreement that is left aside is not listed, even of a whole node', () => {
    const missing = known.fileOf.get(id) as NodeId;
    const less = applyOps(file, [{ op: 'remove', id: missing }]);
    const pairing = align(live, less);
    expect(unsavedSince(live, less, pairing).edits).toMatchObject([{ op: 'insert', node: { id } }]);
    const aside = { leave: (node: NodeId) => (node === id ? ('aside' as const) : undefined) };
    expect(unsavedSince(live, less, pairing, aside).edits).toEqual([]);
    const more = applyOps(live, [{ op: 'remove', id }]);
    const asideToo = { leave: (node: NodeId) => (node === missing ? ('aside' as const) : undefined) };
    expect(unsavedSince(more, file, align(more, file)).edits).toHaveLength(1);
    expect(unsavedSince(more, file, align(more, file), asideToo).edits).toEqual([]);
  });
});

describe('a file that is not Live’s own save', () => {
  const seen = { now: live, revision: 0, back: [], known: NO_PAIRS } as const;
  const slightly = applyOps(file, [setOp(file.id, { tempoBpm: 99 })]);

  it('[REC-40] differs beyond the threshold at any moment, or has hardly anything in common', () => {
    const tree = new Tree(file);
    const most = Math.max(FOREIGN.differences, FOREIGN.share * walk(file).length);
    const devices = walk(file).filter(({ kind }) => kind === 'device' || kind === 'clip' || kind === 'send');
    expect(devices.length).toBeGreaterThan(most);
    const names = walk(file).filter(({ kind }) => kind === 'clip' || kind === 'chain' || kind === 'track');
    for (const { id } of names.slice(0, most + 1)) tree.apply([setOp(id, { name: `Other ${id}` })]);
    expect(compareWithFile({ ...seen, known, file: tree.root }).foreign).toContain('things differ');
    expect(compareWithFile({ ...seen, known, file: tree.root, sawSave: false }).foreign).toBeUndefined();
    const another = fixture('small-l12');
    const verdict = compareWithFile({ ...seen, file: another, sawSave: false });
    expect(verdict.foreign).toContain('hardly anything in common');
    expect(verdict.decisions[0]).toMatch(/^The file on disk is not the Set that is open: /);
  });

  it('[REC-41] is older by its counter of pointees, or has the bytes of an earlier save', () => {
    expect(
      compareWithFile({ ...seen, file: slightly, pointees: 7, lastPointees: 7 }).foreign,
    ).toBeUndefined();
    expect(compareWithFile({ ...seen, file: slightly, pointees: 6, lastPointees: 7 }).foreign).toContain(
      'older',
    );
    expect(compareWithFile({ ...seen, file: slightly, isEarlierSave: true }).foreign).toContain('put back');
    expect(
      compareWithFile({ ...seen, file, isEarlierSave: true, pointees: 6, lastPointees: 7 }).foreign,
    ).toBe(undefined);
  });

  it('[REC-42] has another number of things than Live, and Live insists', () => {
    const leaf = walk(file).find(({ kind, lists }) => kind === 'device' && Object.keys(lists).length === 0);
    const less = applyOps(file, [{ op: 'remove', id: leaf?.id as NodeId }]);
    const { discrepancies, pairing } = compareWithFile({ ...seen, file: less });
    const judged = judge(discrepancies, live, live, underLiveIds(less, pairing, live));
    expect(foreignByAnswer(judged)).toContain('does not hold the same things');
    const swapped = judged.map(({ discrepancy }) => [
      { discrepancy, judgement: 'disagreement' as const },
      { discrepancy: { ...discrepancy, onlyIn: 'file' as const }, judgement: 'disagreement' as const },
    ]);
    expect(foreignByAnswer(swapped.flat())).toBeUndefined();
  });
});

it('[REC-12] a change that came as a whole tree ends the way back', () => {
  const ops = change(live, setOp(live.id, { tempoBpm: 99 }));
  const now = applyOps(live, ops);
  const whole = { op: 'set', id: asNodeId('set'), props: { tempoBpm: 12 } } as const;
  const back = [{ revision: 2, before: 1, time: 0, ops: [whole] }, ...stepsOf([ops])];
  expect(findBase(now, 2, back, live)).toMatchObject({ revision: 2, looked: 0, distance: 1 });
});
