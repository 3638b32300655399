/** What a key does in the tree (WAI-ARIA tree pattern, and the keys of vi). Pure. */
import type { Row, RowKey } from './rows.ts';

/** The part of a keyboard event that matters. */
export interface Key {
  readonly key: string;
  readonly hasModifier: boolean;
}
export type TreeAction =
  | { readonly type: 'go'; readonly index: number }
  | { readonly type: 'toggle'; readonly index: number }
  | { readonly type: 'openSiblings'; readonly index: number }
  | { readonly type: 'nextMatch' | 'previousMatch' | 'search' | 'help' | 'pendingTop' | 'leave' };

export interface TreePosition {
  readonly rows: readonly Row[];
  /** Row of the cursor; −1 when there is none. */
  readonly active: number;
  /** Rows that fit on the screen. */
  readonly pageRows: number;
  /** The key before was a single `g`. */
  readonly isAfterG: boolean;
}

const ALIASES: Readonly<Record<string, string>> = {
  j: 'ArrowDown',
  k: 'ArrowUp',
  h: 'ArrowLeft',
  l: 'ArrowRight',
  G: 'End',
};
const PLAIN: Readonly<Record<string, TreeAction>> = {
  n: { type: 'nextMatch' },
  N: { type: 'previousMatch' },
  '/': { type: 'search' },
  '?': { type: 'help' },
  Escape: { type: 'leave' },
};

/** @returns what to do, or `undefined` when the key means nothing to the tree */
export function actionFor({ key, hasModifier }: Key, at: TreePosition): TreeAction | undefined {
  if (hasModifier) return undefined;
  if (key === 'g') return at.isAfterG ? go(at, 0) : { type: 'pendingTop' };
  return PLAIN[key] ?? movement(ALIASES[key] ?? key, at);
}

function movement(key: string, at: TreePosition): TreeAction | undefined {
  switch (key) {
    case 'ArrowDown':
      return go(at, at.active + 1);
    case 'ArrowUp':
      return go(at, at.active - 1);
    case 'PageDown':
      return go(at, at.active + at.pageRows);
    case 'PageUp':
      return go(at, at.active - at.pageRows);
    case 'Home':
      return go(at, 0);
    case 'End':
      return go(at, at.rows.length - 1);
    default:
      return onRow(key, at);
  }
}

function onRow(key: string, at: TreePosition): TreeAction | undefined {
  const row = at.rows[at.active];
  if (row === undefined) return undefined;
  const toggle: TreeAction = { type: 'toggle', index: at.active };
  switch (key) {
    case 'ArrowRight':
      if (row.isExpanded) return go(at, at.active + 1);
      return row.isExpandable ? toggle : undefined;
    case 'ArrowLeft':
      return row.isExpanded ? toggle : goToParent(at, row);
    case 'Enter':
    case ' ':
      return row.isExpandable ? toggle : undefined;
    case '*':
      return { type: 'openSiblings', index: at.active };
    default:
      return undefined;
  }
}

function go({ rows }: TreePosition, index: number): TreeAction | undefined {
  return rows.length === 0 ? undefined : { type: 'go', index: Math.max(0, Math.min(rows.length - 1, index)) };
}

function goToParent(at: TreePosition, row: Row): TreeAction | undefined {
  const index = at.rows.findIndex(({ key }) => key === row.parent);
  return index < 0 ? undefined : { type: 'go', index };
}

/** The row and its siblings that are closed and can be opened. */
export function closedSiblings(rows: readonly Row[], index: number): readonly Row[] {
  const parent: RowKey | undefined = rows[index]?.parent;
  return rows.filter((row) => row.parent === parent && row.isExpandable && !row.isExpanded);
}

/** First row after `from`, going round, whose title begins with `text`; with one letter never `from` itself. */
export function typeahead(
  rows: readonly Row[],
  from: number,
  text: string,
  titleOf: (row: Row) => string,
): number | undefined {
  const wanted = text.toLocaleLowerCase();
  const start = text.length === 1 ? from + 1 : from;
  for (let step = 0; step < rows.length; step += 1) {
    const index = (Math.max(0, start) + step) % rows.length;
    const row = rows[index];
    if (row !== undefined && titleOf(row).toLocaleLowerCase().startsWith(wanted)) return index;
  }
  return undefined;
}
