/** The read-only JSON of the hub that runs (`/api`). */
import { resolve } from 'node:path';
import type { SetId, SetInfo, Unsaved } from '@livetree/protocol';
import { type RunningHub, runningHub } from '../running-hub.ts';

const PATIENCE_MS = 5_000;
const NOT_THERE = 404;

/** What the hub answers; `undefined` when it has nothing there (yet). @throws Error when it does not answer */
async function read(hub: RunningHub, path: string): Promise<unknown> {
  const response = await fetch(new URL(path, hub.pageUrl), { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (response.status === NOT_THERE) return undefined;
  if (!response.ok) throw new Error(`LiveTree answers ${response.status} to ${path}.`);
  return response.json();
}

/** All Sets of the hub that runs; `undefined` when none runs, or it does not answer. */
export async function setsOfHub(): Promise<
  { readonly hub: RunningHub; readonly sets: readonly SetInfo[] } | undefined
> {
  const hub = await runningHub();
  if (hub === undefined) return undefined;
  try {
    const { sets } = (await read(hub, '/api/sets')) as { readonly sets: readonly SetInfo[] };
    return { hub, sets };
  } catch {
    return undefined;
  }
}

/** What changed since the save; `undefined` before anything was compared. */
export async function unsavedOf(hub: RunningHub, set: SetId): Promise<Unsaved | undefined> {
  const answer = (await read(hub, `/api/sets/${encodeURIComponent(set)}/unsaved`)) as
    | Unsaved
    | null
    | undefined;
  return answer ?? undefined;
}

/** Those a person means: by path, name or id; all when nothing is said. */
export function chosen(sets: readonly SetInfo[], wanted: string | undefined): readonly SetInfo[] {
  if (wanted === undefined) return sets;
  const path = resolve(wanted);
  const byPath = sets.filter((set) => set.path === path || set.id === wanted);
  return byPath.length > 0 ? byPath : sets.filter(({ name }) => name === wanted.replace(/\.als$/i, ''));
}
