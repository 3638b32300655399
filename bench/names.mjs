/**
 * How much of what changes between real saves has a name and a unit: every parameter whose value differs
 * between two successive saves of a Set, by what is known of it. Also the share of devices whose parameters
 * all have names.
 *
 *   node bench/names.mjs
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { corpusFiles } from './corpus.mjs';

const built = new URL('../packages/live-set/dist/', import.meta.url);
const { parseSet, diffSets, readFacet } = await import(new URL('index.js', built));
const { nodePlatform } = await import(new URL('node/platform.js', built));
const folder = join(dirname(dirname(corpusFiles()[0].path)), 'series');

const read = (path) => {
  const bytes = readFileSync(path);
  return parseSet(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes, { platform: nodePlatform });
};

const tally = { changes: 0, named: 0, withUnit: 0, onOff: 0, text: 0, rawOnly: {} };

function count(before, after, id) {
  const old = new Map(readFacet(before, id, 'parameters').map((item) => [item.key, item]));
  for (const item of readFacet(after, id, 'parameters')) {
    const was = old.get(item.key);
    if (was === undefined || was.raw === item.raw) continue;
    tally.changes++;
    if (item.guessed !== true) tally.named++;
    if (item.unit !== undefined) tally.withUnit++;
    else if (typeof item.value === 'boolean') tally.onOff++;
    else if (typeof item.value === 'string') tally.text++;
    else tally.rawOnly[item.name] = (tally.rawOnly[item.name] ?? 0) + 1;
  }
}

if (existsSync(folder)) {
  for (const name of readdirSync(folder)) {
    let before;
    for (const save of readdirSync(join(folder, name)).sort()) {
      const set = read(join(folder, name, save));
      const diff = before === undefined ? undefined : diffSets(before, set);
      for (const { id, facets } of diff?.touched ?? []) {
        if (facets.includes('parameters')) count(before, diff.after, id);
      }
      before = diff?.after ?? set;
    }
  }
  const percent = (part) => `${((100 * part) / tally.changes).toFixed(1)} %`;
  console.log(`${tally.changes} parameter changes in the series: ${percent(tally.named)} with a name,`);
  console.log(
    `  ${percent(tally.withUnit)} with a unit, ${percent(tally.onOff)} on/off, ${percent(tally.text)} as a text,`,
  );
  const raw = Object.entries(tally.rawOnly).sort(([, a], [, b]) => b - a);
  const rawSum = raw.reduce((sum, [, times]) => sum + times, 0);
  console.log(
    `  ${percent(rawSum)} a bare number: ${raw
      .slice(0, 12)
      .map(([key, times]) => `${key} ×${times}`)
      .join(', ')}`,
  );
}
