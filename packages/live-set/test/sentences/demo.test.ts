import { describe, expect, it } from 'vitest';
import { diffSets } from '../../src/diff/diff.ts';
import { headline } from '../../src/sentences/headline.ts';
import { sentences } from '../../src/sentences/sentences.ts';
import { fixture } from '../corpus.ts';

describe('our own Sets', () => {
  it('[DIFF-63] the six edits between demo and demo-next are six sentences', () => {
    const before = fixture('demo');
    const told = sentences(before, diffSets(before, fixture('demo-next')));
    expect(told.map(({ text, minor }) => (minor ? `(${text})` : text))).toEqual([
      'Keys 日本: clip "Verse Keys" renamed "Verse Keys B"',
      'Pump moved from Bass to Pad für Intro',
      'Bass › EQ Eight › 2 Frequency A: 1.20 kHz → 340 Hz',
      'Bass › "Bass Verse" (Scene "Verse"): 1 note added (bar 1.4.3)',
      'Vox Double: muted',
      'Scene "Outro": info text changed',
    ]);
    expect(headline(told, { most: 72 })).toBe('6 changes: Keys 日本, Pad für Intro, Bass, Vox Double');
  });

  it('[DIFF-63] a Set against itself: no sentence', () => {
    const before = fixture('demo');
    expect(sentences(before, diffSets(before, fixture('demo')))).toEqual([]);
  });

  // What the little Set of a newer Live has and the older one cannot hold remains.
  it.each([
    [
      'small-l8',
      'small-l9',
      ['Saved with Live 9.7.7, before 8.3.4', '2-Tone Rack › Simpler: 2 warp markers added'],
    ],
    ['small-l9', 'small-l10', ['Saved with Live 10.1.43, before 9.7.7']],
    [
      'small-l10',
      'small-l11',
      ['Saved with Live 11.3.13, before 10.1.43', 'Scene "Drei ä" › Tempo: none → 100 BPM'],
    ],
    ['small-l11', 'small-l12', ['Saved with Live 12.3.2, before 11.3.13']],
  ] as const)('[DIFF-63] %s saved again as %s: the version, and hardly more', (old, young, expected) => {
    const before = fixture(old);
    const told = sentences(before, diffSets(before, fixture(young)));
    expect(told.map(({ text }) => text)).toEqual(expected);
  });
});
