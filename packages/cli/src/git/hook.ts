/** The hook that offers what changed in the staged Sets as the commit message. */
import { isAbsolute, join } from 'node:path';
import { gitLine } from './git.ts';

const MARK = '# LiveTree hook 1';

/** Whether a hook is one that we wrote, of any version. */
export const isOurHook = (text: string): boolean =>
  text.split('\n')[1]?.startsWith('# LiveTree hook') === true;

/**
 * Puts the message before what git has put into the file, where there is no message yet. It never stands in the way
 * of a commit: without LiveTree, or when anything fails, all stays as it is.
 * @param command how LiveTree is called, for a shell
 */
export const hookText = (command: string): string => `#!/bin/sh
${MARK}: offers what changed in the staged Live Sets as the message. "livetree git-setup --undo" takes it away.
case "$2" in message|merge|squash|commit) exit 0 ;; esac
mark=$(git config core.commentChar || echo '#')
[ "$mark" = auto ] && mark='#'
sed '/ >8 /,$d' "$1" | grep -v "^$mark" | grep -q '[^[:space:]]' && exit 0
text=$(${command} git-message 2>/dev/null) || exit 0
[ -n "$text" ] || exit 0
{ printf '%s\\n' "$text"; cat "$1"; } > "$1.livetree" && cat "$1.livetree" > "$1"
rm -f "$1.livetree"
exit 0
`;

export interface HookPlace {
  readonly path: string;
  /** The folder is set by the user (`core.hooksPath`): it may serve other repositories too. */
  readonly isShared: boolean;
}

/** Where the hook of a repository belongs. */
export async function hookPlace(cwd: string): Promise<HookPlace> {
  const shared = await gitLine(cwd, 'config', '--get', 'core.hooksPath');
  const folder = (await gitLine(cwd, 'rev-parse', '--git-path', 'hooks')) ?? '.git/hooks';
  const path = join(isAbsolute(folder) ? folder : join(cwd, folder), 'prepare-commit-msg');
  return { path, isShared: shared !== undefined && shared !== '' };
}
