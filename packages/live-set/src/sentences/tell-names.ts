/** Names that the user typed. */
import type { TreeNode } from '../model/node.ts';
import type { PropChange } from './facts.ts';
import { formatCount } from './format-value.ts';
import { plainName } from './names.ts';
import { changedNodes, fold, type Of, type Story, takeProp, tell } from './story.ts';

/** Names the user typed; what Live derives from place and content is folded. */
export function tellNames(story: Story): void {
  for (const track of changedNodes(story, 'track')) tellTrackName(story, track);
  for (const kind of ['device', 'chain'] as const) {
    for (const node of changedNodes(story, kind)) tellOwnName(story, node);
  }
  for (const kind of ['scene', 'clip', 'locator', 'takeLane'] as const) {
    for (const node of changedNodes(story, kind)) tellPlainName(story, node);
  }
}

function tellTrackName(story: Story, track: Of<'track'>): void {
  const [name, auto] = [takeProp(story, track.id, 'name'), takeProp(story, track.id, 'autoName')];
  if (name === undefined && auto === undefined) return;
  const isDerived = track.props.type === 'main' || (track.props.autoName === true && auto === undefined);
  if (isDerived) {
    fold(story, 'derived', [track.id]);
    return;
  }
  tellRename(story, track, 'track-renamed', [
    `"${story.before.names.title(track.id)}"`,
    `"${story.after.names.title(track.id)}"`,
  ]);
}

const noun = (node: TreeNode): string => (node.kind === 'takeLane' ? 'take lane' : node.kind);

/** Of a renamed thing the old name leads: by it the user knew it. */
function tellRename(
  story: Story,
  node: TreeNode,
  kind:
    | 'track-renamed'
    | 'device-renamed'
    | 'chain-renamed'
    | 'scene-renamed'
    | 'clip-renamed'
    | 'locator-renamed'
    | 'take-lane-renamed',
  [was, now]: readonly [string, string],
): void {
  const parent = story.after.index.parentId(node.id);
  const isTop = node.kind === 'track' || node.kind === 'scene' || node.kind === 'locator';
  const start = `${noun(node)} ${was}`;
  tell(story, node.id, {
    kind,
    where: isTop || parent === undefined ? '' : story.after.names.where(parent),
    what: `${isTop ? start.charAt(0).toUpperCase() + start.slice(1) : start} renamed ${now}`,
    crowds: [
      {
        key: kind,
        say: (count) => `${formatCount(count, noun(node))} renamed`,
        countTracks: !isTop,
      },
    ],
  });
}

function tellOwnName(story: Story, node: Of<'device'> | Of<'chain'>): void {
  const own = takeProp(story, node.id, 'userName');
  if (own === undefined) return;
  takeProp(story, node.id, 'name');
  const [was, now] = [story.before.names.title(node.id), story.after.names.title(node.id)];
  if (was === now) fold(story, 'bookkeeping', [node.id]);
  else
    tellRename(story, node as TreeNode, node.kind === 'device' ? 'device-renamed' : 'chain-renamed', [
      `"${was}"`,
      `"${now}"`,
    ]);
}

function tellPlainName(story: Story, node: Of<'scene'> | Of<'clip'> | Of<'locator'> | Of<'takeLane'>): void {
  const change = takeProp(story, node.id, 'name');
  if (change === undefined) return;
  const old = story.before.index.get(node.id);
  if (isNumberedName(change)) {
    fold(story, 'derived', [node.id]);
    return;
  }
  const kinds = {
    scene: 'scene-renamed',
    clip: 'clip-renamed',
    locator: 'locator-renamed',
    takeLane: 'take-lane-renamed',
  } as const;
  const was = String(change.was ?? '');
  tellRename(story, node as TreeNode, kinds[node.kind], [
    was === '' ? withoutName(story, old) : `"${plainName(was)}"`,
    `"${plainName(String(change.now ?? ''))}"`,
  ]);
}

/** A scene without name carries its number in some versions: place, not name. */
const isNumberedName = ({ was, now }: PropChange): boolean =>
  [was, now].every((name) => name === '' || name === undefined || /^ ?\d+$/.test(String(name))) &&
  String(was ?? '').startsWith(' ');

function withoutName(story: Story, old: TreeNode | undefined): string {
  if (old?.kind === 'scene') return String(story.before.names.sceneNumber(old.id) ?? '');
  if (old?.kind === 'clip')
    return `${old.props.scene === undefined ? 'at' : 'in'} ${story.before.names.clipPlace(old)}`;
  return 'without name';
}
