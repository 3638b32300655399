/** Real Sets for the benchmarks: the folder at $LIVETREE_CORPUS, else ../shared/corpus. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const folder = process.env.LIVETREE_CORPUS ?? fileURLToPath(new URL('../../shared/corpus', import.meta.url));

/** All single Sets, unread. Ends the process when there are none. */
export function corpusPaths() {
  const files = join(folder, 'files');
  if (!existsSync(files)) {
    console.log(`No real Sets at ${folder}: nothing was measured. Set LIVETREE_CORPUS.`);
    process.exit(0);
  }
  return readdirSync(files)
    .filter((name) => name.endsWith('.als'))
    .map((name) => ({ name: name.replace(/\.als$/, ''), path: join(files, name) }));
}

/** All single Sets, compressed ones as they are, bare XML compressed here. */
export function corpusFiles() {
  return corpusPaths().map(({ name, path }) => {
    const bytes = readFileSync(path);
    return { name, path, gz: bytes[0] === 0x1f ? bytes : gzipSync(bytes) };
  });
}

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
export const milliseconds = (work) => {
  const start = process.hrtime.bigint();
  const result = work();
  return { ms: Number(process.hrtime.bigint() - start) / 1e6, result };
};
