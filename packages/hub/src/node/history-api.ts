/** What `/api` tells of earlier on: addresses to questions for the keeper of the history. */
import type { SetId, SetInfo } from '@livetree/protocol';
import type { OpenSet, PastQuestion } from './saves/keeper-messages.ts';
import type { HistoryFilter } from './saves/past.ts';

/** @param what the part of the address after the Set @returns `undefined`: it is not about earlier on */
export function pastQuestion(
  set: SetId,
  what: string | undefined,
  { searchParams }: URL,
  open: readonly SetInfo[],
): PastQuestion | undefined {
  const at = searchParams.get('at');
  switch (what) {
    case 'history':
      return { ask: 'history', set, filter: filterOf(searchParams), ...openOf(set, open) };
    case 'moment':
    case 'tree':
    case 'file':
      return at === null ? undefined : { ask: what, set, at };
    case 'compare':
      return { ask: 'compare', set, from: searchParams.get('from') ?? '', to: searchParams.get('to') ?? '' };
    default:
      return undefined;
  }
}

function openOf(id: SetId, sets: readonly SetInfo[]): { readonly open?: OpenSet } {
  const found = sets.find((set) => set.id === id);
  return found === undefined ? {} : { open: { name: found.name, path: found.path ?? '' } };
}

const TEXTS = ['since', 'until', 'node', 'name', 'origin'] as const;

function filterOf(params: URLSearchParams): HistoryFilter {
  const texts = TEXTS.flatMap((name) => {
    const value = params.get(name);
    return value === null || value === '' ? [] : [[name, value] as const];
  });
  const most = Number(params.get('most') ?? 0);
  return { ...Object.fromEntries(texts), ...(Number.isInteger(most) && most > 0 && { most }) };
}
