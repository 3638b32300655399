/** Finds a Python that can run the simulator: 3.7 or later. */
import { execFile } from 'node:child_process';

export interface Python {
  readonly command: string;
  readonly args: readonly string[];
  /** `3.11.2` */
  readonly version: string;
}

const CANDIDATES: readonly (readonly string[])[] = [['python3'], ['python'], ['py', '-3']];
const PROBE = 'import sys; print("%d.%d.%d" % sys.version_info[:3])';
/** A stub that opens a shop or a dialog instead of running must not hold us. */
const PROBE_MS = 2_000;

/** The first that answers, `LIVETREE_PYTHON` before all others; `undefined` = none that is new enough. */
export async function findPython(env: NodeJS.ProcessEnv = process.env): Promise<Python | undefined> {
  const own = env['LIVETREE_PYTHON'];
  for (const [command = '', ...args] of own === undefined || own === '' ? CANDIDATES : [[own]]) {
    const version = await probe(command, args);
    if (version !== undefined && isNewEnough(version)) return { command, args, version };
  }
  return undefined;
}

function probe(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, [...args, '-c', PROBE], { timeout: PROBE_MS, windowsHide: true }, (error, stdout) =>
      resolve(error === null ? stdout.trim() : undefined),
    );
  });
}

const isNewEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 3 || (major === 3 && minor >= 7);
};
