import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { asNodeId } from '@livetree/live-set';
import { asSetId, NOT_REPORTED, type SetInfo, type Unsaved } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import { createPaint } from '../src/paint.ts';
import { lostText, statusText } from '../src/status/status-text.ts';
import { testFolder } from './support/folder.ts';
import { DEMO, livetree, stateDir } from './support/run.ts';
import { Running } from './support/watch.ts';

const folder = testFolder();
const PLAIN = createPaint({}, false);
const at = (hour: number, minute: number): number => new Date(2026, 10, 22, hour, minute).getTime();
const NOW = at(14, 30);
const SET: SetInfo = {
  id: asSetId('abc'),
  name: 'Night Bus',
  file: { state: 'ok', savedAt: at(14, 2) },
  live: { state: 'live', version: '12.3.6' },
};
const unsaved = (more: Partial<Unsaved> = {}): Unsaved => ({
  state: 'compared',
  savedAt: at(14, 2),
  changes: [],
  total: 0,
  performance: [],
  unknown: 0,
  mismatches: {},
  discrepancies: {},
  disagreements: {},
  decisions: [],
  lost: [],
  ...more,
});
const change = (sentence: string, time?: number) => ({
  id: sentence,
  nodes: [asNodeId('t1')],
  sentence,
  ...(time !== undefined && { time }),
});
const textOf = (more: Partial<Unsaved>, set = SET): string =>
  statusText({ set, unsaved: unsaved(more) }, PLAIN, NOW);

describe('what changed since the save, in words', () => {
  it('[CLI-70] lists what changed with its time, performance state apart and not counted', () => {
    const text = textOf({
      changes: [change('Bass: muted', at(14, 5)), change('Lead › Volume: 0.0 dB → −3.0 dB')],
      total: 2,
      performance: [change('Drums: armed')],
      unknown: 3,
    });
    expect(text.split('\n')).toEqual([
      'Night Bus  Live 12.3.6',
      '2 changes since 14:02:',
      '  14:05  Bass: muted',
      '         Lead › Volume: 0.0 dB → −3.0 dB',
      'Performance state, not counted: Drums: armed',
      '3 values not read since they could have changed.',
      `Live does not report: ${NOT_REPORTED.join(', ')}.`,
      '',
    ]);
  });

  it('[KEEP-9] says what was found by comparing, by property, and how old swept values may be', () => {
    const text = textOf({
      sweptMs: 300_000,
      mismatches: { 'track.volumeDb': 2, 'clip.loopStart': 1 },
      disagreements: { 'track.color': 1 },
    });
    expect(text).toContain('Mismatches, corrected: track volume 2, clip loop start 1\n');
    expect(text).toContain('Live and the file disagree (Live is shown): track color 1\n');
    expect(text).toContain('were read at most 5 min ago.\n');
  });

  it('[CLI-71] an empty list says what Live does not report, and never that all is saved', () => {
    const text = textOf({});
    expect(text).toContain('Nothing that Live reports since 14:02.');
    expect(text).toContain(NOT_REPORTED[0]);
    for (const state of ['none', 'waiting', 'compared', 'foreign'] as const)
      expect(textOf({ state })).not.toMatch(/\b(everything|all|is|was|are) saved\b|unsaved/i);
    expect(textOf({ state: 'foreign', total: 1, changes: [change('Bass: muted')] })).toContain(
      'The file on disk is not the Set that is open in Live.',
    );
  });

  it('[CLI-72] what an ended Live took along is listed with what is needed to do it again, and ticked when back', () => {
    const lost = {
      id: 'l1',
      endedAt: new Date(2026, 10, 21, 23, 50).getTime(),
      savedAt: at(9, 0),
      acts: [
        { ...change('Lead: clip "Hook" added', at(9, 30)), details: ['C3 at 1.1, 1/4, velocity 100'] },
        { ...change('Bass: muted'), isBack: true as const },
      ],
    };
    expect(textOf({ lost: [lost] })).toContain('Not saved when Live ended at 2026-11-21 23:50: 2 changes');
    expect(lostText(SET, lost, PLAIN, NOW).split('\n')).toEqual([
      'Night Bus  Not saved when Live ended at 2026-11-21 23:50 (the file is of 09:00; l1)',
      '  09:30  Lead: clip "Hook" added',
      '         C3 at 1.1, 1/4, velocity 100',
      '         Bass: muted (is back)',
      '',
    ]);
  });

  it('[RT-30] while real time is off nothing is compared, and what was listed then is not said to be lost', () => {
    const lost = {
      id: 'l1',
      endedAt: at(9, 30),
      cause: 'realtime_off' as const,
      acts: [change('Bass: muted')],
    };
    const off = { ...SET, live: { state: 'off' as const, since: at(9, 30) } };
    const kept = unsaved({ state: 'none', lost: [lost] });
    expect(statusText({ set: off, unsaved: kept }, PLAIN, NOW).split('\n')).toEqual([
      'Night Bus  real time is off since 09:30',
      'Not compared with the saved file while real time is off (livetree realtime on).',
      'Listed when real time was switched off at 09:30: 1 change (livetree status --lost).',
      '',
    ]);
    expect(lostText(SET, lost, PLAIN, NOW)).toContain('Listed when real time was switched off at 09:30');
  });

  it('[CLI-72] names of a Set cannot steer the terminal', () => {
    expect(textOf({ total: 1, changes: [change('\u001b[2J muted')] })).not.toContain('\u001b');
  });
});

describe.skipIf(process.platform === 'win32')('livetree status', () => {
  it('[CLI-73] asks the hub that runs; without one, or of a Set that is not served, it says what to do', async () => {
    const dir = stateDir();
    const env = { LIVETREE_STATE_DIR: dir };
    const none = await livetree(['status'], { env });
    expect([none.code, none.stdout]).toEqual([4, '']);
    expect(none.stderr).toContain('livetree serve');

    const path = join(folder.path, 'Lied für Ä.als');
    copyFileSync(DEMO, path);
    const served = new Running(['serve', '--no-open', '--port', '0', path], { env });
    await served.until('stderr', /Ctrl-C ends/);
    await served.until('stdout', /http/);
    for (const name of [path, 'Lied für Ä']) {
      const { code, stdout } = await livetree(['status', name], { env });
      expect([code, stdout]).toEqual([
        0,
        'Lied für Ä  the saved file only\nNot compared with the saved file: Live is not connected to this Set.\n',
      ]);
    }
    const json = await livetree(['status', '--json'], { env });
    expect(JSON.parse(json.stdout)).toMatchObject({ schema: 1, sets: [{ name: 'Lied für Ä', path }] });
    const other = await livetree(['status', 'Other.als'], { env });
    expect([other.code, other.stderr]).toEqual([
      2,
      'No such Set is served: "Other.als". These are: Lied für Ä.\n',
    ]);
    const lost = await livetree(['status', '--lost'], { env });
    expect(lost.stdout).toBe('Nothing was lost that LiveTree knows of.\n');
    expect((await served.stop()).code).toBe(0);
  });
});
