/** What somebody needs to do an act again by hand: notes of its clips, values of its new devices. */
import type { FacetItem, NodeId, NodeOf, Op, Props, TreeNode } from '@livetree/live-set';
import { formatNote, walk } from '@livetree/live-set';
import type { Details } from './env.ts';
import type { Line } from './unsaved-list.ts';

/** Lines of one act. */
const MOST = 2_000;

/**
 * @param nodeOf nodes of the tree that was lost
 * @param details what Live has told of their details; what it was not asked for is named
 */
export function redoOf(
  { change, ops }: Line,
  nodeOf: (id: NodeId) => TreeNode | undefined,
  details: Details,
): readonly string[] {
  const nodes = new Map<NodeId, TreeNode>();
  const inserted = new Set<NodeId>();
  for (const op of ops.filter(isInsert)) {
    for (const each of walk(nodeOf(op.node.id) ?? op.node)) {
      nodes.set(each.id, each);
      inserted.add(each.id);
    }
  }
  const edited = new Set(details.touched.flatMap(({ id, facets }) => (facets.includes('notes') ? [id] : [])));
  for (const id of change.nodes) {
    const node = nodeOf(id);
    if (node?.kind === 'clip' && edited.has(id)) nodes.set(id, node);
  }
  const lines = [...nodes.values()].flatMap((node) => linesOf(node, inserted.size > 1, details));
  return lines.length <= MOST
    ? lines
    : [...lines.slice(0, MOST - 1), `… and ${lines.length - MOST + 1} more`];
}

const isInsert = (op: Op): op is Extract<Op, { readonly op: 'insert' }> => op.op === 'insert';

function linesOf(node: TreeNode, isNamed: boolean, details: Details): readonly string[] {
  const name = String((node.props as Props)['name'] ?? '');
  const prefix = isNamed && name !== '' ? `${name}: ` : '';
  if (node.kind === 'clip') return clipLines(node, details).map((line) => `${prefix}${line}`);
  if (node.kind !== 'device') return [];
  return (details.after(node.id, 'parameters') ?? []).map(
    (item) => `${prefix}${item['name']} ${item['value']}`,
  );
}

function clipLines(clip: NodeOf<'clip'>, { after, tooMany }: Details): readonly string[] {
  const notes = after(clip.id, 'notes');
  if (notes !== undefined) return notes.map(noteLine);
  if (clip.props.type !== 'midi') return [];
  const count = tooMany(clip.id);
  return [
    count === undefined
      ? 'Its notes are not kept: Live ended before they were read.'
      : `Its ${count} notes are not kept: more than are read from Live unasked.`,
  ];
}

/** `C3 at beat 1.5, 0.25 beats, velocity 100`. */
function noteLine(note: FacetItem): string {
  const { pitch, time, duration, velocity } = note as Readonly<Record<string, unknown>>;
  const number = (value: unknown): number => Math.round(Number(value) * 1_000) / 1_000;
  return `${formatNote(Number(pitch))} at beat ${number(time)}, ${number(duration)} beats, velocity ${number(velocity)}`;
}
