import type { NodeId, NodeKind, TreeNode } from '../model/node.ts';
import type { FacetSource } from './facet-source.ts';
import type { Facts } from './facts.ts';
import type { Meters } from './meters.ts';
import type { Names } from './names.ts';
import type { SentenceKind } from './sentence.ts';
import type { TreeIndex } from './tree-index.ts';

/** One of the two trees, with what names and details need. */
export interface Side {
  readonly index: TreeIndex;
  readonly names: Names;
  readonly facets: FacetSource;
  readonly meters: Meters;
}

/** How many alike are told as one. */
export interface Crowd {
  /** Alike are those of equal key. */
  readonly key: string;
  /** `5 clips added`: what is said of so many. `labels` are those of the drafts. */
  readonly say: (count: number, labels: readonly string[]) => string;
  /** What all of them are about, where it is one thing. */
  readonly where?: string;
  /** Say also in how many tracks; for things that lie in tracks. */
  readonly countTracks?: boolean;
}

/** A sentence before those alike are put together. */
export interface Draft {
  readonly kind: SentenceKind;
  readonly nodes: readonly NodeId[];
  /** The thing, with the way to it; empty = the Set. */
  readonly where: string;
  /** The part of the thing: `Volume`, `2 Frequency A`. */
  readonly label?: string;
  /** What happened to it. */
  readonly what: string;
  /** Header of its track. */
  readonly track?: string;
  /** Headers of several tracks, once drafts are put together. */
  readonly tracks?: readonly string[];
  /** Place in the tree; by default that of the first node. */
  readonly order?: number;
  /** With whom it may be counted, the nearest first. */
  readonly crowds?: readonly Crowd[];
  /** Where the kind alone does not decide. */
  readonly minor?: boolean;
  readonly paths?: readonly string[];
}

/** Why a node of an op has no sentence of its own. */
export type FoldReason =
  /** lies inside something added, removed or told as a whole */
  | 'part'
  /** follows from another change: derived names, display texts, counts */
  | 'derived'
  /** Live's bookkeeping: new targets of automation, other wording of the same by another version */
  | 'bookkeeping';

export interface Folded {
  readonly node: NodeId;
  readonly why: FoldReason;
}

/** What rules work on: both trees, the facts not yet told, and where to tell them. */
export interface Story {
  readonly before: Side;
  readonly after: Side;
  readonly facts: Facts;
  /** Another version of Live wrote the newer one. */
  readonly isOtherVersion: boolean;
  readonly drafts: Draft[];
  readonly folded: Folded[];
}

export function fold(story: Story, why: FoldReason, ids: Iterable<NodeId>): void {
  for (const node of ids) story.folded.push({ node, why });
}

/** The newer state of a node, or the last one it had. */
export const sideOf = (story: Story, id: NodeId): Side =>
  story.after.index.has(id) ? story.after : story.before;

/** Adds a draft about a node: its way, its track, its place are filled in. */
export function tell(
  story: Story,
  id: NodeId,
  draft: Omit<Draft, 'where' | 'track' | 'nodes'> & Partial<Draft>,
): void {
  const { names } = sideOf(story, id);
  const track = names.track(id);
  story.drafts.push({
    where: names.where(id),
    nodes: [id],
    ...(track === '' ? {} : { track }),
    ...draft,
  });
}

/** Takes a changed property out of the facts: whoever takes it tells it. */
export function takeProp(story: Story, id: NodeId, name: string) {
  const changes = story.facts.props.get(id);
  const change = changes?.get(name);
  changes?.delete(name);
  return change;
}

/** Changed properties of nodes of one kind, in tree order. */
export function changedNodes<K extends NodeKind>(story: Story, kind: K): readonly Of<K>[] {
  const found: Of<K>[] = [];
  for (const id of story.facts.props.keys()) {
    const node = story.after.index.get(id);
    if (node !== undefined && isKind(node, kind)) found.push(node);
  }
  return found.sort((a, b) => orderOf(story, a.id) - orderOf(story, b.id));
}

/** Nodes of one kind. */
export type Of<K extends NodeKind> = Extract<TreeNode, { readonly kind: K }>;

export const isKind = <K extends NodeKind>(node: TreeNode, kind: K): node is Of<K> => node.kind === kind;

export const orderOf = (story: Story, id: NodeId): number =>
  story.after.index.entry(id)?.order ?? story.before.index.entry(id)?.order ?? 0;

/** Added or removed nodes of one kind, in tree order. */
export function those<K extends NodeKind>(
  story: Story,
  which: 'added' | 'removed',
  kind: K,
): readonly Of<K>[] {
  const nodes = [...story.facts[which].values()].filter((node) => isKind(node, kind));
  return nodes.sort((a, b) => orderOf(story, a.id) - orderOf(story, b.id));
}

/** At most three names, else their number: `Kick, Snare`, `4 tracks`. */
export function namesOrCount(names: readonly string[], thing: string): string {
  return names.length <= 3 ? names.join(', ') : `${names.length} ${thing}s`;
}

/** Where a device hangs: `Bass`, `Drums › Kick`. */
export const whereOfParent = (side: Side, id: NodeId): string => {
  const parent = side.index.parentId(id);
  return parent === undefined ? '' : side.names.where(parent);
};
