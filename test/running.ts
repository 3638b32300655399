/** A command that runs until it is ended, as a test holds it. */
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';

/** A command that leads a process group of its own, with both outputs piped. */
type Command = ChildProcessByStdio<null, Readable, Readable>;

export interface Running {
  readonly child: Command;
  /** As printed on stdout. */
  readonly url: string;
  /** Exit code, or signal. */
  readonly ended: Promise<number | string | null>;
}

/**
 * Waits for the address that a command prints.
 * @throws Error with what it said when it ends before
 */
export function untilAddress(child: Command): Promise<Running> {
  const ended = new Promise<number | string | null>((resolve) =>
    child.on('close', (code, signal) => resolve(code ?? signal)),
  );
  return new Promise((resolve, reject) => {
    let text = '';
    const take = (part: Buffer): void => {
      text += part.toString();
      const [, url] = /(http:\/\/\S+)\n/.exec(text) ?? [];
      if (url !== undefined) resolve({ child, url, ended });
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    void ended.then(() => reject(new Error(`it ended: ${text}`)));
  });
}

/** Whether any process is left of those that `child`, leader of its group, has started. */
export function isGroupAlive({ pid }: { readonly pid?: number | undefined }): boolean {
  try {
    return pid !== undefined && process.kill(-pid, 0);
  } catch {
    return false;
  }
}

/** Ends what is left of a group at once. */
export function killGroup(child: { readonly pid?: number | undefined }): void {
  if (isGroupAlive(child)) process.kill(-(child.pid ?? 0), 'SIGKILL');
}
