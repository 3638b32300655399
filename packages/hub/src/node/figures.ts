/** Gathers what `/metrics` tells. */
import type { HubFigures, SetFigures } from '../metrics.ts';
import type { Switchboard } from '../switchboard.ts';
import { HUB_VERSION } from '../version.ts';
import type { Mirrors } from './mirrors.ts';

/** What only the shell knows. */
type ShellFigures = Pick<
  HubFigures,
  'clients' | 'sentBytes' | 'loopDelayMaxMs' | 'scripts' | 'script' | 'ticks'
>;

export function figuresOf(shell: ShellFigures, board: Switchboard, mirrors: Mirrors): HubFigures {
  const { user, system } = process.cpuUsage();
  const sets = board.infos.map(({ id }): SetFigures => {
    const authority = board.room(id)?.authority;
    const { parses = 0, parseMs = 0, failures = 0, lastStages = {} } = mirrors.counts(id) ?? {};
    const revision = authority?.revision ?? 0;
    const nodes = authority?.nodeCount ?? 0;
    return { id, revision, nodes, parses, parseMs, failures, lastStages };
  });
  const cpuMs = (user + system) / 1000;
  return { version: HUB_VERSION, ...shell, sets, tally: board.tally, cpuMs };
}
