/** How Live's tree takes the place of the one that is shown, worked out beforehand: that takes many turns of the loop. */
import type { NodeOf, Op } from '@livetree/live-set';
import { findingTreeOps } from '@livetree/live-set';
import type { Beside, FileSide } from '../joined/file-side.ts';
import { overlaid } from '../reconcile/index.ts';
import { writingWireOps } from '../wire-ops.ts';
import type { LiveRun } from './live-run.ts';
import { isTooMuch } from './set-line.ts';

export interface LiveJoin {
  /** What was shown. */
  readonly before: NodeOf<'set'>;
  /** The file as it was, beside Live's tree. */
  readonly beside: Beside;
  /** What is to be shown. */
  readonly wanted: NodeOf<'set'>;
  /** From one to the other, and as clients get it; absent: it is another Set, or too much for one patch. */
  readonly ops?: readonly Op[];
  readonly opsJson?: string;
}

interface JoinedDesk {
  readonly root: NodeOf<'set'> | undefined;
  readonly file: Pick<FileSide, 'preparing' | 'root'>;
}

/** Whether neither what is shown nor the file has changed since: else it is of no use. */
const isAsItWas = ({ root, file }: JoinedDesk, { before, beside }: LiveJoin): boolean =>
  root === before && file.root === beside.root;

/** In slices, between which no frame of the run may be taken. What is shown does not change by it. */
export function* preparingJoin(run: LiveRun, desk: JoinedDesk): Generator<void, LiveJoin> {
  for (;;) {
    const before = desk.root as NodeOf<'set'>;
    const isSame = yield* run.projectingOver(before);
    yield;
    const live = run.outline.root();
    const beside = yield* desk.file.preparing(live);
    yield;
    const wanted = overlaid(live, beside.underlay);
    yield;
    const join: LiveJoin = { before, beside, wanted, ...(isSame && (yield* patchOf(before, wanted))) };
    // Else the file was saved meanwhile.
    if (isAsItWas(desk, join)) return join;
  }
}

function* patchOf(before: NodeOf<'set'>, wanted: NodeOf<'set'>): Generator<void, Partial<LiveJoin>> {
  const ops = yield* findingTreeOps(before, wanted);
  yield;
  if (isTooMuch(ops)) return {};
  yield;
  const opsJson = yield* writingWireOps(ops);
  yield;
  return { ops, opsJson };
}
