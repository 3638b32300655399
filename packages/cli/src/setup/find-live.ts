/** The Lives of this user, by the preferences they leave, and the User Library they use. Only reads. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { SetupError } from '../errors.ts';
import { type Computer, canRunLive, LIBRARY_VARIABLE } from './computer.ts';
import { libraryNamedIn } from './library-cfg.ts';
import { defaultLibraries, libraryMeant, preferencesOf, preferencesRoot } from './live-places.ts';
import { canRunScript, compareVersions, type LiveVersion, versionOfFolder } from './live-version.ts';

/** A Live that was started at least once. */
export interface FoundLive {
  readonly version: LiveVersion;
  /** Of `Log.txt`, whether it is there or not. */
  readonly logPath: string;
  /** ms since 1970 of the last line in its log; 0 = unknown. */
  readonly usedAt: number;
  /** As it notes it, whether it is there or not. */
  readonly library?: string;
}

/** The one used last comes first. */
export function findLives(computer: Computer): readonly FoundLive[] {
  const root = preferencesRoot(computer);
  if (root === undefined) return [];
  const lives = foldersIn(root).flatMap((name) => {
    const version = versionOfFolder(name);
    return version === undefined ? [] : [readLive(version, preferencesOf(computer, root, name), computer)];
  });
  return lives.sort((a, b) => b.usedAt - a.usedAt || compareVersions(b.version, a.version));
}

function readLive(version: LiveVersion, folder: string, { path }: Computer): FoundLive {
  const logPath = path.join(folder, 'Log.txt');
  const library = libraryNamedIn(textOf(path.join(folder, 'Library.cfg')), path);
  const usedAt = statSync(logPath, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return { version, logPath, usedAt, ...(library !== undefined && { library }) };
}

/**
 * The User Library that the script belongs into.
 * @param given by the user; else LIVETREE_USER_LIBRARY, else what the Live says that was used last, else the default
 * @throws SetupError NO_LIVE_HERE, LIVE_NOT_FOUND, LIVE_TOO_OLD, LIBRARY_MISSING
 */
export function findLibrary(
  computer: Computer,
  lives: readonly FoundLive[] = findLives(computer),
  given = computer.env[LIBRARY_VARIABLE] || undefined,
): string {
  if (given !== undefined) return givenLibrary(given, computer);
  if (!canRunLive(computer)) throw new SetupError('NO_LIVE_HERE', NO_LIVE_HERE);
  const live = lives.find(({ version }) => canRunScript(version));
  if (live === undefined && lives[0] !== undefined) throw tooOld(lives[0]);
  if (live?.library !== undefined && isFolder(live.library)) return live.library;
  if (live?.library !== undefined) throw new SetupError('LIBRARY_MISSING', missing(live, live.library));
  const found = defaultLibraries(computer).find(isFolder);
  if (found === undefined) throw new SetupError('LIVE_NOT_FOUND', NOT_FOUND);
  return found;
}

function givenLibrary(given: string, computer: Computer): string {
  const library = libraryMeant(given, computer, isFolder);
  if (isFolder(library)) return library;
  throw new SetupError(
    'LIBRARY_MISSING',
    `There is no folder "${library}". Give the User Library that Live names in Settings → Library.`,
  );
}

const NO_LIVE_HERE =
  'Live does not run on this system, so there is no User Library here. Saved Sets and the demo work all the same. To prepare the script for another computer, name a folder (--path FOLDER).';
const NOT_FOUND =
  'No Live was found: it leaves its preferences and a User Library when it is started for the first time. Start Live once, or say where its User Library is (Live names it in Settings → Library): livetree install --path "…/User Library"';

const tooOld = ({ version }: FoundLive): SetupError =>
  new SetupError(
    'LIVE_TOO_OLD',
    `Live ${version.text} cannot run the script, which needs Live 11 or later. Nothing has to be copied: LiveTree follows its saved Sets all the same, with livetree serve "My Set.als".`,
  );

const missing = ({ version }: FoundLive, library: string): string =>
  `Live ${version.text} has its User Library at "${library}", and there is no such folder now. Is the drive connected? If the library has moved, choose it in Live (Settings → Library) and start Live once, or name it here: livetree install --path "…/User Library"`;

/** Whether there is a folder at this path; following links. */
export const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function foldersIn(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
