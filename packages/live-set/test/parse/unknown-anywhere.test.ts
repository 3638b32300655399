import { describe, expect, test } from 'vitest';
import { coverage } from '../../src/coverage.ts';
import { diffSets } from '../../src/diff/diff.ts';
import type { ParsedSet } from '../../src/parse/parse-set.ts';
import { setStats } from '../../src/stats.ts';
import { fixture, parse } from '../corpus.ts';
import { mark } from '../mutations.ts';
import { shownIn } from '../shown.ts';
import { isSameAsFirst, placesInBatches, UNKNOWN, type Unknown, withUnknown } from '../unknown.ts';

const SMALL = ['small-l8', 'small-l9', 'small-l10', 'small-l11', 'small-l12'];
const cases = (sets: readonly string[]) =>
  sets.flatMap((name) => UNKNOWN.map((what) => [what, name] as const));

/** The places of a Set where it does not show. */
function unseen(set: ParsedSet, what: Unknown): readonly string[] {
  const isWanted = (element: number): boolean => !isSameAsFirst(set, what, element);
  return placesInBatches(mark(set), what, isWanted).flatMap((places) => {
    const other = parse(
      withUnknown(
        set,
        places.map(({ element }) => element),
        what,
      ),
    );
    const shown = shownIn(diffSets(set, other));
    return places.filter(({ owner }) => !shown.has(owner)).map(({ path }) => path);
  });
}

describe('what no version known has, in every kind of element', () => {
  test.each(cases(SMALL))('[PARSE-60] an unknown %s shows on the node it stands in: %s', (what, name) => {
    expect(unseen(fixture(name), what)).toEqual([]);
  });

  test.each(cases([...SMALL, 'demo']))(
    '[PARSE-60] an unknown %s everywhere: none is lost or counted: %s',
    (what, name) => {
      const set = fixture(name);
      const elements = placesInBatches(mark(set), what).flatMap((places) =>
        places.map(({ element }) => element),
      );
      const other = parse(withUnknown(set, elements, what));
      const { elements: found, attributes } = coverage(other);
      expect([found.lost, attributes.lost]).toEqual([0, 0]);
      expect(setStats(other)).toEqual(setStats(set));
      expect(elements.length).toBeGreaterThan(150);
    },
  );
});
