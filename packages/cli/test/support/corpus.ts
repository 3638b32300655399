/** Real Sets. They are not part of the repository. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROOT } from './run.ts';

const folder = resolve(ROOT, process.env['LIVETREE_CORPUS'] ?? '../shared/corpus');
export const hasCorpus = existsSync(join(folder, 'manifest.json'));

if (!hasCorpus) {
  process.stderr.write(
    `\n*** No real Sets at ${folder}: set LIVETREE_CORPUS. Their tests are SKIPPED. ***\n\n`,
  );
}

export const corpusPath = (...parts: readonly string[]): string => join(folder, ...parts);

export const oddFiles = (): readonly string[] => (hasCorpus ? readdirSync(join(folder, 'odd')).sort() : []);

export interface CountedSet {
  readonly file: string;
  readonly creator: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** What another program counted in a Set of the corpus. */
export function countedSet(name: string): CountedSet {
  const manifest: { readonly files: readonly (CountedSet & { readonly name: string })[] } = JSON.parse(
    readFileSync(join(folder, 'manifest.json'), 'utf8'),
  );
  const found = manifest.files.find((file) => file.name === name);
  if (found === undefined) throw new Error(`the corpus has no ${name}`);
  return found;
}
