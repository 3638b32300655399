import { describe, expect, it } from 'vitest';
import { flatten, headingKey, openAtFirst, openedWith, type Row, rowPath } from '../src/rows.ts';
import { search } from '../src/search.ts';
import { titleOf } from '../src/words.ts';
import { chain, clip, device, group, id, noTitles, placesIn, setOf, track } from './tree.ts';

const rack = device('Rack', { chains: [chain('Low', [device('Eq')])] });
const bass = track('Bass', { devices: [rack], clips: [clip('Verse'), clip('Chorus')] }, { color: 7 });
const root = setOf({
  tracks: [group('Drums', [track('Kick')], { color: 3 }), bass],
  returns: [track('Reverb')],
  main: [track('Main')],
});
const keys = (rows: readonly Row[]) => rows.map((row) => row.key);
const everything = new Set([
  'root/tracks',
  't-Drums',
  't-Bass',
  't-Bass/devices',
  'd-Rack',
  'h-Low',
  't-Bass/clips',
]);

describe('flatten', () => {
  it('[VIEW-1] shows the Set’s lists as headings, the main track without one, the Set itself not at all', () => {
    expect(keys(flatten(root, new Set()))).toEqual(['root/tracks', 'root/returns', 't-Main']);
    expect(keys(flatten(setOf({}), new Set()))).toEqual([]);
  });

  it('[VIEW-1] nests members of groups, chains of racks and devices of chains without headings', () => {
    expect(keys(flatten(root, everything))).toEqual([
      'root/tracks',
      't-Drums',
      't-Kick',
      't-Bass',
      't-Bass/devices',
      'd-Rack',
      'h-Low',
      'd-Eq',
      't-Bass/clips',
      'c-Verse',
      'c-Chorus',
      'root/returns',
      't-Main',
    ]);
  });

  it('[VIEW-2] gives level, place among siblings, and whether a row can be opened', () => {
    const rows = new Map(flatten(root, everything).map((row) => [row.key, row]));
    expect(rows.get('t-Bass')).toMatchObject({
      level: 2,
      setSize: 2,
      position: 2,
      isExpandable: true,
      isExpanded: true,
    });
    expect(rows.get('t-Kick')).toMatchObject({ level: 3, setSize: 1, position: 1, isExpandable: false });
    expect(rows.get('t-Bass/clips')).toMatchObject({
      kind: 'heading',
      count: 2,
      parent: 't-Bass',
      position: 2,
    });
    expect(rows.get('c-Verse')).toMatchObject({ parent: 't-Bass/clips', setSize: 2 });
  });

  it('[VIEW-2] hands the colour of a track down to what lies in it', () => {
    const rows = new Map(flatten(root, everything).map((row) => [row.key, row.color]));
    expect([rows.get('c-Verse'), rows.get('d-Eq'), rows.get('t-Kick'), rows.get('root/returns')]).toEqual([
      7,
      7,
      3,
      undefined,
    ]);
  });
});

describe('paths', () => {
  it('[VIEW-3] finds the rows that lead to a node', () => {
    const placeOf = placesIn(root);
    expect(rowPath(id('d-Eq'), placeOf)).toEqual([
      'd-Eq',
      'h-Low',
      'd-Rack',
      't-Bass/devices',
      't-Bass',
      'root/tracks',
    ]);
    expect(rowPath(id('root'), placeOf)).toEqual([]);
    expect(rowPath(id('nobody'), placeOf)).toEqual([]);
  });

  it('[VIEW-3] opening a track opens its devices and short lists, not the long ones, nor its sends', () => {
    const send = { id: id('x'), kind: 'send', props: { target: 'r' }, lists: {} } as const;
    const many = Array.from({ length: 9 }, (_, index) => clip(`n${index}`));
    const tree = setOf({
      tracks: [
        track('Pad', {
          devices: many.map((_, i) => device(`x${i}`)),
          clips: many,
          arrangement: [clip('a')],
          sends: [send],
        }),
      ],
    });
    const [, row] = flatten(tree, openAtFirst(tree));
    expect(openedWith(row!)).toEqual(['t-Pad', 't-Pad/devices', 't-Pad/arrangement']);
  });
});

describe('what is open at first', () => {
  const some = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => track(`${name} ${index}`));
  const open = (tracks: Parameters<typeof group>[1]) => openAtFirst(setOf({ tracks }));

  it('[VIEW-72] groups are open, and groups in them', () => {
    const inner = group('Inner', some('in', 3));
    expect([...open([group('Outer', [inner, ...some('out', 2)])])]).toEqual([
      'root/tracks',
      'root/returns',
      't-Outer',
      't-Inner',
    ]);
  });

  it('[VIEW-72] no more than 100 rows result: a level that is too much stays closed, with all below it', () => {
    const rows = (tracks: Parameters<typeof group>[1]) => flatten(setOf({ tracks }), open(tracks)).length;
    expect(rows([group('Full', some('a', 98))])).toBe(100);
    expect(rows([group('Over', some('a', 99))])).toBe(2);
    const deep = group('Deep', some('d', 60));
    expect(rows([group('Left', some('l', 30)), group('Right', [deep, ...some('r', 30)])])).toBe(3 + 30 + 31);
    expect(rows(some('many', 300))).toBe(301);
  });
});

describe('search', () => {
  const titles = (node: Parameters<typeof titleOf>[0]) => titleOf(node, noTitles);

  it('[VIEW-4] leaves matches and what leads to them, whatever is open', () => {
    const found = search(root, 'eq', titles);
    expect(found?.order).toEqual(['d-Eq']);
    expect(keys(flatten(root, new Set(), found))).toEqual([
      'root/tracks',
      't-Bass',
      't-Bass/devices',
      'd-Rack',
      'h-Low',
      'd-Eq',
    ]);
  });

  it('[VIEW-4] shows everything below a match that is opened', () => {
    const found = search(root, 'RACK', titles);
    const opened = new Set(['d-Rack']);
    expect(keys(flatten(root, opened, found))).toContain('h-Low');
    expect(keys(flatten(root, new Set(), found))).not.toContain('h-Low');
  });

  it('[VIEW-4] an empty text is no search; no match leaves nothing', () => {
    expect(search(root, '  ', titles)).toBeUndefined();
    expect(flatten(root, everything, search(root, 'zzz', titles))).toEqual([]);
  });

  it('[VIEW-1] heading keys never meet node keys', () => {
    expect(headingKey(id('t-1'), 'clips')).toBe('t-1/clips');
  });
});
