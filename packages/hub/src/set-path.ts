/** Which texts may become a path of a Set. Looked at as text only, before any file call. */

/**
 * @returns why the hub does not open this path, as a sentence, or `undefined` when it may try.
 *
 * - Network and device paths (`\\server\share`, `//server/share`, `\\?\`, `\\.\`) are refused: on Windows the
 *   mere question whether such a file exists sends the user's credentials to a stranger's server.
 * - Only `.als`: the hub is no way to look at other files.
 * - Only absolute paths: the hub's own folder means nothing to who asks.
 */
export function refusePath(path: string): string | undefined {
  if (path.length === 0 || path.length > MAX_PATH) return 'The path is empty or too long.';
  if (hasControlCharacter(path)) return 'The path contains a control character.';
  if (/^[\\/]{2}/.test(path))
    return 'Network and device paths are not opened. Map the share to a drive first.';
  if (!/^(?:\/|[A-Za-z]:[\\/])/.test(path)) return 'The path must be absolute.';
  if (!/\.als$/i.test(path)) return 'Only Ableton Live Sets (.als) can be opened.';
  return undefined;
}

const MAX_PATH = 4096;

function hasControlCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x20) return true;
  return false;
}
