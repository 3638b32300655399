/** Rule 6: whether a file is a save of the Set that is open in Live, or something else under its path. */
import type { NodeId, NodeOf, TreeNode } from '@livetree/live-set';
import { walk } from '@livetree/live-set';
import type { Judged } from './discrepancies.ts';
import { PLACE } from './file-as-live.ts';
import type { Base } from './find-base.ts';
import type { Pairing } from './pairing.ts';

/** Numbers of the rule; measured on series of real saves (docs/compared-with-the-file.md). */
export const FOREIGN = {
  /** Differences that a save which was seen may have to Live at its best moment, however small the Set … */
  differences: 12,
  /** … and as a share of the nodes of the file. */
  share: 0.1,
  /** Least share of the smaller of both that has a pair, in a file whose save nobody saw. */
  inCommon: 0.5,
} as const;

export interface ForeignEvidence {
  readonly base: Base;
  /** Live was followed while the file was written. */
  readonly sawSave: boolean;
  /** {@link commonShare}, asked for when it matters. */
  readonly inCommon: () => number;
  /** `pointeeCounter` of this file, and of the last own save. */
  readonly pointees?: number | undefined;
  readonly lastPointees?: number | undefined;
  /** The same bytes as a save before the last one. */
  readonly isEarlierSave?: boolean | undefined;
}

/** Why the file is not Live's own save, for people; `undefined`: nothing speaks against it. */
export function whyForeign(evidence: ForeignEvidence): string | undefined {
  const { base, sawSave, inCommon, pointees, lastPointees } = evidence;
  if (base.distance === 0 && base.steps === 0) return undefined;
  // What is older may well fit a moment before the last save.
  if (evidence.isEarlierSave === true) return 'it is an earlier save that was put back';
  if (pointees !== undefined && lastPointees !== undefined && pointees < lastPointees)
    return 'it is older than the last save that Live wrote';
  if (base.distance === 0) return undefined;
  if (inCommon() < FOREIGN.inCommon) return 'they have hardly anything in common';
  const most = Math.max(FOREIGN.differences, FOREIGN.share * base.size);
  if (!sawSave || base.distance <= most) return undefined;
  return `${base.distance} things differ between it and Live, at any moment since the last save`;
}

/** What a Set consists of; sends and slots only follow from it. */
const CORE = new Set<TreeNode['kind']>(['track', 'device', 'chain', 'clip', 'scene']);

const coreOf = (root: NodeOf<'set'>): readonly NodeId[] =>
  walk(root).flatMap((node) =>
    CORE.has(node.kind) && !(node.kind === 'track' && node.props.type === 'main') ? [node.id] : [],
  );

/** Share of the smaller tree's tracks, devices, chains, clips and scenes that the other has, too; 1 for an empty one. */
export function commonShare(live: NodeOf<'set'>, file: NodeOf<'set'>, { fileOf }: Pairing): number {
  const [mine, theirs] = [coreOf(live), new Set(coreOf(file))];
  const paired = mine.filter((id) => theirs.has(fileOf.get(id) as NodeId)).length;
  const smaller = Math.min(mine.length, theirs.size);
  return smaller === 0 ? 1 : paired / smaller;
}

/**
 * Live was asked and insists that it has another number of things of one kind than the file: no conversion can be at
 * fault, and a wrong pair leaves one over on each side.
 */
export function foreignByAnswer(judged: readonly Judged[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { discrepancy, judgement } of judged) {
    const { prop, property, onlyIn } = discrepancy;
    if (judgement !== 'disagreement' || prop !== PLACE || onlyIn === undefined) continue;
    counts.set(property, (counts.get(property) ?? 0) + (onlyIn === 'live' ? 1 : -1));
  }
  const isOther = [...counts.values()].some((count) => count !== 0);
  return isOther ? 'it does not hold the same things as Live at any moment since the last save' : undefined;
}
