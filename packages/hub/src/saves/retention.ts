/** What of the saves is kept, and what goes. */
import type { HistoryLimits } from '@livetree/protocol';

/** A thousand saves of a usual Set take a fraction of this. */
export const DEFAULT_HISTORY_LIMITS: HistoryLimits = { mostMegabytes: 1024, mostDays: 5 * 365 };

const DAY_MS = 24 * 60 * 60 * 1000;

/** Before this time nothing is kept; ms since 1970. */
export const oldestKept = ({ mostDays }: HistoryLimits, now: number): number => now - mostDays * DAY_MS;

/** Acts may take this part of the room. */
const ACTS_SHARE = 1 / 4;
const MEGABYTE = 1024 * 1024;

/** Bytes that the acts may take; of more the oldest go. */
export const mostActBytes = ({ mostMegabytes }: HistoryLimits): number =>
  mostMegabytes * ACTS_SHARE * MEGABYTE;

/** A save, as far as its age matters. */
export interface Aged {
  readonly id: number;
  readonly set: string;
  readonly time: number;
}

/** Ids of the saves that are too old, the newest of each Set excepted. */
export function tooOld(saves: readonly Aged[], before: number): readonly number[] {
  return spare(saves)
    .filter(({ time }) => time < before)
    .map(({ id }) => id);
}

/** Part of the saves that goes at once when there is not room for all. */
const SHARE = 10;

/** Ids of the oldest tenth, for want of room; empty when only the newest of each Set are left. */
export function oldest(saves: readonly Aged[]): readonly number[] {
  const candidates = spare(saves).toSorted((a, b) => a.time - b.time);
  return candidates.slice(0, Math.ceil(candidates.length / SHARE)).map(({ id }) => id);
}

/** All but the newest of each Set. */
function spare(saves: readonly Aged[]): readonly Aged[] {
  const newest = new Map<string, Aged>();
  for (const save of saves)
    if (save.time >= (newest.get(save.set)?.time ?? -Infinity)) newest.set(save.set, save);
  return saves.filter((save) => newest.get(save.set) !== save);
}
