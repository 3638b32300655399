/** The list of what changed since the save, in sentences; made anew, in slices, when something has changed. */
import type { NodeId, NodeOf, Op, Sentence } from '@livetree/live-set';
import { tellChange } from '@livetree/live-set';
import type { UnsavedChange } from '@livetree/protocol';
import { UNSAVED_LIMITS } from '@livetree/protocol';
import type { AsLiveOptions, UnsavedSince } from '../reconcile/index.ts';
import { findingUnsaved, toEnd } from '../reconcile/index.ts';
import type { Details } from './env.ts';

/** One line, with what it stands for. */
export interface Line {
  readonly change: UnsavedChange;
  readonly ops: readonly Op[];
}

export interface List {
  readonly lines: readonly Line[];
  readonly performance: readonly UnsavedChange[];
  readonly unknown: number;
}

export const EMPTY: List = { lines: [], performance: [], unknown: 0 };

export interface ListSource {
  readonly live: NodeOf<'set'>;
  /** The last own save under the ids that are served. */
  readonly file: NodeOf<'set'>;
  readonly details: Details;
  readonly leave: NonNullable<AsLiveOptions['leave']>;
  /** When Live told of nodes last. */
  readonly timeOf: (nodes: readonly NodeId[]) => number | undefined;
}

export const listNow = (source: ListSource): List => toEnd(listing(source));

/** In slices, but for the sentences. */
export function* listing(source: ListSource): Generator<void, List> {
  const { live, file, leave, timeOf } = source;
  const since = yield* findingUnsaved(live, file, { leave });
  yield;
  const edits = tellEdits(since, source);
  yield;
  const states = since.performance.length === 0 ? [] : tellOps(since, since.performance, undefined);
  const ids = new Set<string>();
  const changeOf = (sentence: Sentence): UnsavedChange => lineOf(sentence, timeOf(sentence.nodes), ids);
  const lines = edits
    .filter(({ minor }) => !minor)
    .map((sentence) => ({ change: changeOf(sentence), ops: opsOf(since.edits, sentence.nodes) }));
  const minor = edits.filter(({ minor: isMinor }) => isMinor);
  lines.sort((a, b) => (a.change.time ?? 0) - (b.change.time ?? 0));
  return {
    lines,
    performance: [...minor, ...states].map(changeOf),
    unknown: since.unknown + (source.details.unknown ?? 0),
  };
}

function tellEdits(since: UnsavedSince, { details }: ListSource): readonly Sentence[] {
  if (since.edits.length === 0 && details.touched.length === 0) return [];
  return tellOps(since, since.edits, details);
}

/** Both trees hold what Live states, and no more: what the file alone knows a copy does not have. */
function tellOps(
  { before, after }: UnsavedSince,
  ops: readonly Op[],
  details: Details | undefined,
): readonly Sentence[] {
  return tellChange({
    before: { root: before, ...(details && { facets: details.before }) },
    after: { root: after, ...(details && { facets: details.after }) },
    ops,
    touched: details?.touched ?? [],
  }).sentences;
}

function opsOf(ops: readonly Op[], nodes: readonly NodeId[]): readonly Op[] {
  const told = new Set(nodes);
  return ops.filter((op) => told.has(op.op === 'insert' ? op.node.id : op.id));
}

function lineOf({ text, nodes, kind }: Sentence, time: number | undefined, ids: Set<string>): UnsavedChange {
  const wish = `${kind} ${nodes.slice(0, 4).join(' ')}`;
  let id = wish;
  for (let copy = 2; ids.has(id); copy++) id = `${wish} ${copy}`;
  ids.add(id);
  const shown = nodes.slice(0, MOST_NODES);
  return { id, ...(time !== undefined && { time }), nodes: shown, sentence: text };
}

const MOST_NODES = 100;

/** The newest lines, as many as a list holds. */
export const shownOf = (lines: readonly Line[]): readonly UnsavedChange[] =>
  lines.slice(-UNSAVED_LIMITS.changes).map(({ change }) => change);
