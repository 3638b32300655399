/** Where changes come from while `livetree watch` runs: the hub of this user, or one of its own. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Hub, HubError } from '@livetree/hub';
import { LiveSetError } from '@livetree/live-set';
import type { SetId } from '@livetree/protocol';
import { setsOf } from '../hub-api.ts';
import { type RunningHub, runningHub } from '../running-hub.ts';
import { Follower, type FollowerEvents } from './follower.ts';

export interface Watch {
  /** Whose hub is followed. */
  readonly hub: 'running' | 'own';
  close(): Promise<void>;
}

/** Only when needed: without the hub's libraries the other commands start in half the time. */
const hubPackage = () => import('@livetree/hub');

/** ms between two looks for a hub that was started anew. */
const LOOK_MS = 500;

/**
 * Follows one Set, or all of the hub that runs.
 * @param path absent: all Sets
 * @returns `undefined` when no hub runs and no path is given
 * @throws HubError when the hub does not take the path; LiveSetError when it runs already, and there is no such file
 */
export async function startWatch(
  path: string | undefined,
  events: FollowerEvents,
): Promise<Watch | undefined> {
  const full = path === undefined ? undefined : resolve(path);
  const set = full === undefined ? undefined : await idOf(full);
  const running = await found(full);
  if (running !== undefined) return new RunningWatch(running, { path: full, set, events });
  return full === undefined ? undefined : ownWatch(full, set, events);
}

async function idOf(path: string): Promise<SetId> {
  const { realPathOf, setIdOf } = await hubPackage();
  return setIdOf(await realPathOf(path));
}

/** The hub that runs, after it was handed the path; one that does not answer is none. */
async function found(path: string | undefined): Promise<RunningHub | undefined> {
  const hub = await runningHub();
  if (hub === undefined || path === undefined) return hub;
  await refuseTypo(path, hub);
  const { handOver } = await hubPackage();
  return (await handOver(path)) === undefined ? undefined : hub;
}

/**
 * A hub that runs goes on after this command: a file that nobody has must not stay there as an empty Set.
 * @throws LiveSetError FILE_NOT_FOUND
 */
async function refuseTypo(path: string, hub: RunningHub): Promise<void> {
  if (!/\.als$/i.test(path) || (await stat(path).catch(() => undefined)) !== undefined) return;
  const { realPathOf } = await hubPackage();
  const real = await realPathOf(path);
  const sets = await setsOf(hub);
  if (sets === undefined || sets.some((set) => set.path === real)) return;
  throw new LiveSetError('FILE_NOT_FOUND', `"${path}" does not exist. Was it moved or renamed?`);
}

async function ownWatch(path: string, set: SetId | undefined, events: FollowerEvents): Promise<Watch> {
  const hub = await hubWith(path);
  const url = `ws://127.0.0.1:${hub.port}/sync`;
  // It lives in this process: it cannot be lost.
  const follower = new Follower({ url, set, since: Date.now(), events: { ...events, lost: () => {} } });
  const close = async (): Promise<void> => {
    follower.close();
    await hub.close();
  };
  return { hub: 'own', close };
}

async function hubWith(path: string): Promise<Hub> {
  const { startHub } = await hubPackage();
  const hub = await startHub({ port: 0 });
  try {
    await hub.open(path);
    return hub;
  } catch (error) {
    await hub.close();
    throw error;
  }
}

interface RunningOptions {
  readonly path: string | undefined;
  readonly set: SetId | undefined;
  readonly events: FollowerEvents;
}

/** Follows the hub of this user through its restarts, which may bring another port. */
class RunningWatch implements Watch {
  readonly hub = 'running';
  readonly #options: RunningOptions;
  readonly #since = Date.now();
  #at: RunningHub;
  #follower: Follower;
  #look: NodeJS.Timeout | undefined;
  #isGone = false;

  constructor(hub: RunningHub, options: RunningOptions) {
    this.#options = options;
    this.#at = hub;
    this.#follower = this.#follow();
  }

  async close(): Promise<void> {
    this.#stopLooking();
    this.#follower.close();
  }

  #follow(): Follower {
    const { set, events } = this.#options;
    const url = this.#at.socketUrl;
    return new Follower({ url, set, since: this.#since, events: { ...events, ...this.#life(events) } });
  }

  /** Looks for another hub from the loss of the one until the next is there. */
  #life(events: FollowerEvents): Pick<FollowerEvents, 'lost' | 'ready'> {
    return {
      lost: () => {
        this.#look ??= setInterval(() => void this.#lookAround(), LOOK_MS);
      },
      ready: (sets) => {
        this.#stopLooking();
        events.ready(sets);
      },
    };
  }

  #stopLooking(): void {
    clearInterval(this.#look);
    this.#look = undefined;
    this.#isGone = false;
  }

  /** Where the same hub is still there, only the connection broke: that is no news. */
  async #lookAround(): Promise<void> {
    const hub = await found(this.#options.path).catch(() => undefined);
    if (this.#look === undefined || hub?.pid === this.#at.pid) return;
    if (hub === undefined) {
      if (!this.#isGone) this.#options.events.lost();
      this.#isGone = true;
      return;
    }
    this.#follower.close();
    this.#at = hub;
    this.#follower = this.#follow();
  }
}

/** Whether a hub refused what was asked of it. */
export const isRefusal = (error: unknown): error is HubError =>
  error instanceof Error && error.name === 'HubError';
