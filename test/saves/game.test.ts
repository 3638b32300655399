/** Saves at random moments, lost events and foreign files, from a seed. */
import { describe, expect, it } from 'vitest';
import { PYTHON } from '../simulator.ts';
import { playSaves } from '../soak/saves.ts';

describe.skipIf(PYTHON === undefined)('a musician who saves', () => {
  it('[REC-114] at each quiet point the tree is the truth; after a save nothing is listed, what was missed is found, Live never insists', async () => {
    const outcome = await playSaves({ seed: 1, rounds: 8 });
    expect(outcome.problems).toEqual([]);
    expect(outcome).toMatchObject({ mismatches: outcome.injected, disagreements: 0 });
    expect(outcome.saves).toBeGreaterThan(0);
  }, 60_000);
});
