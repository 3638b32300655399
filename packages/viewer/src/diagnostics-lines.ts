/** What the Diagnostics pane lists. The only place of the page that speaks as engineers do. Pure. */
import type { ConnectionStatus, Diagnostics } from '@livetree/client';
import { formatNumber } from '@livetree/live-set';
import type { SetInfo } from '@livetree/protocol';
import type { Sample } from './metrics.ts';
import { scriptCounts, scriptLines } from './script-lines.ts';

export interface DiagnosticsFacts {
  readonly status: ConnectionStatus;
  readonly report: Diagnostics;
  readonly set: SetInfo | undefined;
  /** Figures of the hub; absent while they cannot be had. */
  readonly samples: readonly Sample[] | undefined;
  /** Rows of the tree that are open. */
  readonly rows: number;
}
export interface Section {
  readonly title: string;
  readonly lines: readonly (readonly [label: string, value: string])[];
}

/** Sections without a line are left out. */
export function diagnosticsOf(facts: DiagnosticsFacts): readonly Section[] {
  return [
    { title: 'Connection', lines: connectionLines(facts) },
    { title: 'Tree', lines: treeLines(facts) },
    { title: 'Received', lines: receivedLines(facts.report) },
    { title: 'Live', lines: liveLines(facts.set) },
    { title: 'Remote Script in Live', lines: scriptLines(facts.set) },
    { title: 'Received from the Remote Script', lines: scriptCounts(facts.samples) },
    { title: 'Last save, in the hub', lines: saveLines(facts) },
    { title: 'Hub', lines: hubLines(facts) },
    { title: 'File', lines: fileLines(facts.set) },
    { title: 'Oddities of the file', lines: oddityLines(facts.set) },
  ].filter(({ lines }) => lines.length > 0);
}

export type Line = Section['lines'][number];
const given = (label: string, value: string | number | undefined): readonly Line[] =>
  value === undefined ? [] : [[label, typeof value === 'number' ? value.toLocaleString('en') : value]];
const count = (value: number): string => value.toLocaleString('en');
const clock = (time: number): string => new Date(time).toLocaleTimeString('en-GB');
const ms = (seconds: number): string => `${formatNumber(seconds * 1000, 1)} ms`;

function connectionLines({ status, report }: DiagnosticsFacts): readonly Line[] {
  const { counts, heartbeat, hubVersion, lastLoss } = report;
  return [
    ...given('State', status.state === 'waiting' ? `waiting, attempt ${status.attempt}` : status.state),
    ...given('Hub version', hubVersion),
    ...given('Connections opened', counts.opened),
    ...given('Connections lost', counts.lost),
    ...given('Last loss', lastLoss),
    ...given('Last heartbeat', heartbeat && clock(heartbeat.time)),
  ];
}

function treeLines({ report, rows }: DiagnosticsFacts): readonly Line[] {
  const { epoch, revision, lineage, nodes, heartbeat } = report;
  return [
    ...given('Epoch', epoch),
    ...given('Revision', revision),
    ...given('Newest revision of the hub', heartbeat?.revision),
    ...given('Lineage', lineage),
    ...given('Nodes', nodes),
    ...given('Rows open', rows),
  ];
}

function receivedLines({ counts }: Diagnostics): readonly Line[] {
  return [
    ...given('Snapshots', counts.snapshots),
    ...given('Patches', counts.patches),
    ...given('Merged into others', counts.mergedPatches),
    ...given('Ops', counts.ops),
    ...given('Facets', counts.facets),
    ...given('Facet patches', counts.facetPatches),
    ...given('Log entries', counts.entries),
    ...given('Resyncs', counts.resyncs),
    ...given('Data', `${formatNumber(counts.received / 1024, 0)} KB`),
  ];
}

function saveLines({ samples = [], set }: DiagnosticsFacts): readonly Line[] {
  const stages = samples.filter(
    ({ name, labels }) => name === 'last_save_seconds' && labels['set'] === set?.id,
  );
  return stages.map(({ labels, value }): Line => [labels['stage'] ?? '', ms(value)]);
}

/** Figures of the hub as a whole: label, and how to show the value. */
const HUB_FIGURES: Readonly<Record<string, readonly [string, (value: number) => string]>> = {
  clients: ['Clients', String],
  sets: ['Sets', String],
  resyncs_total: ['Whole trees sent again', String],
  merged_patches_total: ['Patches merged for slow clients', String],
  event_loop_delay_max_seconds: ['Longest delay of its loop', ms],
  cpu_seconds_total: ['CPU time', (value) => `${formatNumber(value, 1)} s`],
};

function hubLines({ samples }: DiagnosticsFacts): readonly Line[] {
  if (samples === undefined) return [['Figures', 'not to be had']];
  return samples.flatMap(({ name, value }): readonly Line[] => {
    const [label, show] = HUB_FIGURES[name] ?? [];
    return label === undefined || show === undefined ? [] : [[label, show(value)]];
  });
}

function fileLines(set: SetInfo | undefined): readonly Line[] {
  if (set === undefined) return [];
  const { file } = set;
  return [
    ...given('Set', set.id),
    ...given('Path', set.path),
    ...given('Written by', set.creator),
    ...given('State of the file', file.state),
    ...given('Saved', file.savedAt === undefined ? undefined : new Date(file.savedAt).toISOString()),
    ...given('Problem', file.problem),
  ];
}

function liveLines(set: SetInfo | undefined): readonly Line[] {
  if (set === undefined) return [];
  const { state, since, leads, progress, simulated, recorded, version, problem } = set.live;
  return [
    ...given('State', state),
    ...given('Since', since && clock(since)),
    ...given('The tree comes from', leads ? 'Live' : 'the file'),
    ...given('Read', progress && `${count(progress.done)} of ${count(progress.total)}`),
    ...given('Version', version),
    ...given('Simulated', simulated && (recorded ? 'yes, a recorded run' : 'yes')),
    ...given('Problem', problem),
  ];
}

const oddityLines = (set: SetInfo | undefined): readonly Line[] =>
  (set?.file.oddities ?? []).map((text, index): Line => [`${index + 1}`, text]);
