/**
 * `livetree stats` of a 22 MB Set as a whole process, against an empty Node, interleaved.
 *
 *   node bench/cold-start.mjs [runs]
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { corpusFiles, median, milliseconds } from './corpus.mjs';

const SIZE_BYTES = 22e6;
const bin = fileURLToPath(new URL('../packages/cli/dist/bin.js', import.meta.url));
const runs = Number(process.argv[2] ?? 9);

const distance = ({ gz }) => Math.abs(gunzipSync(gz).length - SIZE_BYTES);
const [set] = corpusFiles().sort((a, b) => distance(a) - distance(b));
const times = { empty: [], stats: [] };
for (let run = 0; run < runs; run++) {
  times.empty.push(milliseconds(() => spawnSync(process.execPath, ['-e', '0'])).ms);
  times.stats.push(milliseconds(() => spawnSync(process.execPath, [bin, 'stats', '--json', set.path])).ms);
}
const [empty, stats] = [median(times.empty), median(times.stats)];
console.log(
  `${set.name}: empty Node ${empty.toFixed(0)} ms, livetree stats ${stats.toFixed(0)} ms = empty + ${(stats - empty).toFixed(0)} ms ` +
    `(least ${(Math.min(...times.stats) - Math.min(...times.empty)).toFixed(0)} ms)`,
);
