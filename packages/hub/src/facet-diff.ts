/** What changed between two contents of a facet, by key. */
import type { FacetItem } from '@livetree/live-set';
import type { FacetPatch } from '@livetree/protocol';

export type FacetChange = Pick<FacetPatch, 'put' | 'remove' | 'order'>;

/**
 * The change that makes `after` of `before`: take `remove` away; put `put` in the place of the item with that
 * key, else at the end; then sort by `order`, which is there only where the result is not in order already.
 * @returns `undefined` when both are equal
 */
export function diffItems(
  before: readonly FacetItem[],
  after: readonly FacetItem[],
): FacetChange | undefined {
  const old = new Map(before.map((item) => [item.key, item]));
  const kept = new Set(after.map((item) => item.key));
  const put = after.filter((item) => !isSame(old.get(item.key), item));
  const remove = before.filter((item) => !kept.has(item.key)).map((item) => item.key);
  const order = orderAfter(before, after, kept);
  if (put.length === 0 && remove.length === 0 && order === undefined) return undefined;
  return { put, remove, ...(order && { order }) };
}

function orderAfter(
  before: readonly FacetItem[],
  after: readonly FacetItem[],
  kept: ReadonlySet<string>,
): readonly string[] | undefined {
  const wanted = after.map((item) => item.key);
  const old = new Set(before.map((item) => item.key));
  const natural = before.filter((item) => kept.has(item.key)).map((item) => item.key);
  natural.push(...wanted.filter((key) => !old.has(key)));
  return natural.every((key, index) => key === wanted[index]) ? undefined : wanted;
}

function isSame(a: FacetItem | undefined, b: FacetItem): boolean {
  if (a === undefined) return false;
  const names = Object.keys(b);
  return Object.keys(a).length === names.length && names.every((name) => isSameValue(a[name], b[name]));
}

type ItemValue = FacetItem[string] | undefined;

function isSameValue(a: ItemValue, b: ItemValue): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return Object.is(a, b);
  return a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}
