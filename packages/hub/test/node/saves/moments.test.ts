import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import type { NodeOf, Op } from '@livetree/live-set';
import { asNodeId } from '@livetree/live-set';
import type { KeptSave } from '@livetree/protocol';
import { asSetId } from '@livetree/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Journal } from '../../../src/journal.ts';
import { openJournal } from '../../../src/node/journal/open-journal.ts';
import { SILENT } from '../../../src/node/logger.ts';
import { JournalPast } from '../../../src/node/saves/journal-past.ts';
import { findMoment, parseMoment, parseTime } from '../../../src/node/saves/moments.ts';

const NOW = new Date(2026, 2, 10, 14, 30, 20).getTime();
const at = (day: number, hour: number, minute: number, second = 0, ms = 0): number =>
  new Date(2026, 2, day, hour, minute, second, ms).getTime();

describe('moments', () => {
  it.each([
    ['save', { is: 'save', number: 0 }],
    ['save-12', { is: 'save', number: 12 }],
    ['id-7', { is: 'id', id: 7 }],
    ['1234', { is: 'revision', revision: 1234 }],
    ['14:30', { is: 'time', time: at(10, 14, 30, 59, 999) }],
    ['14:31', { is: 'time', time: at(9, 14, 31, 59, 999) }],
    ['9:05:10', { is: 'time', time: at(10, 9, 5, 10, 999) }],
    ['2026-03-01', { is: 'time', time: at(1, 23, 59, 59, 999) }],
    ['2026-03-01 20:15', { is: 'time', time: at(1, 20, 15, 59, 999) }],
    ['2026-03-01T20:15:02', { is: 'time', time: at(1, 20, 15, 2, 999) }],
  ])('[HIST-15] %s is understood, in local time; a time without a day is the last such', (text, asked) => {
    expect(parseMoment(text, NOW)).toEqual(asked);
  });

  it.each(['', 'yesterday', 'save-', 'save-x', '2026-02-31', '25:00', '12:60', '2026-3-1', '14'.repeat(9)])(
    '[HIST-15] "%s" is none',
    (text) => {
      expect(parseMoment(text, NOW)).toBeUndefined();
    },
  );

  it('[HIST-15] since a minute is from its start', () => {
    expect(parseTime('14:30', NOW, 'start')).toBe(at(10, 14, 30));
    expect(parseTime('2026-03-01', NOW, 'start')).toBe(at(1, 0, 0));
  });

  it('[HIST-16] a time means what was then: the save before it, or what Live had done since', () => {
    const save = (id: number, number: number, time: number) =>
      ({ type: 'save', id, number, time }) as KeptSave;
    const saves = [save(9, 0, 500), save(8, 1, 100)];
    const live = {
      lastBefore: (time: number) => (time >= 300 ? { revision: 4, time: 300 } : undefined),
      timeOf: () => 300,
    };
    const then = (time: number) => findMoment({ is: 'time', time }, saves, live);
    expect([then(50), then(200), then(400), then(600)]).toEqual([
      undefined,
      { type: 'save', id: 8, number: 1, time: 100 },
      { type: 'act', revision: 4, time: 300 },
      { type: 'save', id: 9, number: 0, time: 500 },
    ]);
    expect(findMoment({ is: 'save', number: 2 }, saves, live)).toBeUndefined();
    expect(findMoment({ is: 'revision', revision: 4 }, saves, live)).toEqual({
      type: 'act',
      revision: 4,
      time: 300,
    });
  });
});

describe('between saves', () => {
  const SET = asSetId('abc');
  const root = (tempoBpm: number): NodeOf<'set'> => ({
    id: asNodeId('set'),
    kind: 'set',
    props: { tempoBpm },
    lists: {},
  });
  const tempo = (now: number): Op => ({
    op: 'set',
    id: asNodeId('set'),
    props: { tempoBpm: now },
    was: { tempoBpm: now - 1 },
  });
  let folder: string;
  let journal: Journal;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livetree-past-'));
    journal = await openJournal(folder, SILENT);
    journal.begin({ set: SET, epoch: 'e', revision: 0, lineage: 'l0' });
    for (let n = 1; n <= 6; n++) commit(n, [tempo(120 + n)]);
    const chunks = [deflateRawSync(JSON.stringify(root(123)))];
    journal.checkpoint({ set: SET, epoch: 'e', revision: 3, lineage: 'l3', chunks });
  });
  afterEach(async () => {
    journal.close();
    await rm(folder, { recursive: true });
  });

  function commit(revision: number, ops: readonly Op[] | undefined): void {
    const change = { time: revision * 100, origin: 'live', touched: [], ...(ops && { ops }) } as const;
    journal.commit([{ set: SET, epoch: 'e', revision, skeleton: revision, lineage: `l${revision}`, change }]);
    const entry = {
      type: 'entry',
      set: SET,
      revision,
      time: revision * 100,
      origin: 'live',
      names: [],
      nodes: [],
      sentences: [`${revision}`],
    };
    journal.tell({ set: SET, epoch: 'e', revision, text: JSON.stringify(entry) });
  }
  async function looking<T>(look: (past: JournalPast) => T): Promise<T> {
    const past = await JournalPast.open(folder);
    try {
      return look(past);
    } finally {
      past.close();
    }
  }

  it('[HIST-17] the tree at any revision is found, forwards from the kept tree and backwards, while the journal is written', async () => {
    await looking((past) => {
      expect([1, 2, 3, 4, 6].map((n) => past.tree(SET, n)?.props.tempoBpm)).toEqual([
        121, 122, 123, 124, 126,
      ]);
      commit(7, [tempo(127)]);
      expect(past.tree(SET, 7)?.props.tempoBpm).toBe(127);
      commit(8, undefined);
      expect([past.tree(SET, 8), past.tree(SET, 9)]).toEqual([undefined, undefined]);
      expect(past.acts(SET, 200, 400).map(({ revision }) => revision)).toEqual([4, 3, 2]);
      expect(past.revisions(SET).lastBefore(450)).toEqual({ revision: 4, time: 400 });
    });
  });

  it('[HIST-9] what is forgotten is gone, what the Set goes on with stays', async () => {
    expect(journal.forgetBefore(250)).toBe(false);
    await looking((past) => {
      expect(past.acts(SET, 0, 9999).map(({ revision }) => revision)).toEqual([6, 5, 4, 3]);
      expect([past.tree(SET, 1), past.tree(SET, 6)?.props.tempoBpm]).toEqual([undefined, 126]);
    });
    journal.forget(SET, true);
    expect(await looking((past) => past.acts(SET, 0, 9999))).toEqual([]);
    expect(journal.load(SET)?.root.props.tempoBpm).toBe(126);
    journal.forget(SET, false);
    expect([journal.load(SET), journal.sets()]).toEqual([undefined, []]);
  });

  it('[GAME-4] of acts that take too much room the oldest go, counted; what the Set goes on with stays', async () => {
    const text = JSON.stringify({ type: 'entry', set: SET, time: 7, sentences: ['x'.repeat(4_000)] });
    for (let n = 0; n < 700; n++) journal.tell({ set: SET, epoch: 'e', revision: 6, text });
    expect(journal.forgetOldest(100 * 1024 * 1024)).toBe(false);
    expect(await looking((past) => [past.dropped, past.acts(SET, 0, 9999).length])).toEqual([0, 706]);
    expect(journal.forgetOldest(1024 * 1024)).toBe(true);
    // The oldest of all, whenever they were told: those at 7 ms.
    expect(await looking((past) => past.dropped)).toBe(500);
    expect(await looking((past) => past.acts(SET, 100, 9999).length)).toBe(6);
    while (journal.forgetOldest(0));
    expect(await looking((past) => [past.dropped, past.acts(SET, 0, 9999).length])).toEqual([706, 0]);
    expect(await looking((past) => past.tree(SET, 6)?.props.tempoBpm)).toBe(126);
    expect(journal.load(SET)?.root.props.tempoBpm).toBe(126);
  });
});
