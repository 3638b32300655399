/** One LiveTree for each user: the second hands its Sets to the first. */
import type { Hub, HubError, HubErrorCode, HubOptions } from '@livetree/hub';
import { EXIT } from '../exit-codes.ts';
import { runningHub } from '../running-hub.ts';

export type Served =
  | { readonly is: 'hub'; readonly hub: Hub }
  /** The one that runs already has the Sets now; `url` of its page. */
  | { readonly is: 'elsewhere'; readonly url: string }
  | { readonly is: 'refused'; readonly message: string; readonly code: number };

/**
 * Starts a hub with these Sets, or gives them to the one that runs.
 * @param paths absolute
 * @param keepsHistory whether changes outlive the hub, in the folder of its state
 */
export async function serveOrHandOver(
  paths: readonly string[],
  options: HubOptions,
  keepsHistory: boolean,
): Promise<Served> {
  // Only here: the other commands start in half the time without the hub's libraries.
  const { HubError } = await import('@livetree/hub');
  try {
    return await serve(paths, options, keepsHistory);
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    return { is: 'refused', message: messageOf(error), code: USAGE.has(error.code) ? EXIT.usage : EXIT.hub };
  }
}

async function serve(paths: readonly string[], options: HubOptions, keepsHistory: boolean): Promise<Served> {
  const { defaultStateDir, HubError, isHistoryOff, startHub } = await import('@livetree/hub');
  const isKept = keepsHistory && !(await isHistoryOff(defaultStateDir()));
  const history = {
    ...(isKept && { historyDir: defaultStateDir() }),
    ...(keepsHistory && { memoryDir: defaultStateDir() }),
  };
  try {
    const hub = await startHub({ ...options, ...history, single: true });
    await openAll(hub, paths);
    return { is: 'hub', hub };
  } catch (error) {
    if (!(error instanceof HubError) || error.code !== 'HUB_RUNNING' || isParticular(options)) throw error;
    const url = await handOverAll(paths);
    if (url === undefined) throw error;
    return { is: 'elsewhere', url };
  }
}

/** Asked for an address of its own: a hub elsewhere is not what was meant. */
const isParticular = ({ port, host, token, dev, pollMs }: HubOptions): boolean =>
  [port, host, token, dev, pollMs].some((option) => option !== undefined);

async function openAll(hub: Hub, paths: readonly string[]): Promise<void> {
  try {
    for (const path of paths) await naming(path, () => hub.open(path));
  } catch (error) {
    await hub.close();
    throw error;
  }
}

/** @returns the address of the page; `undefined` when the hub does not answer */
async function handOverAll(paths: readonly string[]): Promise<string | undefined> {
  if (paths.length === 0) return (await runningHub())?.pageUrl;
  const { handOver } = await import('@livetree/hub');
  let url: string | undefined;
  for (const path of paths) url = await naming(path, () => handOver(path));
  return url;
}

/** Of several paths a message must say which one it means. */
async function naming<T>(path: string, work: () => Promise<T>): Promise<T> {
  const { HubError } = await import('@livetree/hub');
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HubError) || error.message.includes(path)) throw error;
    throw new HubError(error.code, `"${path}": ${error.message}`);
  }
}

/** What is the fault of the command line; all else is the fault of the place. */
const USAGE: ReadonlySet<HubErrorCode> = new Set(['TOKEN_NEEDED', 'PATH_REFUSED', 'TOO_MANY_SETS']);

const REMEDIES: Readonly<Partial<Record<HubErrorCode, string>>> = {
  TOKEN_NEEDED: ' Give it with --token.',
  HUB_RUNNING:
    '. Open that page, or hand it a Set: "livetree serve SET.als" without other options. To start anew, end it first with Ctrl-C where it runs.',
};

const messageOf = ({ code, message }: HubError): string => message + (REMEDIES[code] ?? '');
