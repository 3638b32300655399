import type { FacetName, NodeId, TreeNode } from '../model/node.ts';
import { FACET_NAMES } from '../model/node.ts';
import type { Fingerprint } from '../parse/context.ts';
import {
  type OtherSettings,
  otherElements,
  otherSettings,
  type ParsedSet,
  readFacet,
} from '../parse/parse-set.ts';
import type { Op, Touched } from '../patch/op.ts';
import { renames, withIds } from './adopt.ts';
import { differsInPlaces, FILE_PLACES } from './file-places.ts';
import { match } from './match.ts';
import { treeOps } from './ops.ts';
import { reuse } from './reuse.ts';

export interface SetDiff {
  /** The newer Set, its nodes under the ids they had before. */
  readonly after: ParsedSet;
  /** Lead from the older skeleton to the newer. */
  readonly ops: readonly Op[];
  /** Changed details and other settings of nodes that are in both. */
  readonly touched: readonly Touched[];
}

/**
 * What changed between two saves. `applyOps(before.root, ops)` equals `after.root`.
 * Cost: the nodes of both trees, and the details that differ.
 */
export function diffSets(before: ParsedSet, parsed: ParsedSet): SetDiff {
  const matching = match(before.root, parsed.root);
  const after = adopt(parsed, renames(matching), matching.before);
  return { after, ops: treeOps(before.root, after.root), touched: touched(before, after) };
}

/** The Set under the ids of the older one, and with its nodes where nothing changed. */
function adopt(
  set: ParsedSet,
  ids: ReadonlyMap<NodeId, NodeId>,
  before: ReadonlyMap<NodeId, TreeNode>,
): ParsedSet {
  const root = reuse(before, withIds(set.root, ids));
  if (ids.size === 0) return { ...set, root };
  const fingerprints = new Map<NodeId, Fingerprint>();
  for (const [id, print] of set.fingerprints) fingerprints.set(ids.get(id) ?? id, print);
  return { ...set, root, fingerprints };
}

function touched(before: ParsedSet, after: ParsedSet): readonly Touched[] {
  // Another version of Live writes other settings for the same music: then only what is read counts.
  const sameSchema = before.root.props.schema === after.root.props.schema;
  const found: Touched[] = [];
  for (const [id, print] of after.fingerprints) {
    const old = before.fingerprints.get(id);
    if (old === undefined || isEqual(old, print)) continue;
    const facets = FACET_NAMES.filter((facet) => isFacetChanged(before, after, id, facet, old, print));
    const other = sameSchema ? changedSettings(before, after, id, facets) : [];
    if (facets.length + other.length > 0) found.push({ id, facets, other });
  }
  return found;
}

function changedSettings(
  before: ParsedSet,
  after: ParsedSet,
  id: NodeId,
  facets: readonly FacetName[],
): readonly string[] {
  const old = before.fingerprints.get(id) as Fingerprint;
  const print = after.fingerprints.get(id) as Fingerprint;
  const other = sameSum(old.other, print.other)
    ? []
    : withPlaces(before, after, id, changedPaths(otherSettings(before, id), otherSettings(after, id)));
  if (other.length > 0) return other;
  const hidden = hiddenChanges(facets, old, print);
  // The same settings in another order: Live does not do that, but it is no longer the same file.
  return hidden.length + facets.length === 0 ? ['(order)'] : hidden;
}

function isEqual(a: Fingerprint, b: Fingerprint): boolean {
  if (!sameSum(a.other, b.other)) return false;
  for (const facet of FACET_NAMES) if (!sameSum(a.facets[facet], b.facets[facet])) return false;
  return true;
}

const sameSum = (a: Fingerprint['other'] | undefined, b: Fingerprint['other'] | undefined): boolean =>
  a?.low === b?.low && a?.high === b?.high;

/** The hash only says that something may differ: the items decide. */
function isFacetChanged(
  before: ParsedSet,
  after: ParsedSet,
  id: NodeId,
  facet: FacetName,
  old: Fingerprint,
  print: Fingerprint,
): boolean {
  if (sameSum(old.facets[facet], print.facets[facet])) return false;
  const leftOut = before.root.props.schema === after.root.props.schema ? undefined : withoutRanges;
  const items = (set: ParsedSet): string => JSON.stringify(readFacet(set, id, facet), leftOut);
  return items(before) !== items(after);
}

/** From 12.2 on choices have the range of a mapping, too: across versions ranges say nothing. */
const withoutRanges = (name: string, value: unknown): unknown =>
  name === 'rangeMin' || name === 'rangeMax' ? undefined : value;

/** Facets whose bytes differ in something that their items do not hold. */
function hiddenChanges(shown: readonly FacetName[], old: Fingerprint, print: Fingerprint): readonly string[] {
  return FACET_NAMES.filter(
    (facet) => !shown.includes(facet) && !sameSum(old.facets[facet], print.facets[facet]),
  ).map((facet) => `(${facet})`);
}

function changedPaths(before: OtherSettings, after: OtherSettings): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path));
}

/** Paths under which only places of files differ are marked as such. */
function withPlaces(
  before: ParsedSet,
  after: ParsedSet,
  id: NodeId,
  paths: readonly string[],
): readonly string[] {
  if (paths.length === 0) return paths;
  const [old, young] = [otherElements(before, id), otherElements(after, id)];
  return paths.map((path) => {
    const [mine = [], theirs = []] = [old.elements.get(path), young.elements.get(path)];
    const isPlaces =
      mine.length > 0 &&
      mine.length === theirs.length &&
      mine.every((one, at) => differsInPlaces(old.reader, one, young.reader, theirs[at] as number));
    return isPlaces ? `${path}${FILE_PLACES}` : path;
  });
}
