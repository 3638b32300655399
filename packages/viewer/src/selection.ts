/** What is selected in Live, and which of it somebody has just turned to. Pure. */
import type { EphemeralValue } from '@livetree/client';
import { asNodeId, type NodeId } from '@livetree/live-set';

/** What was clicked last comes first: a clip is selected with its track and scene, a device with its track. */
const PARTS = ['clip', 'track', 'device', 'scene'] as const;
export type Selection = Readonly<Partial<Record<(typeof PARTS)[number], NodeId>>>;

export function selectionOf(values: ReadonlyMap<string, EphemeralValue>): Selection {
  const found: Partial<Record<(typeof PARTS)[number], NodeId>> = {};
  for (const part of PARTS) {
    const value = values.get(`selection.${part}`)?.value;
    if (typeof value === 'string') found[part] = asNodeId(value);
  }
  return found;
}

/** The thing that was turned to: of what is selected now and was not before. */
export function turnedTo(before: Selection, now: Selection): NodeId | undefined {
  const part = PARTS.find((name) => now[name] !== undefined && now[name] !== before[name]);
  return part && now[part];
}
