import type { EphemeralValue } from '@livetree/client';
import { SYNC_LIMITS } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import { metricsUrl } from '../src/addresses.ts';
import { shelfOf } from '../src/kept.ts';
import { decodeMetrics } from '../src/metrics.ts';
import { plainPath, problemOf, refuseFile } from '../src/open-problem.ts';
import { isSamePlay, NOTHING_PLAYS, playSigns } from '../src/play-signs.ts';
import { decodeRecent, folderOf, forget, MOST_RECENT, remember } from '../src/recent-sets.ts';
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
    const live = { state: 'none' } as const;
    const set = (name: string) => ({ name, path: `/Music/${name}.als`, live });
    let recent = remember([], set('a'), 1);
    recent = remember(recent, set('b'), 2);
    recent = remember(recent, set('a'), 3);
    expect(recent.map(({ name, time }) => [name, time])).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
    expect(remember(recent, { name: 'dropped', live }, 4)).toBe(recent);
    for (let index = 0; index < 20; index++) recent = remember(recent, set(`x${index}`), index);
    expect(recent).toHaveLength(MOST_RECENT);
    expect(decodeRecent(JSON.stringify(recent))).toEqual(recent);
    for (const text of [undefined, 'x', '{}', '[1,null,{"name":"a"}]'])
      expect(decodeRecent(text)).toEqual([]);
  });

  it('[VIEW-41] the Set of a demo is not remembered, and forgotten when it turns out to be one', () => {
    const set = { name: 'a', path: '/tmp/a.als', live: { state: 'none' } } as const;
    expect(remember([], { ...set, live: { state: 'live', simulated: true } }, 1)).toEqual([]);
    const recent = remember(remember([], { ...set, path: '/b.als' }, 1), set, 2);
    expect(forget(recent, set).map(({ path }) => path)).toEqual(['/b.als']);
    expect(forget(recent, { path: '/c.als' })).toBe(recent);
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
  it('[VIEW-30] clips, scenes and transport are told by the latest values', () => {
    const values = [
      { key: 'playing_clip t1', node: id('t1'), value: 'c1' },
      { key: 'fired_clip t1', node: id('t1'), value: 'c2' },
      { key: 'fired_clip t2', node: id('t2'), value: 'c1' },
      { key: 'playing_clip t3', node: id('t3'), value: 'c3' },
      { key: 'fired_clip t3', node: id('t3'), value: 'stop' },
      { key: 'fired_clip t4', node: id('t4'), value: 'stop' },
      { key: 'recording_clip c4', node: id('c4'), value: true },
      { key: 'playing_clip t5', node: id('t5'), value: 'c4' },
      { key: 'scene_fired s1', node: id('s1'), value: true },
      { key: 'transport.playing', node: id('root'), value: true },
      { key: 'transport.recording', node: id('root'), value: false },
      { key: 'selection.clip', node: id('root'), value: 'c9' },
      { key: 'playhead', node: id('root'), value: 4 },
    ] as const;
    const latest = new Map<string, EphemeralValue>(values.map((value) => [value.key, value]));
    const signs = playSigns(latest);
    expect([...signs.rows]).toEqual([
      ['c1', 'playing'],
      ['c2', 'fired'],
      ['c3', 'stopping'],
      ['c4', 'recording'],
      ['s1', 'fired'],
    ]);
    expect(signs.transport).toBe('playing');
    expect(playSigns(new Map())).toEqual(NOTHING_PLAYS);
    latest.set('transport.recording', { key: '', node: id('root'), value: true });
    expect(playSigns(latest).transport).toBe('recording');
    expect(isSamePlay(signs, playSigns(latest))).toBe(false);
    expect(isSamePlay(playSigns(latest), playSigns(latest))).toBe(true);
  });

  it('[VIEW-42] while Live stands still nothing plays, but what was launched waits', () => {
    const latest = new Map<string, EphemeralValue>([
      ['playing_clip t1', { key: 'playing_clip t1', node: id('t1'), value: 'c1' }],
      ['fired_clip t2', { key: 'fired_clip t2', node: id('t2'), value: 'c2' }],
      ['transport.playing', { key: 'transport.playing', node: id('root'), value: false }],
      ['transport.recording', { key: 'transport.recording', node: id('root'), value: true }],
    ]);
    expect(playSigns(latest)).toEqual({ rows: new Map([['c2', 'fired']]), transport: undefined });
  });
});
