/** Automation of tracks, envelopes of clips. */
import type { FacetItem } from '../model/facet.ts';
import type { NodeId, TreeNode } from '../model/node.ts';
import { walk } from '../patch/tree.ts';
import { formatCount } from './format-value.ts';
import { songPosition } from './meters.ts';
import { plainName } from './names.ts';
import { fold, type Side, type Story, tell } from './story.ts';
import { clipBar } from './tell-clips.ts';

export function tellEnvelopes(story: Story): void {
  for (const [id, facets] of story.facts.facets) {
    const node = story.after.index.get(id);
    if (node !== undefined && facets.delete('envelopes')) tellOf(story, node);
  }
}

function tellOf(story: Story, node: TreeNode): void {
  const [old, young] = [story.before.facets(node.id, 'envelopes'), story.after.facets(node.id, 'envelopes')];
  if (old === undefined || young === undefined) {
    tell(story, node.id, { kind: 'automation', what: `${noun(node)}s changed` });
    return;
  }
  const told = story.drafts.length;
  for (const [was, now] of pairEnvelopes(old, young)) tellOne(story, node, was, now);
  if (story.drafts.length === told) fold(story, 'bookkeeping', [node.id]);
}

const noun = (node: TreeNode): string => (node.kind === 'clip' ? 'envelope' : 'automation');
const pointsOf = (item: FacetItem | undefined): readonly number[] =>
  typeof item?.['points'] === 'object' ? item['points'] : [];

/** By what it moves: drawn anew, an envelope has another key. Then by name: another version has other targets. */
function pairEnvelopes(
  old: readonly FacetItem[],
  young: readonly FacetItem[],
): readonly (readonly [FacetItem | undefined, FacetItem | undefined])[] {
  const rest = new Set(young);
  const pairs: (readonly [FacetItem | undefined, FacetItem | undefined])[] = [];
  let left = old;
  for (const field of ['target', 'parameter']) {
    const unpaired: FacetItem[] = [];
    for (const was of left) {
      const now = [...rest].find((item) => item[field] !== undefined && item[field] === was[field]);
      if (now === undefined) unpaired.push(was);
      else {
        rest.delete(now);
        pairs.push([was, now]);
      }
    }
    left = unpaired;
  }
  for (const was of left) pairs.push([was, undefined]);
  for (const now of rest) pairs.push([undefined, now]);
  return pairs;
}

/** Live keeps an envelope with one event where there is no automation. */
const isUnused = (item: FacetItem | undefined): boolean =>
  pointsOf(item).length <= 2 || (isOfSong(item) && isFlat(item));

const isOfSong = (item: FacetItem | undefined): boolean =>
  item?.['parameter'] === SONG_TEMPO || item?.['parameter'] === SONG_SIGNATURE;
const SONG_TEMPO = 'Song Tempo';
const SONG_SIGNATURE = 'Time Signature';

/** One event, or several of one value, only repeat the value: every Set has that for tempo and signature. */
const isFlat = (item: FacetItem | undefined): boolean =>
  pointsOf(item).every((value, at, points) => at % 2 === 0 || value === points[1]);

function tellOne(story: Story, node: TreeNode, was: FacetItem | undefined, now: FacetItem | undefined): void {
  if (isUnused(was) && isUnused(now)) return;
  const changes = changedTimes(was, now);
  const isThere = [!isUnused(was), !isUnused(now)];
  if (isThere[0] && isThere[1] && changes.length === 0) return;
  const done = isThere[0] ? (isThere[1] ? 'changed' : 'deleted') : 'added';
  const item = (isThere[1] ? now : was) as FacetItem;
  if (node.kind === 'track' && node.props.type === 'main' && tellSong(story, node, item, changes)) return;
  const owner = ownerOf(isThere[1] ? story.after : story.before, node, item);
  tell(story, node.id, {
    kind: 'automation',
    where: owner,
    what: `${parameterName(item)} ${noun(node)} ${done}${rangeText(story, node, changes)}`,
    crowds: [
      {
        key: `${noun(node)} ${done}`,
        say: (count) =>
          `${formatCount(count, noun(node) === 'envelope' ? 'clip envelope' : 'automation lane')} ${done}`,
        countTracks: true,
      },
    ],
  });
}

/** Tempo and signature are the song's, though the main track holds them. */
function tellSong(story: Story, main: TreeNode, item: FacetItem, times: readonly number[]): boolean {
  if (!isOfSong(item)) return false;
  const isTempo = item['parameter'] === SONG_TEMPO;
  tell(story, story.after.index.root.id, {
    kind: isTempo ? 'automation' : 'signature',
    nodes: [main.id],
    what: `${isTempo ? 'Tempo automation changed' : 'Signature changed in the song'}${rangeText(story, main, times)}`,
  });
  return true;
}

/** `Volume` instead of `Track Volume`: the sentence names the track. */
function parameterName(item: FacetItem): string {
  const name = typeof item['parameter'] === 'string' ? plainName(item['parameter']) : '';
  const short = name.replace(/^(Track|Song|Chain) /, '');
  return SHORT[short] ?? (short === '' ? 'Parameter' : short);
}
const SHORT: Readonly<Record<string, string>> = { Panning: 'Pan', Activator: 'Mute', 'Device On': 'On/off' };

/** The device that an envelope of a track moves, where it can be told. */
function ownerOf(side: Side, node: TreeNode, item: FacetItem): string {
  const { names, facets } = side;
  if (node.kind !== 'track') return names.where(node.id);
  const holds = (id: NodeId): boolean =>
    facets(id, 'parameters')?.some((parameter) => parameter['target'] === item['target']) ?? false;
  if (holds(node.id)) return names.where(node.id);
  for (const { devices = [], sends = [] } of [node.lists]) {
    for (const top of [...sends, ...devices]) {
      for (const below of walk(top)) if (isOwner(below) && holds(below.id)) return names.where(below.id);
    }
  }
  return names.where(node.id);
}
const isOwner = ({ kind }: TreeNode): boolean => kind === 'device' || kind === 'chain' || kind === 'send';

/** Times of the points that are in only one of both; in order. */
function changedTimes(was: FacetItem | undefined, now: FacetItem | undefined): readonly number[] {
  const [old, young] = [pointKeys(was), pointKeys(now)];
  const times = [
    ...[...old].filter(([key]) => !young.has(key)).map(([, time]) => time),
    ...[...young].filter(([key]) => !old.has(key)).map(([, time]) => time),
  ];
  return times.filter((time) => time >= FIRST_TIME).sort((a, b) => a - b);
}

/** The value before all time stands at a time far below. */
const FIRST_TIME = -1e6;

function pointKeys(item: FacetItem | undefined): ReadonlyMap<string, number> {
  const points = pointsOf(item);
  const curves = typeof item?.['curves'] === 'object' ? item['curves'] : [];
  const keys = new Map<string, number>();
  for (let at = 0; at + 1 < points.length; at += 2) {
    const curve = curves.slice(at * 2, at * 2 + 4).join(' ');
    keys.set(`${points[at]} ${points[at + 1]} ${curve}`, points[at] as number);
  }
  return keys;
}

function rangeText(story: Story, node: TreeNode, times: readonly number[]): string {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return '';
  const bar = (beats: number): string =>
    node.kind === 'clip' ? clipBar(node.props, beats) : songPosition(beats, story.after.meters);
  const [from, to] = [bar(first), bar(last)];
  return from === to ? ` (bar ${from})` : ` (bar ${from}–${to})`;
}
