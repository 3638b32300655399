import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asNodeId, barPosition, barText, COMMON_TIME, signatureOf } from '../../src/index.ts';

const signature = (numerator: number, denominator: number) => ({ numerator, denominator });

describe('bars', () => {
  it.each([
    [0, 4, 4, '1'],
    [32, 4, 4, '9'],
    [66, 4, 4, '17.3'],
    [96.5, 4, 4, '25.1.3'],
    [96.6, 4, 4, '25.1.3'],
    [3, 3, 4, '2'],
    [3, 6, 8, '2'],
    [3.5, 6, 8, '2.2'],
    [0.25, 6, 8, '1.1.2'],
    [8, 2, 2, '3'],
    [-4, 4, 4, '−1'],
    [-3, 4, 4, '−1.2'],
  ])('[CLI-1] beat %d in %d/%d is bar %s', (beats, numerator, denominator, text) => {
    expect(barText(beats, signature(numerator, denominator))).toBe(text);
  });

  it('[CLI-1] sums of small steps land on the line they were meant for', () => {
    const third = Array.from({ length: 12 }, () => 1 / 3).reduce((sum, step) => sum + step, 0);
    expect(barText(third, COMMON_TIME)).toBe('2');
    expect(barText(third + 1, COMMON_TIME)).toBe('2.2');
  });

  it('[CLI-1] bar, beat and sixteenth lead back to the place, and stay within the bar', () => {
    const places = fc.record({
      sixteenths: fc.integer({ min: 0, max: 100_000 }),
      numerator: fc.integer({ min: 1, max: 32 }),
      denominator: fc.constantFrom(1, 2, 4, 8, 16),
    });
    fc.assert(
      fc.property(places, ({ sixteenths, numerator, denominator }) => {
        const { bar, beat, sixteenth } = barPosition(sixteenths / 4, signature(numerator, denominator));
        const perBeat = 16 / denominator;
        expect(beat).toBeLessThanOrEqual(numerator);
        expect(sixteenth).toBeLessThanOrEqual(perBeat);
        expect(((bar - 1) * numerator + beat - 1) * perBeat + sixteenth - 1).toBe(sixteenths);
      }),
    );
  });

  it('[CLI-2] a Set counts by its own signature, by 4/4 when it names none', () => {
    const set = { id: asNodeId('set'), kind: 'set' as const, lists: {} };
    expect(signatureOf({ ...set, props: { signatureNumerator: 3, signatureDenominator: 8 } })).toEqual(
      signature(3, 8),
    );
    expect(signatureOf({ ...set, props: {} })).toEqual(COMMON_TIME);
    expect(signatureOf(undefined)).toEqual(COMMON_TIME);
  });
});
