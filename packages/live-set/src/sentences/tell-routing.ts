/** Where tracks and chains take their sound from and send it to. */
import type { NodeId, TreeNode } from '../model/node.ts';
import type { PropChange } from './facts.ts';
import { formatCount } from './format-value.ts';
import { plainName } from './names.ts';
import { changedNodes, fold, type Story, takeProp, tell } from './story.ts';

const LABELS = {
  audioInput: 'Audio From',
  audioOutput: 'Audio To',
  midiInput: 'MIDI From',
  midiOutput: 'MIDI To',
} as const;

export function tellRouting(story: Story): void {
  for (const node of [...changedNodes(story, 'track'), ...changedNodes(story, 'chain')]) {
    for (const [prop, label] of Object.entries(LABELS)) {
      const target = takeProp(story, node.id, prop);
      const name = takeProp(story, node.id, `${prop}Name`);
      if (isSame(target)) {
        if (target !== undefined || name !== undefined) fold(story, 'derived', [node.id]);
      } else tellOne(story, node as TreeNode, label, `${prop}Name`);
    }
  }
}

/** Live 12 calls Main what was Master. */
const isSame = (target: PropChange | undefined): boolean =>
  target === undefined || [target.was, target.now].every((value) => neutral(value) === neutral(target.was));
const neutral = (target: unknown): string => String(target ?? '').replace('Master', 'Main');

function tellOne(story: Story, node: TreeNode, label: string, nameProp: string): void {
  const shown = (side: Story['after'], id: NodeId): string => {
    const name = (side.index.get(id)?.props as Readonly<Record<string, unknown>> | undefined)?.[nameProp];
    return plainName(String(name ?? '')) || 'none';
  };
  const [was, now] = [shown(story.before, node.id), shown(story.after, node.id)];
  const what = was === now ? `another channel of ${now}` : `${was} → ${now}`;
  tell(story, node.id, {
    kind: 'routing',
    label,
    what,
    crowds: [
      {
        key: `routing ${node.kind} ${label} ${now}`,
        say: (count) => `${formatCount(count, node.kind)}: ${label} ${now}`,
        countTracks: node.kind === 'chain',
      },
    ],
  });
}
