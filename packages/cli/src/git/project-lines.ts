/** Puts the lines of a Live project into the files of a repository, and takes them out. */
import { join } from 'node:path';
import { gitLine } from './git.ts';
import { missingLines, withLines, withoutLines } from './marked-lines.ts';
import type { ProjectFile } from './project-files.ts';
import { removeFile, textOf, writeText } from './write-file.ts';

/** @returns what was done, as a sentence */
export async function addLines(root: string, { name, lines }: ProjectFile, isDry: boolean): Promise<string> {
  const path = join(root, name);
  const text = (await textOf(path)) ?? '';
  const missing = missingLines(text, lines);
  if (missing.length === 0) return `${name} has its lines already.`;
  if (!isDry) await writeText(path, withLines(text, lines));
  return `${isDry ? 'Would add' : 'Added'} to ${name}: ${missing.join(' | ')}`;
}

/** @returns what was done; nothing where nothing of ours stands */
export async function removeLines(
  root: string,
  { name, lines }: ProjectFile,
  isDry: boolean,
): Promise<readonly string[]> {
  const path = join(root, name);
  const text = await textOf(path);
  if (text === undefined) return [];
  const rest = withoutLines(text, lines);
  if (rest === text) return [];
  if (!isDry) await (rest === '' ? removeFile(path) : writeText(path, rest));
  const verb = isDry ? 'Would take' : 'Took';
  return [`${verb} our lines out of ${name}${rest === '' ? ', and with them the file' : ''}.`];
}

/** The diff driver that git has for a Set at the root of a repository. */
export async function driverOf(root: string): Promise<string | undefined> {
  return (await gitLine(root, 'check-attr', 'diff', '--', 'Set.als'))?.split(': ').at(-1);
}
