/** Time put into the song, or taken out of it: all that lies behind goes along, and is no change of its own. */
import type { NodeId } from '../model/node.ts';
import { formatCount } from './format-value.ts';
import { songLength, songPosition } from './meters.ts';
import { isKind, type Of, type Story, takeProp, tell, those } from './story.ts';
import { INNER } from './tell-clips.ts';
import { changedStretches, edges, isNear, isShifted, type Stretch, timeShift } from './time-shift.ts';

/** Fewer could as well have been moved by hand. */
const LEAST = 3;

/** The cut in the song, and whatever it explains. */
interface Cut {
  readonly at: number;
  readonly beats: number;
  /** Clips that were cut, and the parts of them that are new. */
  readonly trimmed: readonly Stretch[];
  readonly parts: readonly Of<'clip'>[];
  readonly clips: readonly Of<'clip'>[];
  readonly locators: readonly Of<'locator'>[];
  readonly tracks: readonly NodeId[];
}

export function tellTime(story: Story): void {
  const stretches = changedStretches(story);
  const shift = timeShift(story, stretches);
  if (shift === undefined) return;
  const { beats } = shift;
  const cut = (at: number): Cut => ({
    at,
    beats,
    ...cutClips(story, stretches, at, beats),
    ...goneWith(story, at, beats),
    tracks: shiftedTracks(story, at, beats),
  });
  const found = cut(placeOfCut(stretches, shift.at, beats));
  // Clips alone may have been dragged: locators and automation go along with time only.
  const along = shift.locators.length + found.tracks.length;
  if (along === 0 || shift.clips.length + along < LEAST) return;
  take(story, found, shift.clips);
  const moved = [...shift.clips.map(({ clip }) => clip.id), ...shift.locators.map(({ id }) => id)];
  for (const { id } of shift.locators) takeProp(story, id, 'time');
  tell(story, story.after.index.root.id, {
    kind: beats > 0 ? 'time-inserted' : 'time-deleted',
    where: '',
    order: 0,
    what: wording(story, found, shift.clips.length, shift.locators.length),
    nodes: [...moved, ...nodesOf(found)],
  });
}

/** Where clips were cut; else where the first thing that went along was, or is now. */
function placeOfCut(stretches: readonly Stretch[], first: number, beats: number): number {
  const seam = beats > 0 ? first : first + beats;
  const ends = stretches
    .filter(({ was, now }) => isNear(was[0], now[0]) && now[1] < was[1] && now[1] < seam + 1e-6)
    .map(({ now }) => now[1]);
  const counts = new Map<number, number>();
  for (const end of ends) counts.set(end, (counts.get(end) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? seam;
}

/** Clips that end, begin or go on at the cut because of it. */
function cutClips(story: Story, stretches: readonly Stretch[], at: number, beats: number) {
  const gone = Math.max(0, -beats);
  const parts = those(story, 'added', 'clip').filter(({ props }) =>
    isNear(props.start, at + Math.max(0, beats)),
  );
  const goesOn = ({ clip, was }: Stretch): boolean =>
    parts.some((part) => part.props.name === clip.props.name && isNear(edges(part)?.[1], was[1] + beats));
  const trimmed = stretches.filter((stretch) => {
    const { was, now } = stretch;
    const endsThere = isNear(was[0], now[0]) && isNear(now[1], at);
    if (endsThere) return was[1] <= at + gone + 1e-6 || goesOn(stretch);
    // Only its end is left, or the middle was taken out.
    const beginsThere = isNear(now[0], at) && was[0] < at + gone && was[0] > at - 1e-6;
    return gone > 0 && beginsThere && isNear(now[1], was[1] + beats);
  });
  const names = new Set(trimmed.map(({ clip }) => clip.props.name));
  return { trimmed, parts: parts.filter(({ props }) => names.has(props.name)) };
}

/** What lay in the time that was taken out. */
function goneWith(story: Story, at: number, beats: number) {
  const isWithin = (from: number, to: number): boolean => from > at - 1e-6 && to < at - beats + 1e-6;
  return {
    clips: those(story, 'removed', 'clip').filter((clip) => {
      const place = edges(clip);
      return place !== undefined && isWithin(...place);
    }),
    locators: those(story, 'removed', 'locator').filter(({ props }) => isWithin(props.time, props.time)),
  };
}

/** Tracks whose automation went along, and did nothing else. */
function shiftedTracks(story: Story, at: number, beats: number): readonly NodeId[] {
  return [...story.facts.facets].flatMap(([id, names]) => {
    const node = story.after.index.get(id);
    if (node === undefined || !isKind(node, 'track') || !names.has('envelopes')) return [];
    const [old, young] = [story.before.facets(id, 'envelopes'), story.after.facets(id, 'envelopes')];
    if (old === undefined || young?.length !== old.length) return [];
    const byTarget = new Map(young.map((item) => [item['target'], item]));
    const isAll = old.every((was) => {
      const now = byTarget.get(was['target']);
      return now !== undefined && isShifted(was, now, at, beats);
    });
    return isAll ? [id] : [];
  });
}

/** Of what was moved only its place is explained, of what was cut also what it shows of its content. */
function take({ facts }: Story, cut: Cut, moved: readonly Stretch[]): void {
  const { trimmed, parts, clips, locators, tracks } = cut;
  const drop = ({ clip }: Stretch, names: readonly string[]): void => {
    for (const name of names) facts.props.get(clip.id)?.delete(name);
  };
  for (const stretch of moved) drop(stretch, PLACE);
  for (const stretch of trimmed) drop(stretch, [...PLACE, ...INNER]);
  for (const { id } of parts) facts.added.delete(id);
  for (const { id } of [...clips, ...locators]) facts.removed.delete(id);
  for (const id of tracks) facts.facets.get(id)?.delete('envelopes');
}

const PLACE = ['start', 'end'];

const nodesOf = ({ trimmed, parts, clips, locators, tracks }: Cut): readonly NodeId[] => [
  ...trimmed.map(({ clip }) => clip.id),
  ...[...parts, ...clips, ...locators].map(({ id }) => id),
  ...tracks,
];

function wording({ before, after }: Story, cut: Cut, clips: number, locators: number): string {
  const { at, beats } = cut;
  const signature = before.meters[0]?.signature ?? { numerator: 4, denominator: 4 };
  const long = songLength(Math.abs(beats), signature);
  const along = counted([
    [clips, 'clip'],
    [locators, 'locator'],
  ]);
  if (beats > 0) return `${long} inserted at bar ${songPosition(at, after.meters)} (${along} later)`;
  const gone = counted([
    [cut.clips.length, 'clip'],
    [cut.locators.length, 'locator'],
  ]);
  const lost = gone === '' ? '' : `with ${gone}; `;
  return `${long} deleted at bar ${songPosition(at, before.meters)} (${lost}${along} earlier)`;
}

const counted = (all: readonly (readonly [count: number, thing: string])[]): string =>
  all
    .filter(([count]) => count > 0)
    .map(([count, thing]) => formatCount(count, thing))
    .join(', ');
