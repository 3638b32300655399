/** Scenes, locators, take lanes and stop buttons that come, go and move. */
import type { NodeId, TreeNode } from '../model/node.ts';
import { contentKey } from './copies.ts';
import { formatCount } from './format-value.ts';
import { groupBy } from './group-by.ts';
import { songPosition } from './meters.ts';
import { fold, isKind, type Of, type Side, type Story, sideOf, tell, those } from './story.ts';

type Scene = Of<'scene'>;

export function tellScenes(story: Story): void {
  tellAdded(story);
  tellRemoved(story);
  foldSlots(story);
  for (const id of [...story.facts.moved])
    if (story.after.index.get(id)?.kind === 'scene') tellMoved(story, id);
}

/** Clips in the row of a scene that came or went are part of it. */
function takeRows(story: Story, which: 'added' | 'removed'): (scene: NodeId) => readonly NodeId[] {
  const rows = groupBy(those(story, which, 'clip'), ({ props }) => props.scene ?? '');
  return (scene) => {
    const ids = (rows.get(scene) ?? []).map(({ id }) => id);
    for (const id of ids) story.facts[which].delete(id);
    return ids;
  };
}

const clipsText = (count: number): string => (count === 0 ? '' : ` (${formatCount(count, 'clip')})`);

function tellAdded(story: Story): void {
  const takeRow = takeRows(story, 'added');
  for (const scene of those(story, 'added', 'scene')) {
    const clips = takeRow(scene.id);
    const isCopy = clips.length > 0 && (hasTwin(story, scene) || hasLikeRow(story, clips));
    const done = isCopy ? 'duplicated' : 'added';
    story.facts.added.delete(scene.id);
    tell(story, scene.id, {
      kind: `scene-${done}`,
      where: '',
      what: `${story.after.names.scene(scene.id)} ${done}${clipsText(clips.length)}`,
      nodes: [scene.id, ...clips],
      crowds: [sceneCrowd(done)],
    });
  }
}

const sceneCrowd = (done: string) => ({
  key: `scene-${done}`,
  say: (count: number) => `${formatCount(count, 'scene')} ${done}`,
});

const hasTwin = ({ before }: Story, { props }: Scene): boolean =>
  props.name !== '' &&
  (before.index.root.lists.scenes ?? []).some(
    (other) => isKind(other, 'scene') && other.props.name === props.name,
  );

/** Scenes without a name: whether the clips of one that was there before lay in the same tracks and hold the same. */
function hasLikeRow({ before, after }: Story, clips: readonly NodeId[]): boolean {
  const keyOf = (side: Side, id: NodeId): string => {
    const clip = side.index.get(id);
    return `${side.index.parentId(id)} ${clip === undefined ? '' : contentKey(clip)}`;
  };
  const wanted = clips.map((id) => keyOf(after, id));
  const rows = new Map<string, Set<string>>();
  for (const id of clips) {
    const track = before.index.get(after.index.parentId(id) ?? id);
    for (const old of track?.lists.clips ?? []) {
      if (old.kind !== 'clip' || old.props.scene === undefined) continue;
      const row = rows.get(old.props.scene) ?? new Set();
      rows.set(old.props.scene, row.add(keyOf(before, old.id)));
    }
  }
  return [...rows.values()].some((row) => wanted.every((key) => row.has(key)));
}

function tellRemoved(story: Story): void {
  const takeRow = takeRows(story, 'removed');
  for (const scene of those(story, 'removed', 'scene')) {
    const clips = takeRow(scene.id);
    story.facts.removed.delete(scene.id);
    tell(story, scene.id, {
      kind: 'scene-deleted',
      where: '',
      what: `${story.before.names.scene(scene.id)} deleted${clipsText(clips.length)}`,
      nodes: [scene.id, ...clips],
      crowds: [sceneCrowd('deleted')],
    });
  }
}

function tellMoved(story: Story, id: NodeId): void {
  const { before, after, facts } = story;
  facts.moved.delete(id);
  tell(story, id, {
    kind: 'scene-moved',
    where: '',
    what: `${after.names.scene(id)} moved, row ${before.names.sceneNumber(id)} → ${after.names.sceneNumber(id)}`,
    crowds: [sceneCrowd('moved')],
  });
}

/** A slot is only there while it has no stop button (or other settings). */
function foldSlots(story: Story): void {
  for (const which of ['added', 'removed'] as const) {
    for (const slot of those(story, which, 'slot')) {
      const scene = slot.props.scene as NodeId;
      story.facts[which].delete(slot.id);
      // Another version of Live writes other settings into every slot.
      const isOfVersion = story.isOtherVersion && slot.props.hasStop !== false;
      if (!story.before.index.has(scene) || !story.after.index.has(scene)) fold(story, 'part', [slot.id]);
      else if (isOfVersion) fold(story, 'bookkeeping', [slot.id]);
      else tellStopButton(story, slot.id, slot.props.hasStop === false ? which === 'removed' : undefined);
    }
  }
}

/** @param isThere `undefined`: something else of the slot */
export function tellStopButton(story: Story, id: NodeId, isThere: boolean | undefined): void {
  const side = sideOf(story, id);
  const done =
    isThere === undefined ? 'settings changed' : isThere ? 'stop button added' : 'stop button removed';
  tell(story, id, {
    kind: 'stop-button',
    where: side.names.track(id),
    what: `${done}, ${side.names.title(id)}`,
    crowds: [
      {
        key: `stop-button ${done}`,
        say: (count) =>
          isThere === undefined
            ? `settings of ${formatCount(count, 'clip slot')} changed`
            : `${formatCount(count, 'stop button')} ${isThere ? 'added' : 'removed'}`,
        countTracks: true,
      },
    ],
  });
}

const locatorAt = (side: Side, { id, props }: Of<'locator'>): string =>
  `${side.names.title(id)} at bar ${songPosition(props.time, side.meters)}`;

export function tellLocators(story: Story): void {
  for (const [which, done] of [
    ['added', 'added'],
    ['removed', 'deleted'],
  ] as const) {
    for (const locator of those(story, which, 'locator')) {
      story.facts[which].delete(locator.id);
      tell(story, locator.id, {
        kind: `locator-${done}`,
        where: '',
        what: `${locatorAt(which === 'added' ? story.after : story.before, locator)} ${done}`,
        crowds: [{ key: `locator-${done}`, say: (count) => `${formatCount(count, 'locator')} ${done}` }],
      });
    }
  }
}

export function tellTakeLanes(story: Story): void {
  for (const [which, done] of [
    ['added', 'added'],
    ['removed', 'deleted'],
  ] as const) {
    for (const lane of those(story, which, 'takeLane')) {
      const clips = (lane.lists.clips ?? []).length;
      story.facts[which].delete(lane.id);
      tellLane(story, lane.id, `take-lane-${done}`, `${done}${clipsText(clips)}`);
    }
  }
  for (const id of [...story.facts.moved]) {
    if (story.after.index.get(id)?.kind !== 'takeLane') continue;
    story.facts.moved.delete(id);
    tellLane(story, id, 'take-lane-moved', 'moved');
  }
}

function tellLane(
  story: Story,
  id: NodeId,
  kind: 'take-lane-added' | 'take-lane-deleted' | 'take-lane-moved',
  what: string,
): void {
  const side = sideOf(story, id);
  const done = what.split(' ')[0] ?? what;
  tell(story, id, {
    kind,
    where: side.names.track(id),
    what: `${side.names.title(id)} ${what}`,
    crowds: [{ key: kind, say: (count) => `${formatCount(count, 'take lane')} ${done}`, countTracks: true }],
  });
}

/** The order of these lists follows from times, scenes and returns. */
const SORTED: readonly TreeNode['kind'][] = ['clip', 'locator', 'send', 'slot'];

export function foldMoves(story: Story): void {
  for (const id of [...story.facts.moved]) {
    if (!SORTED.includes(story.after.index.get(id)?.kind ?? 'set')) continue;
    story.facts.moved.delete(id);
    fold(story, 'derived', [id]);
  }
}
