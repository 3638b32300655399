/**
 * All that setting up writes: the folder of the script, and the one file that starts LiveTree at login. Only when the
 * user asks for it, by `livetree install`, `uninstall`, `autostart` or the button of the page.
 */
import { randomUUID } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SetupError } from '../errors.ts';
import { codeOf } from './script-folder.ts';

/** A folder to be put in place at once. */
export interface NewFolder {
  /** Copied, by path inside, with `/`. */
  readonly from: string;
  readonly files: readonly string[];
  /** Text by path inside. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Live passes over folders whose names begin like this (docs/live-api.md §10). */
const asideName = (folder: string): string => `_${basename(folder)}.livetree-`;

/**
 * Puts a folder in place of the one that may be there: written beside it, then renamed, so that there is always a
 * whole one. What an earlier attempt has left behind is taken away.
 * @throws SetupError SETUP_NOT_WRITABLE; all is as before then
 */
export function putFolder(target: string, content: NewFolder): void {
  attempt(target, () => {
    mkdirSync(dirname(target), { recursive: true });
    clearAside(target);
    const [draft, old] = [aside(target), aside(target)];
    try {
      fill(draft, content);
      swap(draft, target, old);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
    // The new one is in place; what cannot be taken away now is taken away by the next.
    quietly(() => rmSync(old, { recursive: true, force: true }));
  });
}

function fill(draft: string, { from, files, texts }: NewFolder): void {
  for (const file of files) {
    mkdirSync(dirname(join(draft, file)), { recursive: true });
    copyFileSync(join(from, file), join(draft, file));
  }
  for (const [file, text] of Object.entries(texts)) writeFileSync(join(draft, file), text);
}

function swap(draft: string, target: string, old: string): void {
  const wasThere = isMoved(target, old);
  try {
    renameSync(draft, target);
  } catch (error) {
    if (wasThere) renameSync(old, target);
    throw error;
  }
}

function isMoved(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** @throws SetupError SETUP_NOT_WRITABLE; the folder is whole then */
export function removeFolder(target: string): void {
  attempt(target, () => {
    const old = aside(target);
    renameSync(target, old);
    rmSync(old, { recursive: true, force: true });
    clearAside(target);
  });
}

const aside = (target: string): string =>
  join(dirname(target), `${asideName(target)}${randomUUID().slice(0, 8)}`);

function clearAside(target: string): void {
  const name = asideName(target);
  for (const left of readdirSync(dirname(target)).filter((each) => each.startsWith(name)))
    quietly(() => rmSync(join(dirname(target), left), { recursive: true, force: true }));
}

/** @throws SetupError SETUP_NOT_WRITABLE */
export function putFile(path: string, text: string): void {
  attempt(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const draft = `${path}.livetree-${randomUUID().slice(0, 8)}`;
    writeFileSync(draft, text);
    renameSync(draft, path);
  });
}

/** A link to a file; nothing where one is already. @throws SetupError SETUP_NOT_WRITABLE */
export function putLink(path: string, to: string): void {
  attempt(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    try {
      symlinkSync(to, path);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  });
}

/** @throws SetupError SETUP_NOT_WRITABLE */
export function removeFile(path: string): void {
  attempt(path, () => rmSync(path, { force: true }));
}

function attempt(path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw notWritable(path, code);
  }
}

/** @param code of the system */
export const notWritable = (path: string, code: string): SetupError =>
  new SetupError('SETUP_NOT_WRITABLE', `"${path}" cannot be changed (${code}). ${REMEDY}`);

const REMEDY =
  'Nothing was changed. Quit Live, check that you may write there, and on a Mac that the terminal may use this folder (System Settings › Privacy & Security › Files and Folders); then try again.';

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // The next time takes it away.
  }
}
