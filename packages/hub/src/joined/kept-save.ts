/** What of comparing with the file outlives the hub. */

import type { SaveMark } from '../set-source.ts';
import type { KeptDetails } from './env.ts';
import type { KeptFindings } from './findings.ts';
import type { KeptAct, KeptLost } from './lost-book.ts';

export interface KeptSave extends KeptFindings {
  /** The run of Live that was there last; `''`: it said goodbye. */
  readonly run: string;
  readonly lost: readonly KeptLost[];
  readonly aside: readonly string[];
  /** The list as it was: lost, if that run does not come back. */
  readonly open: readonly KeptAct[];
  readonly savedAt?: number;
  /** Details that Live has told of since; absent in what older hubs kept. */
  readonly details?: KeptDetails;
  /** Absent before saves were remembered. */
  readonly saves?: readonly SaveMark[];
}

export const keptSave = (kept: KeptSave): string => JSON.stringify(kept);

/** `undefined`: nothing was kept, or nothing that can be read. */
export function recallSave(text: string | undefined): KeptSave | undefined {
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text) as Partial<KeptSave> | null;
    return isKept(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isKept(value: Partial<KeptSave> | null): value is KeptSave {
  if (value === null || typeof value !== 'object' || typeof value.run !== 'string') return false;
  const { lost, decisions, aside, open, saves = [], mismatches, discrepancies, disagreements } = value;
  const { moved = [], noted = [] } = value.details ?? {};
  const counts = [mismatches, discrepancies, disagreements];
  return (
    [lost, decisions, aside, open, saves, moved, noted].every(Array.isArray) &&
    counts.every((each) => typeof each === 'object')
  );
}
