/** Gathers all that `doctor` judges. Only looks. */
import { setsOf } from '../hub-api.ts';
import { type RunningHub, runningHub } from '../running-hub.ts';
import type { Computer } from './computer.ts';
import type { Evidence, HubEvidence } from './evidence.ts';
import { lookAtFile } from './look-at-file.ts';
import { isLiveRunning, lookAtPort, type PortState } from './ports.ts';
import { filesEvidence } from './script-state.ts';

export interface GatherOptions {
  readonly computer: Computer;
  /** The User Library, where the user names it. */
  readonly library?: string;
  /** Default: five from 9001 on. */
  readonly commandPorts?: readonly number[];
  /** Default: five from 8765 on. */
  readonly hubPorts?: readonly number[];
  /** Finds the hub; default: by the file that it leaves. */
  readonly findHub?: () => Promise<RunningHub | undefined>;
}

const COMMAND_PORTS = [9001, 9002, 9003, 9004, 9005] as const;
const HUB_PORTS = [8765, 8766, 8767, 8768, 8769] as const;

export async function gather(options: GatherOptions): Promise<Evidence> {
  const { computer, findHub = runningHub } = options;
  const state = await findHub();
  const [hub, commandPorts, hubPorts, isRunning] = await Promise.all([
    state === undefined ? undefined : hubEvidence(state),
    lookAtPorts(options.commandPorts ?? COMMAND_PORTS, computer, true),
    lookAtPorts(options.hubPorts ?? HUB_PORTS, computer, false),
    isLiveRunning(computer.platform),
  ]);
  const path = pathOfSet(hub, commandPorts);
  return {
    ...filesEvidence(options.computer, options.library),
    commandPorts,
    hubPorts,
    ...(hub !== undefined && { hub }),
    ...(isRunning !== undefined && { isLiveRunning: isRunning }),
    ...(path !== undefined && { file: lookAtFile(path) }),
  };
}

const lookAtPorts = (
  ports: readonly number[],
  { platform }: Computer,
  asks: boolean,
): Promise<readonly PortState[]> => Promise.all(ports.map((port) => lookAtPort(port, platform, asks)));

/** ms that doctor waits for the hub. */
const PATIENCE_MS = 2_000;

async function hubEvidence(hub: RunningHub): Promise<HubEvidence | undefined> {
  const sets = await setsOf(hub, PATIENCE_MS);
  return sets && { url: hub.pageUrl, port: Number(new URL(hub.apiUrl).port), sets };
}

/** Of the Set that Live has open, else the first that is shown. */
function pathOfSet(hub: HubEvidence | undefined, ports: readonly PortState[]): string | undefined {
  const byScript = ports.find(({ script }) => (script?.path ?? '') !== '')?.script?.path;
  return byScript ?? hub?.sets.find(({ path }) => path !== undefined)?.path;
}
