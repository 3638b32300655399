import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import type { NodeOf, Op } from '@livetree/live-set';
import { applyOps, asNodeId } from '@livetree/live-set';
import { asSetId } from '@livetree/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import type { Committed, Journal } from '../../../src/journal.ts';
import { openDatabase } from '../../../src/node/journal/database.ts';
import { JOURNAL_FILE, openJournal } from '../../../src/node/journal/open-journal.ts';
import { SILENT } from '../../../src/node/logger.ts';

const SET = asSetId('abc');
const RUN = 'f'.repeat(32);
const root: NodeOf<'set'> = {
  id: asNodeId('set'),
  kind: 'set',
  props: { tempoBpm: 120 },
  lists: {
    tracks: [{ id: asNodeId('t1'), kind: 'track', props: { type: 'midi', name: 'Bass' }, lists: {} }],
  },
};

const folders: string[] = [];
async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'livetree-journal-'));
  folders.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(folders.splice(0).map((each) => rm(each, { recursive: true, force: true })));
});

const tempo = (value: number): Op => ({
  op: 'set',
  id: asNodeId('set'),
  props: { tempoBpm: value },
  was: { tempoBpm: value - 1 },
});

/** Revision `n` sets the tempo to 120 + n, and comes with frame `n`. */
const step = (n: number, more: Partial<Committed> = {}): Committed => ({
  set: SET,
  epoch: 'e1',
  revision: n,
  skeleton: n,
  lineage: `line${n}`,
  change: { time: 1000 + n, origin: 'live', ops: [tempo(120 + n)], touched: [] },
  frame: { run: RUN, seq: n, text: `{"seq":${n}}` },
  ...more,
});

const start = { set: SET, epoch: 'e1', revision: 0, lineage: 'line0' };
const packed = (tree: NodeOf<'set'>) => ({ chunks: [deflateRawSync(JSON.stringify(tree))] });

async function begun(at: string): Promise<Journal> {
  const journal = await openJournal(at, SILENT);
  journal.begin(start);
  journal.checkpoint({ ...start, ...packed(root) });
  journal.commit(
    [{ ...step(0), change: undefined, frame: { run: RUN, seq: 0, text: '{}', begins: true as const } }].map(
      ({ change: _, ...rest }) => rest,
    ),
  );
  return journal;
}

describe('the journal', () => {
  it('[STORE-1] after a restart a Set goes on at its last revision, lineage and cursor', async () => {
    const at = await folder();
    const journal = await begun(at);
    journal.commit([step(1), step(2, { keys: [[7, asNodeId('t1')]] })]);
    journal.commit([step(3)]);
    for (const revision of [1, 3])
      journal.tell({ set: SET, epoch: 'e1', revision, text: `{"revision":${revision}}` });
    journal.close();
    const kept = (await openJournal(at, SILENT)).load(SET);
    expect(kept).toMatchObject({ epoch: 'e1', revision: 3, skeleton: 3, lineage: 'line3' });
    expect(kept?.root).toEqual(applyOps(root, [tempo(123)]));
    expect(kept?.frames.map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
    expect(kept?.keys.get(7)).toBe('t1');
    expect(kept?.entries).toEqual(['{"revision":1}', '{"revision":3}']);
    expect(kept?.patches.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
  });

  it('[STORE-2] a checkpoint shortens what is folded, and keeps what clients may still resume from', async () => {
    const at = await folder();
    const journal = await begun(at);
    journal.commit([step(1), step(2)]);
    const now = applyOps(root, [tempo(122)]);
    journal.commit([step(3)]);
    journal.checkpoint({ ...start, revision: 2, lineage: 'line2', ...packed(now) });
    journal.close();
    const kept = (await openJournal(at, SILENT)).load(SET);
    expect(kept?.script).toEqual({ run: RUN, seq: 3 });
    expect(kept?.root.props.tempoBpm).toBe(123);
    expect(kept?.patches.at(-1)).toMatchObject({ from: 2, to: 3, lineage: 'line3' });
  });

  it('[STORE-3] a tree that came whole breaks the chain of patches', async () => {
    const at = await folder();
    const journal = await begun(at);
    journal.commit([step(1), step(2)]);
    journal.commit([step(3, { change: { time: 1, origin: 'file', touched: [] } })]);
    journal.commit([step(4), step(5)]);
    expect(journal.load(SET)).toBeUndefined();
    journal.checkpoint({ ...start, revision: 3, lineage: 'line3', ...packed(root) });
    expect(journal.load(SET)?.patches.map(({ from, to }) => [from, to])).toEqual([
      [3, 4],
      [4, 5],
    ]);
    expect(journal.load(SET)?.revision).toBe(5);
  });

  it('[STORE-7] frames of a run that has ended, or of another run, are not offered again', async () => {
    const journal = await begun(await folder());
    journal.commit([step(1), step(2)]);
    const other = 'a'.repeat(32);
    journal.commit([step(3, { frame: { run: other, seq: 0, text: '{}', begins: true } })]);
    expect(journal.load(SET)).toMatchObject({ script: { run: other, seq: 0 }, frames: [{ seq: 0 }] });
    journal.endRun(SET);
    expect(journal.load(SET)?.script).toBeUndefined();
    expect(journal.load(SET)?.frames).toEqual([]);
  });

  it('[STORE-8] a thing kept of a Set outlives the hub, until it is kept anew or taken away', async () => {
    const at = await folder();
    const first = await openJournal(at, SILENT);
    first.keep(SET, 'unsaved', '{"a":1}');
    first.keep(SET, 'unsaved', '{"a":2}');
    first.keep(asSetId('other'), 'unsaved', '{}');
    first.close();
    const second = await openJournal(at, SILENT);
    expect(second.keptThing(SET, 'unsaved')).toBe('{"a":2}');
    second.keep(SET, 'unsaved', undefined);
    expect(second.keptThing(SET, 'unsaved')).toBeUndefined();
    expect(second.keptThing(asSetId('other'), 'unsaved')).toBe('{}');
    second.close();
  });

  it('[HIST-70] ids of one change are one row, and a later one counts', async () => {
    const at = await folder();
    const journal = await begun(at);
    const keys = Array.from({ length: 5_000 }, (_, handle) => [handle, asNodeId(`n${handle}`)] as const);
    journal.commit([step(1, { keys })]);
    journal.commit([step(2, { keys: [[7, asNodeId('other')]] })]);
    const kept = journal.load(SET)?.keys;
    journal.close();
    const db = await openDatabase(join(at, JOURNAL_FILE), true);
    const rows = db.prepare('SELECT count(*) AS count FROM keys').get()?.['count'];
    db.close();
    expect(rows).toBe(2);
    expect(kept?.size).toBe(5_000);
    expect([kept?.get(6), kept?.get(7)]).toEqual(['n6', 'other']);
  });

  it('[HIST-70] a store with a row for each id is brought over, and its runs go on', async () => {
    const at = await folder();
    const journal = await begun(at);
    journal.commit([step(1)]);
    journal.close();
    const db = await openDatabase(join(at, JOURNAL_FILE));
    db.exec(`
      DROP TABLE keys;
      CREATE TABLE handle (
        set_id TEXT NOT NULL, run TEXT NOT NULL, handle INTEGER NOT NULL, node TEXT NOT NULL,
        PRIMARY KEY (set_id, run, handle)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO handle VALUES ('abc', '${RUN}', 0, 'r3.'), ('abc', '${RUN}', 7, 't1'), ('abc', 'other', 7, 't2');
      PRAGMA user_version = 5;`);
    db.close();
    const again = await openJournal(at, SILENT);
    again.commit([step(2, { keys: [[8, asNodeId('t8')]] })]);
    const kept = again.load(SET);
    again.close();
    expect(kept?.script).toEqual({ run: RUN, seq: 2 });
    expect([...(kept?.keys ?? [])]).toEqual([
      [0, 'r3.'],
      [7, 't1'],
      [8, 't8'],
    ]);
  });

  it('[STORE-4] a line with a hole is not gone on with', async () => {
    const journal = await begun(await folder());
    journal.commit([step(1), step(3)]);
    expect(journal.load(SET)).toBeUndefined();
    expect(journal.status.kind).toBe('file');
  });

  it('[STORE-5] a store that cannot be used is said once, left as it is, and stops nothing', async () => {
    const at = await folder();
    await writeFile(join(at, 'history.sqlite'), 'this is no database, and somebody may want it back');
    const lines: string[] = [];
    const logger = { ...SILENT, error: (line: string) => lines.push(line) };
    const journal = await openJournal(at, logger);
    expect(journal.status.kind).toBe('none');
    journal.begin(start);
    journal.commit([step(1)]);
    expect(journal.load(SET)).toBeUndefined();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('history.sqlite');
  });

  it('[STORE-6] a hub that is killed loses nothing that it had told of', async () => {
    const at = await folder();
    const program = `
      const { openJournal } = await import(${JSON.stringify(resolve('packages/hub/dist/node/journal/open-journal.js'))});
      const journal = await openJournal(${JSON.stringify(at)}, { info() {}, warn() {}, error: console.error });
      journal.begin(${JSON.stringify(start)});
      journal.checkpoint({ ...${JSON.stringify(start)}, chunks: [Buffer.from('${deflateRawSync(JSON.stringify(root)).toString('base64')}', 'base64')] });
      for (let n = 1; ; n++) {
        const entry = ${JSON.stringify(step(0))};
        if (n === 1) journal.commit([{ ...entry, change: undefined, frame: { run: '${RUN}', seq: 0, text: '{}', begins: true } }]);
        journal.commit([{ ...entry, revision: n, skeleton: n, lineage: 'line' + n, frame: { run: '${RUN}', seq: n, text: '{}' } }]);
        process.stdout.write(n + '\\n');
        await new Promise((done) => setImmediate(done));
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      if (told.length > 3_000) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const last = Number(told.slice(0, told.lastIndexOf('\n')).split('\n').at(-1));
    const kept = (await openJournal(at, SILENT)).load(SET);
    expect(last).toBeGreaterThan(100);
    expect(kept?.revision).toBeGreaterThanOrEqual(last);
    expect(kept?.frames).toHaveLength((kept?.revision ?? 0) + 1);
  });
});
