import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatChange,
  formatCount,
  formatDecibels,
  formatInUnit,
  formatNote,
  formatPan,
  formatSignature,
  formatTempo,
  formatValue,
} from '../../src/sentences/format-value.ts';

describe('values as Live shows them', () => {
  it.each([
    [0, '0.0 dB'],
    [-8.52, '−8.5 dB'],
    [-0.01, '0.0 dB'],
    [-70.00000024492053, '−inf dB'],
    [Number.NEGATIVE_INFINITY, '−inf dB'],
  ])('[DIFF-53] %d dB → %s', (db, text) => {
    expect(formatDecibels(db)).toBe(text);
  });

  it.each([
    [1200, 'Hz', '1.20 kHz'],
    [340, 'Hz', '340 Hz'],
    [85.31, 'Hz', '85.3 Hz'],
    [999.7, 'Hz', '1.00 kHz'],
    [16671.79, 'Hz', '16.7 kHz'],
    [1500, 'ms', '1.50 s'],
    [0.0394, 'ms', '0.04 ms'],
    [-12.5, 'ms', '−12.5 ms'],
    [50, '%', '50 %'],
    [37.23, '%', '37.2 %'],
    [-3, 'st', '−3 st'],
    [12, 'st', '+12 st'],
    [60, 'note', 'C3'],
    [-25, 'L/R', '25L'],
    [4, 'ratio', '4 : 1'],
    [180, '°', '180°'],
    [120.5, 'BPM', '120.5 BPM'],
  ] as const)('[DIFF-53] %d %s → %s', (value, unit, text) => {
    expect(formatInUnit(value, unit)).toBe(text);
  });

  it('[DIFF-53] pan, notes, tempo, signature, switches, counts', () => {
    expect([-1, 0, 0.004, 0.5, 1].map((pan) => formatPan(pan))).toEqual(['50L', 'C', 'C', '25R', '50R']);
    expect([0, 36, 60, 61, 127].map(formatNote)).toEqual(['C−2', 'C1', 'C3', 'C♯3', 'G8']);
    expect(formatTempo(137.697754)).toBe('137.7 BPM');
    expect(formatSignature({ numerator: 6, denominator: 8 })).toBe('6/8');
    expect([formatValue(true), formatValue('Bell'), formatValue(0.0408), formatValue(12.5)]).toEqual([
      ...['on', 'Bell', '0.041', '12.5'],
    ]);
    expect([formatCount(1, 'note'), formatCount(1204, 'note'), formatCount(0, 'clip')]).toEqual([
      ...['1 note', '1,204 notes', '0 clips'],
    ]);
  });

  it('[DIFF-54] old and new never look the same', () => {
    const show = (unit: string) => (value: number, more: number) => formatInUnit(value, unit, more);
    expect(formatChange(-3, -3.04, show('dB'))).toBe('−3.00 dB → −3.04 dB');
    expect(formatChange(1200, 1200.4, show('Hz'))).toBe('1.2000 kHz → 1.2004 kHz');
    expect(formatChange(1, 1 + 1e-12, show('dB'))).toBe('slightly changed (1.0 dB)');
    const units = ['dB', 'Hz', 'ms', 's', '%', 'st', 'ct', '°', 'ratio', 'BPM', 'note', 'L/R'];
    fc.assert(
      fc.property(
        fc.constantFrom(...units),
        fc.double({ min: -69, max: 20_000, noNaN: true }),
        fc.double({ min: -69, max: 20_000, noNaN: true }),
        (unit, was, now) => {
          fc.pre(was !== now);
          const text = formatChange(was, now, show(unit));
          const [old, young] = text.split(' → ');
          expect(old === young).toBe(false);
          expect(text).not.toMatch(/NaN|undefined|e[-+]\d|-/);
        },
      ),
    );
  });
});
