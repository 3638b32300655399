/** One hub per user: the second one finds the first. */
import { HubError } from '../errors.ts';
import type { HubState } from '../state.ts';
import { speaksOurProtocol } from '../state.ts';
import { isRunning } from './hand-over.ts';
import type { Logger } from './logger.ts';
import { claimState, readState, releaseState } from './state-file.ts';

/** @throws HubError HUB_RUNNING with the address of the hub that runs */
export async function refuseSecond(folder: string): Promise<void> {
  const state = await readState(folder);
  if (state !== undefined && (await isRunning(state))) throw runningError(state);
}

/**
 * Leaves the state of this hub. Where that is not possible (a folder that cannot be written, a hub of another
 * protocol that is left alone) it runs without, and says so.
 * @returns how to take the state away again
 * @throws HubError HUB_RUNNING when another one was quicker
 */
export async function becomeSingle(
  folder: string,
  state: HubState,
  logger: Logger,
): Promise<() => Promise<void>> {
  const other = await readState(folder);
  if (other !== undefined && !speaksOurProtocol(other)) {
    logger.warn(`another version of LiveTree runs at ${other.url}: programs will find that one`);
    return async () => {};
  }
  if (other !== undefined && (await isRunning(other))) throw runningError(other);
  try {
    if (!(await claimState(folder, state, other))) throw runningError((await readState(folder)) ?? state);
  } catch (error) {
    if (error instanceof HubError) throw error;
    logger.warn(`other programs will not find this hub: its state cannot be written (${String(error)})`);
    return async () => {};
  }
  return () => releaseState(folder, state).catch(() => {});
}

const runningError = ({ url }: HubState): HubError =>
  new HubError('HUB_RUNNING', `LiveTree runs already, at ${url}`);
