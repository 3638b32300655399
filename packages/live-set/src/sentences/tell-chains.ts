/** Chains of racks that come and go; devices and chains that move. */
import type { NodeId, TreeNode } from '../model/node.ts';
import { contentKey, contentText } from './copies.ts';
import { formatCount, formatNote } from './format-value.ts';
import { plainName } from './names.ts';
import { isKind, type Of, type Side, type Story, tell, those, whereOfParent } from './story.ts';

const title = (side: Side, id: NodeId): string => side.names.title(id);

export function tellMoved(story: Story): void {
  for (const id of [...story.facts.moved]) {
    const node = story.after.index.get(id);
    if (node === undefined || !(isKind(node, 'device') || isKind(node, 'chain'))) continue;
    story.facts.moved.delete(id);
    const from = whereOfParent(story.before, id);
    const to = whereOfParent(story.after, id);
    const isElsewhere = story.before.index.parentId(id) !== story.after.index.parentId(id);
    const kind = node.kind === 'device' ? 'device-moved' : 'chain-moved';
    const what = `${called(story, node)} moved`;
    tell(story, id, {
      kind,
      where: isElsewhere ? '' : to,
      what: isElsewhere
        ? `${node.kind === 'chain' ? capital(what) : what} from ${from} to ${to}`
        : `${what} ${afterWhat(story, id)}`,
      crowds: [{ key: kind, say: (count) => `${formatCount(count, node.kind)} moved`, countTracks: true }],
    });
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function afterWhat({ after }: Story, id: NodeId): string {
  const siblings = after.index.siblings(id);
  const previous = siblings[siblings.findIndex((node) => node.id === id) - 1];
  return previous === undefined ? 'to the front' : `after ${quotedChain(after, previous)}`;
}

const quotedChain = (side: Side, node: TreeNode): string =>
  node.kind === 'chain' ? `"${title(side, node.id)}"` : title(side, node.id);

const called = ({ after }: Story, node: TreeNode): string =>
  `${node.kind === 'chain' ? 'chain ' : ''}${quotedChain(after, node)}`;

function chainTitle(side: Side, chain: Of<'chain'>): string {
  const note = chain.props.receivingNote;
  return `chain "${side.names.title(chain.id)}"${note === undefined ? '' : ` (${formatNote(note)})`}`;
}

export function tellChains(story: Story): void {
  for (const chain of those(story, 'added', 'chain')) {
    const original = originalOf(story, chain);
    const isCopy = original !== undefined;
    story.facts.added.delete(chain.id);
    tell(story, chain.id, {
      kind: isCopy ? 'chain-duplicated' : 'chain-added',
      where: whereOfParent(story.after, chain.id),
      what: isCopy
        ? `chain "${plainName(original.props.name)}" duplicated`
        : `${chainTitle(story.after, chain)} added${contentText(chain)}`,
      crowds: [chainCrowd(isCopy ? 'duplicated' : 'added')],
    });
  }
  for (const chain of those(story, 'removed', 'chain')) {
    story.facts.removed.delete(chain.id);
    tell(story, chain.id, {
      kind: 'chain-deleted',
      where: whereOfParent(story.before, chain.id),
      what: `${chainTitle(story.before, chain)} deleted${contentText(chain)}`,
      crowds: [chainCrowd('deleted')],
    });
  }
}

const chainCrowd = (done: string) => ({
  key: `chain-${done}`,
  say: (count: number) => `${formatCount(count, 'chain')} ${done}`,
  countTracks: true,
});

function originalOf(story: Story, chain: Of<'chain'>): Of<'chain'> | undefined {
  if ((chain.lists.devices ?? []).length === 0) return undefined;
  const key = contentKey(chain);
  return story.after.index
    .siblings(chain.id)
    .find(
      (other): other is Of<'chain'> =>
        story.before.index.has(other.id) && isKind(other, 'chain') && contentKey(other) === key,
    );
}
