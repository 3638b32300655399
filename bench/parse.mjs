/**
 * From the compressed bytes to the typed tree, against plain gunzip of the same bytes in the same rounds
 * (x = times gunzipSync with default options). Ratios of sums of medians over all Sets.
 *
 *   node bench/parse.mjs [--gate] [--rounds N]
 *
 * --gate fails above the limit (one retry): that is what CI runs.
 */
import { gunzipSync } from 'node:zlib';
import { corpusFiles, median, milliseconds } from './corpus.mjs';

const LIMIT = 3.5;
const WARM_UP_ROUNDS = 2;
const BIGGEST = 5;

const built = new URL('../packages/live-set/dist/', import.meta.url);
const { parseSet, DEFAULT_LIMITS } = await import(new URL('index.js', built));
const { inflateSet } = await import(new URL('node/inflate.js', built));
const { nodePlatform } = await import(new URL('node/platform.js', built));

const isGate = process.argv.includes('--gate');
const rounds = Number(process.argv[process.argv.indexOf('--rounds') + 1]) || 5;

function measure({ name, gz }) {
  const times = { gunzip: [], inflate: [], parse: [] };
  let kept;
  let xmlBytes = 0;
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    const plain = milliseconds(() => gunzipSync(gz));
    const inflated = milliseconds(() => inflateSet(gz, DEFAULT_LIMITS));
    const parsed = milliseconds(() => parseSet(inflated.result, { platform: nodePlatform }));
    kept = parsed.result;
    xmlBytes = plain.result.length;
    if (round < 0) continue;
    times.gunzip.push(plain.ms);
    times.inflate.push(inflated.ms);
    times.parse.push(parsed.ms);
  }
  const gunzip = median(times.gunzip);
  return {
    name,
    xmlBytes,
    nodes: kept.fingerprints.size,
    gunzip,
    inflate: median(times.inflate),
    parse: median(times.parse),
  };
}

const total = ({ inflate, parse }) => inflate + parse;

function report(results) {
  const row = (r) =>
    `${r.name.padEnd(24)} ${(r.xmlBytes / 1e6).toFixed(1).padStart(7)} MB  gunzip ${r.gunzip.toFixed(1).padStart(7)} ms  ` +
    `inflate ${(r.inflate / r.gunzip).toFixed(2)}x + parse ${(r.parse / r.gunzip).toFixed(2)}x = ${(total(r) / r.gunzip).toFixed(2)}x`;
  const biggest = [...results].sort((a, b) => b.xmlBytes - a.xmlBytes).slice(0, BIGGEST);
  for (const result of biggest) console.log(row(result));
  const add = (field) => results.reduce((sum, r) => sum + r[field], 0);
  const sum = {
    name: `sum of ${results.length}`,
    xmlBytes: add('xmlBytes'),
    gunzip: add('gunzip'),
    inflate: add('inflate'),
    parse: add('parse'),
  };
  console.log(row(sum));
  const ratios = results
    .filter((r) => r.xmlBytes > 5e5)
    .map((r) => total(r) / r.gunzip)
    .sort((a, b) => a - b);
  console.log(
    `per Set over 0.5 MB: median ${median(ratios).toFixed(2)}x, p90 ${ratios[Math.floor(ratios.length * 0.9)].toFixed(2)}x`,
  );
  return total(sum) / sum.gunzip;
}

const files = corpusFiles();
let ratio = report(files.map(measure));
if (isGate && ratio > LIMIT) {
  console.log(`over ${LIMIT}x: measured once more`);
  ratio = report(files.map(measure));
}
if (isGate && ratio > LIMIT) {
  console.log(`FAILED: ${ratio.toFixed(2)}x plain gunzip, the limit is ${LIMIT}x`);
  process.exitCode = 1;
}
