import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodePlatform } from '../../src/node/platform.ts';
import { portablePlatform } from '../../src/portable.ts';

const INVALID: readonly (readonly [offset: number, why: string, bytes: readonly number[]])[] = [
  [0, 'a continuation alone', [0x80]],
  [1, 'cut off', [0x61, 0xc3]],
  [0, 'overlong, two bytes', [0xc1, 0xbf]],
  [0, 'overlong, three bytes', [0xe0, 0x9f, 0xbf]],
  [0, 'overlong, four bytes', [0xf0, 0x8f, 0xbf, 0xbf]],
  [2, 'a surrogate', [0x61, 0x62, 0xed, 0xa0, 0x80]],
  [0, 'above U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
  [0, 'five bytes', [0xf8, 0x88, 0x80, 0x80, 0x80]],
  [3, 'after a good one', [0xe2, 0x82, 0xac, 0xff]],
];

describe('portablePlatform', () => {
  it.each(INVALID)('[PARSE-9] byte %i is the first invalid one: %s', (offset, _why, bytes) => {
    expect(portablePlatform.firstInvalidUtf8(Uint8Array.from(bytes))).toBe(offset);
    expect(nodePlatform.firstInvalidUtf8(Uint8Array.from(bytes))).toBe(offset);
  });

  it('[PARSE-9] judges any bytes as Node does', () => {
    const byte = fc.oneof(
      fc.nat({ max: 255 }),
      fc.constantFrom(0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0x80, 0xbf, 0x90, 0x9f),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 12 }), (bytes) => {
        expect(portablePlatform.firstInvalidUtf8(Uint8Array.from(bytes)) === undefined).toBe(
          isUtf8(Uint8Array.from(bytes)),
        );
      }),
      { numRuns: 5000 },
    );
  });

  it('[PARSE-9] decodes any text, and any part of it, as Node does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, text) => {
        const bytes = new TextEncoder().encode(before + text);
        const start = new TextEncoder().encode(before).length;
        expect(portablePlatform.decode(bytes, start, bytes.length)).toBe(
          nodePlatform.decode(bytes, start, bytes.length),
        );
        expect(portablePlatform.decode(bytes, start, bytes.length)).toBe(text);
      }),
    );
  });

  it('[PARSE-9] decodes a megabyte', () => {
    const text = 'aé音😀'.repeat(100_000);
    const bytes = new TextEncoder().encode(text);
    expect(portablePlatform.decode(bytes, 0, bytes.length)).toBe(text);
  });
});
