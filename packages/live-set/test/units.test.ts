import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONVERSIONS, dbToGain, gainToDb, hzToNote, noteToHz } from '../src/units.ts';

const close = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

describe('units', () => {
  test.each(Object.entries(CONVERSIONS))(
    '[UNIT-1] %s and its inverse cancel, both ways',
    (name, conversion) => {
      const positive = name === 'gainToDb' || name === 'noteToHz';
      // Values of Live: gain and Hz above 0; dB and notes within what a double holds exactly enough.
      const raw = fc.double({
        min: name === 'noteToHz' ? -200 : positive ? 1e-6 : -1e6,
        max: positive ? 200 : 1e6,
        noNaN: true,
      });
      const shown = fc.double({
        min: name === 'noteToHz' ? 1e-3 : positive ? -120 : -1e6,
        max: positive ? 120 : 1e6,
        noNaN: true,
      });
      fc.assert(fc.property(raw, (x) => close(conversion.fromUnit(conversion.toUnit(x)), x)));
      fc.assert(fc.property(shown, (x) => close(conversion.toUnit(conversion.fromUnit(x)), x)));
    },
  );

  test('[UNIT-2] gains of the mixer: 0 dB, the bottom and the top of the fader', () => {
    expect(gainToDb(1)).toBe(0);
    expect(gainToDb(0.0003162277571)).toBeCloseTo(-70, 6);
    expect(gainToDb(1.99526238)).toBeCloseTo(6, 5);
    expect(gainToDb(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(gainToDb(-1)).toBeNaN();
    expect(dbToGain(-6)).toBeCloseTo(0.501187, 6);
    expect(dbToGain(Number.NEGATIVE_INFINITY)).toBe(0);
  });

  test('[UNIT-2] notes: A3 is 440 Hz, an octave doubles, Auto Filter runs from 26 Hz to 19.9 kHz', () => {
    expect(noteToHz(69)).toBe(440);
    expect(noteToHz(81)).toBe(880);
    expect(noteToHz(20)).toBeCloseTo(25.957, 3);
    expect(noteToHz(135)).toBeCloseTo(19912.13, 2);
    expect(hzToNote(440)).toBe(69);
  });

  test('[UNIT-2] seconds, percent, cents and pan', () => {
    expect(CONVERSIONS.secondsToMs.toUnit(0.375)).toBe(375);
    expect(CONVERSIONS.ratioToPercent.toUnit(0.55)).toBeCloseTo(55, 9);
    expect(CONVERSIONS.semitonesToCents.toUnit(-0.5)).toBe(-50);
    expect(CONVERSIONS.panToPosition.toUnit(-1)).toBe(-50);
  });
});
