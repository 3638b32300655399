/** Live asked in rounds about what a save shows otherwise. */
import { applyOps, DEFAULT_LIMITS, type NodeId, type Op, parseSet, walk } from '@livetree/live-set';
import { nodePlatform } from '@livetree/live-set/node';
import { describe, expect, it } from 'vitest';
import { Asking } from '../../src/joined/asking.ts';
import { OwnSaves } from '../../src/joined/own-saves.ts';
import type { Verdict } from '../../src/reconcile/index.ts';
import { NO_PAIRS } from '../../src/reconcile/index.ts';
import { wideSet } from '../support/wide-set.ts';

const base = { revision: 1, distance: 250, size: 9, ties: 1, steps: 0, looked: 0 };
const xml = new TextEncoder().encode(wideSet(2_500));
const live = parseSet(xml, { platform: nodePlatform, limits: DEFAULT_LIMITS }).root;
const renamed = (ids: readonly NodeId[]): readonly Op[] =>
  ids.map((id) => ({ op: 'set', id, props: { name: 'Of the file' } }));

function askingAbout(count: number) {
  const ids = walk(live)
    .filter(({ kind }) => kind === 'track')
    .slice(0, count)
    .map(({ id }) => id);
  const common = { prop: 'name', property: 'track.name', file: 'Of the file' };
  const discrepancies = ids.map((node) => ({ ...common, node, ask: node, live: nameOf(node) }));
  const verdict: Verdict = { pairing: NO_PAIRS, base, discrepancies, decisions: [] };
  return { ids, asking: new Asking(verdict, live, applyOps(live, renamed(ids))) };
}

const names = new Map(walk(live).map(({ id, props }) => [id, 'name' in props ? props.name : undefined]));
const nameOf = (id: NodeId): string => String(names.get(id));

describe('Live is asked', () => {
  it('[LIFE-4] in rounds of a hundred, each with its own answer, until all was asked', () => {
    const { ids, asking } = askingAbout(250);
    const rounds: number[] = [];
    while (asking.next(live)) {
      rounds.push(asking.nodes.length);
      asking.answered(live);
    }
    expect(ids).toHaveLength(250);
    expect(rounds).toEqual([100, 100, 50]);
    expect(asking.left).toEqual([]);
    expect(asking.judged.map(({ judgement }) => judgement)).toEqual(ids.map(() => 'disagreement'));
  });

  it('[LIFE-4] what was not asked is never judged', () => {
    const { asking } = askingAbout(2_100);
    while (asking.next(live)) asking.answered(live);
    expect([asking.judged.length, asking.left.length]).toEqual([2_000, 100]);
  });
});

describe('saves that are known', () => {
  it('[LIFE-6] one that lies there again is an earlier one, the last one is not; they outlive the hub', () => {
    const saves = new OwnSaves();
    expect(saves.ageOf({ sha256: 'a' })).toMatchObject({ isEarlierSave: false, lastPointees: undefined });
    saves.note({ sha256: 'a', pointees: 5 });
    saves.note({ sha256: 'b', pointees: 9 });
    const later = new OwnSaves();
    later.recall(JSON.parse(JSON.stringify(saves.kept)));
    expect(later.ageOf({ sha256: 'a', pointees: 5 })).toEqual({
      isEarlierSave: true,
      pointees: 5,
      lastPointees: 9,
    });
    expect(later.ageOf({ sha256: 'b', pointees: 9 })).toMatchObject({ isEarlierSave: false });
    expect(later.ageOf({ sha256: 'c', pointees: 12 })).toMatchObject({ isEarlierSave: false });
  });
});
