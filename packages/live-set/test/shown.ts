/** What of a Set a difference is about. */
import type { SetDiff } from '../src/diff/diff.ts';
import type { NodeId } from '../src/model/node.ts';
import type { ParsedSet } from '../src/parse/parse-set.ts';
import type { Op } from '../src/patch/op.ts';
import { walk } from '../src/patch/tree.ts';

/** Element → the innermost node around it; the pre-hear track belongs to the main track. */
export function ownersOf({ tape, fingerprints }: ParsedSet): readonly NodeId[] {
  const owners = new Array<NodeId>(tape.size).fill('set' as NodeId);
  const inOrder = [...fingerprints].sort(([, a], [, b]) => a.element - b.element);
  for (const [id, { element }] of inOrder) owners.fill(id, element, tape.end[element]!);
  const preHear = tape.name.indexOf(tape.names.indexOf('PreHearTrack'));
  if (preHear >= 0) owners.fill('main' as NodeId, preHear, tape.end[preHear]!);
  return owners;
}

/** The nodes that a difference names. */
export const shownIn = ({ ops, touched }: Pick<SetDiff, 'ops' | 'touched'>): ReadonlySet<NodeId> =>
  new Set([...ops.flatMap(mentionedBy), ...touched.map(({ id }) => id)]);

function mentionedBy(op: Op): readonly NodeId[] {
  if (op.op === 'set') return [op.id];
  if (op.op === 'move') return [op.id, op.parent];
  if (op.op === 'insert') return [op.parent, ...[...walk(op.node)].map(({ id }) => id)];
  return [op.was!.parent, ...[...walk(op.was!.node)].map(({ id }) => id)];
}
