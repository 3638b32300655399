/** How a hub is started, and what who started it can do with it. */
import type { SetInfo } from '@livetree/protocol';
import type { HubLimits } from '../limits.ts';
import type { Setup } from '../setup.ts';
import type { Logger } from './logger.ts';
import type { SettleTimes } from './settle.ts';

export interface HubOptions {
  /** Default 8765: if taken, the next free one up to 8769. 0 = any free port; another number = only that one. */
  readonly port?: number;
  /** Address to listen on; default 127.0.0.1. Any other than loopback needs a {@link token}. */
  readonly host?: string;
  /** Folder of the built viewer; without it only `/sync` and the small answers are served. */
  readonly viewerDir?: string;
  /** Needed to look, on every interface but loopback; and for commands of programs. Default: a random one. */
  readonly token?: string;
  /** The viewer's development server on port 5173 may connect. */
  readonly dev?: boolean;
  readonly logger?: Logger;
  /** Sets to open at once; absolute paths. */
  readonly paths?: readonly string[];
  /** Look at the files every so many ms instead of waiting for the system to tell. */
  readonly pollMs?: number;
  readonly settle?: Partial<SettleTimes>;
  readonly limits?: Partial<HubLimits>;
  /** Heap of each reader thread, MB. */
  readonly workerMemoryMb?: number;
  /** ms between two pings to a client; the silent are cut off at the next. */
  readonly pingMs?: number;
  /** Clients at a time. */
  readonly clients?: number;
  /**
   * Be the one hub of this user: leaves a state file by which others find it, and does not start while
   * another one of the same protocol runs.
   */
  readonly single?: boolean;
  /** Folder of the history; without one nothing is kept, and every start begins anew. */
  readonly historyDir?: string;
  /** How far the script is set up on this computer, and how to copy it; without it the command `install` is refused. */
  readonly setup?: Setup;
  /** Folder in which Sets and project folders are remembered; without one they are not. */
  readonly memoryDir?: string;
  /** Folder of the state file; default is the user's own for such things. */
  readonly stateDir?: string;
}

/** A running hub. */
export interface Hub {
  /** Address of the viewer, with the token where one is needed. */
  readonly url: string;
  readonly port: number;
  /** With it a program may give commands: `/sync?token=…`. */
  readonly token: string;
  /** What is told of each Set, in the order in which they were opened. */
  readonly sets: readonly SetInfo[];
  /**
   * Mirrors a Set, or finds it when it is mirrored already. The file need not be there yet.
   * @throws HubError PATH_REFUSED, TOO_MANY_SETS, HUB_CLOSED
   */
  open(path: string): Promise<SetInfo>;
  /** Ends all: sockets, watchers, threads. */
  close(): Promise<void>;
}
