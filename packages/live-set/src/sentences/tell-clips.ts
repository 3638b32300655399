/** Clips that come, go, move, are split, copied and resized. */
import { asNodeId, type NodeId } from '../model/node.ts';
import { contentKey } from './copies.ts';
import { formatCount } from './format-value.ts';
import { groupBy } from './group-by.ts';
import { songLength, songPosition } from './meters.ts';
import { changedNodes, type Of, type Story, takeProp, tell, those } from './story.ts';

type Clip = Of<'clip'>;

export function tellClips(story: Story): void {
  for (const clip of changedNodes(story, 'clip')) tellGeometry(story, clip);
  tellCarried(story);
  const copies = copiesOf(story);
  for (const clip of those(story, 'added', 'clip')) tellAdded(story, clip, copies);
  for (const clip of those(story, 'removed', 'clip')) tellRemoved(story, clip);
}

const bars = (story: Story, beats: number): string => songPosition(beats, story.after.meters);
const numeric = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** What changes along when a clip is drawn at its edges. */
export const INNER = ['loopStart', 'loopEnd', 'startOffset', 'endMarker'] as const;

function tellGeometry(story: Story, clip: Of<'clip'>): void {
  const { id, props } = clip;
  const [start, end, scene] = ['start', 'end', 'scene'].map((name) => takeProp(story, id, name));
  if (scene !== undefined) tellNewScene(story, id, String(scene.was), String(scene.now));
  if (start === undefined && end === undefined) return;
  const [was, now] = [numeric(start?.was) ?? props.start ?? 0, numeric(start?.now) ?? props.start ?? 0];
  const [oldEnd, newEnd] = [numeric(end?.was) ?? props.end ?? 0, numeric(end?.now) ?? props.end ?? 0];
  const change = newEnd - now - (oldEnd - was);
  if (Math.abs(change) < NEAR) tellShift(story, clip, was, now);
  else if (splitFrom(story, clip, oldEnd, newEnd)) for (const name of INNER) takeProp(story, id, name);
  else {
    for (const name of INNER) takeProp(story, id, name);
    tellLength(story, clip, { was, now, oldEnd, newEnd });
  }
}

/** Beats below which two places are the same. */
const NEAR = 1e-6;

function tellNewScene(story: Story, id: NodeId, was: string, now: string): void {
  const clip = story.after.index.get(id) as Clip;
  tell(story, id, {
    kind: 'clip-moved',
    where: story.after.names.track(id),
    what: `${story.after.names.clip(clip)} moved, ${story.before.names.scene(was)} → ${story.after.names.scene(now)}`,
    crowds: [movedCrowd('')],
  });
}

function tellShift(story: Story, clip: Of<'clip'>, was: number, now: number): void {
  const shift = now - was;
  const signature = story.after.meters[0]?.signature ?? { numerator: 4, denominator: 4 };
  const far = `${songLength(Math.abs(shift), signature)} ${shift > 0 ? 'later' : 'earlier'}`;
  tell(story, clip.id, {
    kind: 'clip-moved',
    where: story.after.names.track(clip.id),
    what: `${story.after.names.clip(clip)} ${shiftText(songPosition(was, story.before.meters), bars(story, now), far)}`,
    crowds: [movedCrowd(`, ${far}`)],
  });
}

/** A shift too small to be seen in bars, beats and sixteenths is told by its length. */
function shiftText(from: string, to: string, far: string): string {
  if (from !== to) return `moved, bar ${from} → ${to}`;
  return `moved ${far.replace(/^0 beats/, 'slightly')}, bar ${to}`;
}

const movedCrowd = (how: string) => ({
  key: `clip-moved${how}`,
  say: (count: number) => `${formatCount(count, 'clip')} moved${how}`,
  countTracks: true,
});

interface Edges {
  readonly was: number;
  readonly now: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

function tellLength(story: Story, clip: Of<'clip'>, { was, now, oldEnd, newEnd }: Edges): void {
  const isLonger = newEnd - now > oldEnd - was;
  const moves = [
    ...(Math.abs(now - was) > NEAR ? [`start bar ${bars(story, was)} → ${bars(story, now)}`] : []),
    ...(Math.abs(newEnd - oldEnd) > NEAR ? [`end bar ${bars(story, oldEnd)} → ${bars(story, newEnd)}`] : []),
  ];
  const done = isLonger ? 'lengthened' : 'shortened';
  tell(story, clip.id, {
    kind: 'clip-length',
    where: story.after.names.track(clip.id),
    what: `${story.after.names.clip(clip)} ${done}, ${moves.join(', ')}`,
    crowds: [
      {
        key: `clip-length ${done}`,
        say: (count) => `${formatCount(count, 'clip')} ${done}`,
        countTracks: true,
      },
    ],
  });
}

/** A clip that now ends where new ones of the same name go on. */
function splitFrom(story: Story, clip: Of<'clip'>, oldEnd: number, newEnd: number): boolean {
  const parts = partsBehind(story, clip, oldEnd, newEnd);
  if (parts.length === 0) return false;
  for (const { id } of parts) story.facts.added.delete(id);
  const cuts = parts.map(({ props }) => bars(story, props.start ?? newEnd));
  tell(story, clip.id, {
    kind: 'clip-split',
    where: story.after.names.track(clip.id),
    what: `${story.after.names.clip(clip)} ${cutsText(cuts)}`,
    nodes: [clip.id, ...parts.map(({ id }) => id)],
    crowds: [{ key: 'clip-split', say: (count) => `${formatCount(count, 'clip')} split`, countTracks: true }],
  });
  return true;
}

/** New clips, each beginning where the one before it ends, as far as the old one went. */
function partsBehind(story: Story, clip: Clip, oldEnd: number, newEnd: number): readonly Clip[] {
  const parent = story.after.index.parentId(clip.id);
  const added = those(story, 'added', 'clip').filter(
    ({ id, props }) => story.after.index.parentId(id) === parent && props.name === clip.props.name,
  );
  const parts: Clip[] = [];
  for (let end = newEnd; ; ) {
    const next = added.find(
      ({ props }) =>
        Math.abs((props.start ?? Number.NaN) - end) < NEAR &&
        (props.end ?? Number.POSITIVE_INFINITY) < oldEnd + NEAR,
    );
    if (next === undefined || (next.props.end ?? end) <= end) return parts;
    parts.push(next);
    end = next.props.end ?? end;
  }
}

function cutsText(cuts: readonly string[]): string {
  if (cuts.length === 1) return `split at bar ${cuts[0]}`;
  return cuts.length <= MOST_CUTS ? `split at bars ${cuts.join(', ')}` : `split into ${cuts.length + 1}`;
}
const MOST_CUTS = 3;

/** Clips carried to another track, or between Session and Arrangement: there Live gives them new keys. */
function tellCarried(story: Story): void {
  const gone = new Map(those(story, 'removed', 'clip').map((clip) => [contentKey(clip), clip]));
  for (const clip of those(story, 'added', 'clip')) {
    const old = gone.get(contentKey(clip));
    if (old === undefined) continue;
    gone.delete(contentKey(clip));
    story.facts.added.delete(clip.id);
    story.facts.removed.delete(old.id);
    const way = carriedWay(story, old, clip);
    tell(story, clip.id, {
      kind: 'clip-moved',
      where: way.where,
      what: way.what,
      nodes: [clip.id, old.id],
      crowds: [movedCrowd('')],
    });
  }
}

function carriedWay(
  { before, after }: Story,
  old: Clip,
  clip: Clip,
): { readonly where: string; readonly what: string } {
  const [from, to] = [before.names.track(old.id), after.names.track(clip.id)];
  const [place, newPlace] = [before.names.clipPlace(old), after.names.clipPlace(clip)];
  const name = after.names.clip(clip);
  if (from === to) return { where: to, what: `${name} moved, ${place} → ${newPlace}` };
  const stays = place === newPlace ? ` (${place})` : `, ${place} → ${newPlace}`;
  return {
    where: '',
    what: `${name.charAt(0).toUpperCase()}${name.slice(1)} moved from ${from} to ${to}${stays}`,
  };
}

/** Of new clips those that hold the same as one that was there in the same track. */
function copiesOf(story: Story): ReadonlySet<NodeId> {
  const byTrack = groupBy(those(story, 'added', 'clip'), ({ id }) => story.after.index.trackOf(id)?.id ?? '');
  const copies = new Set<NodeId>();
  for (const [track, added] of byTrack) {
    const { clips = [], arrangement = [] } = story.before.index.get(asNodeId(track))?.lists ?? {};
    const originals = new Set([...clips, ...arrangement].map(contentKey));
    for (const clip of added) if (isFull(clip) && originals.has(contentKey(clip))) copies.add(clip.id);
  }
  return copies;
}

const isFull = ({ props }: Clip): boolean => props.sample !== undefined || (props.noteCount ?? 0) > 0;

function tellAdded(story: Story, clip: Clip, copies: ReadonlySet<NodeId>): void {
  const isCopy = copies.has(clip.id);
  const { names } = story.after;
  const done = isCopy ? 'duplicated' : 'added';
  story.facts.added.delete(clip.id);
  tell(story, clip.id, {
    kind: isCopy ? 'clip-duplicated' : 'clip-added',
    where: laneOrTrack(story, clip.id),
    what: `${names.clip(clip)} ${done}${isCopy ? ' to' : ','} ${names.clipPlace(clip)}${isCopy ? '' : notesText(clip)}`,
    crowds: [clipCrowd(done)],
  });
}

const clipCrowd = (done: string) => ({
  key: `clip-${done}`,
  say: (count: number) => `${formatCount(count, 'clip')} ${done}`,
  countTracks: true,
});

function notesText({ props }: Clip): string {
  // Of a clip that is in no file yet Live tells the notes only when it is asked.
  if (props.type === 'audio' || props.noteCount === undefined) return '';
  return props.noteCount === 0 ? ' (empty)' : ` (${formatCount(props.noteCount, 'note')})`;
}

function laneOrTrack(story: Story, id: NodeId): string {
  const side = story.after.index.has(id) ? story.after : story.before;
  const parent = side.index.parentId(id);
  return parent === undefined ? '' : side.names.where(parent);
}

function tellRemoved(story: Story, clip: Clip): void {
  const { names } = story.before;
  story.facts.removed.delete(clip.id);
  tell(story, clip.id, {
    kind: 'clip-deleted',
    where: laneOrTrack(story, clip.id),
    what: `${names.clip(clip)} deleted, ${names.clipPlace(clip)}`,
    crowds: [clipCrowd('deleted')],
  });
}

/** A place inside a clip, by the clip's own signature. */
export function clipBar(props: Of<'clip'>['props'], beats: number): string {
  const signature = {
    numerator: props.signatureNumerator ?? 4,
    denominator: props.signatureDenominator ?? 4,
  };
  return songPosition(beats, [{ beats: 0, signature }]);
}
