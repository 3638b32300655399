import { expect, test } from 'vitest';
import { coverage } from '../../src/coverage.ts';
import { diffSets } from '../../src/diff/diff.ts';
import type { ParsedSet } from '../../src/parse/parse-set.ts';
import {
  corpusFiles,
  corpusSeries,
  describeCorpus,
  liveMajor,
  parse,
  readXml,
  smallSets,
} from '../corpus.ts';
import {
  changeAttributes,
  changeText,
  deleteElement,
  duplicateElement,
  type Marked,
  type MutatedXml,
  type Mutation,
  mark,
  noiseMutations,
  swapWithNext,
  textElements,
} from '../mutations.ts';
import { elementsByPlace } from '../places.ts';
import { createRandom, type Random, SEED } from '../random.ts';
import { tryPlaces } from './batches.ts';
import { isSwapOfNothing, saysNothing } from './no-loss-exceptions.ts';

const LAST_SAVES = corpusSeries.map(({ versions }) => versions.at(-1)!);

/** `LIVETREE_EFFORT=20` tries twenty times over, `LIVETREE_SEED` something else. */
const EFFORT = Number(process.env['LIVETREE_EFFORT'] ?? 1);
const BATCHES_EACH = 24 * EFFORT;
const TEXTS_EACH = 3 * EFFORT;
const ELEMENTS_EACH = 30 * EFFORT;
const TIMEOUT_MS = 60_000 * EFFORT;

interface Seen {
  readonly ops: number;
  readonly touched: number;
  readonly oddities: number;
}

function look(before: ParsedSet, mutation: MutatedXml): Seen {
  const after = parse(mutation.xml);
  const diff = diffSets(before, after);
  const oddities = Math.abs(after.oddities.length - before.oddities.length);
  return { ops: diff.ops.length, touched: diff.touched.length, oddities };
}

const isChange = ({ ops, touched }: Seen): boolean => ops + touched > 0;

const describeMutation = ({ path, what }: Mutation, set: string): string =>
  `${set}: ${path}: ${what} (seed ${SEED})`;

/** Losses: changed, neither shown nor noise nor excepted. Alarms: noise that shows. */
interface Findings {
  readonly losses: string[];
  readonly alarms: string[];
}

/** As many places as fit, then some text. */
function tryValues(set: string, marked: Marked, random: Random): Findings {
  const findings: Findings = { losses: [], alarms: [] };
  const { count, doubtful } = tryPlaces(marked, random, BATCHES_EACH);
  expect(count).toBeGreaterThan(100);
  for (const mutation of doubtful) {
    judge(set, marked, { ...mutation, xml: changeAttributes(marked.set, [mutation]) }, findings);
  }
  const texts = textElements(marked.set);
  for (let count = texts.length === 0 ? 0 : TEXTS_EACH; count > 0; count--) {
    judge(set, marked, changeText(marked, random.pick(texts), random), findings);
  }
  return findings;
}

function judge(set: string, marked: Marked, mutation: MutatedXml, { losses, alarms }: Findings): void {
  const seen = look(marked.set, mutation);
  if (mutation.isNoise && isChange(seen)) alarms.push(describeMutation(mutation, set));
  if (!mutation.isNoise && !isChange(seen) && seen.oddities === 0)
    losses.push(describeMutation(mutation, set));
}

/** Changes by which a thing that is noise becomes a thing that is none. */
const leavesNoise = (path: string): boolean =>
  // an empty frozen slot is noise as long as it is as Live makes it
  /\/FreezeSequencer\/.*\/HasStop(@Value)?$/.test(path) ||
  // the spare parameter of a plug-in is the one with the id −1
  /\/PluginFloatParameter\/ParameterId(@Value)?$/.test(path);

function tryElements(set: string, marked: Marked, random: Random): Findings {
  const findings: Findings = { losses: [], alarms: [] };
  const places = elementsByPlace(marked.set);
  for (let count = 0; count < ELEMENTS_EACH; count++) {
    const element = random.pick(random.pick(places));
    const mutation = restructure(marked, element, random);
    if (mutation === undefined) continue;
    const seen = look(marked.set, mutation);
    if (mutation.isNoise && isChange(seen) && !leavesNoise(mutation.path)) {
      findings.alarms.push(describeMutation(mutation, set));
    } else if (!mutation.isNoise && !isChange(seen) && seen.oddities === 0 && !isHarmless(marked, mutation)) {
      findings.losses.push(describeMutation(mutation, set));
    }
  }
  return findings;
}

/** Only what stands in a list can stand there twice or in another order. */
function restructure(marked: Marked, element: number, random: Random): MutatedXml | undefined {
  const swapped = swapWithNext(marked, element);
  if (swapped === undefined) return deleteElement(marked, element);
  return random.pick([swapped, duplicateElement(marked, element), deleteElement(marked, element)]);
}

const isHarmless = (marked: Marked, mutation: Mutation): boolean =>
  mutation.what.startsWith('swapped')
    ? isSwapOfNothing(marked, mutation)
    : saysNothing(marked, mutation.element);

describeCorpus('no silent loss', () => {
  test.each([...corpusFiles, ...LAST_SAVES])(
    '[PARSE-11] every element and attribute has a role: $name',
    (set) => {
      const { elements, attributes } = coverage(parse(readXml(set)));
      expect([elements.lost, attributes.lost]).toEqual([0, 0]);
      expect(elements.modelled).toBeGreaterThan(0);
      expect(attributes.opaque).toBeGreaterThan(0);
    },
  );

  test('[PARSE-12] the Sets that are mutated are of every version', () => {
    expect(smallSets.length).toBe(13);
    expect(new Set(smallSets.map(liveMajor))).toEqual(new Set([8, 9, 10, 11, 12]));
  });

  test.each(smallSets)(
    '[PARSE-12] a changed value shows, or is on the list of noise: $name',
    (set) => {
      const { losses, alarms } = tryValues(set.name, mark(parse(readXml(set))), createRandom(SEED));
      expect({ losses, alarms }).toEqual({ losses: [], alarms: [] });
    },
    TIMEOUT_MS,
  );

  test.each(smallSets)(
    '[PARSE-13] what is taken out, doubled or put elsewhere shows: $name',
    (set) => {
      const { losses, alarms } = tryElements(set.name, mark(parse(readXml(set))), createRandom(SEED + 1));
      expect({ losses, alarms }).toEqual({ losses: [], alarms: [] });
    },
    TIMEOUT_MS,
  );

  test.each(smallSets)('[PARSE-53] all noise changed at once shows nothing: $name', (set) => {
    const before = parse(readXml(set));
    const changes = noiseMutations(mark(before), createRandom(SEED), leavesNoise);
    const { ops, touched } = diffSets(before, parse(changeAttributes(before, changes)));
    expect([ops, touched]).toEqual([[], []]);
    expect(changes.length).toBeGreaterThan(100);
  });
});
