/** The laws of ops on real Sets: successive saves, forwards and backwards. */
import { deepStrictEqual } from 'node:assert/strict';
import { expect, it } from 'vitest';
import { diffSets } from '../../src/diff/diff.ts';
import { treeOps } from '../../src/diff/ops.ts';
import type { NodeOf } from '../../src/model/node.ts';
import type { ParsedSet } from '../../src/parse/parse-set.ts';
import { applyOps } from '../../src/patch/apply.ts';
import { compose } from '../../src/patch/compose.ts';
import { invert, withWas } from '../../src/patch/invert.ts';
import type { Op } from '../../src/patch/op.ts';
import { type CorpusSeries, corpusSeries, describeCorpus, parse, readXml } from '../corpus.ts';
import { wire } from './edits.ts';

/** From one tree to the next. */
interface Step {
  readonly before: NodeOf<'set'>;
  readonly ops: readonly Op[];
  readonly after: NodeOf<'set'>;
}

interface Steps {
  readonly forwards: readonly Step[];
  readonly backwards: readonly Step[];
}

function stepsOf({ versions }: CorpusSeries): Steps {
  const forwards: Step[] = [];
  const backwards: Step[] = [];
  let before: ParsedSet | undefined;
  for (const version of versions) {
    const parsed = parse(readXml(version));
    if (before === undefined) {
      before = parsed;
      continue;
    }
    const { after, ops } = diffSets(before, parsed);
    forwards.push({ before: before.root, ops, after: after.root });
    backwards.unshift({ before: after.root, ops: treeOps(after.root, before.root), after: before.root });
    before = after;
  }
  return { forwards, backwards };
}

function assertUndone({ before, ops, after }: Step): void {
  deepStrictEqual(applyOps(before, ops), after);
  deepStrictEqual(applyOps(after, invert(ops)), before);
  deepStrictEqual(applyOps(before, invert(invert(ops))), after);
  deepStrictEqual(withWas(before, wire(ops)), ops);
}

function assertJson({ ops }: Step): void {
  for (const list of [ops, invert(ops), wire(ops)]) deepStrictEqual(JSON.parse(JSON.stringify(list)), list);
}

/** A step and its successors as one. */
function assertComposed(steps: readonly Step[]): void {
  const [first, last] = [steps[0]!, steps.at(-1)!];
  const lists = steps.map(({ ops }) => ops);
  const once = compose(...lists);
  const inTurn = lists.reduce((sum, ops) => compose(sum, ops));
  const fromTheEnd = lists.reduceRight((sum, ops) => compose(ops, sum));
  for (const ops of [once, inTurn, fromTheEnd, compose(...lists.map(wire))]) {
    deepStrictEqual(applyOps(first.before, ops), last.after);
  }
  deepStrictEqual(applyOps(last.after, invert(once)), first.before);
  expect(once.length).toBeLessThanOrEqual(lists.flat().length);
}

describeCorpus('ops between real saves', () => {
  it.each(corpusSeries.map((series) => [series.series, series] as const))(
    '[PATCH-34] %s: undone, composed and through JSON, forwards and backwards',
    { timeout: 40_000 },
    (_, series) => {
      const { forwards, backwards } = stepsOf(series);
      expect(forwards.length).toBeGreaterThan(0);
      for (const steps of [forwards, backwards]) {
        for (const step of steps) {
          assertUndone(step);
          assertJson(step);
        }
        for (let at = 0; at < steps.length; at += 3) assertComposed(steps.slice(at, at + 3));
        assertComposed(steps);
      }
      // There and back: nothing but what could not be told for certain.
      const there = forwards.flatMap(({ ops }) => ops);
      const thereAndBack = compose(there, invert(there));
      deepStrictEqual(applyOps(forwards[0]!.before, thereAndBack), forwards[0]!.before);
    },
  );
});
