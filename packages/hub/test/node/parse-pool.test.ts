import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { wideSet } from '../support/wide-set.ts';

const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((each) => rm(each, { recursive: true, force: true })));
});

/** A process of its own: an abort of Node takes all of it along. */
const stopsWhileReading = (path: string, times: number) => `
  const { SetWorker } = await import(${JSON.stringify(resolve('packages/hub/dist/node/parse-pool.js'))});
  const nothing = () => {};
  const events = { onReading: nothing, onFacet: nothing, onSnapshot: nothing, onTrouble: nothing, onCrash: nothing };
  const took = [];
  for (let i = 0; i < ${times}; i++) {
    const worker = new SetWorker({ origin: { path: ${JSON.stringify(path)} }, events });
    const reading = worker.read().then(() => 'read', () => 'stopped');
    await new Promise((done) => setTimeout(done, i * 12));
    const start = performance.now();
    await worker.forget();
    took.push([await reading, Math.round(performance.now() - start)]);
  }
  console.log(JSON.stringify(took));
`;

describe('stopping a reader', () => {
  it('[HUB-90] a reader is stopped at any moment of its work, soon, and the process lives', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'livetree-stop-'));
    folders.push(folder);
    const path = join(folder, 'huge.als');
    await writeFile(path, gzipSync(wideSet(60_000), { level: 1 }));
    const args = ['--input-type=module', '-e', stopsWhileReading(path, 25)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const took = JSON.parse(stdout) as readonly (readonly ['read' | 'stopped', number])[];
    expect(took).toHaveLength(25);
    expect(took.some(([end]) => end === 'stopped')).toBe(true);
  });
});
