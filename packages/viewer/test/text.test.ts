import { readdirSync, readFileSync } from 'node:fs';
import type { ConnectionStatus } from '@livetree/client';
import { COMMON_TIME, type TreeNode } from '@livetree/live-set';
import { asSetId, CLOSE_CODES, type FileStatus, type LiveStatus, type SetInfo } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import { hubUrl, linkedId, linkTo } from '../src/addresses.ts';
import { tableOf } from '../src/detail-table.ts';
import { clockTime, humanise, length, position, sinceText } from '../src/format.ts';
import { propertiesOf } from '../src/properties.ts';
import { badgesOf, figureOf } from '../src/row-text.ts';
import { splitMatch } from '../src/search.ts';
import { statusText } from '../src/status-text.ts';
import { numbersOf, titleOf } from '../src/words.ts';
import { chain, clip, device, id, placesIn, setOf, track } from './tree.ts';

describe('values', () => {
  it('[VIEW-11] positions count bars and beats of the signature', () => {
    const waltz = { numerator: 6, denominator: 8 };
    expect([0, 4, 5.5, 63.75].map((beats) => position(beats, COMMON_TIME))).toEqual([
      '1.1.1',
      '2.1.1',
      '2.2.3',
      '16.4.4',
    ]);
    expect(position(3.5, waltz)).toBe('2.2.1');
    expect(position(-4, COMMON_TIME)).toBe('−1.1.1');
    expect([4, 8, 6, 1, 0.25].map((beats) => length(beats, COMMON_TIME))).toEqual([
      '1 bar',
      '2 bars',
      '6 beats',
      '1 beat',
      '0.25 beats',
    ]);
  });

  it('[VIEW-11] times of today have no date', () => {
    const noon = new Date(2026, 4, 3, 12, 5).getTime();
    expect(clockTime(noon, noon)).toBe('12:05');
    expect(clockTime(noon, noon + 86_400_000)).toBe('3 May 2026, 12:05');
    const ago = [0, 59, 60, 3_600, 47 * 3_600, 48 * 3_600].map((s) => sinceText(noon, noon + s * 1000));
    expect(ago).toEqual(['just now', 'just now', '1 min ago', '1 h ago', '47 h ago', '2 days ago']);
  });

  it('[VIEW-11] properties have labels and units, and none is left out', () => {
    const node = clip('Verse', {
      warped: true,
      pitchCoarse: -2,
      gainDb: -3,
      start: 16,
      brandNew: 4,
      scene: 's1',
    });
    const lines = propertiesOf({ node, signature: COMMON_TIME, titleOfId: () => 'Intro' });
    expect(Object.fromEntries(lines.map(({ label, value }) => [label, value]))).toEqual({
      Start: '5.1.1',
      Warped: 'yes',
      Transpose: '−2 st',
      Gain: '−3.0 dB',
      Scene: 'Intro',
      'Brand new': '4',
    });
    expect(humanise('midiInputName')).toBe('Midi input name');
  });

  it('[VIEW-73] what is seldom looked for is told apart, and nothing is left out', () => {
    const props = {
      volumeDb: 0,
      panMode: 'stereo',
      panLeft: -50,
      audioInput: 'AudioIn/External/S0',
      brandNew: 4,
    };
    const listed = (more: object) =>
      propertiesOf({
        node: track('a', {}, { ...props, ...more }),
        signature: COMMON_TIME,
        titleOfId: () => '',
      });
    const names = (isRare: boolean, more = {}) =>
      listed(more).flatMap((line) => (line.isRare === isRare ? [line.name] : []));
    expect(names(false)).toEqual(['volumeDb', 'brandNew']);
    expect(names(true)).toEqual(['panMode', 'panLeft', 'audioInput']);
    expect(names(false, { panMode: 'split' })).toEqual(['volumeDb', 'panMode', 'panLeft', 'brandNew']);
  });

  it('[VIEW-11] choices have the names of Live’s choosers; a number it does not name stays one', () => {
    const shown = (node: Parameters<typeof propertiesOf>[0]['node']) =>
      propertiesOf({ node, signature: COMMON_TIME, titleOfId: () => '' })
        .map(({ value }) => value)
        .filter((value) => value !== '120 BPM' && value !== '4/4' && !value.startsWith('Ableton'));
    const made = { launchQuantization: 0, launchMode: 2, warpMode: 6 };
    expect(shown(clip('a', made))).toEqual(['Global', 'Toggle', 'Complex Pro']);
    expect(shown(clip('a', { launchQuantization: 5, launchMode: 9 }))).toEqual(['1 Bar', 'Live’s no. 9']);
    const set = setOf({});
    expect(shown({ ...set, props: { ...set.props, launchQuantization: 4 } })).toEqual(['1 Bar']);
  });

  it('[VIEW-11] places inside unwarped audio are seconds', () => {
    const node = clip('Take', { type: 'audio', warped: false, loopStart: 1.5 });
    const [line] = propertiesOf({ node, signature: COMMON_TIME, titleOfId: () => undefined });
    expect(line).toMatchObject({ label: 'Loop start', value: '1.5 s' });
  });
});

describe('rows', () => {
  it('[VIEW-12] states are words, not only colours', () => {
    const words = (node: Parameters<typeof badgesOf>[0]) => badgesOf(node).map((badge) => badge.text);
    expect(words(track('a', {}, { mute: true, solo: true, arm: true, frozen: true }))).toEqual([
      'muted',
      'solo',
      'armed',
      'frozen',
    ]);
    expect(words(device('Eq', {}, { on: false }))).toEqual(['off']);
    expect(words(clip('x', { disabled: true }))).toEqual(['deactivated']);
    expect(words(chain('Low', []))).toEqual([]);
  });

  it('[VIEW-12] end with levels, places and counts', () => {
    const figure = (node: TreeNode) => figureOf(node, COMMON_TIME);
    expect(figure(track('a', { clips: [clip('x')] }, { volumeDb: -6 }))).toEqual({
      facts: '1 clip',
      level: '−6.0 dB',
    });
    expect(figure(clip('x', { noteCount: 1, start: 0, end: 18 })).facts).toBe('1 note · bar 1 – 5.3');
    expect(figure(clip('x', { noteCount: 0, loopStart: 0, loopEnd: 8 })).facts).toBe('2 bars');
  });

  it('[VIEW-12] things without a name are named by what they belong to', () => {
    const send = { id: id('x'), kind: 'send', props: { target: 't-Reverb' }, lists: {} } as const;
    const reverb = { ...track('Reverb'), props: { type: 'return', name: 'Reverb' } } as const;
    const scene = { id: id('s'), kind: 'scene', props: { name: '' }, lists: {} } as const;
    const root = setOf({ tracks: [track('Bass', { sends: [send] })], returns: [reverb], scenes: [scene] });
    const placeOf = placesIn(root);
    const find = (wanted: string) => (placeOf(id(wanted)) === undefined ? undefined : reverb);
    const titles = { numbers: numbersOf(root), find };
    expect([send, scene, clip('')].map((node) => titleOf(node, titles))).toEqual([
      'A-Reverb',
      'Scene 1',
      'MIDI clip',
    ]);
  });

  it('[VIEW-4] marks the found part of a title', () => {
    expect(splitMatch('EQ Eight', 'eight')).toEqual(['EQ ', 'Eight', '']);
    expect(splitMatch('EQ Eight', '')).toEqual(['EQ Eight', '', '']);
  });
});

describe('details', () => {
  it('[VIEW-13] become tables with words for heads, capped', () => {
    const notes = Array.from({ length: 5 }, (_, index) => ({
      key: `${index}`,
      pitch: 60,
      time: index,
      duration: 1,
      velocity: 100,
    }));
    const table = tableOf('notes', notes, 2, { signature: COMMON_TIME });
    expect(table.columns.map((column) => column.label)).toEqual(['Position', 'Note', 'Length', 'Velocity']);
    expect(table.rows.map((row) => row.cells)).toEqual([
      ['1.1.1', 'C3', '1 beat', '100'],
      ['1.2.1', 'C3', '1 beat', '100'],
    ]);
  });

  it('[VIEW-13] values of parameters carry their units', () => {
    const one = (value: number | string, unit?: string) =>
      tableOf('parameters', [{ key: 'a', name: 'Freq', value, raw: 7, ...(unit ? { unit } : {}) }], 1, {
        signature: COMMON_TIME,
      }).rows[0]?.cells[1];
    expect([one(1200, 'Hz'), one(340, 'Hz'), one(-6, 'dB'), one(50, '%')]).toEqual([
      '1.20 kHz',
      '340 Hz',
      '−6.0 dB',
      '50 %',
    ]);
    expect([one(3, 'st'), one(60, 'note'), one(-50, 'L/R'), one(4, 'ratio'), one(2500, 'ms')]).toEqual([
      '+3 st',
      'C3',
      '50L',
      '4 : 1',
      '2.50 s',
    ]);
    expect([one('Low-pass'), one(0.25)]).toEqual(['Low-pass', '0.25']);
  });

  it('[VIEW-13] show fields they do not know, and count what is a curve', () => {
    const [row] = tableOf(
      'envelopes',
      [{ key: 'a', parameter: 'Volume', points: [0, 1, 4, 0.5], odd: true }],
      9,
      { signature: COMMON_TIME },
    ).rows;
    expect(row?.cells).toEqual(['Volume', '2', 'on']);
  });
});

const file: FileStatus = { state: 'ok', savedAt: 0 };
const info = (fileStatus: Partial<FileStatus> = {}, live: LiveStatus['state'] = 'none'): SetInfo => ({
  id: asSetId('s'),
  name: 'My Set',
  path: '/Music/My Set.als',
  file: { ...file, ...fileStatus },
  live: { state: live, since: 0, ...(live === 'none' ? {} : { leads: true }) },
});
const say = (connection: ConnectionStatus, set?: SetInfo) =>
  statusText({ connection, retryInSeconds: 3, set, now: 1 });
const following = { state: 'following' } as const;
const { path: _, ...COPY } = info();
const LIVE_STATES = ['none', 'live', 'stalled', 'gone', 'light', 'broken'] as const;
const ALL = [
  say({ state: 'connecting' }),
  say({ state: 'reading', progress: 0.437 }),
  say({ state: 'empty' }),
  say({ state: 'waiting', retryInMs: 3000, attempt: 1 }),
  say({ state: 'waiting', retryInMs: 3000, attempt: 5 }),
  ...Object.values(CLOSE_CODES).map(({ code }) => say({ state: 'closed', code, reason: '' })),
  say(following, info({ state: 'broken', problem: 'It is cut off' })),
  say(following, info({ state: 'missing' })),
  say(following, info({ state: 'reading' })),
  ...LIVE_STATES.map((live) => say(following, info({}, live))),
  say(following, COPY),
];

describe('status', () => {
  it('[VIEW-14] is one sentence and, where something can be done, a remedy', () => {
    expect(say({ state: 'reading', progress: 0.437 })).toMatchObject({
      sentence: 'Reading the Set, 43 %',
      spoken: 'Reading the Set',
    });
    expect(say({ state: 'waiting', retryInMs: 3000, attempt: 1 })).toMatchObject({
      tone: 'busy',
      sentence: 'Connection lost, trying again in 3 s',
      spoken: 'Connection lost',
    });
    expect(say({ state: 'waiting', retryInMs: 3000, attempt: 3 })).toMatchObject({
      tone: 'bad',
      remedy: expect.stringContaining('“livetree”'),
    });
    expect(say(following, info({ state: 'broken', problem: 'It is cut off' })).sentence).toMatch(
      /cannot be read: It is cut off\. Shown is the save of/,
    );
    expect(say(following, info({ state: 'missing' })).sentence).toContain(
      'no longer there: /Music/My Set.als',
    );
    const never: SetInfo = { ...info(), file: { state: 'missing' } };
    expect(say({ state: 'reading', progress: 0 }, never).sentence).toBe(
      'There is no such file: /Music/My Set.als.',
    );
    for (const status of ALL) if (status.tone === 'bad') expect(status.remedy).not.toBe('');
    for (const live of ['light', 'stalled', 'gone', 'broken'] as const)
      expect(say(following, info({}, live)).remedy).not.toBe('');
    expect(say(following, COPY)).toMatchObject({
      sentence: expect.stringContaining('A copy'),
      remedy: expect.stringContaining('by its path'),
    });
  });
});

/** Words of the makers that mean nothing, or something else, to a Live user. */
const OURS =
  /\b(patch(es|ed)?|ops?|revisions?|epochs?|facets?|snapshots?|drift|mismatch|reconciled?|opaque|script run|nodes?)\b/i;

describe('words', () => {
  it('[VIEW-15] no status speaks the makers’ words', () => {
    for (const { sentence, remedy } of ALL) expect(`${sentence} ${remedy}`).not.toMatch(OURS);
  });

  it('[VIEW-15] nor does any other text of the page, but those of Diagnostics', () => {
    const folder = new URL('../src/', import.meta.url);
    const names = readdirSync(folder).filter((name) => !FOR_ENGINEERS.includes(name));
    expect(names.length).toBeGreaterThan(40);
    for (const name of names) {
      const source = readFileSync(new URL(name, folder), 'utf8');
      const text = name.endsWith('.svelte') ? visibleText(source) : '';
      expect([name, `${text} ${sentencesIn(source)}`]).toEqual([name, expect.not.stringMatching(OURS)]);
    }
  });

  it('[VIEW-15] the check finds such a word', () => {
    expect(visibleText('<p title="a patch">x</p>')).toMatch(OURS);
    expect(visibleText('<p>new {facet} snapshot</p>')).toMatch(OURS);
    expect(visibleText('<script>const patch = 1;</script><p class="patch">x</p>')).not.toMatch(OURS);
    expect(sentencesIn("const a = 'The patch came';")).toMatch(OURS);
    expect(sentencesIn('const a = `$' + '{b} revisions`;')).toMatch(OURS);
    expect(
      sentencesIn("type A = 'patch'; // the patch\nimport './snapshot.ts'; /* 'a patch' */"),
    ).not.toMatch(OURS);
  });
});

/** Where the words of engineers may stand. */
const FOR_ENGINEERS = ['Diagnostics.svelte', 'diagnostics-lines.ts'];

/** Texts in code that look like sentences or labels: in quotes, with a blank or a capital, outside comments. */
function sentencesIn(source: string): string {
  const code = source.replace(/<style[\s\S]*?<\/style>|\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
  const quoted = code.match(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g) ?? [];
  const texts = quoted.map((text) => text.replace(/\$\{[^}]*\}/g, ' x ').slice(1, -1));
  return texts.filter((text) => / |^[A-Z]/.test(text) && !/[#[\]=]/.test(text)).join(' | ');
}

/** Text and spoken attributes of a component's markup, without script, style, comments and expressions. */
function visibleText(source: string): string {
  let markup = source.replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, '');
  while (/\{[^{}]*\}/.test(markup)) markup = markup.replace(/\{[^{}]*\}/g, ' ');
  const spoken = [...markup.matchAll(/(?:aria-label|title|placeholder|alt)="([^"]*)"/g)].map(
    (match) => match[1],
  );
  return [markup.replace(/<[^>]*>/g, ' '), ...spoken].join(' ');
}

describe('addresses', () => {
  it('[VIEW-16] a built page talks only to its own host and hands its token on', () => {
    expect(hubUrl(new URL('http://127.0.0.1:8765/?token=abc#/node/x'), false)).toBe(
      'ws://127.0.0.1:8765/sync?token=abc',
    );
    expect(hubUrl(new URL('https://studio.local/'), false)).toBe('wss://studio.local/sync');
    expect(hubUrl(new URL('http://127.0.0.1:8765/?hub=ws://evil.example/sync'), false)).toBe(
      'ws://127.0.0.1:8765/sync',
    );
  });

  it('[VIEW-16] in development the hub is elsewhere', () => {
    expect(hubUrl(new URL('http://localhost:5173/'), true)).toBe('ws://127.0.0.1:8765/sync');
    expect(hubUrl(new URL('http://localhost:5173/?hub=ws://127.0.0.1:8766/sync'), true)).toBe(
      'ws://127.0.0.1:8766/sync',
    );
  });

  it('[VIEW-17] links name a node, whatever its id', () => {
    expect(linkedId(linkTo('t/1 ü'))).toBe('t/1 ü');
    expect([linkedId(''), linkedId('#/node/'), linkedId('#/node/%E0')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
