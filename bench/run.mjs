/** `npm run bench`: all benchmarks, one after the other, on built code. Results worth keeping go to RESULTS.md. */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

const ALL = [
  'parse.mjs',
  'memory.mjs',
  'cold-start.mjs',
  'parsers.mjs',
  'diff.mjs',
  'patch.mjs',
  'names.mjs',
  'save-to-patch.mjs',
  'big-turns.mjs',
];
const folder = fileURLToPath(new URL('.', import.meta.url));
console.log(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model}`,
);
for (const name of ALL) {
  console.log(`\n=== ${name}`);
  const { status } = spawnSync(process.execPath, [`${folder}${name}`], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
