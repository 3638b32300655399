/** Whether two trees are of one Set. */
import type { NodeOf } from '@livetree/live-set';
import { commonShare } from '../reconcile/foreign.ts';
import type { Pairing } from '../reconcile/index.ts';
import { FOREIGN } from '../reconcile/index.ts';

/** Linear in the nodes. @param pairing of both */
export const isAlike = (a: NodeOf<'set'>, b: NodeOf<'set'>, pairing: Pairing): boolean =>
  commonShare(a, b, pairing) >= FOREIGN.inCommon;
