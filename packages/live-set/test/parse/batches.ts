/** Tries one value of the places in a Set, many at a time: at most one per node, so that each shows by itself. */
import { diffSets } from '../../src/diff/diff.ts';
import type { NodeId } from '../../src/model/node.ts';
import { ROLE } from '../../src/parse/roles.ts';
import { parse } from '../corpus.ts';
import {
  type AttributeMutation,
  changeAttributes,
  elementOf,
  type Marked,
  mutationOf,
  pathOfAttribute,
} from '../mutations.ts';
import { attributesByPlace } from '../places.ts';
import type { Random } from '../random.ts';
import { ownersOf, shownIn } from '../shown.ts';
import { exceptionFor } from './no-loss-exceptions.ts';

/** Instances of a place that are looked at to find a node with little to do. */
const CANDIDATES = 8;

/** Parts of parameters: read in one way everywhere, so a sample of them will do. */
const PARAMETER_PART = /\/(Manual|Min|Max|AutomationTarget)@\w+$/;

/** Places with an attribute that is not noise: what is read one by one first, what is only hashed later. */
function placesInOrder({ set, roles }: Marked, random: Random): readonly (readonly number[])[] {
  const ranked = attributesByPlace(set).flatMap((place) => {
    const counted = place.filter((attribute) => roles.attributes[attribute] !== ROLE.noise);
    if (counted.length === 0) return [];
    const isRead = roles.attributes[counted[0]!] === ROLE.modelled;
    const isPart = PARAMETER_PART.test(pathOfAttribute(set, counted[0]!));
    return [{ place: counted, rank: (isRead && !isPart ? 0 : 1) + random.next() }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ place }) => place);
}

/** One mutation for every place, in batches with at most one per node. */
function planBatches(
  marked: Marked,
  random: Random,
  most: number,
): readonly (readonly AttributeMutation[])[] {
  const owners = ownersOf(marked.set);
  const load = new Map<NodeId, number>();
  const batches: AttributeMutation[][] = [];
  for (const place of placesInOrder(marked, random)) {
    const candidates = Array.from({ length: CANDIDATES }, () => random.pick(place));
    const loadOf = (attribute: number): number => load.get(owners[elementOf(marked.set, attribute)]!) ?? 0;
    const chosen = candidates.reduce((best, other) => (loadOf(other) < loadOf(best) ? other : best));
    const batch = loadOf(chosen);
    const mutation = mutationOf(marked, chosen, random);
    if (batch >= most || exceptionFor(marked, mutation) !== undefined) continue;
    load.set(owners[mutation.element]!, batch + 1);
    batches[batch] ??= [];
    batches[batch].push(mutation);
  }
  return batches;
}

/** What came of trying every place. */
export interface Tried {
  readonly count: number;
  /** Mutations that did not show on their node: look at them one by one. */
  readonly doubtful: readonly AttributeMutation[];
}

/** @param most batches: what they do not hold of a node with many places is left to another seed */
export function tryPlaces(marked: Marked, random: Random, most: number): Tried {
  const owners = ownersOf(marked.set);
  const doubtful: AttributeMutation[] = [];
  let count = 0;
  for (const batch of planBatches(marked, random, most)) {
    const shown = shownIn(diffSets(marked.set, parse(changeAttributes(marked.set, batch))));
    doubtful.push(...batch.filter(({ element }) => !shown.has(owners[element]!)));
    count += batch.length;
  }
  return { count, doubtful };
}
