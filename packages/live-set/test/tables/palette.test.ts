import { describe, expect, test } from 'vitest';
import { paletteColor } from '../../src/tables/palette.ts';

const all = Array.from({ length: 70 }, (_, index) => paletteColor(index));

describe('palette', () => {
  test('[TABLE-1] has 70 different colours, #rrggbb, and none outside 0–69', () => {
    expect(new Set(all).size).toBe(70);
    for (const color of all) expect(color).toMatch(/^#[0-9a-f]{6}$/);
    for (const index of [-1, 70, 0.5, Number.NaN]) expect(paletteColor(index)).toBeUndefined();
  });

  test('[TABLE-1] each row ends with a grey, from white to black', () => {
    const ends = [13, 27, 41, 55, 69].map((index) => paletteColor(index));
    expect(ends).toEqual(['#ffffff', '#d0d0d0', '#a9a9a9', '#7b7b7b', '#3c3c3c']);
  });

  test('[TABLE-1] equals the numbers that Clip.color gives', () => {
    const known: readonly (readonly [number, number])[] = [
      [0, 16749734],
      [1, 16753961],
      [14, 16725558],
      [20, 49071],
      [28, 14837594],
      [62, 695438],
      [68, 13381230],
    ];
    for (const [index, rgb] of known)
      expect(paletteColor(index)).toBe(`#${rgb.toString(16).padStart(6, '0')}`);
  });

  test('[TABLE-2] colours of Live 9 and older are unknown, not guessed', () => {
    expect(paletteColor(3, 9)).toBeUndefined();
    expect(paletteColor(3, 8)).toBeUndefined();
    expect(paletteColor(3, 10)).toBe(paletteColor(3, 12));
  });
});
