import { COMMON_TIME, type FacetItem } from '@livetree/live-set';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawEnvelope, drawNotes } from '../src/drawings.ts';

const note = (time: number, duration: number, pitch: number): FacetItem => ({
  key: `${time}.${pitch}`,
  time,
  duration,
  pitch,
});
const envelope = (...points: readonly number[]): FacetItem => ({ key: 'e', points });

describe('drawings of details', () => {
  it('[VIEW-75] notes stand where they sound, the highest on top', () => {
    const drawing = drawNotes([note(0, 4, 36), note(4, 4, 38)], COMMON_TIME);
    expect(drawing).toEqual({
      path: 'M0 2h160v1h-160zM160 0h160v1h-160z',
      width: 320,
      height: 3,
      label: '2 notes, C1 to D1, from 1.1.1 to 3.1.1',
    });
  });

  it('[VIEW-75] what cannot be placed is not drawn, and no notes are no drawing', () => {
    expect(drawNotes([], COMMON_TIME)).toBeUndefined();
    expect(drawNotes([{ key: 'x', time: 1 }, note(1, 1, 400)], COMMON_TIME)).toBeUndefined();
  });

  it('[VIEW-75] a drawing is bounded, and within its box, whatever the notes are', () => {
    const any = fc.record({
      time: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      duration: fc.double({ min: 0, max: 1e5, noNaN: true }),
      pitch: fc.integer({ min: 0, max: 127 }),
    });
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 60 }), (notes) => {
        const drawing = drawNotes(
          notes.map(({ time, duration, pitch }) => note(time, duration, pitch)),
          COMMON_TIME,
        );
        const boxes = [...(drawing?.path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g) ?? [])];
        expect(boxes.map(([box]) => box).join('')).toBe(drawing?.path);
        for (const [, left, top, width] of boxes) {
          expect(Number(left) + Number(width)).toBeLessThanOrEqual(drawing?.width ?? 0);
          expect(Number(top)).toBeLessThan(drawing?.height ?? 0);
        }
        expect(new Set(boxes.map(([, , top]) => top)).size).toBe(
          new Set(notes.map(({ pitch }) => pitch)).size,
        );
      }),
    );
    const many = Array.from({ length: 60_000 }, (_, index) => note(index / 16, 0.1, index % 128));
    expect(drawNotes(many, COMMON_TIME)?.path.length).toBeLessThan(128 * 161 * 24);
  });

  it('[VIEW-75] an envelope is a line from its first point to its last', () => {
    expect(drawEnvelope(envelope(-63072000, 0, 0, 0, 4, 1, 8, 0.5), COMMON_TIME)).toEqual({
      path: 'M0 19L0 19L60 1L120 10',
      width: 120,
      height: 20,
      label: 'from 1.1.1 to 3.1.1',
    });
  });

  it('[VIEW-75] what jumps from value to value is drawn in steps', () => {
    const item = { ...envelope(-63072000, 0, 4, 1, 8, 0), steps: true };
    expect(drawEnvelope(item, COMMON_TIME)?.path).toBe('M0 19H0V1H120V19');
  });

  it('[VIEW-75] a value that never changes is a level line; no points are none', () => {
    const flat = drawEnvelope(envelope(-63072000, 0.7), COMMON_TIME);
    expect(flat?.path).toBe('M0 10H120');
    expect(flat?.label).toBe('one value throughout');
    expect(drawEnvelope(envelope(), COMMON_TIME)).toBeUndefined();
    const long = envelope(...Array.from({ length: 40_000 }, (_, index) => index));
    expect(drawEnvelope(long, COMMON_TIME)?.path.length).toBeLessThan(5_000);
  });
});
