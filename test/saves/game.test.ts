/** Saves at random moments, lost events and foreign files, from a seed. */
import { describe, expect, it } from 'vitest';
import { type Described, PYTHON } from '../simulator.ts';
import { playSaves } from '../soak/saves.ts';
import { everything } from '../soak/since-save.ts';
import { Saves } from './world.ts';

describe.skipIf(PYTHON === undefined)('a musician who saves', () => {
  it('[REC-114] at each quiet point the tree is the truth; after a save nothing is listed, what was missed is found, Live never insists', async () => {
    const outcome = await playSaves({ seed: 1, rounds: 8 });
    expect(outcome.problems).toEqual([]);
    expect(outcome).toMatchObject({ mismatches: outcome.injected, disagreements: 0 });
    expect(outcome.saves).toBeGreaterThan(0);
  }, 60_000);

  it('[GAME-6] a parameter that nobody told of before the save is not listed after it; one that is moved later is', async () => {
    const at = await Saves.open({ seed: 2, faults: 'none' });
    try {
      const isCompressor = ({ kind, props }: Described): boolean =>
        kind === 'device' && props['name'] === 'Compressor';
      const device = everything(await at.stage.truth()).find(isCompressor);
      const parameter = device?.lists['parameters']?.[2]?.uid;
      const set = (value: number) => at.edit('set_parameter', { parameter, value });
      await set(2);
      await at.saveNow();
      await at.stage.truth();
      expect(await at.list(0)).toEqual([]);
      await set(3);
      await at.stage.truth();
      expect(await at.list(1)).toEqual([expect.stringContaining('Compressor')]);
    } finally {
      await at.close();
    }
  }, 60_000);
});
