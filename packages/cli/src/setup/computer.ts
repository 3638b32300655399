/** What the rules of setting up need to know of a computer; passed in, so that each is tested on every system. */
import { homedir } from 'node:os';
import nodePath, { type PlatformPath } from 'node:path';

/** The variables of a process. */
export type Variables = Readonly<Record<string, string | undefined>>;

export interface Computer {
  /** As `process.platform` has it: `darwin`, `win32`, `linux`. */
  readonly platform: string;
  /** The user's own folder. */
  readonly home: string;
  readonly env: Variables;
  /** How paths are written there. */
  readonly path: PlatformPath;
}

/** Names the User Library, where neither Live's own note nor the default is right. */
export const LIBRARY_VARIABLE = 'LIVETREE_USER_LIBRARY';

/** The computer this process runs on. */
export const thisComputer = (): Computer => ({
  platform: process.platform,
  home: homedir(),
  env: process.env,
  path: nodePath,
});

/** Live runs on macOS and Windows only. */
export const canRunLive = ({ platform }: Computer): boolean => platform === 'darwin' || platform === 'win32';
