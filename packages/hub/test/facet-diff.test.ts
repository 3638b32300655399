import type { FacetItem } from '@livetree/live-set';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffItems } from '../src/facet-diff.ts';
import { applyFacet } from './support/replica.ts';
import { notes } from './support/trees.ts';

const item = fc.record({
  key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  value: fc.oneof(
    fc.integer(),
    fc.string(),
    fc.boolean(),
    fc.array(fc.double({ noNaN: true }), { maxLength: 3 }),
  ),
});
const items = fc.uniqueArray(item, { selector: ({ key }) => key, maxLength: 6 });

describe('facet diff', () => {
  it('[HUB-19] applied to the old content it gives the new one, for any two contents', () => {
    fc.assert(
      fc.property(items, items, (before: FacetItem[], after: FacetItem[]) => {
        const change = diffItems(before, after);
        expect(change === undefined ? before : applyFacet(before, change)).toEqual(after);
      }),
    );
  });

  it('[HUB-19] equal contents differ in nothing', () => {
    fc.assert(
      fc.property(items, (some: FacetItem[]) => {
        expect(diffItems(some, structuredClone(some))).toBeUndefined();
      }),
    );
  });

  it('[HUB-19] says only what changed', () => {
    expect(diffItems(notes('a', 'b', 'c'), notes('a', 'c', 'd'))).toEqual({ put: notes('d'), remove: ['b'] });
    expect(diffItems(notes('a', 'b'), notes('b', 'a'))).toEqual({ put: [], remove: [], order: ['b', 'a'] });
  });
});
