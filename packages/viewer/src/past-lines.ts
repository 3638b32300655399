/** What is kept from earlier on, as the History pane shows it. Pure. */
import type { NodeId, NodeOf, TreeNode } from '@livetree/live-set';
import { LIST_NAMES } from '@livetree/live-set';
import type { HistoryPlace, KeptAct, KeptSave, Moment, PlacedSentence } from '@livetree/protocol';
import type { PlaceOf } from './rows.ts';

export type KeptEntry = KeptSave | KeptAct;

/** Names a moment, for the page and for the hub. */
export const momentKey = (entry: KeptEntry | Moment): string =>
  entry.type === 'save' ? `id-${entry.id}` : String(entry.revision);

/** What stands in the list for an entry. */
export function entryTitle(entry: KeptEntry): string {
  if (entry.save !== undefined && entry.save !== '') return entry.save;
  if (entry.type === 'act') return entry.sentences[0] ?? 'A change in Live';
  return entry.save === undefined ? 'The oldest save that is kept' : 'Saved without a change';
}

/** `2.1 MB` */
export const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** Where history is kept, and how much; or why not. */
export function placeText({ folder, sizeBytes, problem }: HistoryPlace): string {
  if (folder === undefined) return problem ?? 'No history is kept.';
  return `Kept in ${folder} (${megabytes(sizeBytes)})`;
}

/** The changes below a part of the way. */
export interface PlaceBranch {
  readonly key: string;
  readonly label: string;
  readonly branches: readonly PlaceBranch[];
  readonly changes: readonly PlacedSentence[];
}

interface Draft {
  readonly key: string;
  readonly label: string;
  readonly order: number;
  readonly branches: Map<string, Draft>;
  readonly changes: PlacedSentence[];
}

/** The changes as a tree, in which each stands where it happened. */
export function placesOf(sentences: readonly PlacedSentence[]): PlaceBranch {
  const root = draft('', '', 0);
  for (const sentence of sentences) {
    let at = root;
    for (const { id, label, order } of sentence.way) {
      const next = at.branches.get(id) ?? draft(id, label, order);
      at.branches.set(id, next);
      at = next;
    }
    at.changes.push(sentence);
  }
  return finish(root);
}

const draft = (key: string, label: string, order: number): Draft => ({
  key,
  label,
  order,
  branches: new Map(),
  changes: [],
});

/** Where there is only one thing inside, its name goes on in the same line. */
function finish({ key, label, branches, changes }: Draft): PlaceBranch {
  const inside = [...branches.values()].sort((a, b) => a.order - b.order).map(finish);
  const [only] = inside;
  if (key !== '' && changes.length === 0 && inside.length === 1 && only !== undefined)
    return { ...only, label: label === '' ? only.label : `${label} › ${only.label}` };
  return { key, label, branches: inside, changes: changes.toSorted((a, b) => a.order - b.order) };
}

/** Questions about a tree that does not change. */
export function lookupOf(root: NodeOf<'set'>): {
  readonly find: (id: NodeId) => TreeNode | undefined;
  readonly placeOf: PlaceOf;
} {
  const nodes = new Map<NodeId, TreeNode>([[root.id, root]]);
  const places = new Map<NodeId, NonNullable<ReturnType<PlaceOf>>>();
  const visit = (parent: TreeNode): void => {
    for (const list of LIST_NAMES)
      for (const node of parent.lists[list] ?? []) {
        nodes.set(node.id, node);
        places.set(node.id, { parent, list });
        visit(node);
      }
  };
  visit(root);
  return { find: (id) => nodes.get(id), placeOf: (id) => places.get(id) };
}
