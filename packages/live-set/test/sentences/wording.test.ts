import { describe, expect, it } from 'vitest';
import { headline } from '../../src/sentences/headline.ts';
import { telling } from './band.ts';
import { EXAMPLES } from './examples.ts';
import { INNER_NAMES, INNER_WORDS, RAW } from './wording.ts';

describe('wording', () => {
  const all = EXAMPLES.flatMap((example) => {
    const { sentences } = telling(example);
    return [...sentences.map(({ text }) => text), headline(sentences, { most: 72 })];
  });

  it('[DIFF-62] no word of the code, no id, no tag, no raw value', () => {
    for (const bad of [INNER_WORDS, INNER_NAMES, RAW])
      expect(all.filter((text) => bad.test(text))).toEqual([]);
  });

  it('[DIFF-62] the paths of other settings stand beside the sentence, not in it', () => {
    const { sentences } = telling({ other: { 'bass/op': ['Globals/Mystery'] } });
    expect(sentences).toMatchObject([
      { text: 'Bass › Operator: other settings changed', paths: ['Globals/Mystery'] },
    ]);
  });

  it('[DIFF-62] the patterns do find what they look for', () => {
    const bad = [
      'a patch',
      'Drift: undefined → 3',
      'Bass: NaN',
      'Bass › 0.123456789',
      'to t15838',
      'AudioOut/Main',
      'x: -3',
    ];
    expect(
      bad.filter((text) => ![INNER_WORDS, INNER_NAMES, RAW].some((pattern) => pattern.test(text))),
    ).toEqual([]);
  });
});
