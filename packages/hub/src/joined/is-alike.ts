/** Whether two trees are of one Set. */
import type { NodeOf } from '@livetree/live-set';
import { walk } from '@livetree/live-set';
import type { Pairing } from '../reconcile/index.ts';

/**
 * Less than this share of the smaller tree in common: another song. Two Sets begun from one template share their
 * tracks; two songs share Main and some scenes by their place.
 */
const SHARE = 1 / 2;

/** Linear in the nodes. */
export function isAlike(a: NodeOf<'set'>, b: NodeOf<'set'>, { fileOf }: Pairing): boolean {
  const smaller = Math.min(walk(a).length, walk(b).length);
  return fileOf.size >= smaller * SHARE;
}
