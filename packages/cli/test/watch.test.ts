import { copyFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { testFolder } from './support/folder.ts';
import { DEMO, livetree, stateDir } from './support/run.ts';
import { Running } from './support/watch.ts';

const NEXT = fileURLToPath(new URL('../../../fixtures/demo-next.als', import.meta.url));
const folder = testFolder();
const set = (name: string): string => {
  const path = join(folder.path, name);
  copyFileSync(DEMO, path);
  return path;
};
/** As Live does it: a new file takes the place of the old one. */
const save = (path: string, from: string): void => {
  copyFileSync(from, `${path}.tmp`);
  renameSync(`${path}.tmp`, path);
};
const watching = async (args: readonly string[], dir = stateDir()): Promise<Running> => {
  const watch = new Running(['watch', ...args], { env: { LIVETREE_STATE_DIR: dir } });
  await watch.until('stderr', /^Watching /m);
  return watch;
};
const serving = async (args: readonly string[], dir: string): Promise<Running> => {
  const served = new Running(['serve', '--no-open', '--port', '0', ...args], {
    env: { LIVETREE_STATE_DIR: dir },
  });
  await served.until('stderr', /Ctrl-C ends/);
  return served;
};

describe.skipIf(process.platform === 'win32')('livetree watch', () => {
  it('[CLI-52] prints each save as it comes: time, headline, sentences; Ctrl-C ends it at once, exit code 0', async () => {
    const path = set('Lied für Ä.als');
    const watch = await watching([path]);
    expect(watch.err).toBe('Watching Lied für Ä. Ctrl-C ends.\n');
    save(path, NEXT);
    await watch.until('stdout', /\n\n$/);
    const [head, ...rest] = watch.out.trimEnd().split('\n');
    expect(head).toMatch(/^\d\d:\d\d:\d\d {2}6 changes: Keys 日本, /);
    expect(rest).toContain('  Bass › EQ Eight › 2 Frequency A: 1.20 kHz → 340 Hz');
    expect(rest).toHaveLength(6);
    save(path, DEMO);
    await watch.until('stdout', /340 Hz → 1\.20 kHz/);
    const { code, signal, tookMs } = await watch.stop();
    process.stderr.write(`watch: SIGINT to the end ${tookMs.toFixed(0)} ms\n`);
    expect([code, signal]).toEqual([0, null]);
    expect(tookMs).toBeLessThan(5_000);
  });

  it('[CLI-53] --ndjson is one line of JSON for each save, of stable shape; its reader may leave', async () => {
    const path = set('lines.als');
    const watch = await watching(['--ndjson', path]);
    save(path, NEXT);
    await watch.until('stdout', /\n$/);
    const entry: Readonly<Record<string, unknown>> = JSON.parse(watch.out);
    expect(Object.keys(entry).join(' ')).toBe(
      'schema type set setName path revision time origin save names nodes sentences',
    );
    expect(entry).toMatchObject({
      schema: 1,
      type: 'entry',
      setName: 'lines',
      path,
      origin: 'file',
      revision: 1,
    });
    expect(entry['save']).toMatch(/^6 changes/);
    watch.child.stdout?.destroy();
    save(path, DEMO);
    const { code, signal, stderr } = await watch.ended;
    expect([code, signal, stderr]).toEqual([0, null, 'Watching lines. Ctrl-C ends.\n']);
  });

  it('[CLI-54] a file that is missing or damaged is said once, and the next good save is told', async () => {
    const path = join(folder.path, 'later.als');
    const watch = await watching([path]);
    await watch.until('stderr', /^later: There is no file/m);
    save(path, DEMO);
    await watch.until('stderr', /^later: the file can be read again$/m);
    writeFileSync(path, 'no Set');
    await watch.until('stderr', /^later: This is not a Live Set/m);
    save(path, NEXT);
    await watch.until('stdout', /6 changes/);
    expect((await watch.stop('SIGTERM')).code).toBe(0);
  });

  it('[CLI-55] where LiveTree runs the Set is handed to it; without a file all its Sets are followed, also later ones', async () => {
    const dir = stateDir();
    const [one, two] = [set('one.als'), set('two.als')];
    const served = await serving([one], dir);
    const all = await watching([], dir);
    expect(all.err).toBe('Watching one. Ctrl-C ends.\n');
    const second = await watching([two], dir);
    const { sets }: { readonly sets: readonly { readonly name: string }[] } = JSON.parse(
      await (await fetch(new URL('/api/sets', served.out.trim()))).text(),
    );
    expect(sets.map(({ name }) => name)).toEqual(['one', 'two']);
    save(one, NEXT);
    await all.until('stdout', /\d {2}one {2}6 changes/);
    save(two, NEXT);
    await Promise.all([all.until('stdout', /\d {2}two {2}6 changes/), second.until('stdout', /6 changes/)]);
    expect(second.out.match(/6 changes/g)).toHaveLength(1);
    for (const each of [all, second, served]) expect((await each.stop()).code).toBe(0);
  });

  it('[CLI-160] a file that is not there is not left as a Set where LiveTree runs; one that is served is followed', async () => {
    const dir = stateDir();
    const [one, typo] = [set('there.als'), join(folder.path, 'tipo.als')];
    const waited = join(folder.path, 'waited-for.als');
    const served = await serving([one, waited], dir);
    const { code, stderr } = await livetree(['watch', typo], { env: { LIVETREE_STATE_DIR: dir } });
    expect([code, stderr]).toEqual([3, `"${typo}" does not exist. Was it moved or renamed?\n`]);
    const answer = await fetch(new URL('/api/sets', served.out.trim()));
    const { sets } = (await answer.json()) as { readonly sets: readonly { readonly name: string }[] };
    expect(sets.map(({ name }) => name)).toEqual(['there', 'waited-for']);
    const watch = await watching([waited], dir);
    for (const each of [watch, served]) expect((await each.stop()).code).toBe(0);
  });

  it('[CLI-56] LiveTree that was started anew, on another port, is found again', async () => {
    const dir = stateDir();
    const path = set('again.als');
    const first = await serving([path], dir);
    const watch = await watching([path], dir);
    await first.stop();
    await watch.until('stderr', /does not answer; waiting/);
    const second = await serving([], dir);
    await watch.until('stderr', /Watching again[\s\S]*Watching again/);
    save(path, NEXT);
    await watch.until('stdout', /6 changes/);
    for (const each of [watch, second]) expect((await each.stop()).code).toBe(0);
  });

  it('[CLI-57] without a file and without LiveTree: exit code 4 and a remedy; what is no path of a Set: 2', async () => {
    const outcome = await livetree(['watch']);
    expect(outcome).toMatchObject({ code: 4, stdout: '' });
    expect(outcome.stderr).toBe('No LiveTree runs. Name a Set, or start "livetree serve" with one first.\n');
    const other = await livetree(['watch', 'notes.txt']);
    expect(other).toMatchObject({ code: 2, stdout: '' });
    expect(other.stderr).toMatch(/^"notes\.txt": Only Ableton Live Sets .*\n$/);
  });
});
