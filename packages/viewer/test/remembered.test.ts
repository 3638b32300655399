import { describe, expect, it } from 'vitest';
import { MOST_RECENT } from '../src/recent-sets.ts';
import { besideOf, decodeRemembered, NOTHING, recentOf } from '../src/remembered.ts';

const set = (name: string, time: number) => ({ name, path: `/Music/${name}.als`, time });

describe('Sets that the hub remembers', () => {
  it('[PACK-30] come together with those of this browser: each once, the newest first, a few', () => {
    const told = { sets: [set('a', 5), set('b', 2)], inFolders: [] };
    expect(recentOf([set('c', 3), set('a', 1)], told)).toEqual([set('a', 5), set('c', 3), set('b', 2)]);
    const many = Array.from({ length: 20 }, (_, at) => set(`x${at}`, at));
    expect(recentOf(many, told)).toHaveLength(MOST_RECENT);
  });

  it('[PACK-30] others of their project folders stand apart', () => {
    const told = { sets: [set('a', 5)], inFolders: [set('a', 9), set('d', 1), set('e', 2)] };
    expect(besideOf(recentOf([], told), told)).toEqual([set('e', 2), set('d', 1)]);
  });

  it('[PACK-30] what is no such answer is nothing', () => {
    const answer = {
      sets: [set('a', 1), 4],
      folders: [{ path: '/Music', time: 1, sets: [set('b', 2)] }, null],
    };
    expect(decodeRemembered(JSON.stringify(answer))).toEqual({
      sets: [set('a', 1)],
      inFolders: [set('b', 2)],
    });
    for (const text of ['', 'x', 'null', '{}', '{"sets":1,"folders":2}'])
      expect(decodeRemembered(text)).toEqual(NOTHING);
  });
});
