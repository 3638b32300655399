/** How git is to call this very program. */
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The program that runs, whatever link led to it. */
const ownProgram = (): string => realpathSync(process.argv[1] ?? '');

/**
 * For a shell, which is how git calls it. `livetree` where that name leads here: it outlives a new version of Node
 * and of LiveTree; else Node and the program by their full paths.
 * @param path the variable PATH
 */
export function ownCommand(path = process.env['PATH'] ?? ''): string {
  return isOnPath(path) ? 'livetree' : `${shellQuoted(process.execPath)} ${shellQuoted(ownProgram())}`;
}

function isOnPath(path: string): boolean {
  const found = path
    .split(delimiter)
    .map((folder) => join(folder, 'livetree'))
    .find((file) => existsSync(file));
  return found !== undefined && realpathSync(found) === ownProgram();
}

/** In quotes that no shell looks into; with the slashes that the shell of Git for Windows wants. */
export function shellQuoted(text: string): string {
  const path = process.platform === 'win32' ? text.replaceAll('\\', '/') : text;
  return `'${path.replaceAll("'", "'\\''")}'`;
}
