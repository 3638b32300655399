import { describe, expect, it } from 'vitest';
import { asNodeId } from '../../src/model/node.ts';
import { headline } from '../../src/sentences/headline.ts';
import type { Sentence } from '../../src/sentences/sentence.ts';
import { set, telling } from './band.ts';

const plain = (text: string, place?: string, minor = false): Sentence => ({
  ...{ text, nodes: [asNodeId('x')], kind: 'volume', minor },
  ...(place === undefined ? {} : { places: [place] }),
});

describe('headline', () => {
  it('[DIFF-57] counts the edits, names the tracks, and what changed of the Set', () => {
    const { sentences } = telling({
      ops: [
        set('bass', { volumeDb: -3, arm: true }),
        set('vox', { mute: true }),
        set('set', { tempoBpm: 124 }),
      ],
    });
    expect(headline(sentences)).toBe('3 changes: Bass, Vox; tempo 120 → 124');
  });

  it('[DIFF-57] of one change is that change', () => {
    expect(headline([plain('Bass: muted', 'Bass'), plain('Lead: armed', 'Lead', true)])).toBe('Bass: muted');
  });

  it('[DIFF-57] of none says so, and how much is minor', () => {
    expect(headline([])).toBe('No changes');
    expect(headline([plain('Lead: armed', 'Lead', true)])).toBe('No edits (1 minor change)');
  });

  it('[DIFF-57] keeps to its length and says how many places it leaves out', () => {
    const many = Array.from({ length: 20 }, (_, at) => plain(`t${at}`, `A track with the number ${at}`));
    const text = headline(many, { most: 72 });
    expect(text).toBe('20 changes: A track with the number 0, 19 more');
    for (let most = 12; most < 90; most++) expect(headline(many, { most }).length).toBeLessThanOrEqual(most);
    expect(headline([plain('x'.repeat(100), 'Bass')], { most: 72 })).toHaveLength(72);
  });
});
