/** Colours of tracks, chains and what lies in them. */
import { LIST_NAMES, type NodeId, type PropValue, type TreeNode } from '../model/node.ts';
import { walk } from '../patch/tree.ts';
import { formatCount } from './format-value.ts';
import { changedNodes, fold, type Story, takeProp, tell } from './story.ts';

/** Colours first: what lies in a thing often takes the same colour with it. */
export function tellColors(story: Story): void {
  foldOtherPalette(story);
  for (const node of [...changedNodes(story, 'track'), ...changedNodes(story, 'chain')]) {
    const change = takeProp(story, node.id, 'color');
    if (change === undefined) continue;
    const inside = takeSameColor(story, node, change.now);
    const members = inside.filter((id) => story.after.index.get(id)?.kind === 'track').length;
    tell(story, node.id, {
      kind: 'color',
      what: `colour changed${members === 0 ? '' : ` (with ${formatCount(members, 'track')} in it)`}`,
      nodes: [node.id, ...inside],
      crowds: [
        {
          key: `color ${node.kind}`,
          say: (count) => `${formatCount(count, node.kind)} coloured`,
          countTracks: node.kind === 'chain',
        },
      ],
    });
  }
}

function takeSameColor(story: Story, node: TreeNode, color: PropValue | undefined): readonly NodeId[] {
  const taken: NodeId[] = [];
  for (const list of LIST_NAMES) {
    for (const child of node.lists[list] ?? []) {
      for (const { id } of walk(child)) {
        const change = story.facts.props.get(id)?.get('color');
        if (change === undefined || change.now !== color) continue;
        takeProp(story, id, 'color');
        taken.push(id);
      }
    }
  }
  return taken;
}

const FIRST_PALETTE = 11;

/** Up to Live 10 the file counts colours otherwise (docs/als-format.md): the same colour has another number. */
function foldOtherPalette(story: Story): void {
  const versions = [story.before, story.after].map(
    ({ index }) => index.root.props.liveMajor ?? FIRST_PALETTE,
  );
  if (versions.every((version) => version >= FIRST_PALETTE) || versions[0] === versions[1]) return;
  for (const id of story.facts.props.keys()) {
    if (takeProp(story, id, 'color') !== undefined) fold(story, 'bookkeeping', [id]);
  }
}
