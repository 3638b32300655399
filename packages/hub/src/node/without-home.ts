import { homedir } from 'node:os';
import { sep } from 'node:path';

/** Nobody who is shown a page or a message needs to read the name of a home folder in it. */
export function withoutHome(path: string): string {
  const home = homedir();
  return path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
}
