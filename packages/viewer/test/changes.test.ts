import type { NodeId } from '@livetree/live-set';
import { asSetId, type Entry } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import {
  bounded,
  type ChangeFilter,
  type ChangeLine,
  filtered,
  groupOf,
  MOST_GROUPS,
  MOST_LINES,
  NO_FILTER,
  type PlaceOfLine,
} from '../src/change-lines.ts';
import { type Names, placeOfName, placesOfSentences } from '../src/sentence-place.ts';
import { id } from './tree.ts';

const entry = (sentences: readonly string[], more: Partial<Entry> = {}): Entry => ({
  type: 'entry',
  set: asSetId('s'),
  revision: 1,
  time: 1000,
  origin: 'file',
  names: [],
  nodes: [],
  sentences,
  ...more,
});

describe('lines', () => {
  const cut = (text: string) => {
    const [line] = groupOf(entry([text])).lines;
    return [line?.where, line?.was, line?.now];
  };

  it('[VIEW-21] a sentence is cut into where, what was and what is', () => {
    expect(cut('Bass › EQ Eight › 2 Freq: 1.20 kHz → 340 Hz')).toEqual([
      'Bass › EQ Eight › 2 Freq',
      '1.20 kHz → ',
      '340 Hz',
    ]);
    expect(cut('Kick: muted')).toEqual(['Kick', '', 'muted']);
    expect(cut('Tempo 120 → 124 BPM')).toEqual(['', 'Tempo 120 → ', '124 BPM']);
    for (const text of ['a: b: c → d', '12 scenes added', ': ', ''])
      expect(cut(text).join('')).toBe(text.replace(': ', ''));
  });

  it('[VIEW-21] a save of one sentence has no headline that says the same', () => {
    expect(groupOf(entry(['Kick: muted'], { save: 'Kick: muted' })).headline).toBeUndefined();
    expect(groupOf(entry(['a', 'b'], { save: '2 changes: Kick' })).headline).toBe('2 changes: Kick');
  });

  it('[VIEW-22] no more is kept than the limits say, the newest first', () => {
    const groups = Array.from({ length: MOST_GROUPS + 5 }, (_, index) =>
      groupOf(entry(['a'], { time: -index })),
    );
    expect(bounded(groups)).toEqual(groups.slice(0, MOST_GROUPS));
    const long = Array.from({ length: 20 }, (_, index) =>
      groupOf(entry(Array(400).fill('a'), { time: -index })),
    );
    const lines = bounded(long).reduce((sum, group) => sum + group.lines.length, 0);
    expect(lines).toBeLessThanOrEqual(MOST_LINES);
    expect(lines).toBeGreaterThan(MOST_LINES - 400);
    const huge = [groupOf(entry(Array(MOST_LINES + 1).fill('a')))];
    expect(bounded(huge)).toEqual(huge);
  });
});

describe('filters', () => {
  const groups = [
    groupOf(
      entry(['Bass › Eq: on', 'Bass: muted', 'Lead: device gone'], {
        names: ['device_removed', 'track_muted'],
      }),
    ),
    groupOf(entry(['Scene "A" added'], { revision: 2, names: ['scene_added'] })),
  ];
  const PLACES: Readonly<Record<string, { kind: 'device' | 'track' | 'scene'; path: NodeId[] }>> = {
    'Bass › Eq: on': { kind: 'device', path: [id('eq'), id('bass')] },
    'Bass: muted': { kind: 'track', path: [id('bass')] },
    'Scene "A" added': { kind: 'scene', path: [id('scene')] },
  };
  const placeOf: PlaceOfLine = (_, line: ChangeLine) => PLACES[line.text] ?? { kind: undefined, path: [] };
  const left = (filter: Partial<ChangeFilter>) =>
    filtered(groups, { ...NO_FILTER, ...filter }, placeOf).map(({ lines }) => lines.map(({ text }) => text));

  it('[VIEW-23] by text, whatever the case; saves of which nothing is left are left out', () => {
    expect(left({ text: 'bass' })).toEqual([['Bass › Eq: on', 'Bass: muted']]);
    expect(left({ text: '  ' })).toEqual(groups.map(({ lines }) => lines.map(({ text }) => text)));
  });

  it('[VIEW-23] by node: itself and what lies in it', () => {
    expect(left({ below: id('bass') })).toEqual([['Bass › Eq: on', 'Bass: muted']]);
    expect(left({ below: id('eq') })).toEqual([['Bass › Eq: on']]);
  });

  it('[VIEW-23] by what it is about; of what is gone the names of its save decide', () => {
    expect(left({ topic: 'devices' })).toEqual([['Bass › Eq: on', 'Lead: device gone']]);
    expect(left({ topic: 'tracks' })).toEqual([['Bass: muted', 'Lead: device gone']]);
    expect(left({ topic: 'scenes' })).toEqual([['Scene "A" added']]);
    expect(left({ topic: 'clips' })).toEqual([]);
  });
});

describe('places', () => {
  const TITLES: Readonly<Record<string, readonly [title: string, ...above: string[]]>> = {
    bass: ['Bass'],
    lead: ['Lead'],
    drums: ['Drums'],
    kick: ['Kick', 'drums'],
    bassEq: ['EQ Eight', 'bass'],
    leadEq: ['EQ Eight', 'lead'],
    verse: ['Verse', 'lead'],
    a: ['A'],
  };
  const names: Names = {
    set: id('root'),
    title: (node) => TITLES[node]?.[0],
    above: (node) => (TITLES[node]?.slice(1) ?? []).map(id),
    track: (title) => {
      const found = ['bass', 'lead', 'drums', 'kick', 'a'].find((track) => TITLES[track]?.[0] === title);
      return found === undefined ? undefined : id(found);
    },
  };
  const places = (texts: readonly string[], ...nodes: string[]) =>
    placesOfSentences(texts, nodes.map(id), names);
  const place = (text: string, ...nodes: string[]) => places([text], ...nodes)[0];

  it('[VIEW-24] the thing that is named most fully', () => {
    const nodes = ['bass', 'leadEq', 'bassEq', 'verse'];
    expect(place('Bass › EQ Eight › Gain: 1 → 2', ...nodes)).toBe('bassEq');
    expect(place('Lead › EQ Eight › Gain: 1 → 2', ...nodes)).toBe('leadEq');
    expect(place('Bass: muted', ...nodes)).toBe('bass');
    expect(place('Lead: clip "Verse" moved, bar 1 → 5', ...nodes)).toBe('verse');
    expect(place('Lead › Audio To: Bass → Main', 'bass', 'lead')).toBe('lead');
  });

  it('[VIEW-24] of what is gone, the track it was in; of what nobody knows, nothing', () => {
    expect(place('Bass: Compressor deleted', 'gone', 'verse')).toBe('bass');
    expect(place('Drums / Kick › Simpler: settings changed', 'gone')).toBe('kick');
    expect(place('Audio track "Vox" deleted', 'gone')).toBeUndefined();
  });

  it('[VIEW-24] a name in another name does not count', () => {
    expect(place('Lead 2 › EQ Eight: on', 'leadEq')).toBe('leadEq');
    expect(place('Delay/Bass › Eq: on', 'lead')).toBeUndefined();
    expect(place('14-Bass › Volume: 1 → 2', 'bassEq', 'bass')).toBe('bass');
  });

  it('[VIEW-24] what names nothing is of the Set; of many nothing is chosen', () => {
    const texts = ['Bass: muted', 'Tempo 1 → 2', '2 devices changed'];
    expect(places(texts, 'bass', 'root', 'leadEq', 'bassEq')).toEqual(['bass', 'root', undefined]);
    expect(places(['Tempo 1 → 2'], 'a')).toEqual([undefined]);
  });

  it('[VIEW-24] a name counts as a whole word only', () => {
    expect(placeOfName('Bass: muted', 'A')).toBe(-1);
    expect(placeOfName('Bass', 'Bass')).toBe(0);
    expect(placeOfName('SubBass, Bass: muted', 'Bass')).toBe(9);
    expect(placeOfName('Überbass', 'bass')).toBe(-1);
  });
});
