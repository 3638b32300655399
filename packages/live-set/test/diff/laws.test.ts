import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { diffSets, type SetDiff } from '../../src/diff/diff.ts';
import type { NodeId, TreeNode } from '../../src/model/node.ts';
import type { ParsedSet } from '../../src/parse/parse-set.ts';
import { applyOps } from '../../src/patch/apply.ts';
import type { Op } from '../../src/patch/op.ts';
import { walk } from '../../src/patch/tree.ts';
import {
  type CorpusSeries,
  corpusSeries,
  describeCorpus,
  parse,
  parseFile,
  readXml,
  smallSets,
} from '../corpus.ts';

interface Pair {
  readonly name: string;
  readonly before: ParsedSet;
  readonly after: ParsedSet;
}

/** Each save with the next, both ways, and the first with the last; few are held at a time. */
function* pairsOf({ series, versions }: CorpusSeries): Generator<Pair> {
  const both = function* (a: number, b: number, before: ParsedSet, after: ParsedSet): Generator<Pair> {
    yield { name: `${series} ${a + 1} → ${b + 1}`, before, after };
    yield { name: `${series} ${b + 1} → ${a + 1}`, before: after, after: before };
  };
  const first = parse(readXml(versions[0]!));
  let last = first;
  for (let index = 1; index < versions.length; index++) {
    const set = parse(readXml(versions[index]!));
    yield* both(index - 1, index, last, set);
    last = set;
  }
  yield* both(0, versions.length - 1, first, last);
}

const idsOf = (root: TreeNode): readonly NodeId[] => [...walk(root)].map(({ id }) => id);

function expectLaws({ name, before, after }: Pair): SetDiff {
  const diff = diffSets(before, after);
  const result = applyOps(before.root, diff.ops);
  expect(isDeepStrictEqual(result, diff.after.root), `${name}: apply(a, diff(a, b)) equals b`).toBe(true);
  const fromJson = JSON.parse(JSON.stringify(diff.ops)) as readonly Op[];
  expect(isDeepStrictEqual(applyOps(before.root, fromJson), result), `${name}: through JSON`).toBe(true);
  expect(JSON.parse(JSON.stringify(diff.touched)), name).toEqual(diff.touched);
  expectIds(name, before, after, diff);
  expectSameObjects(name, before.root, result, diff.ops);
  return diff;
}

function expectIds(name: string, before: ParsedSet, parsed: ParsedSet, { after, touched }: SetDiff): void {
  const ids = idsOf(after.root);
  expect(new Set(ids).size, `${name}: ids are unique`).toBe(ids.length);
  expect(new Set(after.fingerprints.keys()), `${name}: one fingerprint per node`).toEqual(new Set(ids));
  expect(
    touched.filter(({ id }) => !before.fingerprints.has(id) || !after.fingerprints.has(id)),
    name,
  ).toEqual([]);
  const now = new Set(ids);
  const old = new Map([...walk(before.root)].map((node) => [node.id, node.kind]));
  const lost = [...walk(parsed.root)].filter(
    ({ id, kind }) => isKeyedByPointee(id) && old.get(id) === kind && !now.has(id),
  );
  expect(lost, `${name}: what has a pointee keeps its id`).toEqual([]);
}

const isKeyedByPointee = (id: NodeId): boolean => /^[tdc]\d+$/.test(id);

/** What no op names, nor anything in it, is the same object as before. */
function expectSameObjects(name: string, before: TreeNode, result: TreeNode, ops: readonly Op[]): void {
  const mentioned = new Set(ops.flatMap(mentionedBy));
  const old = new Map([...walk(before)].map((node) => [node.id, node]));
  const copied: NodeId[] = [];
  const visit = (node: TreeNode): boolean => {
    let isUntouched = old.has(node.id) && !mentioned.has(node.id);
    for (const children of Object.values(node.lists)) {
      for (const child of children) if (!visit(child)) isUntouched = false;
    }
    if (isUntouched && old.get(node.id) !== node) copied.push(node.id);
    return isUntouched;
  };
  visit(result);
  expect(copied, `${name}: untouched subtrees are the same objects`).toEqual([]);
}

function mentionedBy(op: Op): readonly NodeId[] {
  if (op.op === 'set') return [op.id];
  if (op.op === 'insert') return [op.parent, op.node.id];
  if (op.op === 'remove') return [op.id, op.was!.parent];
  return [op.id, op.parent, op.was!.parent];
}

/** Pairs of saves with no edit in between; one of them only changed from compressed to bare XML. */
const WITHOUT_EDIT = [
  'l10-x-sampling 4 → 5',
  'l10-x-sampling 5 → 4',
  'l10-cougar-rawxml 1 → 2',
  'l10-cougar-rawxml 2 → 1',
];

/** The first save in another version of Live; it rewrote 355,000 attributes. */
const UPGRADE = 'l11-l12-edmjm 3 → 4';

/** Only what changed for the user is touched. */
function expectQuietUpgrade({ ops, touched }: SetDiff): void {
  expect(ops[0]).toMatchObject({ op: 'set', id: 'set', props: { creator: 'Ableton Live 12.2.6' } });
  expect(touched.length).toBeLessThan(10);
}

/** How many tracks and devices of the smaller of two saves are in both under one id. */
function keptShare({ before, after }: Pair, diff: SetDiff): readonly [kept: number, possible: number] {
  const things = (set: ParsedSet): readonly NodeId[] =>
    [...walk(set.root)].filter(({ kind }) => kind === 'track' || kind === 'device').map(({ id }) => id);
  const old = new Set(things(before));
  const kept = things(diff.after).filter((id) => old.has(id)).length;
  return [kept, Math.min(old.size, things(after).length)];
}

describeCorpus('laws of diff, on real saves', () => {
  test.each(corpusSeries)('[DIFF-8] $series: both ways, and first with last', (series) => {
    let [kept, possible, count] = [0, 0, 0];
    for (const pair of pairsOf(series)) {
      const diff = expectLaws(pair);
      if (WITHOUT_EDIT.includes(pair.name)) expect([diff.ops, diff.touched], pair.name).toEqual([[], []]);
      if (pair.name === UPGRADE) expectQuietUpgrade(diff);
      const [here, most] = keptShare(pair, diff);
      [kept, possible, count] = [kept + here, possible + most, count + 1];
    }
    expect(count).toBe(series.versions.length * 2);
    // The rest are devices and tracks that somebody replaced between two saves.
    expect(kept / possible).toBeGreaterThan(0.85);
  });

  test.each(smallSets)('[DIFF-9] a Set and itself, read twice: no op, nothing touched: $name', (set) => {
    const diff = diffSets(parseFile(set), parse(readXml(set)));
    expect([diff.ops, diff.touched]).toEqual([[], []]);
  });
});
