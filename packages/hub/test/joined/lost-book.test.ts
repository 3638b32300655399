import { asNodeId } from '@livetree/live-set';
import { describe, expect, it } from 'vitest';
import { LostBook } from '../../src/joined/lost-book.ts';

const ACTS = [{ act: { id: 'a', nodes: [asNodeId('t1')], sentence: 'Bass: muted' }, ops: [] }];
const RUN = 'a'.repeat(32);
const at = (endedAt: number, cause?: 'realtime_off') => ({ endedAt, cause, savedAt: undefined });

describe('what was not saved', () => {
  it('[RT-32] of a Live that ended stays so when real time is switched off afterwards', () => {
    const book = new LostBook();
    book.freeze(RUN, ACTS, at(1));
    book.freeze(RUN, ACTS, at(2, 'realtime_off'));
    expect([book.count(undefined), book.count('realtime_off')]).toEqual([1, 0]);
  });

  it('[RT-30] is not known of a Live that is not followed; when the same Live is listed anew nothing was given up', () => {
    const book = new LostBook();
    book.freeze(RUN, ACTS, at(1, 'realtime_off'));
    expect([book.count(undefined), book.count('realtime_off')]).toEqual([0, 1]);
    expect(book.all).toMatchObject([{ endedAt: 1, cause: 'realtime_off' }]);
    expect(book.giveUp(RUN)).toBe(0);
    expect(book.all).toEqual([]);
  });
});
