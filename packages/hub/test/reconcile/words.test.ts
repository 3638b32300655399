import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asNodeId } from '@livetree/live-set';
import { expect, it } from 'vitest';
import { sayAsked, sayBase } from '../../src/reconcile/decisions.ts';
import { COMPARABLE, type Discrepancy, sayForeign, sayJudged } from '../../src/reconcile/index.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/compared-with-the-file.md'), 'utf8');

it('[REC-63] docs/compared-with-the-file.md names every property of the table, and no other', () => {
  const section = page.split('### What can be compared')[1]?.split('Not compared')[0] ?? '';
  const named = [...section.matchAll(/`(\w+\.\w+)`/g)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(COMPARABLE.map(({ kind, prop }) => `${kind}.${prop}`).toSorted());
});

it('[REC-64] sentences about decisions use words that people see, and never say that something is saved', () => {
  const one: Discrepancy = {
    node: asNodeId('a'),
    prop: 'loopStart',
    property: 'clip.loopStart',
    ask: asNodeId('a'),
  };
  const base = { revision: 1, size: 9, ties: 1, looked: 4 };
  const said = [
    sayBase({ ...base, distance: 0, steps: 0 }, true),
    sayBase({ ...base, distance: 2, steps: 3 }, true),
    sayBase({ ...base, distance: 1, steps: 0 }, false),
    sayAsked([one, one, { ...one, property: 'track.volumeDb' }]) ?? '',
    ...sayJudged([
      { discrepancy: one, judgement: 'mismatch' },
      { discrepancy: one, judgement: 'disagreement' },
    ]),
    sayForeign('it is older than the last save that Live wrote'),
  ];
  expect(said.slice(0, 4)).toEqual([
    'Compared with the saved file: it holds the Set as it is now.',
    'Compared with the saved file: it holds the Set as it was 3 changes ago; 2 things differ even then.',
    'Compared with the saved file: 1 difference to Live as it is now.',
    '3 differences to the file at the moment of the save: Live is asked again (2 × clip loop start, track volume).',
  ]);
  const wrong =
    /\b(patch|op|ops|revision|epoch|facet|drift|reconcil\w*|snapshot|is saved|are saved|unsaved)\b/i;
  for (const text of said) expect(text).not.toMatch(wrong);
});
