/** Properties of the Set itself. */
import type { NodeId, PropValue } from '../model/node.ts';
import type { PropChange } from './facts.ts';
import { formatChange, formatNumber, formatRoot } from './format-value.ts';
import type { Meters } from './meters.ts';
import { songPosition } from './meters.ts';
import { fold, type Story, takeProp, tell } from './story.ts';
import { takeSignature } from './tell-places.ts';

export function tellSet(story: Story): void {
  const { id } = story.after.index.root;
  tellVersion(story, id);
  tellTempo(story, id);
  tellSignature(story, id);
  tellScale(story, id);
  tellLoop(story, id);
}

const versionOf = (creator: PropValue | undefined): string =>
  /Live ([\d.]+\w*)/.exec(String(creator ?? ''))?.[1] ?? 'unknown';

function tellVersion(story: Story, id: NodeId): void {
  const creator = takeProp(story, id, 'creator');
  const schema = takeProp(story, id, 'schema');
  takeProp(story, id, 'liveMajor');
  if (creator === undefined) {
    if (schema !== undefined) fold(story, 'bookkeeping', [id]);
    return;
  }
  tell(story, id, {
    kind: 'set-version',
    what: `Saved with Live ${versionOf(creator.now)}, before ${versionOf(creator.was)}`,
    minor: schema === undefined,
  });
}

function tellTempo(story: Story, id: NodeId): void {
  const change = takeProp(story, id, 'tempoBpm');
  if (change === undefined) return;
  const main = story.after.index.root.lists.main?.[0];
  tell(story, id, {
    kind: 'tempo',
    what: `Tempo ${formatChange(change.was, change.now, tempoText)} BPM`,
    nodes: main === undefined ? [id] : [id, main.id],
  });
}

const tempoText = (bpm: PropValue | undefined, more: number): string =>
  typeof bpm === 'number' ? formatNumber(bpm, 2 + more) : 'unknown';

function tellSignature(story: Story, id: NodeId): void {
  const change = takeSignature(story, story.after.index.root);
  const main = story.after.index.root.lists.main?.[0];
  if (change === undefined) return;
  tell(story, id, {
    kind: 'signature',
    what: `Signature ${change}`,
    nodes: main === undefined ? [id] : [id, main.id],
  });
}

/** Numbers of scales that are known; later versions write names. */
const SCALES: Readonly<Record<string, string>> = { '0': 'Major', '1': 'Minor' };

function tellScale(story: Story, id: NodeId): void {
  const [root, name] = [takeProp(story, id, 'scaleRoot'), takeProp(story, id, 'scaleName')];
  if (root === undefined && name === undefined) return;
  const [was, now] = [scaleText(story.before.index.root.props), scaleText(story.after.index.root.props)];
  if (
    isSameScale(root, name) ||
    (story.isOtherVersion && root?.was === undefined && name?.was === undefined)
  ) {
    fold(story, 'bookkeeping', [id]);
    return;
  }
  tell(story, id, { kind: 'scale', what: was === now ? 'Scale changed' : `Scale ${was} → ${now}` });
}

/** Another version states what went without saying. */
const isSameScale = (root: PropChange | undefined, name: PropChange | undefined): boolean =>
  (root === undefined || (root.was ?? 0) === (root.now ?? 0)) &&
  (name === undefined || scaleName(name.was) === scaleName(name.now));

const scaleName = (name: PropValue | undefined): string => SCALES[String(name || '0')] ?? String(name);

type ScaleProps = Pick<Story['after']['index']['root']['props'], 'scaleRoot' | 'scaleName'>;

function scaleText({ scaleRoot = 0, scaleName: stored }: ScaleProps): string {
  const known = scaleName(stored);
  const name = /^\d+$/.test(known) ? '(another scale)' : known;
  return `${formatRoot(scaleRoot)} ${name}`;
}

function tellLoop(story: Story, id: NodeId): void {
  const [start, length] = [takeProp(story, id, 'loopStart'), takeProp(story, id, 'loopLength')];
  if (start === undefined && length === undefined) return;
  const [was, now] = [braceText(story.before), braceText(story.after)];
  tell(story, id, { kind: 'loop-brace', what: was === now ? 'Loop changed' : `Loop bar ${was} → ${now}` });
}

function braceText({
  index,
  meters,
}: {
  readonly index: Story['after']['index'];
  readonly meters: Meters;
}): string {
  const { loopStart = 0, loopLength = 0 } = index.root.props;
  return `${songPosition(loopStart, meters)}–${songPosition(loopStart + loopLength, meters)}`;
}
