/** The hub of this user, asked over HTTP on this computer. */
import type { SetId, SetInfo, Unsaved } from '@livetree/protocol';
import type { RunningHub } from './running-hub.ts';

const PATIENCE_MS = 5_000;
const NOT_THERE = 404;

/**
 * One question, with the key that the hub left for programs of this user.
 * @param path below `/api`, with its query
 * @throws Error when no answer comes in time
 */
export const askApi = (
  { apiUrl, token }: RunningHub,
  path: string,
  patienceMs = PATIENCE_MS,
): Promise<Response> =>
  fetch(apiUrl + path, {
    headers: { Authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(patienceMs),
  });

/** What the hub answers; `undefined` when it has nothing there (yet). @throws Error when it does not answer */
async function read(hub: RunningHub, path: string, patienceMs?: number): Promise<unknown> {
  const response = await askApi(hub, path, patienceMs);
  if (response.status === NOT_THERE) return undefined;
  if (!response.ok) throw new Error(`LiveTree answers ${response.status} to ${path}.`);
  return response.json();
}

/** All Sets of a hub; `undefined` when it does not answer. */
export async function setsOf(hub: RunningHub, patienceMs?: number): Promise<readonly SetInfo[] | undefined> {
  try {
    const { sets } = (await read(hub, '/sets', patienceMs)) as { readonly sets?: readonly SetInfo[] };
    return Array.isArray(sets) ? sets : undefined;
  } catch {
    return undefined;
  }
}

/** What changed since the save; `undefined` before anything was compared. */
export async function unsavedOf(hub: RunningHub, set: SetId): Promise<Unsaved | undefined> {
  const answer = (await read(hub, `/sets/${encodeURIComponent(set)}/unsaved`)) as Unsaved | null | undefined;
  return answer ?? undefined;
}
