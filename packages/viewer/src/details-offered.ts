/** Which details of a thing there are to look at, and how many, where that is known. Pure. */
import { FACET_COUNT, FACET_NAMES, type FacetName, type TreeNode } from '@livetree/live-set';

export interface Offer {
  readonly facet: FacetName;
  /** Absent while nobody has looked: Live tells notes only to those who look. */
  readonly count: number | undefined;
}

/** Details that a thing of Live may have though nothing was counted. */
function kindsOfLive(node: TreeNode): readonly FacetName[] {
  if (node.kind === 'device') return ['parameters'];
  if (node.kind !== 'clip') return [];
  if (node.props.type === 'midi') return ['notes'];
  return node.props.warped === false ? [] : ['warpMarkers'];
}

/** @param isOfLive the running Live tells the tree; a file counts all that it has */
export function offersOf(node: TreeNode, isOfLive: boolean): readonly Offer[] {
  const props: Readonly<Record<string, unknown>> = node.props;
  return FACET_NAMES.flatMap((facet): Offer[] => {
    const count = props[FACET_COUNT[facet]];
    if (typeof count === 'number') return count > 0 ? [{ facet, count }] : [];
    return isOfLive && kindsOfLive(node).includes(facet) ? [{ facet, count: undefined }] : [];
  });
}
