/**
 * Memory of one parse in a fresh process: peak resident size over that of an empty Node, the heap that the
 * tree keeps, and the bytes of the tape (typed arrays, dropped with the parsed Set).
 *
 *   node bench/memory.mjs
 */
import { spawnSync } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { corpusPaths } from './corpus.mjs';

const self = fileURLToPath(import.meta.url);
const [, , role, path] = process.argv;

if (role === '--empty') {
  console.log(JSON.stringify({ peak: process.resourceUsage().maxRSS * 1024 }));
} else if (role === '--one') {
  const built = new URL('../packages/live-set/dist/', import.meta.url);
  const { parseSet, DEFAULT_LIMITS } = await import(new URL('index.js', built));
  const { inflateSet } = await import(new URL('node/inflate.js', built));
  const { nodePlatform } = await import(new URL('node/platform.js', built));
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  const loaded = process.resourceUsage().maxRSS * 1024;
  let xml = inflateSet(readFileSync(path), DEFAULT_LIMITS);
  const xmlBytes = xml.length;
  let set = parseSet(xml, { platform: nodePlatform });
  xml = undefined;
  const peak = process.resourceUsage().maxRSS * 1024;
  const root = set.root;
  globalThis.gc();
  const withTape = process.memoryUsage();
  set = undefined;
  globalThis.gc();
  console.log(
    JSON.stringify({
      peak,
      loaded,
      heap: withTape.heapUsed - before,
      tape: withTape.arrayBuffers,
      xmlBytes,
      kind: root.kind,
    }),
  );
} else {
  // This process stays small: on Linux a child starts with the peak of the one that forked it.
  const run = (...args) =>
    JSON.parse(spawnSync(process.execPath, ['--expose-gc', self, ...args], { encoding: 'utf8' }).stdout);
  const base = run('--empty').peak;
  console.log(`empty Node: ${(base / 1e6).toFixed(0)} MB`);
  for (const { name, path: file } of corpusPaths()
    .sort((a, b) => inflatedSize(b.path) - inflatedSize(a.path))
    .slice(0, 5)) {
    const { peak, loaded, heap, tape, xmlBytes } = run('--one', file);
    const over = (from) =>
      `${((peak - from) / 1e6).toFixed(0)} MB = ${((peak - from) / xmlBytes).toFixed(2)}x XML`;
    console.log(
      `${name.padEnd(24)} ${(xmlBytes / 1e6).toFixed(1).padStart(6)} MB XML  peak ${over(base)} over an empty Node, ` +
        `${over(loaded)} over one with our code loaded · heap kept ${(heap / 1e6).toFixed(1)} MB = ` +
        `${(heap / xmlBytes).toFixed(3)}x · bytes and tape ${(tape / 1e6).toFixed(0)} MB`,
    );
  }
}

/** Size of the XML as the end of the file says; of bare XML the size of the file. */
function inflatedSize(file) {
  const handle = openSync(file);
  const { size } = fstatSync(handle);
  const bytes = Buffer.alloc(6);
  readSync(handle, bytes, 0, 2, 0);
  readSync(handle, bytes, 2, 4, size - 4);
  closeSync(handle);
  return bytes[0] === 0x1f ? bytes.readUInt32LE(2) : size;
}
