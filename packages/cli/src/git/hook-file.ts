/** Puts the hook into a repository, and takes it out. A hook of somebody else is never touched. */
import { hookPlace, hookText, isOurHook } from './hook.ts';
import { removeFile, textOf, writeText } from './write-file.ts';

const EXECUTABLE = 0o777;

/**
 * @param command how the hook calls LiveTree, for a shell
 * @returns what was done, as a sentence
 */
export async function addHook(root: string, command: string, isDry: boolean): Promise<string> {
  const { path, isShared } = await hookPlace(root);
  const there = await textOf(path);
  if (there === hookText(command)) return 'The hook is there already.';
  const call = `${command} git-message`;
  if (there !== undefined && !isOurHook(there))
    return `Left alone: there is a hook already, "${path}". It can get the text of a message from: ${call}`;
  if (isShared)
    return `No hook written: core.hooksPath is set, so it may serve other repositories too. A hook of your own can get the text of a message from: ${call}`;
  if (!isDry) await writeText(path, hookText(command), EXECUTABLE);
  return `${isDry ? 'Would write' : 'Wrote'} the hook "${path}".`;
}

/** @returns what was done; nothing where there is no hook of ours */
export async function removeHook(root: string, isDry: boolean): Promise<readonly string[]> {
  const { path } = await hookPlace(root);
  const there = await textOf(path);
  if (there === undefined || !isOurHook(there)) return [];
  if (!isDry) await removeFile(path);
  return [`${isDry ? 'Would remove' : 'Removed'} the hook "${path}".`];
}
