/** What was deleted and comes back is what it was. */
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { PYTHON } from '../simulator.ts';
import { Saves } from './world.ts';

const DEMO = resolve(import.meta.dirname, '../../fixtures/demo.als');

let saves: Saves | undefined;
afterEach(async () => {
  await saves?.close();
  saves = undefined;
});

describe.skipIf(PYTHON === undefined)('a deletion that is undone', () => {
  it('[GAME-1] brings back each thing with its id and what the file knows of it; the list is empty again, also after another hub', async () => {
    saves = await Saves.open({ seed: 5, faults: 'none' });
    const at = saves;
    const ids = at.ids().toSorted();
    const gone = [
      ['delete_track', { track: { index: 1 } }],
      ['delete_scene', { scene: { index: 1 } }],
      ['delete_device', { device: { name: 'Compressor' } }],
    ] as const;
    for (const [name, args] of gone) {
      await at.edit(name, args);
      await at.is(`${name} is listed`, ({ total }) => total > 0);
      await at.edit('undo');
      expect(await at.list(0)).toEqual([]);
    }
    expect(await at.stage.compare()).toEqual([]);
    expect(at.ids().toSorted()).toEqual(ids);
    await at.edit('delete_device', { device: { name: 'Compressor' } });
    await at.edit('undo');
    expect(await at.stage.compare()).toEqual([]);
    await at.stage.restartHub();
    await at.stage.isRead();
    expect(at.ids().toSorted()).toEqual(ids);
    const { disagreements, total } = await at.save();
    expect({ disagreements, total }).toEqual({ disagreements: {}, total: 0 });
  }, 60_000);

  it('[GAME-7] brings back a group or rack that was dissolved, and a group with all that went with it', async () => {
    saves = await Saves.open({ seed: 6, faults: 'none', from: DEMO });
    const at = saves;
    // A rack with one chain can be dissolved.
    await at.edit('delete_chain', { chain: { name: 'Growl 2' } });
    await at.saveNow();
    const ids = at.ids().toSorted();
    const gone = [
      ['ungroup_tracks', { track: { name: 'Drums' } }],
      ['delete_track', { track: { name: 'Drums' } }],
      ['ungroup_rack', { device: { name: 'Bus Bass' } }],
      ['delete_return', { track: { name: 'A-Reverb' } }],
    ] as const;
    for (const [name, args] of gone) {
      await at.edit(name, args);
      await at.is(`${name} is listed`, ({ total }) => total > 0);
      await at.edit('undo');
      expect(await at.list(0)).toEqual([]);
      expect(await at.stage.compare()).toEqual([]);
      expect(at.ids().toSorted()).toEqual(ids);
    }
  }, 60_000);
});
