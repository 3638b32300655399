import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { livetree, start } from './support/run.ts';

const SMALL = resolve(import.meta.dirname, '../../../fixtures/small-l12.als');

interface SetLine {
  readonly name: string;
  readonly live: { readonly state: string; readonly simulated?: boolean };
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
    let out = '';
    child.stdout?.on('data', (part: Buffer) => {
      out += part.toString();
    });
    const url = await until('the address', async () => /^http:\S+/.exec(out)?.[0]);
    const revision = async (): Promise<number> => {
      const metrics = await (await fetch(`${url}metrics`)).text();
      return Number(/^livetree_revision\{.*\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
    };
    const set = await until('Live is there', async () => {
      const { sets } = (await (await fetch(`${url}api/sets`)).json()) as {
        readonly sets: readonly SetLine[];
      };
      return sets.find(({ live }) => live.state === 'live');
    });
    expect(set).toMatchObject({ name: 'small-l12', live: { simulated: true } });
    await until('changes', async () => ((await revision()) > 5 ? true : undefined));
    const own = folders().filter((name) => !others.has(name));
    expect(own).toHaveLength(1);
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(existsSync(join(tmpdir(), own[0] ?? ''))).toBe(false);
    expect(readFileSync(SMALL).equals(before)).toBe(true);
    expect(statSync(SMALL).mtimeMs).toBe(stats.mtimeMs);
  });

  it('[CLI-61] without Python it says what it needs: exit code 4', async () => {
    const env = { LIVETREE_PYTHON: resolve(import.meta.dirname, 'no-such-python') };
    const { code, stdout, stderr } = await livetree(['demo', '--no-open'], { env });
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(/Python 3\.7 or later.*livetree serve/s);
  });
});
