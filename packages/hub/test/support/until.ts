/** Waits for what must come, and fails with a sentence when it does not. */
import { setTimeout as pause } from 'node:timers/promises';

const DEADLINE_MS = 15_000;

/** Asks again and again until the answer is neither `undefined` nor `false`. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
): Promise<Exclude<T, undefined | false>> {
  const end = Date.now() + DEADLINE_MS;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer as Exclude<T, undefined | false>;
    await pause(10);
  }
  throw new Error(`waited in vain: ${what}`);
}
