/** Ops as clients get them. */
import type { Op } from '@livetree/live-set';
import { canonicalJson } from './lineage.ts';
import { toEnd } from './reconcile/slices.ts';

/** Without what only who undoes or tells a change needs. */
export const wireOps = (ops: readonly Op[]): readonly Op[] => ops.map(withoutWas);

function withoutWas(op: Op): Op {
  if (op.op === 'insert' || op.was === undefined) return op;
  const { was: _, ...rest } = op;
  return rest;
}

/** The text of {@link wireOps} that goes over the wire and that lineage chains: linear, but slow; off the hub's thread. */
export const wireOpsJson = (ops: readonly Op[]): string => toEnd(writingWireOps(ops));

/** The same in slices of some hundred ops. */
export function* writingWireOps(ops: readonly Op[]): Generator<void, string> {
  const texts: string[] = [];
  for (const op of ops) {
    texts.push(canonicalJson(withoutWas(op)));
    if (texts.length % OPS_PER_SLICE === 0) yield;
  }
  return `[${texts.join(',')}]`;
}

const OPS_PER_SLICE = 200;
