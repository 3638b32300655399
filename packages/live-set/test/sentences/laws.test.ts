import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { treeOps } from '../../src/diff/ops.ts';
import type { NodeOf } from '../../src/model/node.ts';
import { headline } from '../../src/sentences/headline.ts';
import { SENTENCE_KINDS } from '../../src/sentences/sentence.ts';
import { tellChange } from '../../src/sentences/sentences.ts';
import { anyEdit } from '../arbitraries.ts';
import { changedIds } from './band.ts';

const RANK = { structure: 0, sound: 1, settings: 2, state: 3 } as const;

function check(before: NodeOf<'set'>, after: NodeOf<'set'>): void {
  const ops = treeOps(before, after);
  const { sentences, folded } = tellChange({
    before: { root: before },
    after: { root: after },
    ops,
    touched: [],
  });
  const told = new Set([...sentences.flatMap(({ nodes }) => nodes), ...folded.map(({ node }) => node)]);
  expect(changedIds({ ops, touched: [] }).filter((id) => !told.has(id))).toEqual([]);
  for (const { text } of sentences) expect(text).not.toMatch(/undefined|NaN|\[object|\n|^\s|\s$|: ?$/);
  const ranks = sentences.map(({ kind, minor }) => (minor ? RANK.state : RANK[SENTENCE_KINDS[kind]]));
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  expect(headline(sentences, { most: 72 }).length).toBeLessThanOrEqual(72);
}

describe('sentences of any change', () => {
  it('[DIFF-66] tell or fold every op, in order of importance, there and back', () => {
    fc.assert(
      fc.property(anyEdit, ([before, after]) => {
        check(before, after);
        check(after, before);
      }),
      { numRuns: 300 },
    );
  });

  it('[DIFF-66] say nothing where nothing changed', () => {
    fc.assert(
      fc.property(anyEdit, ([before]) => {
        const side = { root: before };
        expect(tellChange({ before: side, after: side, ops: [], touched: [] })).toEqual({
          sentences: [],
          folded: [],
        });
      }),
    );
  });
});
