import { masks } from './noise.ts';
import type { ParsedSet } from './parse-set.ts';
import { Reader } from './reader.ts';
import { nameId } from './vocabulary.ts';

const LIVE_SET = nameId('LiveSet');
const NEXT_POINTEE_ID = nameId('NextPointeeId');

/**
 * The number that the next pointee will get (`NextPointeeId`). Live never counts it down within one Set, so a file
 * with a lower number than the save before it is not its successor (docs/als-format.md, "Identity").
 * @returns `undefined` up to Live 9, and where it is no number
 */
export function pointeeCounter({ tape, platform }: ParsedSet): number | undefined {
  const reader = new Reader(tape, platform, masks());
  const value = reader.childValue(Math.max(reader.child(0, LIVE_SET), 0), NEXT_POINTEE_ID);
  const counter = value === undefined ? Number.NaN : Number(value);
  return Number.isSafeInteger(counter) ? counter : undefined;
}
