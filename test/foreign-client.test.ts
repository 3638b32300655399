import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startHub } from '@livetree/hub';
import { afterEach, describe, expect, it } from 'vitest';
import { PYTHON } from './simulator.ts';
import { until } from './soak/stage.ts';

const ROOT = resolve(import.meta.dirname, '..');
const CLIENT = join(ROOT, 'docs/examples/client.py');
const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Told {
  readonly id: string;
  readonly kind: string;
  readonly props: { readonly name?: string };
  readonly lists: { readonly tracks?: readonly Told[] };
}

/** What the client is to print of these tracks. */
const linesOf = (tracks: readonly Told[] = [], indent = ''): readonly string[] =>
  tracks.flatMap(({ id, kind, props, lists }) => [
    `${indent}${kind} ${id} ${props.name ?? ''}`,
    ...linesOf(lists.tracks, `${indent}  `),
  ]);

describe.skipIf(PYTHON === undefined)('docs/examples/client.py', () => {
  it('[DOCS-1] follows a Set at a real hub: prints the tracks of its tree, then a change', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'livetree-foreign-')));
    ends.push(() => rmSync(folder, { recursive: true }));
    const set = join(folder, 'Night Bus.als');
    copyFileSync(join(ROOT, 'fixtures/demo.als'), set);
    const hub = await startHub({ port: 0, paths: [set] });
    ends.push(() => hub.close());
    const child = spawn(PYTHON ?? '', [CLIENT, String(hub.port)], {
      env: { ...process.env, PYTHONUTF8: '1' },
    });
    ends.push(() => child.kill('SIGKILL'));
    let printed = '';
    let ended: number | null | undefined;
    child.stdout.on('data', (text) => {
      printed += String(text);
    });
    child.once('exit', (code) => {
      ended = code;
    });
    await until('the Set is read', () => hub.sets[0]?.file.state === 'ok');
    const answer = await fetch(`${hub.url}api/sets/${hub.sets[0]?.id}/tree`);
    const { root } = (await answer.json()) as { readonly root: Told };
    const tracks = linesOf(root.lists.tracks);
    expect(tracks.length).toBeGreaterThan(10);
    await until('the tracks are printed', () => printed.split('\n').length > tracks.length);
    expect(printed.trimEnd().split('\n')).toEqual(tracks.map((line) => line.trimEnd()));
    copyFileSync(join(ROOT, 'fixtures/demo-next.als'), join(folder, 'saving'));
    renameSync(join(folder, 'saving'), set);
    await until('it ends', () => ended !== undefined);
    expect(ended).toBe(0);
    const change = /\nrevision 1: (\{.*\})\n$/.exec(printed)?.[1] ?? '{}';
    expect(JSON.parse(change)).toMatchObject({ op: 'set', id: expect.any(String) });
  });

  it('[DOCS-1] says that no hub is there, and speaks the syntax of Python 3.7', () => {
    expect(spawnSync(PYTHON ?? '', [CLIENT, '9']).status).not.toBe(0);
    const check =
      'import ast, sys; ast.parse(open(sys.argv[1], encoding="utf-8").read(), feature_version=(3, 7))';
    expect(spawnSync(PYTHON ?? '', ['-c', check, CLIENT]).status).toBe(0);
    expect(readFileSync(join(ROOT, 'docs/protocol.md'), 'utf8')).toContain('examples/client.py');
  });
});
