/** How commands that run until they are stopped come to their end. */
import { EXIT } from './exit-codes.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** ms after which what still holds the process when all is closed is left to the system. */
const LINGER_MS = 800;
/**
 * ms after which the process ends though something is not closed. More than a hub gives its threads (10 s): a process
 * that ends while one of them makes a native object (inflating makes one) is aborted by Node 20.
 */
const CLOSE_MS = 15_000;

let leave: (() => void) | undefined;

/**
 * Resolves at the first Ctrl-C or termination, or when the reader of the output has left. Later ones change nothing:
 * the end is near by itself, and npm hands on the very Ctrl-C that the terminal has already sent.
 */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    leave = resolve;
    for (const signal of SIGNALS) process.on(signal, () => resolve());
  });
}

/** Nobody reads any more. @returns whether a command runs that comes to its end by itself now */
export function readerLeft(): boolean {
  leave?.();
  return leave !== undefined;
}

/** Closes what runs; the process ends with it, whatever else holds it. */
export async function closeSoon(close: () => Promise<void>): Promise<void> {
  setTimeout(() => process.exit(EXIT.ok), CLOSE_MS).unref();
  await close();
  setTimeout(() => process.exit(), LINGER_MS).unref();
}
