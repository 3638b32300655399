import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Inbox } from '../../src/node/inbox.ts';

/** Work that takes its time. */
function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('the inbox', () => {
  it('[HUB-51] takes all in order, over several turns in which others have theirs', async () => {
    const taken: number[] = [];
    let others = 0;
    const inbox = new Inbox<number>((item) => {
      busy(3);
      taken.push(item);
    });
    for (let item = 0; item < 20; item++) inbox.push(item);
    expect(taken).toEqual([]);
    while (taken.length < 20) {
      await turn();
      others += 1;
    }
    expect(taken).toEqual(Array.from({ length: 20 }, (_, item) => item));
    expect(others).toBeGreaterThanOrEqual(6);
  });

  it('[HUB-51] what is cleared is never taken, also when cleared by what is taken', async () => {
    const taken: string[] = [];
    const inbox: Inbox<string> = new Inbox((item) => {
      taken.push(item);
      if (item === 'last') inbox.clear();
    });
    inbox.push('never');
    inbox.clear();
    for (const item of ['first', 'last', 'never']) inbox.push(item);
    await turn();
    inbox.push('again');
    await turn();
    await turn();
    expect(taken).toEqual(['first', 'last', 'again']);
  });
});
