import { copyFileSync, mkdirSync, realpathSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { SetHistory } from '@livetree/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { testFolder } from './support/folder.ts';
import { DEMO, livetree, stateDir } from './support/run.ts';
import { type Served, serve } from './support/serve.ts';

const NEXT = DEMO.replace('demo.als', 'demo-next.als');
const folder = testFolder();
const home = stateDir();
const env = { LIVETREE_STATE_DIR: home };
const run = (...args: readonly string[]) => livetree(args, { env });
const output = async (...args: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await run(...args);
  expect([args, code, stderr]).toEqual([args, 0, '']);
  return stdout;
};

let set: string;
let served: Served;

/** 1 March: a first save, in Backup; 2 March: the next. */
function layOut(): string {
  const project = join(realpathSync(folder.path), 'Song Project');
  mkdirSync(join(project, 'Backup'), { recursive: true });
  const path = join(project, 'Song.als');
  const backup = join(project, 'Backup', 'Song [2026-03-01 201502].als');
  for (const [from, to, day] of [
    [DEMO, backup, 1],
    [NEXT, path, 2],
  ] as const) {
    copyFileSync(from, to);
    utimesSync(to, new Date(2026, 2, day, 20, 15, 2), new Date(2026, 2, day, 20, 15, 2));
  }
  return path;
}

/** Until the earlier save was read, and compared. */
async function readAll(url: string): Promise<SetHistory> {
  const { sets } = await (await fetch(`${url}api/sets`)).json();
  for (;;) {
    const answer = await fetch(`${url}api/sets/${sets[0].id}/history`);
    const history: SetHistory | undefined = answer.ok ? await answer.json() : undefined;
    if (history?.entries.length === 2 && history.entries[0]?.save !== undefined) return history;
  }
}

const QUESTIONS: readonly (readonly string[])[] = [
  ['log', 'Song'],
  ['log', '--json'],
  ['log', '--node', 'bass', '--since', '2026-03-02', 'Song'],
  ['show', 'song@save-1'],
  ['diff', '@save-1', '@save'],
  ['export', '@2026-03-01'],
];
/** What the hub that runs said to each. */
const answers: string[] = [];

beforeAll(async () => {
  set = layOut();
  served = await serve([set], { env });
  await readAll(served.url);
  for (const question of QUESTIONS) answers.push(await output(...question));
  await served.stop('SIGINT');
});

describe('earlier saves', () => {
  it('[HIST-30] without a hub the store gives the same answers', async () => {
    const sizes = /^.* MB in /m;
    const direct = [];
    for (const question of QUESTIONS) direct.push(await output(...question));
    expect(direct.map((text) => text.replace(sizes, '').replace(/"sizeBytes":\d+/g, ''))).toEqual(
      answers.map((text) => text.replace(sizes, '').replace(/"sizeBytes":\d+/g, '')),
    );
  });

  it('[HIST-31] log tells saves newest first, under their days, with the words of diff', async () => {
    const [log = '', json = '', bass = ''] = answers;
    expect(log).toMatch(/^2026-03-02\nsave {6}20:15:02 {2}\d+ changes: /);
    expect(log).toMatch(/\n2026-03-01\nsave-1 {4}20:15:02 {2}the oldest save that is kept\n$/);
    const words = await output('diff', '--sentences', DEMO, NEXT);
    for (const sentence of words.trim().split('\n')) expect(log).toContain(sentence);
    const { schema, entries } = JSON.parse(json);
    expect([schema, entries.length]).toEqual([1, 2]);
    expect(bass.split('\n').slice(2).join('\n')).toMatch(/bass/i);
    expect(bass).not.toContain('2026-03-01');
  });

  it('[HIST-32] paths in what is told are relative to the project', () => {
    const { entries } = JSON.parse(answers[1] ?? '');
    expect(entries.map(({ path }: { path: string }) => path)).toEqual([
      'Song.als',
      join('Backup', 'Song [2026-03-01 201502].als'),
    ]);
  });

  it('[HIST-33] show, diff and export take a Set as it was, as they take a file', async () => {
    const [, , , show = '', diff, exported = ''] = answers;
    expect(show.replace('Song (save-1)', 'demo')).toBe(await output('show', DEMO));
    expect(diff).toBe(await output('diff', DEMO, NEXT));
    expect(exported).toBe(await output('show', '--json', DEMO));
    expect(await output('diff', '@save-1', NEXT)).toBe(diff);
    expect(await output('diff', set, 'Song@save')).toBe('');
  });

  it.each([
    [['show', 'Song@tomorrow'], 2, 'Moments are save'],
    [['show', 'Song@save-7'], 2, '2 saves are kept'],
    [['log', 'Nobody'], 2, 'Song.als'],
    [['log', '--since', 'once', 'Song'], 2, 'is no time'],
    [['history', 'delete'], 2, '--all'],
    [['history', 'keep', '--size', 'much'], 2, 'whole number'],
  ])('[HIST-34] livetree %j ends with exit code %i and a remedy', async (args, code, said) => {
    const outcome = await run(...args);
    expect([outcome.code, outcome.stdout, outcome.stderr]).toEqual([code, '', expect.stringContaining(said)]);
  });

  it('[HIST-35] history says where and how much, keeps less, is switched off and deleted', async () => {
    expect(await output('history', 'path')).toBe(`${home}\n`);
    expect(await output('history', 'keep', '--size', '50', '--days', '30000')).toContain(
      'at most 50 MB and 30000 days',
    );
    expect((await run('history', 'off')).stderr).toContain('Nothing is kept from now on');
    const quiet = await serve([set], { env });
    expect((await fetch(`${quiet.url}api/history`)).status).toBe(404);
    await quiet.stop('SIGINT');
    expect((await run('history', 'on')).stderr).toContain('History is kept');
    expect((await run('history', 'delete', 'Song')).stderr).toBe(
      'What was kept of "Song" (2 saves) is deleted.\n',
    );
    expect(await output('history', 'size')).not.toContain('Song');
    const loud = await serve([set], { env });
    await expect.poll(async () => (await run('history', 'delete', '--all')).stderr).toContain('of all Sets');
    await loud.stop('SIGINT');
  });
});
