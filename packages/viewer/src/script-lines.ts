/** Figures that the Remote Script tells of itself, and what the hub counts of it, for Diagnostics. Pure. */
import { formatNumber } from '@livetree/live-set';
import type { ScriptStats, SetInfo } from '@livetree/protocol';
import type { Line } from './diagnostics-lines.ts';
import { humanise } from './format.ts';
import type { Sample } from './metrics.ts';

type Show = (value: number) => string;
const count: Show = (value) => value.toLocaleString('en');
const ms: Show = (value) => `${formatNumber(value, 3)} ms`;
const perSecond: Show = (value) => `${formatNumber(value, 1)} a second`;
const seconds: Show = (value) => `${formatNumber(value, 1)} s`;

/** In the order in which they are listed; a figure that is not here follows under its own name. */
const FIGURES: Readonly<Record<string, readonly [label: string, show: Show]>> = {
  msPerSecond: ['In Live’s thread, each second', ms],
  pumpMsP50: ['One call, half of them under', ms],
  pumpMsP99: ['One call, 99 of 100 under', ms],
  pumpMsMax: ['Longest call', ms],
  listeners: ['Listeners', count],
  refusedListeners: ['Listeners not set, over the limit', count],
  things: ['Objects of Live followed', count],
  eventsPerSecond: ['Events', perSecond],
  coalesced: ['Values merged into later ones', count],
  dirty: ['Waiting to be read', count],
  unacked: ['Frames not confirmed yet', count],
  mismatches: ['Mismatches found by the sweep', count],
  sweepFound: ['Changes found by the sweep', count],
  sweepAgeSeconds: ['Last whole sweep ago', seconds],
  sweepOldestSeconds: ['Oldest value that the sweep has read', seconds],
  setAside: ['Changes that wait for the end of light mode', count],
  sweptSlots: ['Clip slots that are swept', count],
  restates: ['Stated again', count],
  forced: ['Lists forced through', count],
  errors: ['Errors', count],
};
const ORDER = Object.keys(FIGURES);
const rank = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);

/** Of the script itself. */
export function scriptLines(set: SetInfo | undefined): readonly Line[] {
  const stats = Object.entries(set?.live.stats ?? {}).sort(([a], [b]) => rank(a) - rank(b));
  return stats.flatMap(([name, value]) => figureLines(name, value));
}

function figureLines(name: string, value: ScriptStats[string]): readonly Line[] {
  const [label = humanise(name), show = count] = FIGURES[name] ?? [];
  if (typeof value === 'number') return [[label, show(value)]];
  if (value === null) return [[label, 'not yet']];
  if (typeof value !== 'object') return [[label, String(value)]];
  const parts = Object.entries(value).map(([part, times]) => `${part} ${times}`);
  return parts.length === 0 ? [] : [[label, parts.join(', ')]];
}

/** Counters of the hub about scripts. */
const COUNTED: Readonly<Record<string, string>> = {
  script_frames_total: 'Frames taken',
  script_statements_total: 'Statements',
  script_ephemerals_total: 'Values without history',
  script_resyncs_total: 'Resyncs of a part',
  script_full_resyncs_total: 'Resyncs of a whole Set',
  script_mismatches_total: 'Mismatches',
  script_audits_total: 'Comparisons',
  script_audit_failures_total: 'Comparisons that failed',
  script_discards_total: 'Frames discarded',
  script_missing_frames_total: 'Frames missing',
  script_repeated_frames_total: 'Frames repeated',
  script_late_total: 'Frames from before a loss',
  script_mended_total: 'Trees mended',
  script_unknown_names_total: 'Unknown names',
  script_bad_messages_total: 'Unreadable messages',
};

/** Nothing where no script ever came. */
export function scriptCounts(samples: readonly Sample[] = []): readonly Line[] {
  const values = new Map(samples.map(({ name, value }) => [name, value]));
  if ((values.get('script_frames_total') ?? 0) === 0) return [];
  return Object.entries(COUNTED).flatMap(([name, label]): Line[] => {
    const value = values.get(name);
    return value === undefined ? [] : [[label, count(value)]];
  });
}
