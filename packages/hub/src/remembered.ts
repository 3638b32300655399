/** The Sets and project folders that a hub remembers over its restarts, so that a page can offer them again. */
import { refusePath } from './set-path.ts';

/** A Set that was shown from its file. */
export interface RememberedSet {
  /** Absolute. */
  readonly path: string;
  /** As it was shown. */
  readonly name: string;
  /** When it was opened last, ms since 1970. */
  readonly time: number;
}

/** Folder of a Live project, or of a Set that lies in none. */
export interface RememberedFolder {
  /** Absolute. */
  readonly path: string;
  /** When one of its Sets was opened last, ms since 1970. */
  readonly time: number;
}

/** What the file holds; newest first. */
export interface Remembered {
  readonly sets: readonly RememberedSet[];
  readonly folders: readonly RememberedFolder[];
}

/** Most of each, and bytes of the file. */
export const REMEMBERED_LIMITS = { sets: 40, folders: 20, fileBytes: 512 * 1024 } as const;

export const NOTHING_REMEMBERED: Remembered = { sets: [], folders: [] };

/** @returns what is of use in the text of such a file; nothing of it may lead where a Set could not be opened */
export function decodeRemembered(text: string): Remembered {
  if (text.length > REMEMBERED_LIMITS.fileBytes) return NOTHING_REMEMBERED;
  try {
    const value = JSON.parse(text) as { readonly sets?: unknown; readonly folders?: unknown } | null;
    const sets = listOf(value?.sets, isSet).slice(0, REMEMBERED_LIMITS.sets);
    const folders = listOf(value?.folders, isPlace).filter(({ path }) => isFolder(path));
    return { sets, folders: folders.slice(0, REMEMBERED_LIMITS.folders) };
  } catch {
    return NOTHING_REMEMBERED;
  }
}

/** With this Set and its folder in front. */
export function remember({ sets, folders }: Remembered, set: RememberedSet, folder: string): Remembered {
  const place: RememberedFolder = { path: folder, time: set.time };
  return {
    sets: [set, ...without(sets, set.path)].slice(0, REMEMBERED_LIMITS.sets),
    folders: [place, ...without(folders, folder)].slice(0, REMEMBERED_LIMITS.folders),
  };
}

/** Without this Set; its folder stays when another Set of it does. */
export function forget({ sets, folders }: Remembered, path: string, folder: string): Remembered {
  const left = without(sets, path);
  const isShared = left.some((set) => set.path.startsWith(folder));
  return { sets: left, folders: isShared ? folders : without(folders, folder) };
}

const without = <T extends { readonly path: string }>(items: readonly T[], path: string): readonly T[] =>
  items.filter((item) => item.path !== path);

const listOf = <T>(value: unknown, is: (item: unknown) => item is T): readonly T[] =>
  Array.isArray(value) ? value.filter(is) : [];

function isPlace(value: unknown): value is RememberedFolder {
  if (typeof value !== 'object' || value === null) return false;
  const { path, time } = value as Partial<RememberedFolder>;
  return typeof path === 'string' && typeof time === 'number';
}

const isSet = (value: unknown): value is RememberedSet =>
  isPlace(value) &&
  typeof (value as Partial<RememberedSet>).name === 'string' &&
  refusePath(value.path) === undefined;

/** The same rules as for a Set: no network share, no device, absolute. */
const isFolder = (path: string): boolean => refusePath(`${path}/a.als`) === undefined;
