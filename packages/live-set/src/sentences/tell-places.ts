/** Signatures of clips and scenes, places of locators, stop buttons of slots. */
import type { TreeNode } from '../model/node.ts';
import { formatCount, formatSignature } from './format-value.ts';
import { songPosition } from './meters.ts';
import { changedNodes, type Of, type Story, takeProp, tell } from './story.ts';
import { tellStopButton } from './tell-scenes.ts';

/** Numerator and denominator are one signature. */
export function takeSignature(story: Story, node: TreeNode): string | undefined {
  const parts = ['signatureNumerator', 'signatureDenominator'].map((name) => takeProp(story, node.id, name));
  if (parts.every((part) => part === undefined)) return undefined;
  const old = story.before.index.get(node.id);
  return `${signatureText(old)} → ${signatureText(node)}`;
}

function signatureText(node: TreeNode | undefined): string {
  const props = node?.props as { signatureNumerator?: number; signatureDenominator?: number } | undefined;
  const { signatureNumerator: numerator, signatureDenominator: denominator = 4 } = props ?? {};
  return numerator === undefined ? 'none' : formatSignature({ numerator, denominator });
}

/** Signatures of clips and scenes, places of locators, stop buttons. */
export function tellPlaces(story: Story): void {
  for (const kind of ['clip', 'scene'] as const) {
    for (const node of changedNodes(story, kind)) {
      const change = takeSignature(story, node as TreeNode);
      if (change === undefined) continue;
      tell(story, node.id, {
        kind: kind === 'clip' ? 'clip-signature' : 'scene-signature',
        label: 'Signature',
        what: change,
        crowds: [
          {
            key: `${kind}-signature`,
            say: (count) => `${formatCount(count, kind)}: Signature changed`,
            countTracks: kind === 'clip',
          },
        ],
      });
    }
  }
  for (const locator of changedNodes(story, 'locator')) tellLocatorTime(story, locator);
  for (const slot of changedNodes(story, 'slot')) {
    const change = takeProp(story, slot.id, 'hasStop');
    if (change !== undefined) tellStopButton(story, slot.id, slot.props.hasStop !== false);
  }
}

function tellLocatorTime(story: Story, locator: Of<'locator'>): void {
  const time = takeProp(story, locator.id, 'time');
  if (typeof time?.was !== 'number' || typeof time.now !== 'number') return;
  const [was, now] = [
    songPosition(time.was, story.before.meters),
    songPosition(time.now, story.after.meters),
  ];
  tell(story, locator.id, {
    kind: 'locator-moved',
    where: '',
    what: `${story.after.names.title(locator.id)} moved, bar ${was} → ${now}`,
    crowds: [{ key: 'locator-moved', say: (count) => `${formatCount(count, 'locator')} moved` }],
  });
}
