import { describe, expect, it } from 'vitest';
import { type Details, set, texts } from './band.ts';

const note = (key: string, time: number, pitch = 60, more: object = {}) => ({
  ...{ key, pitch, time, duration: 1, velocity: 100, releaseVelocity: 64, velocityDeviation: 0 },
  ...{ probability: 1, enabled: true, ...more },
});
const RIFF = [note('1', 0), note('2', 1, 62), note('3', 4, 64)];
const changed = (item: ReturnType<typeof note>, more: object) => ({ ...item, ...more });
const notes = (before: readonly object[], after: readonly object[]): readonly string[] =>
  texts({ details: { 'lead/verse': { notes: [before, after] } } });
const [FIRST, SECOND, THIRD] = RIFF as [(typeof RIFF)[0], (typeof RIFF)[0], (typeof RIFF)[0]];

describe('notes', () => {
  it.each([
    [
      'transposed',
      RIFF.map((one) => changed(one, { pitch: one.pitch + 12 })),
      'all 3 notes transposed +12 st (bar 1)',
    ],
    ['moved', [FIRST, changed(SECOND, { time: 2 }), THIRD], '1 note moved (bar 1.2)'],
    ['resized', [FIRST, SECOND, changed(THIRD, { duration: 2 })], '1 note resized (bar 2)'],
    ['velocity', [changed(FIRST, { velocity: 64 }), SECOND, THIRD], '1 note velocity 100 → 64 (bar 1)'],
    ['muted', [changed(FIRST, { enabled: false }), SECOND, THIRD], '1 note deactivated (bar 1)'],
    ['chance', [FIRST, changed(SECOND, { probability: 0.5 }), THIRD], '1 note with other chance (bar 1.2)'],
    ['removed', [FIRST], '2 notes removed (bar 1.2)'],
    ['replaced', [note('8', 9, 30, { duration: 3 })], 'all notes replaced (3 → 1)'],
  ])('[DIFF-67] %s', (_, after, text) => {
    expect(notes(RIFF, after)).toEqual([`Lead › "Verse": ${text}`]);
  });

  it('[DIFF-67] that Live keyed anew are the same notes', () => {
    const renewed = RIFF.map((one, at) => ({ ...one, key: `${at + 40}` }));
    expect(notes(RIFF, [...renewed, note('50', 8)])).toEqual(['Lead › "Verse": 1 note added (bar 3)']);
    expect(
      notes(
        RIFF,
        renewed.map((one) => changed(one, { time: one.time + 1 })),
      ),
    ).toEqual(['Lead › "Verse": all 3 notes moved (bar 1)']);
  });
});

const START = -63072000;
const lane = (target: string, parameter: string | undefined, points: readonly number[]) => ({
  ...{ key: `${target}.0`, target, points },
  ...(parameter === undefined ? {} : { parameter }),
});
const on = (details: Details[string]): readonly string[] => texts({ details: { lead: details } });

describe('automation', () => {
  const DRAWN = lane('7', 'Cutoff', [START, 0, 0, 0, 16, 1]);

  it('[DIFF-68] is told with what it moves and where', () => {
    const item = { key: '#1', name: 'Cutoff', value: 0, raw: 0, target: '7' };
    const details = {
      lead: { envelopes: [[], [DRAWN]] },
      'lead/serum': { parameters: [[item], [item]] },
    } as const;
    expect(texts({ details })).toEqual(['Lead › Serum: Cutoff automation added (bar 1–5)']);
    expect(on({ envelopes: [[DRAWN], []] })).toEqual(['Lead: Cutoff automation deleted (bar 1–5)']);
  });

  it('[DIFF-68] drawn anew under another key, or read by another version, is the same', () => {
    expect(on({ envelopes: [[DRAWN], [{ ...DRAWN, key: '7.4' }]] })).toEqual([]);
    expect(on({ envelopes: [[DRAWN], [{ ...DRAWN, key: '9.0', target: '9' }]] })).toEqual([]);
  });

  it('[DIFF-68] one event is no automation', () => {
    expect(on({ envelopes: [[lane('7', 'Cutoff', [START, 0])], [lane('7', 'Cutoff', [START, 1])]] })).toEqual(
      [],
    );
  });

  it('[DIFF-68] of tempo and signature is the song’s', () => {
    const tempo = [START, 120, 0, 120, 64, 126];
    const meter = [START, 201, 0, 201, 32, 200];
    const details = (parameter: string, points: readonly number[]): Details => ({
      main: { envelopes: [[lane('8', parameter, points.slice(0, 2))], [lane('8', parameter, points)]] },
    });
    expect(texts({ details: details('Song Tempo', tempo) })).toEqual(['Tempo automation changed (bar 1–17)']);
    expect(texts({ details: details('Time Signature', meter) })).toEqual([
      'Signature changed in the song (bar 1–9)',
    ]);
  });
});

describe('values', () => {
  const knob = (raw: unknown, more: object = {}) => ({ key: 'k', name: 'Cutoff', value: raw, raw, ...more });
  const values = (id: string, was: object, now: object): readonly string[] =>
    texts({ details: { [id]: { parameters: [[was], [now]] } } });

  it('[DIFF-69] of plug-ins are percent of the way between their ends', () => {
    expect(values('lead/serum', knob(0.42), knob(0.61))).toEqual(['Lead › Serum › Cutoff: 42 % → 61 %']);
    expect(values('lead/serum', knob(0.42), knob(0.4201))).toEqual(['Lead › Serum › Cutoff: 42 % → 42.01 %']);
  });

  it('[DIFF-69] of choosers and switches are words, of macros numbers as Live shows them', () => {
    expect(values('bass/op', { ...knob('Sine'), raw: 0 }, { ...knob('Saw'), raw: 3 })).toEqual([
      'Bass › Operator › Cutoff: Sine → Saw',
    ]);
    expect(values('bass/op', knob(false), knob(true))).toEqual(['Bass › Operator › Cutoff: off → on']);
    const macro = (raw: number) => ({ ...knob(raw), key: 'MacroControls.2', name: 'Grit' });
    expect(values('bass/rack', macro(0), macro(126.999985))).toEqual(['Bass › Amp Rack › Grit: 0 → 127']);
  });

  it('[DIFF-69] that another version keeps on another scale are not compared', () => {
    const details = { 'bass/op': { parameters: [[knob(1)], [knob(100, { unit: 'Hz' })]] } } as const;
    const ops = [set('set', { creator: 'Ableton Live 12.3', schema: '12.0_12300' })];
    expect(texts({ details, ops })).toEqual(['Saved with Live 12.3, before 12.1.11']);
    expect(texts({ details })).toEqual(['Bass › Operator › Cutoff: 1.00 Hz → 100 Hz']);
  });

  it('[DIFF-69] that say nothing to a person say that something changed', () => {
    expect(texts({ ops: [set('bass/s1', { launchMode: 77 })] })).toEqual([
      'Bass › "Riff" › Launch Mode: none → another choice',
    ]);
  });
});
