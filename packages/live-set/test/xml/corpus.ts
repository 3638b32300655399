import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));

/** Folder of real Sets (files/, series/, odd/). They are not part of the repository. */
export const corpusFolder = resolve(repository, process.env['LIVETREE_CORPUS'] ?? '../shared/corpus');
export const hasCorpus = existsSync(join(corpusFolder, 'files'));

if (!hasCorpus) {
  process.stderr.write(
    `\n*** No real Sets at ${corpusFolder}: set LIVETREE_CORPUS. Their tests are SKIPPED. ***\n\n`,
  );
}

/** Paths below the corpus folder. */
export function corpusFiles(folder: 'files' | 'odd'): string[] {
  if (!hasCorpus) return [];
  return readdirSync(join(corpusFolder, folder))
    .sort()
    .map((name) => join(folder, name));
}

/** One list of paths per series of saves, in their order. */
export function corpusSeries(): string[][] {
  if (!hasCorpus) return [];
  return readdirSync(join(corpusFolder, 'series'))
    .sort()
    .map((series) =>
      readdirSync(join(corpusFolder, 'series', series))
        .filter((name) => name.endsWith('.als'))
        .sort()
        .map((name) => join('series', series, name)),
    );
}

export function readCorpusFile(path: string): Buffer {
  return readFileSync(join(corpusFolder, path));
}

/** The XML of a Set of the corpus. */
export function readCorpusXml(path: string): Buffer {
  const file = readCorpusFile(path);
  return file[0] === 0x1f ? gunzipSync(file) : file;
}
