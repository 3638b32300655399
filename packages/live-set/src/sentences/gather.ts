/** From drafts to sentences: those alike become one, the most important first. */
import type { NodeId } from '../model/node.ts';
import { groupBy } from './group-by.ts';
import { SENTENCE_KINDS, type Sentence } from './sentence.ts';
import type { Crowd, Draft } from './story.ts';

/** More than so many alike are counted. */
const MOST = 3;
const RANK = { structure: 0, sound: 1, settings: 2, state: 3 } as const;

/** @param orderOf place of a node in the tree */
export function gather(drafts: readonly Draft[], orderOf: (id: NodeId) => number): readonly Sentence[] {
  const order = (draft: Draft): number => draft.order ?? orderOf(draft.nodes[0] as NodeId);
  const byRank = (a: Draft, b: Draft): number => rank(a) - rank(b) || order(a) - order(b);
  const { told, rest } = countAlike([...drafts].sort(byRank));
  return [...told, ...joined(rest)].sort(byRank).map(sentence);
}

const isMinor = ({ kind, minor }: Draft): boolean => minor ?? SENTENCE_KINDS[kind] === 'state';
const rank = (draft: Draft): number => (isMinor(draft) ? RANK.state : RANK[SENTENCE_KINDS[draft.kind]]);

/** Level by level: those that are many with their nearest alike, then the rest with those less alike. */
function countAlike(drafts: readonly Draft[]): {
  readonly told: readonly Draft[];
  readonly rest: readonly Draft[];
} {
  const told: Draft[] = [];
  let rest = drafts;
  const levels = Math.max(0, ...drafts.map(({ crowds = [] }) => crowds.length));
  for (let level = 0; level < levels; level++) {
    const left: Draft[] = [];
    for (const these of byCrowd(rest, level)) {
      const crowd = these[0]?.crowds?.[level];
      if (crowd === undefined || these.length <= MOST) left.push(...these);
      else told.push(...countedByTrack(these, crowd));
    }
    rest = left;
  }
  return { told, rest };
}

function byCrowd(drafts: readonly Draft[], level: number): readonly (readonly Draft[])[] {
  let alone = 0;
  const groups = groupBy(drafts, ({ crowds, kind }) => {
    const crowd = crowds?.[level];
    return crowd === undefined ? `alone ${alone++}` : `${kind} ${crowd.key}`;
  });
  return [...groups.values()];
}

/** First those of one track are counted; if too many tracks are left, all of them. */
function countedByTrack(drafts: readonly Draft[], crowd: Crowd): readonly Draft[] {
  if (crowd.countTracks !== true) return [counted(drafts, crowd, crowd.where ?? '')];
  const tracks = groupBy(drafts, ({ track }) => track ?? '');
  const perTrack = [...tracks].flatMap(([track, these]) =>
    these.length > MOST ? [counted(these, crowd, track)] : joined(these),
  );
  if (perTrack.length <= MOST) return perTrack;
  const say: Crowd['say'] = (count, labels) => `${crowd.say(count, labels)} in ${tracks.size} tracks`;
  return [counted(drafts, { ...crowd, say }, '')];
}

function counted(drafts: readonly Draft[], crowd: Crowd, where: string): Draft {
  const { kind } = drafts[0] as Draft;
  const text = crowd.say(
    drafts.length,
    drafts.flatMap(({ label }) => label ?? []),
  );
  return { ...merged(drafts), kind, where, what: where === '' ? capital(text) : text };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `Kick, Snare: muted` instead of the same said twice. */
function joined(drafts: readonly Draft[]): readonly Draft[] {
  const byWhat = groupBy(drafts, ({ kind, label, what }) => JSON.stringify([kind, label, what]));
  return [...byWhat.values()].flatMap((same) => {
    const wheres = [...new Set(same.map(({ where }) => where))];
    if (same.length === 1 || wheres.includes('')) return same;
    return [{ ...(same[0] as Draft), ...merged(same), where: wheres.join(', ') }];
  });
}

function merged(drafts: readonly Draft[]) {
  const tracks = [...new Set(drafts.flatMap(({ track }) => track ?? []))];
  const paths = [...new Set(drafts.flatMap((draft) => draft.paths ?? []))];
  const first = drafts[0] as Draft;
  return {
    nodes: [...new Set(drafts.flatMap(({ nodes }) => nodes))],
    tracks,
    ...(paths.length > 0 ? { paths } : {}),
    ...(first.order === undefined ? {} : { order: first.order }),
    ...(first.minor === undefined ? {} : { minor: first.minor }),
  };
}

function sentence(draft: Draft): Sentence {
  const places = draft.tracks ?? (draft.track === undefined ? [] : [draft.track]);
  return {
    text: [[draft.where, draft.label].filter(Boolean).join(' › '), draft.what].filter(Boolean).join(': '),
    nodes: draft.nodes,
    kind: draft.kind,
    minor: isMinor(draft),
    ...(places.length > 0 ? { places } : {}),
    ...(draft.paths === undefined ? {} : { paths: draft.paths }),
  };
}
