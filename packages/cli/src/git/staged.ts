/** The Sets that the next commit changes. */
import { DEFAULT_LIMITS, LiveSetError, type ParsedSet, parseSet } from '@livetree/live-set';
import { inflateSet, nodePlatform } from '@livetree/live-set/node';
import { git, mustGit } from './git.ts';

export interface StagedSet {
  /** From the root of the repository. */
  readonly path: string;
  /** Where it was before; another one where it was renamed. */
  readonly oldPath: string;
  /** Absent: it is new. */
  readonly before: string | undefined;
  /** Absent: it is deleted. */
  readonly after: string | undefined;
}

const NOTHING = /^0+$/;

/** In the order of their paths; a Set that was moved or renamed is one. */
export async function stagedSets(root: string): Promise<readonly StagedSet[]> {
  const args = ['--cached', '--raw', '-z', '--find-renames', '--no-abbrev', '--', ':(icase)*.als'];
  const raw = await mustGit(root, 'diff', ...args);
  const fields = raw.toString().split('\0');
  const found: StagedSet[] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const [, , before = '', after = '', status = ''] = (fields[at] ?? '').split(' ');
    const isRenamed = /^[RC]/.test(status);
    const oldPath = fields[at + 1] ?? '';
    const path = isRenamed ? (fields[at + 2] ?? '') : oldPath;
    found.push({ path, oldPath, before: blob(before), after: blob(after) });
    at += isRenamed ? 3 : 2;
  }
  return found;
}

const blob = (id: string): string | undefined => (NOTHING.test(id) ? undefined : id);

/** A Set as git keeps it, through the filters of its path (Git LFS); `undefined` when that is no readable Set. */
export async function stagedSet(root: string, id: string, path: string): Promise<ParsedSet | undefined> {
  const { code, out } = await git(root, 'cat-file', '--filters', `--path=${path}`, id);
  if (code !== 0) return undefined;
  try {
    return parseSet(inflateSet(out, DEFAULT_LIMITS), { platform: nodePlatform });
  } catch (error) {
    if (error instanceof LiveSetError) return undefined;
    throw error;
  }
}
