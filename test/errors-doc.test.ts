import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const sources = readdirSync(join(ROOT, 'packages'))
  .map((name) => `packages/${name}/src/errors.ts`)
  .filter((path) => existsSync(join(ROOT, path)));

/** The members of the literal unions named `…ErrorCode`. */
function codesIn(source: string): readonly string[] {
  const unions = source.match(/type \w+ErrorCode =[^;]+;/g) ?? [];
  return unions.flatMap((union) => [...union.matchAll(/'([A-Z_0-9]+)'/g)].map(([, code = '']) => code));
}

const documentText = text('docs/errors.md');
const headings = [...documentText.matchAll(/^### (\w+)$/gm)].map(([, code = '']) => code);

/** What stands under each heading. */
const bodies = documentText
  .split(/^### \w+$/m)
  .slice(1)
  .map((body) => body.split(/^## /m)[0] ?? '');

describe('docs/errors.md', () => {
  it('[OPS-8] has a heading for every error code, and for nothing else', () => {
    const codes = sources.flatMap((path) => codesIn(text(path)));
    expect(sources.length).toBeGreaterThan(0);
    expect(codes.length).toBeGreaterThan(20);
    expect([...headings].sort()).toEqual([...codes].sort());
  });

  it.each(headings.map((heading, index) => [heading, bodies[index] ?? '']))(
    '[OPS-9] %s names cause and remedy',
    (_, body) => {
      expect(body).toMatch(/\*\*Cause\.\*\* \S.*\*\*Remedy\.\*\* \S/s);
    },
  );
});
