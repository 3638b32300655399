/** Where Live keeps what we look at, by system. Pure. Sources: docs/live-api.md §10. */
import type { Computer } from './computer.ts';

/** The name under which Live lists the script; it is the name of the folder. */
export const SCRIPT_NAME = 'LiveTree';
const SCRIPTS_FOLDER = 'Remote Scripts';
const LIBRARY_FOLDER = 'User Library';

/** The folder with one folder of preferences for each version of Live that was ever started. */
export function preferencesRoot({ platform, home, env, path }: Computer): string | undefined {
  if (platform === 'darwin') return path.join(home, 'Library', 'Preferences', 'Ableton');
  if (platform !== 'win32') return undefined;
  return path.join(env['APPDATA'] || path.join(home, 'AppData', 'Roaming'), 'Ableton');
}

/** Where `Library.cfg` and `Log.txt` of one Live lie. `folder`: `Live 12.1.5`, below {@link preferencesRoot}. */
export const preferencesOf = ({ platform, path }: Computer, root: string, folder: string): string =>
  platform === 'win32' ? path.join(root, folder, 'Preferences') : path.join(root, folder);

/** Where a User Library lies that nobody has moved, the likeliest first. */
export function defaultLibraries(computer: Computer): readonly string[] {
  const { platform, home, path } = computer;
  if (platform === 'darwin') return [path.join(home, 'Music', 'Ableton', LIBRARY_FOLDER)];
  if (platform !== 'win32') return [];
  return [...new Set([home, ...oneDriveRoots(computer)])].map((root) =>
    path.join(root, 'Documents', 'Ableton', LIBRARY_FOLDER),
  );
}

/** Windows may have moved the user's Documents into OneDrive. */
const oneDriveRoots = ({ home, env, path }: Computer): readonly string[] =>
  [env['OneDrive'], env['OneDriveConsumer'], env['OneDriveCommercial'], path.join(home, 'OneDrive')].flatMap(
    (root) => (root ? [root] : []),
  );

/**
 * The User Library that somebody means by a path: itself, the folder around it, or the one for scripts inside it.
 * @param isFolder whether there is such a folder
 */
export function libraryMeant(given: string, { path }: Computer, isFolder: (path: string) => boolean): string {
  const full = path.resolve(given);
  if (path.basename(full) === SCRIPTS_FOLDER) return path.dirname(full);
  const inside = path.join(full, LIBRARY_FOLDER);
  return isFolder(inside) ? inside : full;
}

/** Where Live looks for scripts; it need not be there yet. */
export const scriptsFolder = (library: string, { path }: Computer): string =>
  path.join(library, SCRIPTS_FOLDER);

/** Where our script belongs. */
export const scriptFolder = (library: string, computer: Computer): string =>
  computer.path.join(scriptsFolder(library, computer), SCRIPT_NAME);
