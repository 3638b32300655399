/** Which nodes have other details, or other settings, after statements of Live. */
import type { FacetName, NodeId, Touched } from '@livetree/live-set';
import type { Handle, RawProps } from '@livetree/protocol';
import { FACET_PROPS, OTHER_SETTINGS } from './project-props.ts';
import type { RawChanges, RawNode, RawSet } from './raw-set.ts';
import { isSameValue } from './raw-value.ts';

interface Changed {
  readonly facets: Set<FacetName>;
  readonly other: Set<string>;
}

/** @param idOf of what is in the tree. Cost: the changes */
export function touchedBy(
  changes: RawChanges,
  raw: RawSet,
  idOf: (handle: Handle) => NodeId | undefined,
): readonly Touched[] {
  const found = new Map<Handle, Changed>();
  const of = (handle: Handle): Changed => {
    const known = found.get(handle) ?? { facets: new Set(), other: new Set() };
    found.set(handle, known);
    return known;
  };
  const noteParameter = (handle: Handle): void => {
    const node = raw.get(handle);
    if (node?.kind === 'parameter' && node.parent !== undefined)
      of(node.parent.owner).facets.add('parameters');
  };
  for (const [owner, lists] of changes.lists) if (lists.has('parameters')) of(owner).facets.add('parameters');
  for (const handle of changes.filled) noteParameter(handle);
  for (const [handle, before] of changes.before) {
    noteParameter(handle);
    if (!changes.filled.has(handle)) noteProps(raw.get(handle), before, of);
  }
  return [...found].flatMap(([handle, { facets, other }]) => {
    const id = idOf(handle);
    const isEmpty = id === undefined || facets.size + other.size === 0;
    return isEmpty ? [] : [{ id, facets: [...facets], other: [...other] }];
  });
}

function noteProps(node: RawNode | undefined, before: RawProps, of: (handle: Handle) => Changed): void {
  if (node === undefined || node.kind === 'parameter') return;
  const { handle, kind, props } = node;
  for (const name of new Set([...Object.keys(before), ...Object.keys(props)])) {
    if (isSameValue(before[name], props[name])) continue;
    const facet = FACET_PROPS[name];
    const setting = OTHER_SETTINGS[kind]?.[name];
    if (facet !== undefined && kind === 'clip') of(handle).facets.add(facet);
    else if (setting !== undefined) of(handle).other.add(setting);
  }
}
