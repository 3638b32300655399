import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { livetree, start } from './support/run.ts';

const SMALL = resolve(import.meta.dirname, '../../../fixtures/small-l12.als');

interface SetLine {
  readonly name: string;
  readonly live: { readonly state: string; readonly simulated?: boolean; readonly recorded?: boolean };
}

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain: ${what}`);
}

describe('livetree demo', () => {
  it('[CLI-60] plays a copy of a Set in a simulated Live, and leaves nothing behind', async () => {
    const [before, stats] = [readFileSync(SMALL), statSync(SMALL)];
    const folders = (): readonly string[] =>
      readdirSync(tmpdir()).filter((name) => name.startsWith('livetree-demo-'));
    const others = new Set(folders());
    const child = start(['demo', '--no-open', '--port', '0', '--speed', '5', SMALL]);
    const out = collect(child.stdout);
    const url = await until('the address', async () => /^http:\S+/.exec(out())?.[0]);
    const set = await until('Live is there', () => liveSet(url));
    expect(set).toMatchObject({ name: 'small-l12', live: { simulated: true } });
    await until('changes', async () => ((await revisionOf(url)) > 5 ? true : undefined));
    const own = folders().filter((name) => !others.has(name));
    expect(own).toHaveLength(1);
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(existsSync(join(tmpdir(), own[0] ?? ''))).toBe(false);
    expect(readFileSync(SMALL).equals(before)).toBe(true);
    expect(statSync(SMALL).mtimeMs).toBe(stats.mtimeMs);
  });

  it('[CLI-61] without Python a Set of one’s own is not played: it says what it needs, exit code 4', async () => {
    const env = { LIVETREE_PYTHON: resolve(import.meta.dirname, 'no-such-python') };
    const { code, stdout, stderr } = await livetree(['demo', '--no-open', SMALL], { env });
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(/Python 3\.7 or later.*livetree serve/s);
    const both = await livetree(['demo', '--no-open', '--replay', SMALL]);
    expect([both.code, both.stdout]).toEqual([2, '']);
    expect(both.stderr).toMatch(/without a file/);
  });

  it('[REPLAY-1] without any Python on the PATH the recorded run is played, and every surface says so', async () => {
    const env = { PATH: resolve(import.meta.dirname, 'no-such-folder'), LIVETREE_PYTHON: '' };
    const child = start(['demo', '--no-open', '--port', '0', '--speed', '20'], { env });
    const [out, err] = [collect(child.stdout), collect(child.stderr)];
    const url = await until('the address', async () => /^http:\S+/.exec(out())?.[0]);
    await until('it says what it is', async () =>
      err().includes('recorded run of a simulated Live') ? true : undefined,
    );
    const set = await until('it is there', () => liveSet(url));
    expect(set).toMatchObject({ name: 'Night Bus', live: { simulated: true, recorded: true } });
    await until('changes', async () => ((await revisionOf(url)) > 5 ? true : undefined));
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });
});

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = '';
  stream?.on('data', (part: Buffer) => {
    text += part.toString();
  });
  return () => text;
}

async function revisionOf(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}metrics`)).text();
  return Number(/^livetree_revision\{.*\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
}

/** The Set that Live has, once it is there. */
async function liveSet(url: string): Promise<SetLine | undefined> {
  const { sets } = (await (await fetch(`${url}api/sets`)).json()) as { readonly sets: readonly SetLine[] };
  return sets.find(({ live }) => live.state === 'live');
}
