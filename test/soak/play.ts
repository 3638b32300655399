/** One game: a seeded musician plays in bursts; at every quiet point the trees are compared, once. */
import { Stage, type StageOptions } from './stage.ts';

export interface Game extends StageOptions {
  readonly seed: number;
  readonly temperament: 'editing' | 'performing' | 'automating' | 'mixed';
  readonly edits: number;
  /** Edits between two comparisons. */
  readonly round: number;
  /** Notifications are lost: what only the audit can find is waited for. */
  readonly auditsToo?: boolean;
}

export interface Outcome {
  readonly edits: number;
  readonly comparisons: number;
  /** Empty when the tree was the truth at every quiet point. */
  readonly differences: readonly string[];
  readonly mended: Readonly<Record<string, number>>;
  readonly frames: number;
  readonly audits: number;
  /** Frames stated while a list was still changing. */
  readonly forced: number;
  readonly patches: number;
  /** Things that undo had made anew, at the end, and of which the tree did not have what the file knew of them. */
  readonly notKnownAgain: number;
  readonly seconds: number;
}

/** Ends at the first difference. @param told called after each comparison with the edits so far */
export async function play(game: Game, told: (edits: number) => void = () => {}): Promise<Outcome> {
  const began = performance.now();
  const stage = await Stage.open(game);
  try {
    const { edits, comparisons, differences } = await rounds(stage, game, told);
    const counters = await stage.counters();
    return {
      edits,
      comparisons,
      differences,
      mended: await stage.mended(),
      frames: counters['frames'] ?? 0,
      audits: counters['audits'] ?? 0,
      forced: counters['forced'] ?? 0,
      patches: stage.changes.length,
      notKnownAgain: stage.notKnownAgain,
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    await stage.close();
  }
}

async function rounds(stage: Stage, game: Game, told: (edits: number) => void) {
  const random = randomOf(game.seed);
  let edits = 0;
  let comparisons = 0;
  let differences: readonly string[] = await stage.compare();
  while (edits < game.edits && differences.length === 0) {
    for (let played = 0; played < game.round && edits < game.edits; ) {
      const steps = Math.min(1 + Math.floor(random() ** 3 * 30), game.round - played, game.edits - edits);
      await stage.simulator.ask({ do: 'musician', steps, temperament: game.temperament });
      if (random() < 0.7) await stage.simulator.ask({ do: 'wait', seconds: random() ** 2 * 0.2 });
      played += steps;
      edits += steps;
    }
    differences = await stage.compare();
    for (let look = 0; game.auditsToo === true && differences.length > 0 && look < AUDITS; look++) {
      await stage.simulator.ask({ do: 'wait', seconds: 20 });
      differences = await stage.compare();
    }
    comparisons += 1;
    told(edits);
  }
  return { edits, comparisons, differences };
}

/** Waits of 20 s within which an audit must have come round. */
const AUDITS = 30;

/** Numbers in [0, 1) from a seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
