/** What the hub remembers from before: Sets, and the others in their project folders. */
import { decodeRecent, MOST_RECENT, type RecentSet } from './recent-sets.ts';

export interface Remembered {
  /** Opened before, newest first. */
  readonly sets: readonly RecentSet[];
  /** In the folders of their projects; `time` is when they were saved. */
  readonly inFolders: readonly RecentSet[];
}

export const NOTHING: Remembered = { sets: [], inFolders: [] };

/** @returns what the hub told, as far as it is of use */
export function decodeRemembered(text: string): Remembered {
  try {
    const value = JSON.parse(text) as { readonly sets?: unknown; readonly folders?: unknown } | null;
    const folders = Array.isArray(value?.folders) ? value.folders : [];
    return { sets: setsOf(value), inFolders: folders.flatMap(setsOf) };
  } catch {
    return NOTHING;
  }
}

const setsOf = (holder: unknown): readonly RecentSet[] =>
  decodeRecent(JSON.stringify((holder as { readonly sets?: unknown } | null)?.sets ?? []));

/** Asks the hub; whatever goes wrong, nothing is remembered. */
export async function askRemembered(url: string | undefined): Promise<Remembered> {
  if (url === undefined) return NOTHING;
  try {
    const answer = await fetch(url);
    return answer.ok ? decodeRemembered(await answer.text()) : NOTHING;
  } catch {
    return NOTHING;
  }
}

/** What this browser and the hub remember, each Set once, the newest first. */
export function recentOf(own: readonly RecentSet[], { sets }: Remembered): readonly RecentSet[] {
  return newest([...own, ...sets]);
}

/** What lies beside them. */
export function besideOf(recent: readonly RecentSet[], { inFolders }: Remembered): readonly RecentSet[] {
  const paths = new Set(recent.map(({ path }) => path));
  return newest(inFolders.filter(({ path }) => !paths.has(path)));
}

function newest(sets: readonly RecentSet[]): readonly RecentSet[] {
  const sorted = [...sets].sort((a, b) => b.time - a.time);
  const isFirst = ({ path }: RecentSet, at: number): boolean =>
    sorted.findIndex((other) => other.path === path) === at;
  return sorted.filter(isFirst).slice(0, MOST_RECENT);
}
