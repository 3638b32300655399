import { describe, expect, it } from 'vitest';
import { flatten, type Row } from '../src/rows.ts';
import { indexInSlot, poolSize, ROW_HEIGHT, scrollTo, shiftFor, windowOf } from '../src/window.ts';
import { setOf, track } from './tree.ts';

const rowsOf = (...names: string[]): readonly Row[] =>
  flatten(setOf({ tracks: names.map((name) => track(name)) }), new Set(['root/tracks']));
const indexOf = (rows: readonly Row[]) => new Map(rows.map((row, index) => [row.key, index]));

describe('window', () => {
  it('[VIEW-5] draws what can be seen and little more, however long the tree is', () => {
    const { first, end } = windowOf(100_000 * ROW_HEIGHT, 600, 200_000);
    expect(first).toBeLessThanOrEqual(100_000);
    expect(end).toBeGreaterThanOrEqual(100_025);
    expect(end - first).toBeLessThan(50);
    expect(windowOf(0, 600, 3)).toEqual({ first: 0, end: 3 });
    expect(windowOf(9_999, 600, 0)).toEqual({ first: 0, end: 0 });
  });

  it('[VIEW-5] each visible row has a place of its own, and keeps it while it is visible', () => {
    const height = 600;
    const pool = poolSize(height);
    const before = new Map<number, number>();
    for (const top of [0, 10, 24, 500, 40_000, 39_000, 90_000]) {
      const range = windowOf(top, height, 3_000);
      const shown = Array.from({ length: pool }, (_, slot) => indexInSlot(range, pool, 7, slot));
      const indexes = shown.filter((index) => index !== undefined).sort((a, b) => a - b);
      expect(indexes).toEqual(Array.from({ length: range.end - range.first }, (_, at) => range.first + at));
      for (const [slot, index] of shown.entries()) {
        if (index === undefined) continue;
        expect(before.get(index) ?? slot).toBe(slot);
        before.set(index, slot);
      }
    }
    expect(indexInSlot({ first: 0, end: 3 }, pool, 0, 3)).toBeUndefined();
  });

  it('[VIEW-5] scrolls no further than needed', () => {
    expect(scrollTo(5, 0, 600)).toBe(0);
    expect(scrollTo(50, 0, 600)).toBe(51 * ROW_HEIGHT - 600);
    expect(scrollTo(2, 600, 600)).toBe(2 * ROW_HEIGHT);
  });
});

describe('anchor', () => {
  const before = rowsOf('a', 'b', 'c', 'd');
  const shift = (after: readonly Row[], anchor: number) =>
    shiftFor(before, indexOf(after), anchor) / ROW_HEIGHT;

  it('[VIEW-6] follows its row when rows come or go above', () => {
    expect(shift(rowsOf('x', 'y', 'a', 'b', 'c', 'd'), 2)).toBe(2);
    expect(shift(rowsOf('b', 'c', 'd'), 2)).toBe(-1);
  });

  it('[VIEW-6] stays when rows come or go below', () => {
    expect(shift(rowsOf('a', 'b', 'x', 'c', 'd'), 2)).toBe(0);
  });

  it('[VIEW-6] holds the next row when its own is gone, else the one before', () => {
    expect(shift(rowsOf('a', 'c', 'd'), 2)).toBe(-1);
    expect(shift(rowsOf('x', 'a'), 3)).toBe(1);
    expect(shiftFor(before, new Map(), 3)).toBe(0);
  });
});
