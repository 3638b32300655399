/** Waits until a file lies still and can be read: saving takes time, and nobody tells when it is over. */
import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

export interface SettleTimes {
  /** ms for which size, time and inode must stay the same. */
  readonly stillMs: number;
  /** ms for which a file that looks half-written is read again before it counts as broken. */
  readonly patienceMs: number;
  /** ms for which a file may be away: some ways of saving move the old one aside first. */
  readonly absenceMs: number;
}

export const DEFAULT_SETTLE_TIMES: SettleTimes = { stillMs: 150, patienceMs: 10_000, absenceMs: 1_000 };

/** How one attempt to read went. `again`: it looks half-written. */
export type Attempt = 'done' | 'again';

export interface SettleOptions {
  readonly path: string;
  readonly times: SettleTimes;
  /** Reads the file. On the last attempt it must tell what is wrong instead of asking for another. */
  readonly read: (isLast: boolean) => Promise<Attempt>;
  readonly signal: AbortSignal;
}

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 2_000;

/**
 * Reads the file once it lies still, and again when it changed meanwhile.
 * @returns whether there is a file
 * @throws AbortError when the signal says so
 */
export async function settle(options: SettleOptions): Promise<'read' | 'missing'> {
  let patienceLeft = options.times.patienceMs;
  let retryMs = FIRST_RETRY_MS;
  for (;;) {
    const before = await stillMark(options);
    if (before === undefined) return 'missing';
    const attempt = await options.read(patienceLeft <= 0);
    options.signal.throwIfAborted();
    const isSame = (await markOf(options.path)) === before;
    if (attempt === 'done' && isSame) return 'read';
    if (attempt === 'done') continue;
    await pause(retryMs, undefined, { signal: options.signal });
    // Bytes that still arrive are a reason to wait, so only standing still uses patience up.
    patienceLeft = isSame ? patienceLeft - retryMs - options.times.stillMs : options.times.patienceMs;
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
  }
}

/** @returns the mark of the file once it is still, or `undefined` when it stays away */
async function stillMark({ path, times, signal }: SettleOptions): Promise<string | undefined> {
  let absentMs = 0;
  let last = await markOf(path);
  for (;;) {
    await pause(times.stillMs, undefined, { signal });
    const mark = await markOf(path);
    if (mark !== undefined && mark === last) return mark;
    absentMs = mark === undefined ? absentMs + times.stillMs : 0;
    if (absentMs >= times.absenceMs) return undefined;
    last = mark;
  }
}

/** Size, time and inode as one text; `undefined` when there is no file. */
async function markOf(path: string): Promise<string | undefined> {
  try {
    const { size, mtimeNs, ino }: BigIntStats = await stat(path, { bigint: true });
    return `${size} ${mtimeNs} ${ino}`;
  } catch {
    return undefined;
  }
}
