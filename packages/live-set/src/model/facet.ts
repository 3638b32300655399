import type { PropValue } from './node.ts';

/**
 * One item of a facet: flat, with a `key` unique within its facet and stable over saves. The fields of each
 * facet's items are documented where they are made (`parse/facets/*.ts`). Number arrays hold columns
 * (`points` of an envelope: time, value, time, value, …).
 */
export type FacetItem = Readonly<Record<string, PropValue | readonly number[]>> & { readonly key: string };
