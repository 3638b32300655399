import type { EphemeralValue } from '@livetree/client';
import { COMMON_TIME } from '@livetree/live-set';
import { asSetId, type FileStatus, type LiveStatus, type SetInfo } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../src/detail-table.ts';
import { offersOf } from '../src/details-offered.ts';
import { motionsOf, movingProperties } from '../src/motion.ts';
import { scriptCounts, scriptLines } from '../src/script-lines.ts';
import { selectionOf, turnedTo } from '../src/selection.ts';
import { type StatusText, statusText } from '../src/status-text.ts';
import { clip, device, id, track } from './tree.ts';

const at = (hour: number, minute: number): number => new Date(2026, 4, 3, hour, minute).getTime();
const NOW = at(18, 0);
const setWith = (
  live: Partial<LiveStatus>,
  file: FileStatus = { state: 'ok', savedAt: at(17, 15) },
  path: string | undefined = '/Music/My Set.als',
): SetInfo => ({
  id: asSetId('s'),
  name: 'My Set',
  ...(path === undefined ? {} : { path }),
  file,
  live: { state: 'live', leads: true, version: '12.3.6', ...live },
});
const unsaved = (live: Partial<LiveStatus> = {}): SetInfo => {
  const { path: _, ...rest } = setWith(live, { state: 'missing' });
  return rest;
};
const say = (set: SetInfo): StatusText =>
  statusText({ connection: { state: 'following' }, retryInSeconds: 0, set, now: NOW });

const LIVE_STATES = ['live', 'light', 'stalled', 'gone', 'broken'] as const;
/** The sentences of the hub. */
const PROBLEM = 'Live is gone (closed, crashed or hung). What you see is the last that it told.';

describe('how it stands with Live', () => {
  it('[VIEW-40] connected, with the time of the last save', () => {
    expect(say(setWith({}))).toMatchObject({ tone: 'good', sentence: 'Connected to Live · saved 17:15' });
  });

  it('[VIEW-40] a Set that was never saved is no error', () => {
    const text = say(unsaved());
    expect(text).toMatchObject({ tone: 'good', remedy: '' });
    expect(text.sentence).toBe('Connected to Live; this Set has not been saved yet');
    expect(say(unsaved({ version: '11.2.11' })).sentence).toMatch(
      /where its file is, this Live does not tell/,
    );
    expect(say(unsaved({ version: '11.3.25' })).sentence).toMatch(/has not been saved yet/);
  });

  it('[VIEW-40] how far Live has been read; a screen reader is not told each step', () => {
    const text = say(setWith({ progress: { done: 425, total: 1000 } }));
    expect(text).toMatchObject({
      tone: 'busy',
      sentence: 'Reading the Set from Live … 42 %',
      spoken: 'Reading the Set from Live …',
    });
    const { leads: _, ...live } = setWith({}).live;
    expect(say({ ...setWith({}), live }).sentence).toBe('Reading the Set from Live …');
    expect(say(setWith({ progress: { done: 0, total: 0 } })).sentence).toBe('Reading the Set from Live …');
  });

  it('[VIEW-40] what the hub knows of a problem is told, with since when', () => {
    const gone = say(setWith({ state: 'gone', since: at(17, 20), problem: PROBLEM }));
    expect(gone).toMatchObject({ tone: 'warn', sentence: `Since 17:20: ${PROBLEM}` });
    expect(gone.remedy).not.toBe('');
    expect(say(setWith({ problem: 'It is odd.' }))).toMatchObject({
      tone: 'warn',
      sentence: 'Connected to Live · saved 17:15. It is odd.',
    });
    expect(say(setWith({ state: 'broken', problem: 'It contradicts itself.' })).tone).toBe('bad');
  });

  it('[VIEW-40] a file that is in trouble is told beside Live, which leads', () => {
    const broken = say(setWith({}, { state: 'broken', problem: 'It is cut off', savedAt: at(17, 15) }));
    expect(broken).toMatchObject({ tone: 'warn', remedy: 'The saved file cannot be read: It is cut off.' });
    const gone = say(setWith({}, { state: 'missing', savedAt: at(17, 15) }));
    expect(gone).toMatchObject({ tone: 'warn', remedy: expect.stringContaining('no longer there') });
  });

  it('[REPLAY-6] a recorded run is called so, and simulated, in every state', () => {
    const recorded = { simulated: true, recorded: true } as const;
    for (const state of ['live', 'light', 'stalled', 'gone', 'broken'] as const) {
      const problem = state === 'gone' || state === 'broken' ? { problem: 'It is gone.' } : {};
      for (const more of [{}, problem]) {
        const { sentence } = say(setWith({ ...recorded, state, ...more }));
        expect([state, sentence]).toEqual([state, expect.stringMatching(/recorded/)]);
        expect([state, sentence]).toEqual([state, expect.stringMatching(/simulated/)]);
      }
    }
  });

  it('[VIEW-41] a simulated Live is called so in every state', () => {
    expect(say(setWith({ simulated: true })).sentence).toBe(
      'Connected to a simulated Live 12.3.6: a demo · saved 17:15',
    );
    for (const state of LIVE_STATES)
      for (const more of [{}, { problem: PROBLEM }, { progress: { done: 1, total: 3 } }])
        expect([state, say(setWith({ simulated: true, state, ...more })).sentence]).toEqual([
          state,
          expect.stringMatching(/simulated/),
        ]);
    expect(say(unsaved({ simulated: true })).sentence).toMatch(/simulated.*not been saved yet/);
  });

  it('[VIEW-40] no sentence says that nothing is unsaved', () => {
    for (const state of LIVE_STATES)
      for (const set of [setWith({ state }), setWith({ state, simulated: true }), unsaved({ state })]) {
        const { sentence, remedy } = say(set);
        const left = sentence.replace(/saved \d\d:\d\d|has not been saved yet/g, '');
        expect(`${left} ${remedy}`).not.toMatch(/\b(un)?saved\b/);
      }
  });
});

const values = (entries: Readonly<Record<string, readonly [node: string, value: EphemeralValue['value']]>>) =>
  new Map(Object.entries(entries).map(([key, [node, value]]) => [key, { key, node: id(node), value }]));

describe('what is selected in Live', () => {
  const A = { track: id('t1'), device: id('d1'), scene: id('s1') };

  it('[VIEW-43] the thing that somebody turned to is the one that was not selected before', () => {
    expect(turnedTo(A, { ...A, device: id('d2') })).toBe('d2');
    expect(turnedTo(A, { ...A, scene: id('s2') })).toBe('s2');
    expect(turnedTo(A, { ...A, track: id('t2'), device: id('d7') })).toBe('t2');
    expect(turnedTo(A, { track: id('t2'), scene: id('s2'), clip: id('c1') })).toBe('c1');
    expect(turnedTo(A, A)).toBeUndefined();
    expect(turnedTo(A, {})).toBeUndefined();
  });

  it('[VIEW-43] it is told by the latest values', () => {
    const told = values({
      'selection.track': ['root', 't1'],
      'selection.device': ['root', 'd1'],
      'selection.clip': ['root', null],
      view: ['root', 'Session'],
    });
    expect(selectionOf(told)).toEqual({ track: 't1', device: 'd1' });
  });
});

describe('what Live moves', () => {
  const motions = motionsOf(
    values({
      'motion d1 17': ['d1', 0.25],
      'motion t1 volume': ['t1', 0.85],
      'motion t1 panning': ['t1', -0.5],
      playhead: ['root', 4],
    }),
  );

  it('[VIEW-46] a fader says where it stands, for its decibels are not known; pan says so as ever', () => {
    expect([...movingProperties(motions.get(id('t1')))]).toEqual([
      ['volumeDb', 'fader at 85 %'],
      ['pan', '25L'],
    ]);
    expect(movingProperties(undefined).size).toBe(0);
  });

  it('[VIEW-46] a parameter says where it stands between its ends, others rest', () => {
    const items = [
      { key: '17', name: 'Freq', value: '1.20 kHz', raw: 0.6, min: 0, max: 0.5 },
      { key: '18', name: 'Gain', value: '0.0 dB', raw: 0 },
    ];
    const frame = { signature: COMMON_TIME, moved: motions.get(id('d1')) };
    const { columns, rows } = tableOf('parameters', items, 9, frame);
    expect(columns.map(({ label }) => label)).toEqual(['Name', 'Value']);
    expect(rows.map(({ cells, isMoving }) => [...cells, isMoving])).toEqual([
      ['Freq', '50 %', true],
      ['Gain', '0.0 dB', false],
    ]);
  });
});

describe('details of Live', () => {
  it('[VIEW-45] what nobody has counted is offered by kind, what there is none of is not', () => {
    const { noteCount: _, ...props } = clip('a').props;
    const midi = { ...clip('a'), props };
    const audio = { ...clip('b'), props: { type: 'audio', name: 'b' } } as const;
    expect(offersOf(midi, true)).toEqual([{ facet: 'notes', count: undefined }]);
    expect(offersOf(audio, true)).toEqual([{ facet: 'warpMarkers', count: undefined }]);
    expect(offersOf({ ...audio, props: { ...audio.props, warped: false } }, true)).toEqual([]);
    expect(offersOf(device('Eq'), true)).toEqual([{ facet: 'parameters', count: undefined }]);
    expect(offersOf(track('a'), true)).toEqual([]);
    expect(offersOf(clip('c', { noteCount: 0 }), true)).toEqual([]);
    expect(offersOf(clip('c', { noteCount: 3 }), true)).toEqual([{ facet: 'notes', count: 3 }]);
    for (const node of [midi, audio, device('Eq')]) expect(offersOf(node, false)).toEqual([]);
  });
});

describe('figures of the Remote Script', () => {
  it('[VIEW-47] time in Live’s thread, listeners, events, mismatches have words; others their own names', () => {
    const stats = {
      newFigure: 7,
      listeners: 4373,
      msPerSecond: 3.252,
      eventsPerSecond: 1,
      mismatches: 3,
      mismatchProps: { name: 2, color: 1 },
      sweepAgeSeconds: null,
    };
    const lines = scriptLines(setWith({ stats }));
    expect(Object.fromEntries(lines)).toEqual({
      'In Live’s thread, each second': '3.252 ms',
      Listeners: '4,373',
      Events: '1 a second',
      'Mismatches found by the sweep': '3',
      'Last whole sweep ago': 'not yet',
      'New figure': '7',
      'Mismatch props': 'name 2, color 1',
    });
    expect(lines.map(([label]) => label).slice(0, 2)).toEqual(['In Live’s thread, each second', 'Listeners']);
    expect(scriptLines(setWith({}))).toEqual([]);
  });

  it('[VIEW-47] what the hub counted of it, with resyncs', () => {
    const sample = (name: string, value: number) => ({ name, labels: {}, value });
    expect(scriptCounts([sample('script_frames_total', 1491), sample('script_resyncs_total', 2)])).toEqual([
      ['Frames taken', '1,491'],
      ['Resyncs of a part', '2'],
    ]);
    expect(scriptCounts([sample('script_frames_total', 0), sample('script_resyncs_total', 0)])).toEqual([]);
  });
});
