/**
 * The only file of this package that writes: `.gitattributes`, `.gitignore` and the hook of a repository, and only
 * when the user asked for that by `git-setup --write` or `--hook`.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GitError } from './git.ts';

/** Empty where there is no such file. */
export async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * @param mode of a new file
 * @throws GitError when it cannot be written
 */
export async function writeText(path: string, text: string, mode = 0o666): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch(() => {});
  await writeFile(path, text, { mode }).catch((error: unknown) => refuse(path, error));
}

/** @throws GitError when it cannot be removed */
export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true }).catch((error: unknown) => refuse(path, error));
}

function refuse(path: string, error: unknown): never {
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  throw new GitError(`"${path}" cannot be written${code}.`);
}
