/** How commands that run until they are stopped come to their end. */
import { EXIT } from './exit-codes.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** ms after which what still holds the process (a Set that is being read) is left to the system. */
const CLOSE_MS = 800;

/**
 * Resolves at the first Ctrl-C or termination. Later ones change nothing: the end is near by itself, and npm hands
 * on the very Ctrl-C that the terminal has already sent.
 */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.on(signal, () => resolve());
  });
}

/** Closes what runs; in under a second the process ends, whatever holds it. */
export async function closeSoon(close: () => Promise<void>): Promise<void> {
  setTimeout(() => process.exit(EXIT.ok), CLOSE_MS).unref();
  await close();
}
