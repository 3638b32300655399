/** The content of a facet on its way from the reader to clients. */
import type { FacetItem } from '@livetree/live-set';

/**
 * Its items as JSON, and as they are unless that is too big: a clip with 50,000 notes would hold the hub's
 * loop for a quarter of a second. What is not taken apart cannot be compared, so its changes go out whole.
 */
export interface FacetContent {
  readonly json: string;
  readonly items: readonly FacetItem[] | undefined;
}

/** Characters of JSON up to which a facet is taken apart. */
const COMPARED = 256 * 1024;

/** @param json an array of items */
export const facetContent = (json: string): FacetContent => ({
  json,
  items: json.length > COMPARED ? undefined : (JSON.parse(json) as readonly FacetItem[]),
});
