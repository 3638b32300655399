import { foundLines, NOT_REPORTED, type Unsaved, type UnsavedChange } from '@livetree/protocol';
import { describe, expect, it } from 'vitest';
import { SET, setInfo } from '../../client/test/authority.ts';
import type { TestHub } from '../../client/test/hub.ts';
import { badgeText, comparedTitle, lostTitle, unsavedNote, unsavedTitle } from '../src/unsaved-text.ts';
import { chromiumPath } from './browser.ts';
import { id } from './tree.ts';
import { barriers, viewerWorld } from './world.ts';

const NOW = Date.now();
const change = (sentence: string, node: string, more: Partial<UnsavedChange> = {}): UnsavedChange => ({
  id: sentence,
  nodes: [id(node)],
  sentence,
  ...more,
});
const unsaved = (more: Partial<Unsaved> = {}): Unsaved => ({
  state: 'compared',
  savedAt: NOW - 60_000,
  changes: [],
  total: more.changes?.length ?? 0,
  performance: [],
  unknown: 0,
  mismatches: {},
  discrepancies: {},
  disagreements: {},
  decisions: [],
  lost: [],
  ...more,
});
const say = (hub: TestHub, more: Partial<Unsaved>): void => {
  const all = unsaved(more);
  const badge = { changes: all.total, lost: all.lost.length };
  hub.authority.sets = [{ ...setInfo(), live: { state: 'live', leads: true }, unsaved: badge }];
  hub.send({ type: 'status', sets: hub.authority.sets });
  hub.send({ type: 'unsaved', set: SET, ...all });
};

describe('what changed since the save, in words', () => {
  it('[VIEW-50] says since when, and never that all is saved', () => {
    const titles = (['none', 'waiting', 'compared', 'foreign'] as const).map((state) => {
      const it = unsaved({ state });
      return `${unsavedTitle(it, NOW)}. ${unsavedNote(it)}`;
    });
    for (const title of [...titles, unsavedTitle(undefined, NOW)])
      expect(title).not.toMatch(/\b(everything|all|is|was|are) saved\b|unsaved/i);
    expect(titles[2]).toMatch(/^Nothing that Live reports since \d\d:\d\d/);
    expect(unsavedTitle(unsaved({ total: 1 }), NOW)).toMatch(/^1 change since \d\d:\d\d$/);
    expect(unsavedNote(unsaved({ unknown: 2 }))).toBe('2 values not read since they could have changed.');
  });

  it('[KEEP-9] says how old swept values may be, and how much was found by comparing', () => {
    expect(unsavedNote(unsaved({ sweptMs: 10_000 }))).toBe(
      'Knobs that nobody looks at, and details of clips, were read at most 10 s ago.',
    );
    expect(comparedTitle(unsaved())).toBe('How it was compared');
    expect(
      comparedTitle(unsaved({ mismatches: { 'track.color': 2 }, disagreements: { 'clip.name': 1 } })),
    ).toBe('How it was compared · 3 differences found');
  });

  it('[VIEW-50] the badge counts changes and what was lost, and is not there without any', () => {
    const file = { state: 'ok' } as const;
    const at = (changes: number, lost: number) =>
      badgeText({ ...setInfo(), file, unsaved: { changes, lost } }, NOW);
    expect([at(0, 0), at(1, 0), at(5, 2)]).toEqual([
      undefined,
      '1 change',
      '5 changes · 2 not saved when Live ended',
    ]);
    expect(badgeText(setInfo(), NOW)).toBeUndefined();
  });

  it('[RT-30] what was listed when real time was switched off is told as that, in badge and pane', () => {
    const file = { state: 'ok' } as const;
    const badge = { changes: 0, lost: 0, unfollowed: 7 };
    expect(badgeText({ ...setInfo(), file, unsaved: badge }, NOW)).toBe(
      '7 listed when real time was switched off',
    );
    const title = lostTitle({ id: 'l1', endedAt: NOW, cause: 'realtime_off', acts: [] }, NOW);
    expect(title).toMatch(/^Listed when real time was switched off at \d\d:\d\d$/);
  });

  it('[VIEW-51] what was found by comparing is told by property, in words', () => {
    expect(foundLines(unsaved({ mismatches: { 'track.volumeDb': 2, 'clip.loopStart': 1 } }))).toEqual([
      'Mismatches, corrected: track volume 2, clip loop start 1',
    ]);
  });
});

describe.skipIf(chromiumPath === undefined)('since the save', () => {
  const { opened } = viewerWorld();

  it('[VIEW-52] the badge leads to the list; a line leads to its node; what is gone leads nowhere', async () => {
    const { hub, page } = await opened();
    const list = [change('Bass: muted', 't-Bass', { time: NOW }), change('Pad deleted', 't-Gone')];
    say(hub, { changes: list, performance: [change('Kick: armed', 't-Kick')] });
    await page.getByRole('button', { name: /^2 changes/ }).click();
    const pane = page.getByRole('region', { name: 'Since the save' });
    await pane.getByRole('heading', { name: /^2 changes since/ }).waitFor();
    expect(await pane.getByText('Kick: armed').isVisible()).toBe(false);
    await pane.getByText(/^Performance state, not counted \(1\)/).click();
    expect(await pane.getByText('Kick: armed').isVisible()).toBe(true);
    await pane.getByRole('button', { name: /Bass: muted/ }).click();
    const active = page.locator('[role=treeitem][aria-selected=true] .title');
    await expect.poll(() => active.textContent()).toBe('Bass');
    expect(await pane.getByRole('button', { name: /Pad deleted/ }).getAttribute('aria-disabled')).toBe(
      'true',
    );
    say(hub, { changes: list.slice(0, 1) });
    await pane.getByRole('heading', { name: /^1 change since/ }).waitFor();
    say(hub, {});
    await pane.getByRole('heading', { name: /^Nothing that Live reports/ }).waitFor();
    await pane.getByText('What Live does not report').click();
    expect(await pane.getByText(NOT_REPORTED[0]).isVisible()).toBe(true);
  });

  it('[VIEW-53] what was not saved when Live ended stays on top until it is dismissed', async () => {
    const { hub, page } = await opened();
    const acts = [
      { ...change('Lead: clip "Hook" added', 'x'), details: ['C3 at 1.1, 1/4'] },
      { ...change('Bass: muted', 't-Bass'), isBack: true as const },
    ];
    say(hub, { lost: [{ id: 'l1', endedAt: NOW, acts }] });
    await page.getByRole('button', { name: /not saved when Live ended/ }).click();
    const lost = page.getByRole('region', { name: /^Not saved when Live ended at/ });
    expect(await lost.getByText('C3 at 1.1, 1/4').isVisible()).toBe(true);
    expect(await lost.getByText('✓ is back').count()).toBe(1);
    await lost.getByRole('button', { name: 'Dismiss' }).click();
    await expect
      .poll(() => hub.authority.commands)
      .toMatchObject([{ name: 'dismiss', args: { lost: 'l1' } }]);
    say(hub, {});
    await expect.poll(() => lost.count()).toBe(0);
  });

  it('[VIEW-76] of what is needed to do an act again a long list is folded', async () => {
    const { hub, page } = await opened();
    const values = (count: number) => Array.from({ length: count }, (_, at) => `Macro ${count}.${at}: 64`);
    const acts = [
      { ...change('Lead: Rack added', 'x'), details: values(10) },
      { ...change('Bass: Synth added', 't-Bass'), details: values(82) },
    ];
    say(hub, { lost: [{ id: 'l1', endedAt: NOW, acts }] });
    await page.getByRole('button', { name: /not saved when Live ended/ }).click();
    const lost = page.getByRole('region', { name: /^Not saved when Live ended at/ });
    await lost.getByText('Macro 10.9: 64').waitFor();
    expect(await lost.getByText('Macro 82.5: 64').isVisible()).toBe(true);
    expect(await lost.getByText('Macro 82.6: 64').isVisible()).toBe(false);
    await lost.getByText('76 more').click();
    expect(await lost.getByText('Macro 82.81: 64').isVisible()).toBe(true);
  });

  it.each([
    ['light', 1700],
    ['dark', 1100],
    ['dark', 360],
  ] as const)(
    '[VIEW-54] nothing is in the way of a screen reader (%s, %s px)',
    async (colorScheme, width) => {
      const { hub, page, problems } = await opened({ colorScheme, viewport: { width, height: 800 } });
      const changes = Array.from({ length: 30 }, (_, at) =>
        change(`Synth ${at}: muted`, `t-Synth ${at}`, { time: NOW }),
      );
      say(hub, {
        changes,
        lost: [{ id: 'l1', endedAt: NOW, acts: changes.slice(0, 2) }],
        performance: changes.slice(0, 1),
        decisions: [{ time: NOW, text: 'Compared with the saved file of 14:02: 30 changes since.' }],
      });
      await page.getByRole('tab', { name: 'Since the save' }).click();
      await page.getByRole('heading', { name: /^30 changes since/ }).waitFor();
      expect(await barriers(page)).toEqual([]);
      expect(problems).toEqual([]);
    },
  );
});
