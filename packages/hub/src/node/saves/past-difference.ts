/** What changed between two moments of the past, whichever of the two sources they are of. */
import type { NodeOf, Op, ParsedSet, Sentence } from '@livetree/live-set';
import { diffSets, sentences, tellChange, treeOps, walk } from '@livetree/live-set';
import { isAlike } from '../../joined/is-alike.ts';
import type { IdRow } from '../../joined/kept-ids.ts';
import { align, NO_PAIRS, type Pairing, pairingOf, unsavedSince } from '../../reconcile/index.ts';

/** In sentences, with both trees under the same ids. */
export interface Difference {
  readonly told: readonly Sentence[];
  readonly ops: readonly Op[];
  readonly before: NodeOf<'set'>;
  readonly after: NodeOf<'set'>;
}

/** Two saves, with their details. */
export function difference(before: ParsedSet, set: ParsedSet): Difference {
  const diff = diffSets(before, set);
  return { told: sentences(before, diff), ops: diff.ops, before: before.root, after: diff.after.root };
}

/** Two trees with the same ids. */
const treeDifference = (before: NodeOf<'set'>, after: NodeOf<'set'>): Difference =>
  tellOps(before, after, treeOps(before, after));

/** One of two trees that are compared. */
export interface Side {
  readonly root: NodeOf<'set'>;
  /** It was read from a file; else it is the tree as it was served. */
  readonly isSave: boolean;
}

/**
 * Two moments of a Set of which one may be a save and the other one of Live.
 * @param ids which id is served for which of the file, as far as they are known and others
 * @returns `undefined`: they have too little in common to be of one Set
 */
export function compareSides(before: Side, after: Side, ids: readonly IdRow[] = []): Difference | undefined {
  if (before.isSave === after.isSave) return treeDifference(before.root, after.root);
  if (before.isSave) return joinedDifference({ save: before.root, live: after.root, ids });
  const found = joinedDifference({ save: after.root, live: before.root, ids });
  return found && turned(found);
}

/** A save and a moment of Live. */
interface Joined {
  readonly save: NodeOf<'set'>;
  readonly live: NodeOf<'set'>;
  /** Which id is served for which of the file, as far as they are others; as the hub has kept them. */
  readonly ids: readonly IdRow[];
}

/** Leads from the save to Live. @returns `undefined`: they are not of one Set */
function joinedDifference({ save, live, ids }: Joined): Difference | undefined {
  const pairing = align(live, save, knownOf(save, ids));
  if (!isAlike(live, save, pairing)) return undefined;
  // The same tree, of a time when no Live was there: it has all that the file has.
  if (isFileAlone(live)) return treeDifference(save, live);
  const { before, after, edits } = unsavedSince(live, save, pairing);
  return tellOps(before, after, edits);
}

/** The same, the other way round. */
const turned = ({ before, after }: Difference): Difference => tellOps(after, before, treeOps(after, before));

function tellOps(before: NodeOf<'set'>, after: NodeOf<'set'>, ops: readonly Op[]): Difference {
  const told = tellChange({ before: { root: before }, after: { root: after }, ops, touched: [] }).sentences;
  return { told, ops, before, after };
}

/** An id that is not among the rows is the same on both sides. */
function knownOf(save: NodeOf<'set'>, ids: readonly IdRow[]): Pairing {
  if (ids.length === 0) return NO_PAIRS;
  return pairingOf([...ids, ...walk(save).map(({ id }) => [id, id] as const)]);
}

/** Live does not tell of slots that are like any other. */
const isFileAlone = (root: NodeOf<'set'>): boolean =>
  walk(root).some((node) => node.kind === 'slot' && node.props.hasStop !== false);
