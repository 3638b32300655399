import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const RULE = /\[([A-Z][A-Z0-9]*-\d+)\]/g;

/** Files below a folder whose name ends in one of the given ways. */
function files(folder: string, endings: readonly string[]): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name === 'node_modules' || name === 'dist') return [];
    if (statSync(path).isDirectory()) return files(path, endings);
    return endings.some((ending) => name.endsWith(ending)) ? [path] : [];
  });
}

/** Rules that titles of tests (in Python: their docstrings) begin with: text in quotes that begins with a rule. */
function tested(): ReadonlySet<string> {
  const rules = ['packages', 'test', 'remote-script', 'live-simulator']
    .flatMap((name) => files(join(ROOT, name), ['.test.ts', '.py']))
    .filter((path) => path.endsWith('.test.ts') || basename(path).startsWith('test_'))
    .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/[`'"]((?:\[[A-Z][A-Z0-9]*-\d+\],? ?)+)/g)])
    .flatMap((title) => [...(title[1] ?? '').matchAll(RULE)])
    .map((rule) => rule[1] ?? '');
  return new Set(rules);
}

const specified = (): readonly string[] =>
  [...readFileSync(join(ROOT, 'SPEC.md'), 'utf8').matchAll(/^- \*\*([A-Z0-9]+-\d+)\*\*/gm)].map(
    (match) => match[1] ?? '',
  );

describe('SPEC.md', () => {
  it('[OPS-20] names every rule that a test shows, once', () => {
    const rules = specified();
    expect(new Set(rules).size).toBe(rules.length);
    expect([...tested()].filter((rule) => !rules.includes(rule))).toEqual([]);
  });

  it('[OPS-20] has a test for every rule', () => {
    const shown = tested();
    expect(specified().filter((rule) => !shown.has(rule))).toEqual([]);
  });
});

describe('what is tracked', () => {
  it('[OPS-21] names no registry, no download address and no path of a machine', () => {
    const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
      .split('\0')
      .filter(Boolean);
    const texts = tracked.filter((path) => existsSync(join(ROOT, path)) && !/\.(als|png|ico)$/.test(path));
    const forbidden = [/registry\.npm/, /"resolved": "http/, /\/(?:home|root)\/[a-z]+\//, /\/work\//];
    const found = texts.flatMap((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      return forbidden.filter((pattern) => pattern.test(text)).map((pattern) => `${path}: ${pattern}`);
    });
    expect(found.filter((line) => !line.startsWith('test/spec.test.ts'))).toEqual([]);
  });
});
