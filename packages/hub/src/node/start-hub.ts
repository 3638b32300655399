/** Starting a hub: what has to be right before it listens. */
import { isLoopback } from '../access.ts';
import { HubError } from '../errors.ts';
import { RunningHub } from './hub.ts';
import type { Hub, HubOptions } from './hub-options.ts';
import { noJournal, openJournal } from './journal/open-journal.ts';
import { HUB_PORTS } from './listen.ts';
import { SILENT } from './logger.ts';
import { refuseSecond } from './single.ts';
import { defaultStateDir } from './state-file.ts';

/**
 * Starts a hub.
 * @throws HubError PORTS_TAKEN, PORT_TAKEN, LISTEN_FAILED, TOKEN_NEEDED, HUB_RUNNING, and those of {@link Hub.open}
 */
export async function startHub(options: HubOptions = {}): Promise<Hub> {
  const { host = '127.0.0.1', port = HUB_PORTS[0], token, paths = [], single = false } = options;
  if (!isLoopback(host) && !token)
    throw new HubError('TOKEN_NEEDED', `Other computers can reach ${host}: start the hub with a token.`);
  const stateDir = options.stateDir ?? defaultStateDir();
  if (single) await refuseSecond(stateDir);
  const { historyDir, logger = SILENT } = options;
  const journal = historyDir === undefined ? noJournal('off') : await openJournal(historyDir, logger);
  const isKept = single || options.stateDir !== undefined;
  const hub = new RunningHub(options, host, journal, isKept ? stateDir : undefined);
  try {
    await hub.loadPreferences();
    await hub.listen(port);
    if (single) await hub.becomeSingle(stateDir);
    for (const path of paths) await hub.open(path);
  } catch (error) {
    await hub.close();
    throw error;
  }
  return hub;
}
