/** Edits of notes and values stay in the list since the save, whatever happens to the hub and the file. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { PYTHON } from '../simulator.ts';
import { Saves } from './world.ts';

const FOREIGN = resolve(import.meta.dirname, '../../fixtures/demo.als');

let saves: Saves | undefined;
afterEach(async () => {
  await saves?.close();
  saves = undefined;
});

/** With notes and a value edited since the save. */
async function edited(): Promise<{ readonly at: Saves; readonly listed: readonly string[] }> {
  saves = await Saves.open({ seed: 3, faults: 'none' });
  await saves.edit('add_notes', { clip: { name: 'Riff' } });
  await saves.edit('set_parameter', { device: { name: 'Compressor' }, index: 2 });
  const listed = await saves.list(2);
  return { at: saves, listed };
}

function put(path: string, bytes: Buffer): void {
  writeFileSync(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
}

describe.skipIf(PYTHON === undefined)('edited details', () => {
  it('[KEEP-30] are listed by a hub that was started again, with what they were before', async () => {
    const { at, listed } = await edited();
    await at.stage.restartHub();
    await at.stage.isRead();
    await at.is('it is compared again', ({ state }) => state === 'compared');
    expect(await at.list(2)).toEqual(listed);
    await at.edit('undo');
    expect(await at.list(1)).toEqual([expect.stringContaining('Riff')]);
  }, 60_000);

  it('[KEEP-31] stay listed when another file has lain there and the last save is put back', async () => {
    const { at, listed } = await edited();
    const own = readFileSync(at.path);
    put(at.path, readFileSync(FOREIGN));
    await at.is('it is foreign', ({ state }) => state === 'foreign');
    put(at.path, own);
    await at.is('it is the own one again', ({ state }) => state === 'compared');
    expect(await at.list(2)).toEqual(listed);
  }, 60_000);
});
