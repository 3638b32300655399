/** Which rows show that something changed. Pure: the time is passed in. */
import type { ListName, NodeId, Op } from '@livetree/live-set';
import { headingKey, type PlaceOf, type Row, type RowKey, rowPath } from './rows.ts';

/** `inside`: something changed below this row that cannot be seen. */
export type Sign = '+' | '↕' | '−' | '~' | 'inside';

export interface Mark {
  readonly sign: Sign;
  /** Changes it stands for. */
  readonly count: number;
  /** When it goes away; the clock of the caller, ms. */
  readonly until: number;
  /** Differs from that of any earlier mark, so that the outline starts anew. */
  readonly serial: number;
}
export type Marks = ReadonlyMap<RowKey, Mark>;

/** One change, and the rows that could show it: its own first, then outwards. */
export interface Change {
  readonly sign: Sign;
  readonly path: readonly RowKey[];
}

/** Rows marked at one time; more are counted on the rows above them. */
export const MOST_MARKS = 20;
/** How long a sign stays, ms; its outline fades sooner. */
export const MARK_MS = 5_000;

const STRENGTH: Readonly<Record<Sign, number>> = { '+': 4, '↕': 3, '−': 2, '~': 1, inside: 0 };

/** Where removed nodes hung, from the patches of this moment. */
export type RemovedFrom = ReadonlyMap<NodeId, { readonly parent: NodeId; readonly list: ListName }>;

/** One entry per op. `placeOf` answers for the tree after the ops. */
export function changesOf(ops: readonly Op[], removedFrom: RemovedFrom, placeOf: PlaceOf): readonly Change[] {
  return ops.map((op): Change => {
    switch (op.op) {
      case 'insert':
        return { sign: '+', path: rowPath(op.node.id, placeOf) };
      case 'move':
        return { sign: '↕', path: rowPath(op.id, placeOf) };
      case 'set':
        return { sign: '~', path: rowPath(op.id, placeOf) };
      case 'remove':
        return { sign: '−', path: pathOfRemoved(op.id, removedFrom, placeOf) };
      default:
        return op satisfies never;
    }
  });
}

/** One entry per node whose details changed, other than by an op. */
export function detailChanges(
  nodes: readonly NodeId[],
  ops: readonly Op[],
  placeOf: PlaceOf,
): readonly Change[] {
  const told = new Set(ops.map((op) => (op.op === 'insert' ? op.node.id : op.id)));
  const left = [...new Set(nodes)].filter((id) => !told.has(id));
  return left.map((id) => ({ sign: '~', path: rowPath(id, placeOf) }));
}

/** Outwards through what is gone as well, up to what is still there. */
function pathOfRemoved(id: NodeId, removedFrom: RemovedFrom, placeOf: PlaceOf): readonly RowKey[] {
  const place = removedFrom.get(id);
  if (place === undefined) return [];
  const { parent, list } = place;
  if (removedFrom.has(parent)) return pathOfRemoved(parent, removedFrom, placeOf);
  return [headingKey(parent, list), ...rowPath(parent, placeOf)];
}

interface Draft {
  sign: Sign;
  count: number;
}

/**
 * Marks for the changes of one frame. A change whose row is closed away is counted on the nearest row that is
 * open; beyond {@link MOST_MARKS} the deepest rows are counted on the rows above them.
 */
export function marksFor(
  changes: readonly Change[],
  rows: readonly Row[],
  indexOf: ReadonlyMap<RowKey, number>,
  now: number,
  serial: number,
): Marks {
  const drafts = new Map<RowKey, Draft>();
  for (const { sign, path } of changes) {
    const key = path.find((candidate) => indexOf.has(candidate));
    if (key === undefined) continue;
    const isOwn = key === path[0] || sign === '−';
    add(drafts, key, isOwn ? sign : 'inside', 1);
  }
  while (drafts.size > MOST_MARKS && foldDeepest(drafts, rows, indexOf)) {}
  return new Map([...drafts].map(([key, draft]) => [key, { ...draft, until: now + MARK_MS, serial }]));
}

function add(drafts: Map<RowKey, Draft>, key: RowKey, sign: Sign, count: number): void {
  const draft = drafts.get(key);
  if (draft === undefined) drafts.set(key, { sign, count });
  else {
    draft.count += count;
    if (STRENGTH[sign] > STRENGTH[draft.sign]) draft.sign = sign;
  }
}

/** @returns whether there was anything left to fold */
function foldDeepest(
  drafts: Map<RowKey, Draft>,
  rows: readonly Row[],
  indexOf: ReadonlyMap<RowKey, number>,
): boolean {
  const rowOf = (key: RowKey) => rows[indexOf.get(key) ?? -1];
  const deepest = Math.max(...[...drafts.keys()].map((key) => rowOf(key)?.level ?? 0));
  if (deepest <= 1) return false;
  for (const [key, draft] of [...drafts]) {
    const row = rowOf(key);
    if (row?.level !== deepest || row.parent === undefined) continue;
    drafts.delete(key);
    add(drafts, row.parent, 'inside', draft.count);
  }
  return true;
}

/** Newer marks replace older ones of the same row; over the limit the oldest go. */
export function mergeMarks(older: Marks, newer: Marks, now: number): Marks {
  const merged = new Map([...older].filter(([key, mark]) => mark.until > now && !newer.has(key)));
  for (const [key, mark] of newer) merged.set(key, mark);
  const surplus = merged.size - Math.max(MOST_MARKS, newer.size);
  for (const key of [...merged.keys()].slice(0, Math.max(0, surplus))) merged.delete(key);
  return merged;
}

/** What the sign says, for those who hear it. */
export function sayMark({ sign, count }: Mark): string {
  const many = count === 1 ? '1 change' : `${count} changes`;
  if (sign === 'inside') return `${many} inside`;
  if (sign === '−') return count === 1 ? 'removed here' : `${count} removed here`;
  return { '+': 'added', '↕': 'moved', '~': 'changed' }[sign];
}
