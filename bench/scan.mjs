/**
 * Scanning against inflating: for every Set, rounds of [gunzipSync with default options, scan], interleaved in one
 * process; medians; the ratio of their sums. Needs `npm run build:ts` and a folder of real Sets:
 *
 *   LIVETREE_CORPUS=… node bench/scan.mjs [rounds]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const built = new URL('../packages/live-set/dist/', import.meta.url);
const { scan } = await import(new URL('xml/scan.js', built));
const { DEFAULT_LIMITS } = await import(new URL('limits.js', built));
const { nodePlatform } = await import(new URL('node/platform.js', built));

const corpus = process.env['LIVETREE_CORPUS'] ?? new URL('../../shared/corpus', import.meta.url).pathname;
const rounds = Number(process.argv[2] ?? 7);
const WARM_UP_ROUNDS = 3;
const BIG_BYTES = 5_000_000;
const vocabulary = ['Id', 'Value', 'LomId', 'LomIdView'];
const options = {
  platform: nodePlatform,
  vocabulary,
  masks: { elements: new Uint8Array(vocabulary.length), attributes: Uint8Array.of(1, 0, 0, 0) },
  limits: DEFAULT_LIMITS,
};

const sum = { inflate: 0, scan: 0, bytes: 0 };
const ratios = [];
for (const name of readdirSync(join(corpus, 'files'))) {
  const file = readFileSync(join(corpus, 'files', name));
  const compressed = file[0] === 0x1f ? file : gzipSync(file);
  const result = measure(compressed);
  sum.inflate += result.inflate;
  sum.scan += result.scan;
  sum.bytes += result.bytes;
  if (result.bytes > 500_000) ratios.push(result.scan / result.inflate);
  if (result.bytes > BIG_BYTES) console.log(line(name, result));
}
console.log(line('sum', sum));
ratios.sort((a, b) => a - b);
console.log(
  `per file over 0.5 MB: median ${ratios[ratios.length >> 1].toFixed(2)}, p90 ${ratios[Math.floor(ratios.length * 0.9)].toFixed(2)}`,
);

function measure(compressed) {
  const times = { inflate: [], scan: [] };
  const xml = gunzipSync(compressed);
  let kept;
  for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
    const started = process.hrtime.bigint();
    kept = gunzipSync(compressed);
    const inflated = process.hrtime.bigint();
    kept = scan(xml, options);
    const scanned = process.hrtime.bigint();
    if (round < 0) continue;
    times.inflate.push(Number(inflated - started) / 1e6);
    times.scan.push(Number(scanned - inflated) / 1e6);
  }
  return { inflate: median(times.inflate), scan: median(times.scan), bytes: xml.length, elements: kept.size };
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

function line(name, { inflate, scan: scanned, bytes }) {
  const speed = (bytes / 1000 / scanned).toFixed(0);
  const figures = `${inflate.toFixed(1)} ms inflate  ${scanned.toFixed(1)} ms scan  ${speed} MB/s`;
  return `${name.padEnd(36)} ${(bytes / 1e6).toFixed(1).padStart(6)} MB  ${figures}  ratio ${(scanned / inflate).toFixed(2)}`;
}
