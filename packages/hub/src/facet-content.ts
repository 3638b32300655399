/** The content of a facet on its way from the reader to clients. */
import type { FacetItem } from '@livetree/live-set';

/** The items, and their JSON. */
export interface OpenFacetContent {
  readonly json: string;
  readonly items: readonly FacetItem[];
}

/**
 * The UTF-8 of the JSON of many items, and a hash of it: a clip with 50,000 notes as text would hold the hub's loop
 * for a quarter of a second. What is not taken apart cannot be compared, so its changes go out whole.
 */
export interface PackedFacet {
  readonly bytes: Uint8Array;
  readonly sum: string;
}

export type FacetContent = OpenFacetContent | PackedFacet;

/** Characters of JSON up to which a facet is taken apart; a source sends what is longer as {@link PackedFacet}. */
export const COMPARED_CHARACTERS = 256 * 1024;

/** @param json an array of items */
export const facetContent = (json: string): OpenFacetContent => ({
  json,
  items: JSON.parse(json) as readonly FacetItem[],
});

/** Whether nothing has changed, neither in the items nor in their order. */
export function isSameContent(a: FacetContent, b: FacetContent): boolean {
  if ('sum' in a) return 'sum' in b && a.sum === b.sum;
  return 'json' in b && a.json === b.json;
}
