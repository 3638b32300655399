/** The tree as the flat list of rows that are open at the moment. Pure. */
import type { ListName, NodeId, TreeNode } from '@livetree/live-set';
import { LIST_NAMES } from '@livetree/live-set';

/** Names a row for as long as its thing lives: a node's id, or `ID/list` for the heading of a list. */
export type RowKey = string;

interface RowPlace {
  readonly key: RowKey;
  /** Row of which this one hangs; absent at the top. */
  readonly parent: RowKey | undefined;
  /** 1-based, as in `aria-level`. */
  readonly level: number;
  readonly setSize: number;
  /** 1-based. */
  readonly position: number;
  readonly isExpandable: boolean;
  readonly isExpanded: boolean;
  /** Palette index of the track or chain in which the row lies. */
  readonly color: number | undefined;
}
export type NodeRow = RowPlace & { readonly kind: 'node'; readonly node: TreeNode };
/** Heading of a list; `count` things lie in it. */
export type HeadingRow = RowPlace & {
  readonly kind: 'heading';
  readonly owner: TreeNode;
  readonly list: ListName;
  readonly count: number;
};
export type Row = NodeRow | HeadingRow;

/** Lists whose members hang right under their owner, as Live shows them; all others get a heading. */
const WITHOUT_HEADING: ReadonlySet<string> = new Set([
  'set/main',
  'track/tracks',
  'device/chains',
  'chain/devices',
]);
export const hasHeading = (owner: TreeNode, list: ListName): boolean =>
  !WITHOUT_HEADING.has(`${owner.kind}/${list}`);

export const headingKey = (owner: NodeId, list: ListName): RowKey => `${owner}/${list}`;

/** What a search leaves: the matches, and the rows that lead to them. */
export interface Filter {
  readonly matches: ReadonlySet<NodeId>;
  readonly trail: ReadonlySet<RowKey>;
}

/** What hangs right under a node: members without heading, and headings. */
type Entry =
  | { readonly key: RowKey; readonly node: TreeNode }
  | { readonly key: RowKey; readonly owner: TreeNode; readonly list: ListName };

function entriesOf(owner: TreeNode): readonly Entry[] {
  const entries: Entry[] = [];
  for (const list of LIST_NAMES) {
    const members = owner.lists[list];
    if (members === undefined || members.length === 0) continue;
    if (hasHeading(owner, list)) entries.push({ key: headingKey(owner.id, list), owner, list });
    else entries.push(...nodeEntries(members));
  }
  return entries;
}
const nodeEntries = (nodes: readonly TreeNode[]): readonly Entry[] =>
  nodes.map((node) => ({ key: node.id, node }));

const below = (entry: Entry): readonly Entry[] =>
  'node' in entry ? entriesOf(entry.node) : nodeEntries(entry.owner.lists[entry.list] ?? []);

const hasBelow = (entry: Entry): boolean =>
  !('node' in entry) || LIST_NAMES.some((list) => (entry.node.lists[list]?.length ?? 0) > 0);

interface Walk {
  readonly rows: Row[];
  readonly expanded: ReadonlySet<RowKey>;
  readonly filter: Filter | undefined;
}

/**
 * The rows that are open, top to bottom. The Set itself is the page's header, not a row. With a filter only
 * matches and what leads to them; below a match that was opened everything. Linear in the rows that result.
 */
export function flatten(
  root: TreeNode,
  expanded: ReadonlySet<RowKey>,
  filter?: Filter | undefined,
): readonly Row[] {
  const walk: Walk = { rows: [], expanded, filter };
  addRows(walk, entriesOf(root), {
    parent: undefined,
    level: 1,
    color: undefined,
    isFiltered: filter !== undefined,
  });
  return walk.rows;
}

interface Branch {
  readonly parent: RowKey | undefined;
  readonly level: number;
  readonly color: number | undefined;
  readonly isFiltered: boolean;
}

function addRows(walk: Walk, entries: readonly Entry[], branch: Branch): void {
  const shown = branch.isFiltered ? entries.filter((entry) => isShown(entry, walk.filter)) : entries;
  for (const [index, entry] of shown.entries()) {
    const onTrail = branch.isFiltered && walk.filter?.trail.has(entry.key) === true;
    const isExpandable = onTrail || hasBelow(entry);
    const isExpanded = onTrail || (isExpandable && walk.expanded.has(entry.key));
    const color = colorOf(entry) ?? branch.color;
    const place = { key: entry.key, parent: branch.parent, level: branch.level, setSize: shown.length };
    walk.rows.push(rowOf(entry, { ...place, position: index + 1, isExpandable, isExpanded, color }));
    if (!isExpanded) continue;
    const isFiltered = branch.isFiltered && onTrail;
    addRows(walk, below(entry), { parent: entry.key, level: branch.level + 1, color, isFiltered });
  }
}

function isShown(entry: Entry, filter: Filter | undefined): boolean {
  if (filter === undefined || filter.trail.has(entry.key)) return true;
  return 'node' in entry && filter.matches.has(entry.node.id);
}

function colorOf(entry: Entry): number | undefined {
  if (!('node' in entry)) return undefined;
  const { node } = entry;
  return node.kind === 'track' || node.kind === 'chain' ? node.props.color : undefined;
}

const rowOf = (entry: Entry, place: RowPlace): Row =>
  'node' in entry
    ? { kind: 'node', node: entry.node, ...place }
    : {
        kind: 'heading',
        owner: entry.owner,
        list: entry.list,
        count: entry.owner.lists[entry.list]?.length ?? 0,
        ...place,
      };

/** Where a node hangs, as the replica tells. */
export type PlaceOf = (id: NodeId) => { readonly parent: TreeNode; readonly list: ListName } | undefined;

/** Keys of the rows that lead to a node, itself first, then outwards; without the root. */
export function rowPath(id: NodeId, placeOf: PlaceOf): readonly RowKey[] {
  const path: RowKey[] = [];
  let at: NodeId | undefined = id;
  while (at !== undefined) {
    const place = placeOf(at);
    if (place === undefined) break;
    path.push(at);
    if (hasHeading(place.parent, place.list)) path.push(headingKey(place.parent.id, place.list));
    at = place.parent.id;
  }
  return path;
}

/** Lists that open together with their owner, because looking into them is why one opens it. */
const OPENS_WITH_OWNER: ReadonlySet<ListName> = new Set(['devices']);
/** Short lists do too, but for those that every track has. */
const SHORT = 8;
const STAYS_CLOSED: ReadonlySet<ListName> = new Set(['sends', 'slots']);

/** What is opened when a person opens a row: itself, and the headings below it that are short. */
export function openedWith(row: Row): readonly RowKey[] {
  if (row.kind === 'heading') return [row.key];
  const headings = entriesOf(row.node).flatMap((entry) => ('node' in entry ? [] : [entry]));
  const short = headings.filter(
    ({ owner, list }) => OPENS_WITH_OWNER.has(list) || (isShort(owner, list) && !STAYS_CLOSED.has(list)),
  );
  return [row.key, ...short.map((entry) => entry.key)];
}

const isShort = (owner: TreeNode, list: ListName): boolean => (owner.lists[list]?.length ?? 0) <= SHORT;

/** About two screens: as many rows as a glance takes in. */
const ROWS_AT_FIRST = 100;

/** What is open when a Set is first seen: its tracks, and groups level by level while that is not too much. */
export function openAtFirst(root: TreeNode): ReadonlySet<RowKey> {
  const open = new Set([headingKey(root.id, 'tracks'), headingKey(root.id, 'returns')]);
  let rows = flatten(root, open).length;
  for (let level = groupsIn(root); level.length > 0; level = level.flatMap(groupsIn)) {
    rows += level.reduce((sum, group) => sum + entriesOf(group).length, 0);
    if (rows > ROWS_AT_FIRST) break;
    for (const { id } of level) open.add(id);
  }
  return open;
}

const groupsIn = (owner: TreeNode): readonly TreeNode[] =>
  (owner.lists.tracks ?? []).filter((track) => (track.lists.tracks?.length ?? 0) > 0);
