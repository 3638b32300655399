/** What `/metrics` tells, in the text format of Prometheus. Names of Sets and paths are never among it. */
import type { ScriptCounters } from './live/counters.ts';
import type { Tally } from './tally.ts';

/** Figures of one Set. */
export interface SetFigures {
  readonly id: string;
  readonly revision: number;
  readonly nodes: number;
  readonly parses: number;
  readonly parseMs: number;
  readonly failures: number;
  /** ms by stage of the newest save. */
  readonly lastStages: Readonly<Record<string, number>>;
}

export interface HubFigures {
  readonly version: string;
  readonly clients: number;
  readonly sets: readonly SetFigures[];
  readonly sentBytes: number;
  readonly tally: Readonly<Tally>;
  /** Remote Scripts connected. */
  readonly scripts: number;
  readonly script: Readonly<ScriptCounters>;
  /** How often the hub did its regular work: never, while nobody is connected and no Set is open. */
  readonly ticks: number;
  /** Longest time for which the event loop could not turn, ms, since the start. */
  readonly loopDelayMaxMs: number;
  /** CPU time of the process, ms. */
  readonly cpuMs: number;
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

export function metricsText(figures: HubFigures): string {
  const { clients, sets, sentBytes, tally, version } = figures;
  return [
    metric('info', 'gauge', 'Version of the hub.', [[{ version }, 1]]),
    metric('clients', 'gauge', 'Clients connected.', [[{}, clients]]),
    metric('sets', 'gauge', 'Sets mirrored.', [[{}, sets.length]]),
    metric('revision', 'gauge', 'Newest revision of a Set.', bySet(sets, 'revision')),
    metric('nodes', 'gauge', 'Nodes of the tree of a Set.', bySet(sets, 'nodes')),
    metric('sent_bytes_total', 'counter', 'Bytes handed to the sockets of clients.', [[{}, sentBytes]]),
    ...COUNTERS.map(([key, name, help]) => metric(name, 'counter', help, [[{}, tally[key]]])),
    metric('scripts', 'gauge', 'Remote Scripts connected.', [[{}, figures.scripts]]),
    ...SCRIPT_COUNTERS.map(([key, name, help]) =>
      metric(`script_${name}_total`, 'counter', help, [[{}, figures.script[key]]]),
    ),
    parseSeconds(sets),
    metric('last_save_seconds', 'gauge', 'Where the time of the newest save went.', stages(sets)),
    metric('event_loop_delay_max_seconds', 'gauge', 'Longest delay of the event loop since the start.', [
      [{}, figures.loopDelayMaxMs / 1000],
    ]),
    metric('ticks_total', 'counter', 'Rounds of regular work.', [[{}, figures.ticks]]),
    metric('cpu_seconds_total', 'counter', 'CPU time of the process, readers included.', [
      [{}, figures.cpuMs / 1000],
    ]),
    metric('errors_total', 'counter', 'What went wrong, by where.', [
      [{ kind: 'file' }, sum(sets, 'failures')],
      [{ kind: 'client' }, tally.badMessages],
      [{ kind: 'slow_client' }, tally.slowClients],
    ]),
  ].join('');
}

const COUNTERS = [
  ['patches', 'patches_total', 'Patches sent, to all clients together.'],
  ['merged', 'merged_patches_total', 'Patches replaced by a merged one, for slow clients.'],
  ['snapshots', 'snapshots_total', 'Whole trees sent.'],
  ['resyncs', 'resyncs_total', 'Whole trees sent to clients that held one already.'],
  ['facets', 'facets_total', 'Whole facets sent.'],
  ['facetPatches', 'facet_patches_total', 'Patches of facets sent.'],
  ['entries', 'entries_total', 'Log entries sent.'],
] as const satisfies readonly (readonly [keyof Tally, string, string])[];

const SCRIPT_COUNTERS = [
  ['frames', 'frames', 'Frames of statements from Remote Scripts.'],
  ['statements', 'statements', 'Objects, properties and lists stated.'],
  ['discards', 'discards', 'Statements that cannot be true.'],
  ['resyncs', 'resyncs', 'Subtrees asked for again.'],
  ['fullResyncs', 'full_resyncs', 'Whole Sets asked for again.'],
  ['mismatches', 'mismatches', 'Statements by which a script corrected an earlier one.'],
  ['audits', 'audits', 'Objects compared by hash.'],
  ['auditFailures', 'audit_failures', 'Objects whose hash differed.'],
  ['forced', 'forced', 'Frames stated while a list was still changing.'],
  ['late', 'late', 'Frames from the spool of a dead run.'],
  ['missing', 'missing_frames', 'Frames that never came.'],
  ['repeated', 'repeated_frames', 'Frames that had been taken before.'],
  ['unknownNames', 'unknown_names', 'Event names that the catalogue does not know.'],
  ['badMessages', 'bad_messages', 'Frames that are no message.'],
  ['ephemerals', 'ephemerals', 'Frames of latest values.'],
  ['mended', 'mended', 'Trees put in anew because ops did not fit.'],
] as const satisfies readonly (readonly [keyof ScriptCounters, string, string])[];

type Figure = 'revision' | 'nodes' | 'parses' | 'parseMs' | 'failures';

const bySet = (sets: readonly SetFigures[], figure: Figure): readonly Sample[] =>
  sets.map((set) => [{ set: set.id }, set[figure]]);

const sum = (sets: readonly SetFigures[], figure: Figure): number =>
  sets.reduce((total, set) => total + set[figure], 0);

const stages = (sets: readonly SetFigures[]): readonly Sample[] =>
  sets.flatMap(({ id, lastStages }) =>
    Object.entries(lastStages).map(([stage, ms]): Sample => [{ set: id, stage }, ms / 1000]),
  );

function parseSeconds(sets: readonly SetFigures[]): string {
  const name = 'livetree_parse_seconds';
  return `# HELP ${name} Time spent parsing Sets.\n# TYPE ${name} summary\n${name}_sum ${number(
    sum(sets, 'parseMs') / 1000,
  )}\n${name}_count ${sum(sets, 'parses')}\n`;
}

function metric(name: string, type: 'gauge' | 'counter', help: string, samples: readonly Sample[]): string {
  const full = `livetree_${name}`;
  const lines = samples.map(([labels, value]) => `${full}${labelText(labels)} ${number(value)}\n`);
  return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${lines.join('')}`;
}

/** Ids, stages, kinds and versions need no escapes: none holds a quote, a backslash or a line break. */
function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** Whole numbers as they are, times to the microsecond. */
const number = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toFixed(6)));
