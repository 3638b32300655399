/**
 * The diff of two parsed saves against plain gunzip of one of them, for successive saves of one Set.
 *
 *   node bench/diff.mjs
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { corpusFiles, median, milliseconds } from './corpus.mjs';

const built = new URL('../packages/live-set/dist/', import.meta.url);
const { parseSet, diffSets } = await import(new URL('index.js', built));
const { nodePlatform } = await import(new URL('node/platform.js', built));
const ROUNDS = 5;
const series = join(dirname(dirname(corpusFiles()[0].path)), 'series/l11-edmjm-big');

const read = (path) => {
  const gz = readFileSync(path);
  return { gz, set: parseSet(gunzipSync(gz), { platform: nodePlatform }) };
};

if (existsSync(series)) {
  const saves = readdirSync(series).sort();
  let before = read(join(series, saves[0]));
  for (const name of saves.slice(1)) {
    const after = read(join(series, name));
    const times = { gunzip: [], diff: [] };
    let diff;
    for (let round = -1; round < ROUNDS; round++) {
      const plain = milliseconds(() => gunzipSync(after.gz));
      const compared = milliseconds(() => diffSets(before.set, after.set));
      diff = compared.result;
      if (round < 0) continue;
      times.gunzip.push(plain.ms);
      times.diff.push(compared.ms);
    }
    const [gunzip, took] = [median(times.gunzip), median(times.diff)];
    console.log(
      `${name}: ${diff.ops.length} ops, ${diff.touched.length} touched, ${took.toFixed(1)} ms = ${(took / gunzip).toFixed(2)}x gunzip`,
    );
    before = { ...after, set: diff.after };
  }
}
