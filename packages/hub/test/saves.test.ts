import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBackupName } from '../src/saves/backup-name.ts';
import { piecesOf } from '../src/saves/pieces.ts';
import { oldest, tooOld } from '../src/saves/retention.ts';

/** Bytes without a pattern, the same each time. */
function noise(length: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
    return state >>> 24;
  });
}
const texts = (bytes: Uint8Array) =>
  [...piecesOf(bytes)].map((piece) => Buffer.from(piece).toString('base64'));

describe('pieces', () => {
  it('[HIST-1] together are the bytes, and few change with them', () => {
    const whole = noise(1_000_000, 7);
    const before = new Set(texts(whole));
    expect(before.size).toBeGreaterThan(10);
    expect(Buffer.concat([...piecesOf(whole)]).equals(whole)).toBe(true);
    fc.assert(
      fc.property(fc.nat(999_999), fc.uint8Array({ minLength: 1, maxLength: 5_000 }), (at, put) => {
        const edited = Buffer.concat([whole.subarray(0, at), put, whole.subarray(at)]);
        const after = texts(edited);
        expect(Buffer.concat(after.map((text) => Buffer.from(text, 'base64'))).equals(edited)).toBe(true);
        // The piece in which it happens, and what lies between it and the next cut that both have.
        expect(after.filter((text) => !before.has(text)).length).toBeLessThan(6);
      }),
      { numRuns: 5 },
    );
  });

  it('[HIST-1] of nothing there are none, and of little there is one', () => {
    expect([...piecesOf(new Uint8Array())]).toEqual([]);
    expect(texts(noise(100, 1))).toHaveLength(1);
  });
});

describe('what goes', () => {
  const save = (id: number, set: string, time: number) => ({ id, set, time });
  const saves = [save(1, 'a', 10), save(2, 'a', 20), save(3, 'a', 30), save(4, 'b', 5), save(5, 'b', 40)];

  it('[HIST-4] saves go when they are too old, but never the newest of a Set', () => {
    expect(tooOld(saves, 25)).toEqual([1, 2, 4]);
    expect(tooOld(saves, 1000)).toEqual([1, 2, 4]);
    expect(tooOld(saves, 0)).toEqual([]);
  });

  it('[HIST-4] when there is no room the oldest go first, whatever Set they are of', () => {
    expect(oldest(saves)).toEqual([4]);
    expect(oldest([save(3, 'a', 30), save(5, 'b', 40)])).toEqual([]);
  });
});

describe('names in Backup', () => {
  it.each([
    [
      'My Song [2026-03-01 201502].als',
      'My Song',
      { year: 2026, month: 3, day: 1, hour: 20, minute: 15, second: 2 },
    ],
    [
      'a [b] [1999-12-31 235959].ALS',
      'a [b]',
      { year: 1999, month: 12, day: 31, hour: 23, minute: 59, second: 59 },
    ],
  ])('[HIST-11] %s is a save of "%s"', (file, name, time) => {
    expect(parseBackupName(file)).toEqual({ name, time });
  });

  it.each([
    'My Song.als',
    'My Song [2026-03-01].als',
    'My Song [2026-03-01 201502].alp',
    ' [2026-03-01 2015].als',
  ])('[HIST-11] %s is none', (file) => {
    expect(parseBackupName(file)).toBeUndefined();
  });
});
