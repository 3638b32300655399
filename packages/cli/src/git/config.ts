/** What git is told about Sets: the section `diff.livetree` of its configuration. */
import { TEXT_FORMAT } from '../textconv/set-text.ts';
import { gitLine, mustGit } from './git.ts';

/** Name of the diff driver, as it stands in `.gitattributes`. */
export const DRIVER = 'livetree';

/** Heads of hunks: the track or clip above a change, the lists of the Set. */
const FUNCTIONS =
  '^ *(((Audio|MIDI|Group|Return|Main) track|(MIDI|Audio) clip|Take lane|Scene|Locator) .*|Set)$';
/** Texts made once are kept in `refs/notes/textconv/livetree`: `git log -p` reads each Set a single time. */
const CACHE = `refs/notes/textconv/${DRIVER}`;

export type ConfigScope = '--local' | '--global';

export interface ConfigEntry {
  readonly key: string;
  readonly value: string;
}

/** @param command how git calls LiveTree, for a shell */
export const wantedConfig = (command: string): readonly ConfigEntry[] => [
  { key: `diff.${DRIVER}.textconv`, value: `${command} textconv --format ${TEXT_FORMAT}` },
  { key: `diff.${DRIVER}.cachetextconv`, value: 'true' },
  { key: `diff.${DRIVER}.xfuncname`, value: FUNCTIONS },
];

/** Sets what is not so yet; answers what it set, or would set. */
export async function setConfig(
  cwd: string,
  scope: ConfigScope,
  entries: readonly ConfigEntry[],
  isDry: boolean,
): Promise<readonly ConfigEntry[]> {
  const changed: ConfigEntry[] = [];
  for (const entry of entries) {
    if ((await gitLine(cwd, 'config', scope, '--get', entry.key)) === entry.value) continue;
    if (!isDry) await mustGit(cwd, 'config', scope, '--replace-all', entry.key, entry.value);
    changed.push(entry);
  }
  return changed;
}

/**
 * Takes our keys away, and the texts that git kept because of them; a key that somebody has given another program
 * stays. Answers what was, or would be, removed.
 */
export async function unsetConfig(
  cwd: string,
  scope: ConfigScope,
  entries: readonly ConfigEntry[],
  isDry: boolean,
): Promise<readonly string[]> {
  const removed: string[] = [];
  for (const entry of entries) {
    const value = await gitLine(cwd, 'config', scope, '--get', entry.key);
    if (value === undefined || !isOurs(entry, value)) continue;
    if (!isDry) await mustGit(cwd, 'config', scope, '--unset-all', entry.key);
    removed.push(entry.key);
  }
  if (scope === '--local' && (await gitLine(cwd, 'rev-parse', '--verify', '--quiet', CACHE)) !== undefined) {
    if (!isDry) await mustGit(cwd, 'update-ref', '-d', CACHE);
    removed.push(CACHE);
  }
  return removed;
}

/** LiveTree may have been installed elsewhere, or in an older version, when it was set up. */
const isOurs = (entry: ConfigEntry, value: string): boolean =>
  value === entry.value || /\btextconv --format \d+$/.test(value) || value.startsWith('^ *(((Audio|MIDI');
