/** What somebody needs to do an act again by hand: notes of its clips, values of its new devices. */
import type { FacetItem, FacetSource, NodeId, NodeOf, Op, Props, TreeNode } from '@livetree/live-set';
import { formatNote, walk } from '@livetree/live-set';
import type { Details } from './env.ts';
import type { Line } from './unsaved-list.ts';

/** Lines of one act. */
const MOST = 2_000;

/** @param root the tree that was lost @param details what Live has told of it */
export function redoIn(root: NodeOf<'set'>, { touched, after }: Details): (line: Line) => readonly string[] {
  const nodes = new Map(walk(root).map((node) => [node.id, node]));
  const notes = new Set(touched.flatMap(({ id, facets }) => (facets.includes('notes') ? [id] : [])));
  return (line) =>
    redoOf(
      line,
      (id) => nodes.get(id),
      after,
      (id) => notes.has(id),
    );
}

/**
 * @param nodeOf nodes of the tree that was lost
 * @param facets what Live has told of their details
 */
export function redoOf(
  { change, ops }: Line,
  nodeOf: (id: NodeId) => TreeNode | undefined,
  facets: FacetSource,
  hasNotes: (id: NodeId) => boolean,
): readonly string[] {
  const nodes = new Map<NodeId, TreeNode>();
  const inserted = new Set<NodeId>();
  for (const op of ops.filter(isInsert)) {
    for (const each of walk(nodeOf(op.node.id) ?? op.node)) {
      nodes.set(each.id, each);
      inserted.add(each.id);
    }
  }
  for (const id of change.nodes) {
    const node = nodeOf(id);
    if (node?.kind === 'clip' && hasNotes(id)) nodes.set(id, node);
  }
  const lines = [...nodes.values()].flatMap((node) => linesOf(node, inserted.size > 1, facets));
  return lines.length <= MOST
    ? lines
    : [...lines.slice(0, MOST - 1), `… and ${lines.length - MOST + 1} more`];
}

const isInsert = (op: Op): op is Extract<Op, { readonly op: 'insert' }> => op.op === 'insert';

function linesOf(node: TreeNode, isNamed: boolean, facets: FacetSource): readonly string[] {
  const name = String((node.props as Props)['name'] ?? '');
  const prefix = isNamed && name !== '' ? `${name}: ` : '';
  if (node.kind === 'clip')
    return (facets(node.id, 'notes') ?? []).map((note) => `${prefix}${noteLine(note)}`);
  if (node.kind !== 'device') return [];
  return (facets(node.id, 'parameters') ?? []).map((item) => `${prefix}${item['name']} ${item['value']}`);
}

/** `C3 at beat 1.5, 0.25 beats, velocity 100`. */
function noteLine(note: FacetItem): string {
  const { pitch, time, duration, velocity } = note as Readonly<Record<string, unknown>>;
  const number = (value: unknown): number => Math.round(Number(value) * 1_000) / 1_000;
  return `${formatNote(Number(pitch))} at beat ${number(time)}, ${number(duration)} beats, velocity ${number(velocity)}`;
}
