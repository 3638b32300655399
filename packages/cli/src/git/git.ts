/** Runs git, which must be installed: LiveTree brings none. */
import { spawn } from 'node:child_process';

export interface GitResult {
  readonly code: number;
  readonly out: Buffer;
  readonly err: string;
}

/** What a git command cannot do here, in a sentence with its remedy. */
export class GitError extends Error {
  override readonly name = 'GitError';
}

/**
 * Runs git to its end, whatever its exit code.
 * @throws GitError when there is no git
 */
export function git(cwd: string, ...args: readonly string[]): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (part: Buffer) => out.push(part));
    child.stderr.on('data', (part: Buffer) => err.push(part));
    child.on('error', () => reject(new GitError('git was not found. Install it, or put it on the PATH.')));
    child.on('close', (code) =>
      resolve({ code: code ?? -1, out: Buffer.concat(out), err: Buffer.concat(err).toString().trim() }),
    );
  });
}

/** One line of what git answers, or `undefined` when it has no answer. */
export async function gitLine(cwd: string, ...args: readonly string[]): Promise<string | undefined> {
  const { code, out } = await git(cwd, ...args);
  return code === 0 ? out.toString().replace(/\r?\n$/, '') : undefined;
}

/**
 * For what must succeed.
 * @throws GitError with what git said
 */
export async function mustGit(cwd: string, ...args: readonly string[]): Promise<Buffer> {
  const { code, out, err } = await git(cwd, ...args);
  if (code !== 0) throw new GitError(`git ${args[0]} failed: ${err || `exit code ${code}`}`);
  return out;
}

/** The root of the work tree around a folder; `undefined` outside of one. */
export const workTree = (cwd: string): Promise<string | undefined> =>
  gitLine(cwd, 'rev-parse', '--show-toplevel');
