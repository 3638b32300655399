/** Sets that were shown here before, to be opened again by their paths. Pure. */
import type { SetInfo } from '@livetree/protocol';

export interface RecentSet {
  readonly name: string;
  readonly path: string;
  /** When it was last shown, ms since 1970. */
  readonly time: number;
}

/** Sets that are remembered. */
export const MOST_RECENT = 8;

/** @returns what was kept, as far as it is a list of such Sets */
export function decodeRecent(text: string | undefined): readonly RecentSet[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value.filter(isRecent).slice(0, MOST_RECENT) : [];
  } catch {
    return [];
  }
}

function isRecent(value: unknown): value is RecentSet {
  if (typeof value !== 'object' || value === null) return false;
  const { name, path, time } = value as Partial<RecentSet>;
  return typeof name === 'string' && typeof path === 'string' && typeof time === 'number';
}

/** With this Set in front. A Set without a path cannot be opened again, that of a demo is soon gone: both are left out. */
export function remember(
  recent: readonly RecentSet[],
  { name, path, live }: Pick<SetInfo, 'name' | 'path' | 'live'>,
  time: number,
): readonly RecentSet[] {
  if (path === undefined || live.simulated) return recent;
  return [{ name, path, time }, ...recent.filter((other) => other.path !== path)].slice(0, MOST_RECENT);
}

/** Without this Set. */
export function forget(recent: readonly RecentSet[], { path }: Pick<SetInfo, 'path'>): readonly RecentSet[] {
  return recent.some((other) => other.path === path) ? recent.filter((other) => other.path !== path) : recent;
}

/** The folder of a path, as short as it tells something: its last two parts. */
export function folderOf(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== '');
  const folders = parts.slice(0, -1);
  return (folders.length > 2 ? ['…', ...folders.slice(-2)] : folders).join(' / ');
}
