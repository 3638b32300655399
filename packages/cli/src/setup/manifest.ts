/** The note that lies in an installed script: which files are ours, and how they were when we copied them. Pure. */

/** Its name; Python passes it over. */
export const MANIFEST_FILE = 'livetree.json';
/** Of the user, read by the script; kept when a newer script comes. */
export const SETTINGS_FILE = 'settings.json';

export interface Manifest {
  /** Of the script. */
  readonly version: string;
  /** ms since 1970. */
  readonly installedAt: number;
  /** SHA-256 in hex by path inside the folder, with `/`. */
  readonly files: Readonly<Record<string, string>>;
}

/** Paths with SHA-256 in hex, as they lie in a folder. */
export type Checksums = ReadonlyMap<string, string>;

/** What lies where the script belongs. */
export type Installed =
  | { readonly is: 'absent' }
  /** The system refuses to tell; `code` of the system. */
  | { readonly is: 'unreadable'; readonly code: string }
  /** Not copied by `livetree install`. */
  | { readonly is: 'foreign' }
  /** Ours, with files that are different or new since. */
  | { readonly is: 'changed'; readonly manifest: Manifest; readonly files: readonly string[] }
  /** Ours, as it was copied; `missing`: files that are gone. */
  | { readonly is: 'ours'; readonly manifest: Manifest; readonly missing: readonly string[] };

const KIND = 'livetree remote script';

export const encodeManifest = ({ version, installedAt, files }: Manifest): string =>
  `${JSON.stringify({ kind: KIND, version, installedAt, files }, null, 2)}\n`;

/** @returns `undefined` for anything else */
export function decodeManifest(text: string): Manifest | undefined {
  try {
    const value = JSON.parse(text) as (Partial<Manifest> & { readonly kind?: unknown }) | null;
    if (value === null || typeof value !== 'object' || value.kind !== KIND) return undefined;
    const { version, installedAt, files } = value;
    if (typeof version !== 'string' || typeof installedAt !== 'number') return undefined;
    if (typeof files !== 'object' || files === null) return undefined;
    if (Object.values(files).some((sum) => typeof sum !== 'string')) return undefined;
    return { version, installedAt, files };
  } catch {
    return undefined;
  }
}

/**
 * Judges a folder by its note.
 * @param found all files in it but the note, the settings, and {@link isByproduct}
 */
export function judgeFolder(manifest: Manifest | undefined, found: Checksums): Installed {
  if (manifest === undefined) return { is: 'foreign' };
  const files = [...found].filter(([path, sum]) => manifest.files[path] !== sum).map(([path]) => path);
  if (files.length > 0) return { is: 'changed', manifest, files: files.sort() };
  return { is: 'ours', manifest, missing: Object.keys(manifest.files).filter((path) => !found.has(path)) };
}

/** What Python and the file managers of the systems leave in a folder. */
export const isByproduct = (path: string): boolean =>
  /(^|\/)(__pycache__\/.*|[^/]*\.pyc|\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini|Icon\r)$/i.test(path);

/** Whether two folders hold the same files. */
export const isSame = (found: Checksums, files: Readonly<Record<string, string>>): boolean =>
  found.size === Object.keys(files).length && [...found].every(([path, sum]) => files[path] === sum);
