/** Rule 4: what differs now between Live and the file it last saved, whether or not an event told of it. */
import type { NodeOf, Op, PropChanges, SetOp } from '@livetree/live-set';
import { treeOps } from '@livetree/live-set';
import { COMPARABLE } from './comparable.ts';
import { type AsLiveOptions, fileAsLive } from './file-as-live.ts';
import type { Pairing } from './pairing.ts';
import { toEnd } from './slices.ts';
import { stating } from './stated.ts';
import { underLiveIds } from './under-live-ids.ts';

/** What is not in the file, as far as Live reports it. */
export interface UnsavedSince {
  /** The file as Live would show it: what the ops lead from. For sentences. */
  readonly before: NodeOf<'set'>;
  /** Live's tree with what Live states of it. */
  readonly after: NodeOf<'set'>;
  /** Lead from `before` to `after`, with those of `performance`. */
  readonly edits: readonly Op[];
  /** Arm, solo, monitoring, metronome: never counted as edits. */
  readonly performance: readonly SetOp[];
  /** Properties that differ, but were not read since they could have changed. */
  readonly unknown: number;
}

/**
 * The difference of now; an act that was undone is not in it.
 * @param live the tree that is served, with or without what the file alone knows
 * @param file the file's tree under its own ids
 */
export const unsavedSince = (
  live: NodeOf<'set'>,
  file: NodeOf<'set'>,
  pairing: Pairing,
  options: AsLiveOptions = {},
): UnsavedSince => toEnd(findingUnsaved(live, underLiveIds(file, pairing, live), options));

/**
 * The same in slices. Linear in the nodes.
 * @param file as {@link underLiveIds} gives it
 */
export function* findingUnsaved(
  live: NodeOf<'set'>,
  file: NodeOf<'set'>,
  options: AsLiveOptions = {},
): Generator<void, UnsavedSince> {
  const after = yield* stating(live);
  yield;
  const { root, unknown } = yield* fileAsLive(after, file, options);
  yield;
  const ops = treeOps(root, after);
  yield;
  const edits: Op[] = [];
  const performance: SetOp[] = [];
  for (const op of ops) {
    if (op.op !== 'set') {
      edits.push(op);
      continue;
    }
    const [edit, state] = splitSet(op);
    if (edit !== undefined) edits.push(edit);
    if (state !== undefined) performance.push(state);
  }
  return { before: root, after, edits, performance, unknown };
}

/** Properties that are performance state on all kinds of nodes that have them. */
const PERFORMANCE: ReadonlySet<string> = new Set(
  COMPARABLE.filter(({ counts }) => counts === 'performance').map(({ prop }) => prop),
);

/** The part that is an edit, and the part that is performance state. */
function splitSet(op: SetOp): readonly [edit: SetOp | undefined, performance: SetOp | undefined] {
  const names = Object.keys(op.props);
  const states = names.filter((name) => PERFORMANCE.has(name));
  if (states.length === 0) return [op, undefined];
  const edits = names.filter((name) => !PERFORMANCE.has(name));
  return [edits.length === 0 ? undefined : only(op, edits), only(op, states)];
}

const only = (op: SetOp, names: readonly string[]): SetOp => ({
  op: 'set',
  id: op.id,
  props: pick(op.props, names),
  ...(op.was && { was: pick(op.was, names) }),
});

const pick = (changes: PropChanges, names: readonly string[]): PropChanges =>
  Object.fromEntries(names.map((name) => [name, changes[name] ?? null]));
