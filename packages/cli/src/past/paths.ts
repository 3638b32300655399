/** Paths as they are shown: nobody who is sent an output needs to read the name of a home folder in it. */
import { homedir } from 'node:os';
import { dirname, relative, sep } from 'node:path';

/** `~/Music/…` for what lies in the home folder. */
export function shownPath(path: string): string {
  const home = homedir();
  return path === home || path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
}

/** Relative to the project, the folder of the Set, for what lies in it. */
export function projectPath(path: string, setPath: string): string {
  const inside = relative(dirname(setPath), path);
  return inside === '' || inside.startsWith('..') ? shownPath(path) : inside;
}
