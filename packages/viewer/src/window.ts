/** Which rows are drawn, and how the view stays where it is when rows come and go. Pure. */
import type { Row, RowKey } from './rows.ts';

/** Height of a row, CSS px. */
export const ROW_HEIGHT = 24;
/** Rows drawn beyond the visible ones, each way. */
const OVERSCAN = 8;

/** Half-open: rows `first` … `end - 1`. */
export interface Range {
  readonly first: number;
  readonly end: number;
}

/** Rows to draw for a view of `height` px scrolled down by `top` px. */
export function windowOf(top: number, height: number, count: number): Range {
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - OVERSCAN);
  const end = Math.min(count, Math.ceil((top + height) / ROW_HEIGHT) + OVERSCAN);
  return { first: Math.min(first, Math.max(0, end)), end: Math.max(0, end) };
}

/** Rows that can be drawn at a time in a view of `height` px. */
export const poolSize = (height: number): number => Math.ceil(height / ROW_HEIGHT) + 1 + 2 * OVERSCAN;

/**
 * The index that a place of the pool shows: of those in the range the one that is `slot` after `base`, counted
 * round the pool. So a row that stays drawn stays in its place, and only the places that others left are filled
 * anew. `undefined`: none.
 */
export function indexInSlot(
  { first, end }: Range,
  pool: number,
  base: number,
  slot: number,
): number | undefined {
  const index = base + slot + pool * Math.ceil((first - base - slot) / pool);
  return index < end ? index : undefined;
}

/**
 * By how many px the view must scroll so that the row at `anchor` stays where it is on the screen. When that
 * row is gone, the nearest one below it that still exists stays, else the nearest above.
 */
export function shiftFor(before: readonly Row[], after: ReadonlyMap<RowKey, number>, anchor: number): number {
  const index = survivor(before, after, anchor, 1) ?? survivor(before, after, anchor, -1);
  if (index === undefined) return 0;
  return ((after.get(before[index]?.key ?? '') ?? index) - index) * ROW_HEIGHT;
}

function survivor(
  before: readonly Row[],
  after: ReadonlyMap<RowKey, number>,
  from: number,
  step: 1 | -1,
): number | undefined {
  for (let index = from; index >= 0 && index < before.length; index += step) {
    const key = before[index]?.key;
    if (key !== undefined && after.has(key)) return index;
  }
  return undefined;
}

/** Where the view must scroll so that a row is wholly visible; the same place when it is. */
export function scrollTo(index: number, top: number, height: number): number {
  const start = index * ROW_HEIGHT;
  if (start < top) return start;
  return start + ROW_HEIGHT > top + height ? start + ROW_HEIGHT - height : top;
}
