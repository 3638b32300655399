/** Tracks that come, go, move, are grouped and ungrouped. */
import type { NodeId, NodeOf, TreeNode } from '../model/node.ts';
import { contentKey, contentText, hasContent } from './copies.ts';
import { formatCount } from './format-value.ts';
import { fold, isKind, namesOrCount, orderOf, type Story, takeProp, tell, those } from './story.ts';

const NOUNS = {
  audio: 'Audio track',
  midi: 'MIDI track',
  group: 'Group',
  return: 'Return track',
  main: 'Main track',
} as const;
type Track = NodeOf<'track'>;

export function tellTracks(story: Story): void {
  for (const group of those(story, 'added', 'track')) tellGrouping(story, group);
  for (const group of those(story, 'removed', 'track')) tellUngrouping(story, group);
  tellAdded(story);
  tellRemoved(story);
  tellMoved(story);
}

const quoted = (story: Story, which: 'before' | 'after', id: NodeId): string =>
  `"${story[which].names.title(id)}"`;

/** Routing to and from a group changes with it. */
const ROUTING = ['audioOutput', 'audioOutputName', 'audioInput', 'audioInputName'] as const;

function takeMembers(story: Story, members: readonly TreeNode[]): readonly NodeId[] {
  for (const { id } of members) {
    story.facts.moved.delete(id);
    for (const name of ROUTING) takeProp(story, id, name);
  }
  return members.map(({ id }) => id);
}

function tellGrouping(story: Story, group: Track & TreeNode): void {
  const all = group.lists.tracks ?? [];
  const members = all.filter(({ id }) => story.facts.moved.has(id));
  if (members.length === 0) return;
  const ids = takeMembers(story, members);
  const names = ids.map((id) => story.before.names.title(id));
  story.facts.added.delete(group.id);
  for (const track of all) if (!story.before.index.has(track.id)) story.facts.added.set(track.id, track);
  tell(story, group.id, {
    kind: 'tracks-grouped',
    where: '',
    what: `${namesOrCount(names, 'track')} grouped as ${quoted(story, 'after', group.id)}`,
    nodes: [group.id, ...ids],
  });
}

function tellUngrouping(story: Story, group: Track & TreeNode): void {
  const all = group.lists.tracks ?? [];
  const members = all.filter(({ id }) => story.facts.moved.has(id) && story.after.index.has(id));
  if (members.length === 0) return;
  const ids = takeMembers(story, members);
  const names = ids.map((id) => story.after.names.title(id));
  story.facts.removed.delete(group.id);
  for (const track of all) if (!story.after.index.has(track.id)) story.facts.removed.set(track.id, track);
  tell(story, group.id, {
    kind: 'tracks-ungrouped',
    where: '',
    what: `Group ${quoted(story, 'before', group.id)} ungrouped (${namesOrCount(names, 'track')})`,
    nodes: [group.id, ...ids],
    order: orderOf(story, ids[0] as NodeId),
  });
}

function tellAdded(story: Story): void {
  for (const track of those(story, 'added', 'track')) {
    const original = originalOf(story, track);
    const noun = NOUNS[track.props.type];
    const isCopy = original !== undefined;
    story.facts.added.delete(track.id);
    tell(story, track.id, {
      kind: isCopy ? 'track-duplicated' : 'track-added',
      where: '',
      what: isCopy
        ? `${noun} ${quoted(story, 'after', original)} duplicated`
        : `${noun} ${quoted(story, 'after', track.id)} added${contentText(track)}`,
      crowds: [
        {
          key: `track-${isCopy ? 'duplicated' : 'added'} ${track.props.type}`,
          say: (count) => `${formatCount(count, lowerNoun(noun))} ${isCopy ? 'duplicated' : 'added'}`,
        },
      ],
    });
  }
}

const lowerNoun = (noun: string): string => (noun.startsWith('MIDI') ? noun : noun.toLowerCase());

/** A track that was there before, and holds (or held) the same. */
function originalOf(story: Story, copy: Track & TreeNode): NodeId | undefined {
  if (!hasContent(copy)) return undefined;
  const key = contentKey(copy);
  for (const { index } of [story.after, story.before]) {
    for (const node of tracksOf(index.root)) {
      const isKept = story.before.index.has(node.id) && story.after.index.has(node.id);
      if (isKept && isSimilar(node, copy) && contentKey(node) === key) return node.id;
    }
  }
  return undefined;
}

function* tracksOf(node: TreeNode): Generator<Track & TreeNode> {
  for (const track of [...(node.lists.tracks ?? []), ...(node.lists.returns ?? [])]) {
    if (isKind(track, 'track')) yield track;
    yield* tracksOf(track);
  }
}

/** Cheap to ask, before everything is compared. */
const isSimilar = (a: Track, b: Track): boolean =>
  a.props.type === b.props.type &&
  a.props.name === b.props.name &&
  (['devices', 'clips', 'arrangement', 'tracks'] as const).every(
    (list) => a.lists[list]?.length === b.lists[list]?.length,
  );

function tellRemoved(story: Story): void {
  for (const track of those(story, 'removed', 'track')) {
    const noun = NOUNS[track.props.type];
    story.facts.removed.delete(track.id);
    tell(story, track.id, {
      kind: 'track-deleted',
      where: '',
      what: `${noun} ${quoted(story, 'before', track.id)} deleted${contentText(track)}`,
      crowds: [
        {
          key: `track-deleted ${track.props.type}`,
          say: (count) => `${formatCount(count, lowerNoun(noun))} deleted`,
        },
      ],
    });
  }
}

function tellMoved(story: Story): void {
  for (const id of [...story.facts.moved]) {
    const node = story.after.index.get(id);
    if (node === undefined || !isKind(node, 'track')) continue;
    story.facts.moved.delete(id);
    const way = howMoved(story, id);
    if (way.isRegrouped) takeMembers(story, [node]);
    tell(story, id, {
      kind: 'track-moved',
      where: '',
      what: `${NOUNS[node.props.type]} ${quoted(story, 'after', id)} moved ${way.text}`,
      crowds: [
        {
          key: `track-moved ${way.key}`,
          say: (count) => `${formatCount(count, 'track')} moved${way.key}`,
        },
      ],
    });
  }
}

function howMoved(
  { before, after }: Story,
  id: NodeId,
): { readonly text: string; readonly key: string; readonly isRegrouped: boolean } {
  const [from, to] = [before.index.entry(id)?.parent?.node, after.index.entry(id)?.parent?.node];
  const name = (side: typeof before, node: TreeNode | undefined): string | undefined =>
    node?.kind === 'track' ? `"${side.names.title(node.id)}"` : undefined;
  if (from?.id !== to?.id) {
    const [old, young] = [name(before, from), name(after, to)];
    const text =
      young === undefined ? `out of ${old}` : old === undefined ? `into ${young}` : `from ${old} to ${young}`;
    return { text, key: ` ${text}`, isRegrouped: true };
  }
  const siblings = after.index.siblings(id);
  const previous = siblings[siblings.findIndex((node) => node.id === id) - 1];
  const text = previous === undefined ? 'to the front' : `after "${after.names.title(previous.id)}"`;
  return { text, key: '', isRegrouped: false };
}

/** Sends that came or went with their return track. */
export function foldSends(story: Story): void {
  for (const which of ['added', 'removed'] as const) {
    for (const send of those(story, which, 'send')) {
      const side = which === 'added' ? story.after : story.before;
      const other = which === 'added' ? story.before : story.after;
      const target = send.props.target as NodeId;
      story.facts[which].delete(send.id);
      if (!other.index.has(target)) fold(story, 'derived', [send.id]);
      else
        tell(story, send.id, {
          kind: 'send',
          what: which === 'added' ? 'added' : 'removed',
          crowds: [
            {
              key: `send-${which} ${side.names.title(send.id)}`,
              say: (count) => `${formatCount(count, 'track')}: ${side.names.title(send.id)} ${which}`,
            },
          ],
        });
    }
  }
}
