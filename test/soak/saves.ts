/**
 * A seeded game of saves: a musician edits, the Set is saved at random moments and in all ways, events get lost on
 * purpose, the file is replaced from outside. At each quiet point the tree is Live's truth; after a save nothing is
 * listed, each lost event was found, and Live insists on nothing.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Saves } from '../saves/world.ts';
import { randomOf } from './play.ts';

export interface SavesGame {
  readonly seed: number;
  readonly rounds: number;
  readonly set?: string;
}

export interface SavesOutcome {
  readonly saves: number;
  readonly edits: number;
  readonly injected: number;
  readonly mismatches: number;
  readonly disagreements: number;
  readonly problems: readonly string[];
}

const PATTERNS = ['replace', 'in_place', 'backup', 'slow'];

export async function playSaves({ seed, rounds, set }: SavesGame): Promise<SavesOutcome> {
  const random = randomOf(seed);
  const at = await Saves.open({ seed, faults: 'none', ...(set !== undefined && { from: set }) });
  const problems: string[] = [];
  let [edits, saves, injected] = [0, 0, 0];
  try {
    for (let round = 0; round < rounds && problems.length === 0; round++) {
      let isSaved = false;
      const steps = 1 + Math.floor(random() * 12);
      await at.stage.simulator.ask({ do: 'musician', steps, temperament: 'editing' });
      edits += steps;
      await at.stage.simulator.ask({ do: 'quiet' });
      if (random() < 0.25) {
        await loseOne(at, round);
        injected += 1;
        await at.save();
        saves += 1;
        isSaved = true;
      } else if (random() < 0.6) {
        const pattern = PATTERNS[Math.floor(random() * PATTERNS.length)];
        await at.save(pattern === undefined ? {} : { pattern });
        saves += 1;
        isSaved = true;
      } else if (random() < 0.3) await replaceAndBack(at);
      problems.push(...(await problemsOf(at, round, isSaved)));
    }
    const last = await at.is('it is compared', ({ state }) => state === 'compared');
    const sum = (counts: Readonly<Record<string, number>>): number =>
      Object.values(counts).reduce((all, each) => all + each, 0);
    const [mismatches, disagreements] = [sum(last.mismatches), sum(last.disagreements)];
    if (mismatches !== injected)
      problems.push(`${injected} events were lost: ${JSON.stringify(last.mismatches)}`);
    if (disagreements > 0) problems.push(`disagreements: ${JSON.stringify(last.disagreements)}`);
    return { saves, edits, injected, mismatches, disagreements, problems };
  } finally {
    await at.close();
  }
}

/** Nobody is told of a rename. */
async function loseOne(at: Saves, round: number): Promise<void> {
  const { simulator } = at.stage;
  await simulator.ask({ do: 'quiet' });
  await simulator.ask({ do: 'faults', set: 'none,lost=1' });
  await at.edit('rename_scene', { scene: { index: 0 }, name: `Nobody was told ${round}` });
  await simulator.ask({ do: 'faults', set: 'none' });
}

/** A foreign file for a moment, and the own one again. */
async function replaceAndBack(at: Saves): Promise<void> {
  const own = readFileSync(at.path);
  put(at.path, readFileSync(new URL('../../fixtures/demo.als', import.meta.url)));
  await at.is('it is foreign', ({ state }) => state === 'foreign');
  put(at.path, own);
  await at.is('it is the own one again', ({ state }) => state === 'compared');
}

function put(path: string, bytes: Buffer): void {
  writeFileSync(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
}

/** The tree against Live's truth; and that nothing is listed when all that was edited is saved. */
async function problemsOf(at: Saves, round: number, isSaved: boolean): Promise<readonly string[]> {
  const found = await at.stage.compare();
  if (found.length > 0) return found.map((text) => `round ${round}: ${text}`);
  if (!isSaved) return [];
  const { changes } = await at.is('it is compared', ({ state }) => state === 'compared');
  return changes.map(({ sentence }) => `round ${round}: saved, and listed all the same: ${sentence}`);
}
