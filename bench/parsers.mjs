/**
 * The same Set through other parsers: saxes (empty callbacks; a light tree) and Python's ElementTree, beside
 * ours. Each as times plain gunzip of the same bytes in the same run.
 *
 *   node bench/parsers.mjs
 */
import { spawnSync } from 'node:child_process';
import { gunzipSync } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { corpusFiles, median, milliseconds } from './corpus.mjs';

const built = new URL('../packages/live-set/dist/', import.meta.url);
const { parseSet } = await import(new URL('index.js', built));
const { nodePlatform } = await import(new URL('node/platform.js', built));
const ROUNDS = 3;
const SETS = ['menke_edmfastjm_l12', 'space_master'];

function saxesEmpty(text) {
  const parser = new SaxesParser();
  let count = 0;
  parser.on('opentag', () => count++);
  parser.write(text).close();
  return count;
}

function saxesTree(text) {
  const parser = new SaxesParser();
  const root = { children: [] };
  const open = [root];
  parser.on('opentag', ({ name, attributes }) => {
    const node = { name, attributes, children: [], text: '' };
    open.at(-1).children.push(node);
    open.push(node);
  });
  parser.on('text', (part) => {
    open.at(-1).text += part;
  });
  parser.on('closetag', () => open.pop());
  parser.write(text).close();
  return root;
}

const PYTHON = `
import sys, gzip, time
from xml.etree import ElementTree
data = open(sys.argv[1], 'rb').read()
best = None
for _ in range(2):
    start = time.perf_counter()
    ElementTree.fromstring(gzip.decompress(data))
    took = time.perf_counter() - start
    best = took if best is None else min(best, took)
print(best * 1000)
`;

for (const { name, path, gz } of corpusFiles().filter((file) => SETS.includes(file.name))) {
  const xml = gunzipSync(gz);
  const text = xml.toString('utf8');
  const candidates = {
    gunzip: () => gunzipSync(gz),
    'ours, typed tree': () => parseSet(xml, { platform: nodePlatform }),
    'saxes, empty callbacks': () => saxesEmpty(text),
    'saxes, light tree': () => saxesTree(text),
  };
  const times = Object.fromEntries(Object.keys(candidates).map((key) => [key, []]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const [key, work] of Object.entries(candidates)) {
      const { ms } = milliseconds(work);
      if (round >= 0) times[key].push(ms);
    }
  }
  const gunzip = median(times.gunzip);
  console.log(`${name}, ${(xml.length / 1e6).toFixed(1)} MB XML (without inflating)`);
  for (const [key, values] of Object.entries(times)) line(key, median(values), gunzip);
  const python = Number(spawnSync('python3', ['-c', PYTHON, path], { encoding: 'utf8' }).stdout);
  if (python > 0) line('Python ElementTree, with gunzip', python, gunzip);
}

function line(key, ms, gunzip) {
  console.log(`  ${key.padEnd(32)} ${ms.toFixed(0).padStart(6)} ms  ${(ms / gunzip).toFixed(1)}x`);
}
