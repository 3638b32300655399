import type { FacetItem } from '../model/facet.ts';
import type { FacetName, NodeId } from '../model/node.ts';
import { type ParsedSet, readFacet } from '../parse/parse-set.ts';

/**
 * Where the items of a node's details come from, for one of the two trees. `undefined`: nobody has read them
 * (Live does not report them, or nobody looked); then only that they changed can be told.
 */
export type FacetSource = (node: NodeId, facet: FacetName) => readonly FacetItem[] | undefined;

/** Reads from the bytes of a parsed Set; each facet once. */
export function facetsOf(set: ParsedSet): FacetSource {
  const known = new Map<string, readonly FacetItem[]>();
  return (node, facet) => {
    const key = `${facet} ${node}`;
    const items = known.get(key) ?? readFacet(set, node, facet);
    known.set(key, items);
    return items;
  };
}
