/** A small seeded generator (mulberry32): the same seed gives the same numbers everywhere. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
  /** Whole number, 0 ≤ x < `below`. */
  below(below: number): number;
  pick<T>(items: readonly T[]): T;
}

/** `LIVETREE_SEED`, else a fixed one. */
export const SEED = Number(process.env['LIVETREE_SEED'] ?? 20_260);

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { next, below, pick: (items) => items[below(items.length)] as never };
}
