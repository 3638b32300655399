/** What proves that edited notes and turned parameters are there again: what Live told of them when it ended. */
import type { FacetItem, FacetName, NodeId, PropValue, TreeNode } from '@livetree/live-set';
import { walk } from '@livetree/live-set';
import type { Details } from './env.ts';
import type { Line } from './unsaved-list.ts';

/** Place in the list, name, and value in Live's own scale. */
type KnownValue = readonly [at: number, name: string, raw: PropValue];

/** Details of one node as they were at the end; `undefined`: Live had not told them, so nothing proves them. */
export interface DetailProof {
  readonly node: NodeId;
  readonly facet: 'notes' | 'parameters';
  readonly notes?: string | undefined;
  readonly values?: readonly KnownValue[] | undefined;
}

/** Details of a node as Live tells them now; `undefined`: it has not told them. */
export type FacetOf = (node: NodeId, facet: FacetName) => readonly FacetItem[] | undefined;

/** Of the span of a parameter: Live holds values in single precision. */
const PRECISION = 1e-5;

/** @param nodeOf nodes of the tree that was lost */
export function detailProofs(
  { change, ops }: Line,
  nodeOf: (id: NodeId) => TreeNode | undefined,
  details: Details,
): readonly DetailProof[] {
  const inserted = ops.flatMap((op) => (op.op === 'insert' ? walk(nodeOf(op.node.id) ?? op.node) : []));
  const made = inserted.flatMap((node) => proofOfNew(node, details));
  const isAbout = new Set<FacetName>(change.id.startsWith('notes ') ? ['notes'] : ['parameters']);
  if (!change.id.startsWith('notes ') && !change.id.startsWith('parameter ')) return made;
  const touched = details.touched.flatMap(({ id, facets }) =>
    change.nodes.includes(id) && facets.some((facet) => isAbout.has(facet)) ? [id] : [],
  );
  return [...made, ...touched.map((id) => proofOfEdit(id, isAbout.has('notes'), details))];
}

/** A new MIDI clip with its notes, a new device with its values, as far as Live has told them. */
function proofOfNew({ id, kind }: TreeNode, { after }: Details): readonly DetailProof[] {
  const facet = kind === 'clip' ? 'notes' : kind === 'device' ? 'parameters' : undefined;
  const items = facet && after(id, facet);
  if (facet === undefined || items === undefined || items.length === 0) return [];
  if (facet === 'notes') return [{ node: id, facet, notes: notesText(items) }];
  const values = items.flatMap((item, at) => (item['automated'] === true ? [] : [knownValue(item, at)]));
  return [{ node: id, facet, values }];
}

function proofOfEdit(node: NodeId, isNotes: boolean, { before, after }: Details): DetailProof {
  if (isNotes) {
    const items = after(node, 'notes');
    return { node, facet: 'notes', notes: items && notesText(items) };
  }
  const old = before(node, 'parameters') ?? [];
  const values = after(node, 'parameters')?.flatMap((item, at) =>
    old[at] === undefined || old[at]['raw'] === item['raw'] ? [] : [knownValue(item, at)],
  );
  return { node, facet: 'parameters', values };
}

const knownValue = (item: FacetItem, at: number): KnownValue => [
  at,
  String(item['name']),
  item['raw'] as PropValue,
];

/** @returns `undefined`: Live has not told the details */
export function isProved(proof: DetailProof, items: readonly FacetItem[] | undefined): boolean | undefined {
  const isKnown = proof.facet === 'notes' ? proof.notes !== undefined : proof.values !== undefined;
  if (!isKnown) return false;
  if (items === undefined) return undefined;
  if (proof.facet === 'notes') return proof.notes === notesText(items);
  return (proof.values ?? []).every((value) => isThere(value, items[value[0]]));
}

function isThere([, name, raw]: KnownValue, item: FacetItem | undefined): boolean {
  if (item?.['name'] !== name) return false;
  const now = item['raw'];
  if (typeof raw !== 'number' || typeof now !== 'number') return raw === now;
  const span = Number(item['max'] ?? 1) - Number(item['min'] ?? 0);
  return Math.abs(raw - now) <= PRECISION * Math.max(span, 1);
}

const NOTE_FIELDS = ['pitch', 'time', 'duration', 'velocity', 'enabled'] as const;

/** Notes without the keys that Live gives them anew. */
const notesText = (items: readonly FacetItem[]): string =>
  JSON.stringify(items.map((item) => NOTE_FIELDS.map((name) => rounded(item[name]))));

const rounded = (value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1_000) / 1_000 : value;
