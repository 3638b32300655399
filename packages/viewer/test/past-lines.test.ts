import type { KeptAct, KeptSave, PlacedSentence } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import { apiUrl } from '../src/addresses.ts';
import { entryTitle, lookupOf, momentKey, type PlaceBranch, placesOf, placeText } from '../src/past-lines.ts';
import { device, group, id, setOf, track } from './tree.ts';

const sentence = (way: readonly string[], rest: string, order = 0): PlacedSentence => ({
  kind: 'track-muted' as PlacedSentence['kind'],
  text: [...way, rest].join(' › '),
  minor: false,
  nodes: [],
  way: way.map((label, at) => ({ id: id(label), label, order: order * 10 + at })),
  rest,
  order,
});
const outline = ({ label, changes, branches }: PlaceBranch): unknown => [
  label,
  ...changes.map(({ rest }) => rest),
  ...branches.map(outline),
];

describe('what was', () => {
  it('[HIST-41] changes stand where they happened, in the order of the tree; a lone way is one line', () => {
    const told = [
      sentence(['Bass', 'EQ'], 'off', 2),
      sentence([], 'Tempo 120 → 124 BPM'),
      sentence(['Drums', 'Kick'], 'muted', 1),
      sentence(['Bass', 'EQ'], 'Gain: 0 dB → 1 dB', 3),
    ];
    expect(outline(placesOf(told))).toEqual([
      '',
      'Tempo 120 → 124 BPM',
      ['Drums › Kick', 'muted'],
      ['Bass › EQ', 'off', 'Gain: 0 dB → 1 dB'],
    ]);
    expect(outline(placesOf([]))).toEqual(['']);
  });

  it('[HIST-40] an entry has a title whatever is known of it', () => {
    const save: KeptSave = {
      type: 'save',
      id: 7,
      number: 0,
      time: 1,
      source: 'backup',
      path: '/a.als',
      sizeBytes: 1,
      sha256: 'f',
      storedBytes: 1,
      names: [],
      nodes: [],
      sentences: [],
    };
    const act: KeptAct = {
      type: 'act',
      epoch: 'e',
      revision: 9,
      time: 1,
      origin: 'live',
      names: [],
      nodes: [],
      sentences: ['Kick: muted'],
    };
    expect([save, { ...save, save: '' }, { ...save, save: '2 changes: Bass' }, act].map(entryTitle)).toEqual([
      'The oldest save that is kept',
      'Saved without a change',
      '2 changes: Bass',
      'Kick: muted',
    ]);
    expect([momentKey(save), momentKey(act)]).toEqual(['id-7', '9']);
  });

  it('[HIST-43] where history is kept is said, or why there is none', () => {
    const keep = { mostMegabytes: 1, mostDays: 1 };
    const place = { folder: '~/livetree', sizeBytes: 2_200_000, reading: 0, unreadable: 0, keep };
    expect(placeText(place)).toBe('Kept in ~/livetree (2.1 MB)');
    const { folder: _, ...none } = place;
    expect(placeText({ ...none, problem: 'It is locked.' })).toBe('It is locked.');
  });

  it('[HIST-42] a tree that was can be asked for things and their places', () => {
    const root = setOf({ tracks: [group('Drums', [track('Kick', { devices: [device('Eq')] })])] });
    const { find, placeOf } = lookupOf(root);
    expect([find(id('d-Eq'))?.kind, placeOf(id('d-Eq'))?.parent.id, placeOf(id('d-Eq'))?.list]).toEqual([
      'device',
      id('t-Kick'),
      'devices',
    ]);
    expect([placeOf(root.id), find(id('nothing'))]).toEqual([undefined, undefined]);
  });

  it('[HIST-44] the page asks only the hub it came from, with its token', () => {
    const hub = 'ws://127.0.0.1:8765/sync?token=abc';
    expect(apiUrl(hub, 'http://127.0.0.1:8765', 'sets/a/tree?at=id-7')).toBe(
      'http://127.0.0.1:8765/api/sets/a/tree?at=id-7&token=abc',
    );
    expect(apiUrl(hub, 'http://127.0.0.1:5173', 'history')).toBeUndefined();
  });
});
