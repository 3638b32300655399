import { describe, expect, it } from 'vitest';
import {
  decodeRemembered,
  forget,
  NOTHING_REMEMBERED,
  REMEMBERED_LIMITS,
  remember,
} from '../src/remembered.ts';

const set = (name: string, time: number) => ({ path: `/Music/${name} Project/${name}.als`, name, time });
const folder = (name: string): string => `/Music/${name} Project`;

describe('what a hub remembers', () => {
  it('[PACK-20] each Set and folder once, the last first, not more than the limits', () => {
    let now = remember(NOTHING_REMEMBERED, set('a', 1), folder('a'));
    now = remember(now, set('b', 2), folder('b'));
    now = remember(now, set('a', 3), folder('a'));
    expect(now.sets.map(({ name, time }) => [name, time])).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
    expect(now.folders.map(({ path }) => path)).toEqual([folder('a'), folder('b')]);
    for (let at = 0; at < 100; at++) now = remember(now, set(`x${at}`, at), folder(`x${at}`));
    expect([now.sets.length, now.folders.length]).toEqual([
      REMEMBERED_LIMITS.sets,
      REMEMBERED_LIMITS.folders,
    ]);
    expect(decodeRemembered(JSON.stringify(now))).toEqual(now);
  });

  it('[PACK-20] the folder of a Set that is forgotten goes, unless another Set of it stays', () => {
    const one = remember(NOTHING_REMEMBERED, set('a', 1), folder('a'));
    const other = { path: '/Music/a Project/Old/a 2.als', name: 'a 2', time: 2 };
    const two = remember(one, other, folder('a'));
    expect(forget(two, other.path, folder('a'))).toEqual({ sets: one.sets, folders: two.folders });
    expect(forget(one, set('a', 1).path, folder('a'))).toEqual(NOTHING_REMEMBERED);
  });

  it('[PACK-21] of a file that somebody else wrote only what could be opened is taken', () => {
    const good = set('a', 1);
    const sets = [
      good,
      null,
      7,
      { ...good, name: 4 },
      { ...good, path: '//server/x.als' },
      { ...good, path: '/x' },
    ];
    const folders = [
      { path: '/Music', time: 1 },
      { path: '\\\\server\\share', time: 1 },
      { path: 'here', time: 1 },
    ];
    expect(decodeRemembered(JSON.stringify({ sets, folders }))).toEqual({
      sets: [good],
      folders: [{ path: '/Music', time: 1 }],
    });
    for (const text of ['', 'x', 'null', '[]', '{"sets":{}}', ' '.repeat(REMEMBERED_LIMITS.fileBytes + 1)])
      expect(decodeRemembered(text)).toEqual(NOTHING_REMEMBERED);
  });
});
