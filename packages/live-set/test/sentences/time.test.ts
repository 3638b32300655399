/** Time put into the song, or taken out of it. */
import { describe, expect, it } from 'vitest';
import { applyOps } from '../../src/patch/apply.ts';
import { BAND, clip, insert, remove, set, texts } from './band.ts';
import { envelope, START } from './example.ts';

const lane = (...points: readonly number[]) => [envelope('5', 'Track Volume', [START, 0.5, ...points])];
/** Time of 8 bars put in at bar 19, in the middle of "Verse" (bar 17–21). */
const cut = [
  set('lead/verse', { end: 72, loopEnd: 8 }),
  insert('lead', 'arrangement', 1, clip('new', 'Verse', 27, { end: 112, startOffset: 8 })),
  set('lead/bridge', { start: 192, end: 208 }),
  set('l2', { time: 160 }),
];
const moved = (by: number) => [
  set('lead/verse', { start: 64 + by, end: 80 + by }),
  set('lead/bridge', { start: 160 + by, end: 176 + by }),
];
const locators = (by: number) => [set('l1', { time: 64 + by }), set('l2', { time: 128 + by })];

describe('time inserted', () => {
  it('[DIFF-102] with a clip that was cut, and automation that went along', () => {
    const details = {
      bass: { envelopes: [lane(8, 1, 100, 0), lane(8, 1, 72, 0.8, 104, 0.8, 132, 0)] },
      vox: { envelopes: [lane(8, 1, 100, 0), lane(8, 0.7, 132, 0)] },
    } as const;
    expect(texts({ ops: cut, details })).toEqual([
      '8 bars inserted at bar 19 (1 clip, 1 locator later)',
      'Vox: Volume automation changed (bar 3–34)',
    ]);
  });

  it('[DIFF-103] without anything but clips it is a move', () => {
    expect(texts({ ops: moved(32) })).toEqual([
      'Lead: clip "Verse" moved, bar 17 → 25',
      'Lead: clip "Bridge" moved, bar 41 → 49',
    ]);
  });

  it('[DIFF-103] a clip that stays behind the place makes it a move, too', () => {
    const from = applyOps(BAND, [insert('vox', 'arrangement', 1, clip('vox/late', 'Late', 60))]);
    expect(texts({ from, ops: [...moved(32), ...locators(32)] })).toContain(
      'Lead: clip "Verse" moved, bar 17 → 25',
    );
  });

  it('[DIFF-103] what else was edited in a clip that went along is told', () => {
    const ops = [...moved(32), ...locators(32), set('lead/bridge', { loopEnd: 8 })];
    expect(texts({ ops })).toEqual([
      '8 bars inserted at bar 17 (2 clips, 2 locators later)',
      'Lead › "Bridge" › Loop: bar 1–5 → bar 1–3',
    ]);
  });
});

describe('time deleted', () => {
  it('[DIFF-102] with what lay in it, and clips that are shorter for it', () => {
    const ops = [
      set('vox/take', { end: 40, loopEnd: 8 }),
      remove('lead/verse'),
      remove('l1'),
      set('lead/bridge', { start: 120, end: 136 }),
      set('l2', { time: 88 }),
      insert('bass', 'arrangement', 0, clip('pad', 'Pad', 3)),
    ];
    const details = {
      bass: { envelopes: [lane(8, 1, 60, 0.3, 100, 0), lane(8, 1, 40, 0.5, 60, 0)] },
    } as const;
    expect(texts({ ops, details })).toEqual([
      '10 bars deleted at bar 11 (with 1 clip, 1 locator; 1 clip, 1 locator earlier)',
      'Bass: clip "Pad" added, bar 3 (8 notes)',
    ]);
  });
});

describe('a clip in parts', () => {
  it('[DIFF-104] all cuts are one sentence', () => {
    const part = (id: string, start: number, end: number) =>
      insert('lead', 'arrangement', 1, clip(id, 'Verse', 1, { start, end }));
    const ops = [set('lead/verse', { end: 68, loopEnd: 4 }), part('p2', 72, 80), part('p1', 68, 72)];
    expect(texts({ ops })).toEqual(['Lead: clip "Verse" split at bars 18, 19']);
  });
});
