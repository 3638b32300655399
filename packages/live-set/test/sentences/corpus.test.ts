import { expect, it } from 'vitest';
import type { SetDiff } from '../../src/diff/diff.ts';
import { diffSets } from '../../src/diff/diff.ts';
import type { NodeId } from '../../src/model/node.ts';
import type { ParsedSet } from '../../src/parse/parse-set.ts';
import { type FacetSource, facetsOf } from '../../src/sentences/facet-source.ts';
import { headline } from '../../src/sentences/headline.ts';
import type { Sentence } from '../../src/sentences/sentence.ts';
import { type Telling, tellChange } from '../../src/sentences/sentences.ts';
import { type CorpusSeries, corpusSeries, describeCorpus, parseFile } from '../corpus.ts';
import { changedIds } from './band.ts';
import { givenNames, INNER_NAMES, INNER_WORDS, RAW, withoutNames } from './wording.ts';

interface Save {
  readonly what: string;
  readonly before: ParsedSet;
  readonly diff: SetDiff;
  readonly telling: Telling;
  readonly names: readonly string[];
}

/** All pairs of successive saves of a series. */
function* savesOf({ series, versions }: CorpusSeries): Generator<Save> {
  for (let at = 1; at < versions.length; at++) {
    const before = parseFile(versions[at - 1] as (typeof versions)[number]);
    const diff = diffSets(before, parseFile(versions[at] as (typeof versions)[number]));
    const [old, young] = [facetsOf(before), facetsOf(diff.after)];
    const telling = tellChange({
      before: { root: before.root, facets: old },
      after: { root: diff.after.root, facets: young },
      ops: diff.ops,
      touched: diff.touched,
    });
    const names = givenNames([before.root, diff.after.root], parameterNames(diff, [old, young]));
    yield { what: `${series} ${at} to ${at + 1}`, before, diff, telling, names };
  }
}

function* parameterNames({ touched }: SetDiff, sources: readonly FacetSource[]): Generator<string> {
  for (const { id } of touched) {
    for (const source of sources) {
      for (const item of source(id, 'parameters') ?? []) yield String(item['name']);
      for (const item of source(id, 'envelopes') ?? []) yield String(item['parameter'] ?? '');
      for (const item of source(id, 'samples') ?? []) yield String(item['path'] ?? '').replace(/^.*\//, '');
    }
  }
}

/** `A: 1 → 2` without anything that says what 1 and 2 are. */
const isBare = ({ text, kind }: Sentence): boolean =>
  kind === 'parameter' && /: −?[\d.]+ → −?[\d.]+$/.test(text);

interface Figures {
  changes: number;
  other: number;
  bare: number;
  sentences: number;
  minor: number;
}

/** Changes: nodes of ops, facets, groups of other settings. What a sentence tells of them counts for all. */
function addFigures(figures: Figures, { diff, telling }: Save): void {
  figures.changes += diff.ops.length;
  for (const { facets, other } of diff.touched) figures.changes += facets.length + Math.min(1, other.length);
  const full = (wanted: (sentence: Sentence) => boolean): number =>
    telling.sentences.filter(wanted).reduce((sum, { nodes }) => sum + nodes.length, 0);
  figures.other += full(({ kind }) => kind === 'other-settings');
  figures.bare += full(isBare);
  figures.sentences += telling.sentences.length;
  figures.minor += telling.sentences.filter(({ minor }) => minor).length;
}

describeCorpus('real Sets', () => {
  const total: Figures = { changes: 0, other: 0, bare: 0, sentences: 0, minor: 0 };

  for (const series of corpusSeries) {
    it(`[DIFF-64] ${series.series}: every changed node is in a sentence or folded; nothing raw in a text`, () => {
      for (const save of savesOf(series)) {
        expect(save.what && untold(save)).toEqual([]);
        expect(badTexts(save)).toEqual([]);
        expect(headline(save.telling.sentences, { most: 72 }).length).toBeLessThanOrEqual(72);
        addFigures(total, save);
      }
    }, 120_000);
  }

  it('[DIFF-65] at least 95 % of all changes come out with names and units', () => {
    const share = 1 - (total.other + total.bare) / total.changes;
    process.stdout.write(
      `sentences: ${JSON.stringify(total)}, ${(share * 100).toFixed(1)} % in full words\n`,
    );
    expect(total.changes).toBeGreaterThan(500);
    expect(share).toBeGreaterThanOrEqual(0.95);
  });
});

function untold({ diff, telling: { sentences, folded } }: Save): readonly NodeId[] {
  const told = new Set([...sentences.flatMap(({ nodes }) => nodes), ...folded.map(({ node }) => node)]);
  return changedIds({ ops: diff.ops, touched: diff.touched }).filter((id) => !told.has(id));
}

function badTexts({ telling, names }: Save): readonly string[] {
  const texts = telling.sentences.map(({ text }) => text);
  return [
    ...texts.filter((text) => RAW.test(withoutNames(text, names))),
    ...texts.filter((text) => INNER_NAMES.test(withoutNames(text, names))),
    ...texts.filter((text) => INNER_WORDS.test(withoutNames(text, names))),
  ];
}
