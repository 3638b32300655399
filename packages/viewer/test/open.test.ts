import { SYNC_LIMITS } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import { metricsUrl } from '../src/addresses.ts';
import { shelfOf } from '../src/kept.ts';
import { decodeMetrics } from '../src/metrics.ts';
import { plainPath, problemOf, refuseFile } from '../src/open-problem.ts';
import { playSigns } from '../src/play-signs.ts';
import { decodeRecent, folderOf, MOST_RECENT, remember } from '../src/recent-sets.ts';
import { id } from './tree.ts';

describe('opening', () => {
  it('[VIEW-26] a file that cannot be a Set, is empty or too big is refused with a remedy, before it is read', () => {
    expect(refuseFile({ name: 'My Set.ALS', size: 10 })).toBeUndefined();
    for (const file of [
      { name: 'song.wav', size: 10 },
      { name: 'a.als', size: 0 },
      { name: 'a.als', size: SYNC_LIMITS.openBytes + 1 },
    ]) {
      expect(refuseFile(file)?.sentence).toContain(file.name);
      expect(refuseFile(file)?.remedy).not.toBe('');
    }
  });

  it('[VIEW-26] every refusal of the hub becomes a sentence with a remedy', () => {
    for (const code of ['NOT_CONNECTED', 'PATH_REFUSED', 'TOO_MANY_SETS', 'BRAND_NEW']) {
      const problem = problemOf({ ok: false, code, message: 'It went wrong' });
      expect(problem.sentence).toBe('It went wrong.');
      expect(problem.remedy).toMatch(/\.$/);
    }
  });

  it('[VIEW-26] paths are taken as people copy them', () => {
    expect(plainPath(' "/Music/My Set.als" ')).toBe('/Music/My Set.als');
    expect(plainPath('file:///Music/My%20Set.als')).toBe('/Music/My Set.als');
    expect(plainPath('C:\\Music\\a.als')).toBe('C:\\Music\\a.als');
    expect(plainPath("/Music/it's.als")).toBe("/Music/it's.als");
  });

  it('[VIEW-27] Sets shown here are remembered by path, the last first, without doubles, a few', () => {
    const set = (name: string) => ({ name, path: `/Music/${name}.als` });
    let recent = remember([], set('a'), 1);
    recent = remember(recent, set('b'), 2);
    recent = remember(recent, set('a'), 3);
    expect(recent.map(({ name, time }) => [name, time])).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
    expect(remember(recent, { name: 'dropped' }, 4)).toBe(recent);
    for (let index = 0; index < 20; index++) recent = remember(recent, set(`x${index}`), index);
    expect(recent).toHaveLength(MOST_RECENT);
    expect(decodeRecent(JSON.stringify(recent))).toEqual(recent);
    for (const text of [undefined, 'x', '{}', '[1,null,{"name":"a"}]'])
      expect(decodeRecent(text)).toEqual([]);
  });

  it('[VIEW-27] of a path the last two folders are shown', () => {
    expect(folderOf('/Users/me/Music/My Project/a.als')).toBe('… / Music / My Project');
    expect(folderOf('C:\\Music\\a.als')).toBe('C: / Music');
  });
});

describe('what is kept', () => {
  it('[VIEW-28] stays for the visit where the browser refuses to keep it', () => {
    const shelf = shelfOf(() => {
      throw new Error('denied');
    });
    expect(shelf.get('theme')).toBeUndefined();
    shelf.put('theme', 'dark');
    expect(shelf.get('theme')).toBe('dark');
  });
});

describe('diagnostics', () => {
  it('[VIEW-29] figures of the hub are read; other lines are left out', () => {
    const text =
      '# HELP x\nlivetree_clients 2\nlivetree_last_save_seconds{set="a1",stage="parse"} 0.0125\nother 1\nlivetree_x NaN\n';
    expect(decodeMetrics(text)).toEqual([
      { name: 'clients', labels: {}, value: 2 },
      { name: 'last_save_seconds', labels: { set: 'a1', stage: 'parse' }, value: 0.0125 },
    ]);
  });

  it('[VIEW-29] they are asked for at the host the page came from, with its token, and nowhere else', () => {
    const origin = 'http://127.0.0.1:8765';
    expect(metricsUrl('ws://127.0.0.1:8765/sync?token=a', origin)).toBe(
      'http://127.0.0.1:8765/metrics?token=a',
    );
    expect(metricsUrl('ws://127.0.0.1:8766/sync', origin)).toBeUndefined();
  });
});

describe('what plays', () => {
  it('[VIEW-30] clips and transport are told by the latest values', () => {
    const values = [
      { key: 'playing_clip t1', node: id('t1'), value: 'c1' },
      { key: 'fired_clip t1', node: id('t1'), value: 'c2' },
      { key: 'fired_clip t2', node: id('t2'), value: 'c1' },
      { key: 'transport', node: id('root'), value: true },
      { key: 'playhead', node: id('root'), value: 4 },
    ] as const;
    const signs = playSigns(new Map(values.map((value) => [value.key, value])));
    expect([...signs.clips]).toEqual([
      ['c1', 'playing'],
      ['c2', 'fired'],
    ]);
    expect(signs.transport).toBe('playing');
    expect(playSigns(new Map())).toEqual({ clips: new Map(), transport: undefined });
  });
});
