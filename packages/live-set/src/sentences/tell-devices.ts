/** Devices that come, go, move, are swapped, grouped and ungrouped. */
import type { NodeId, TreeNode } from '../model/node.ts';
import { walk } from '../patch/tree.ts';
import { contentKey } from './copies.ts';
import { formatCount } from './format-value.ts';
import {
  fold,
  isKind,
  namesOrCount,
  type Of,
  orderOf,
  type Side,
  type Story,
  takeProp,
  tell,
  those,
  whereOfParent,
} from './story.ts';
import { tellChains, tellMoved } from './tell-chains.ts';

type Device = Of<'device'>;

export function tellDevices(story: Story): void {
  for (const rack of those(story, 'added', 'device')) tellGrouping(story, rack);
  for (const rack of those(story, 'removed', 'device')) tellUngrouping(story, rack);
  for (const device of those(story, 'removed', 'device')) tellReplaced(story, device);
  for (const device of changedClass(story)) tellSwapped(story, device);
  for (const device of changedPatch(story)) tellNewPatch(story, device);
  for (const device of those(story, 'added', 'device')) tellAdded(story, device);
  for (const device of those(story, 'removed', 'device')) tellRemoved(story, device);
  tellMoved(story);
  tellChains(story);
}

const title = (side: Side, id: NodeId): string => side.names.title(id);

function tellGrouping(story: Story, rack: Device): void {
  const inside = walk(rack).filter(({ id, kind }) => kind === 'device' && story.facts.moved.has(id));
  if (inside.length === 0) return;
  const ids = inside.map(({ id }) => id);
  for (const id of ids) story.facts.moved.delete(id);
  story.facts.added.delete(rack.id);
  tell(story, rack.id, {
    kind: 'devices-grouped',
    where: whereOfParent(story.after, rack.id),
    what: `${namesOrCount(
      ids.map((id) => title(story.before, id)),
      'device',
    )} grouped in ${title(story.after, rack.id)}`,
    nodes: [rack.id, ...ids],
  });
}

function tellUngrouping(story: Story, rack: Device): void {
  const parent = story.before.index.parentId(rack.id);
  const kept = walk(rack).filter(
    ({ id }) => story.facts.moved.has(id) && story.after.index.parentId(id) === parent,
  );
  if (kept.length === 0) return;
  const ids = kept.map(({ id }) => id);
  for (const id of ids) story.facts.moved.delete(id);
  story.facts.removed.delete(rack.id);
  tell(story, rack.id, {
    kind: 'devices-ungrouped',
    where: whereOfParent(story.before, rack.id),
    what: `${title(story.before, rack.id)} ungrouped (${namesOrCount(
      ids.map((id) => title(story.after, id)),
      'device',
    )})`,
    nodes: [rack.id, ...ids],
    order: orderOf(story, ids[0] as NodeId),
  });
}

/** The nearest device before it that is in both trees; the place where one was taken out and another put in. */
function kept({ index }: Side, other: Side, id: NodeId): NodeId | undefined {
  const siblings = index.siblings(id);
  for (let at = siblings.findIndex((node) => node.id === id) - 1; at >= 0; at--) {
    const node = siblings[at] as TreeNode;
    if (other.index.has(node.id)) return node.id;
  }
  return undefined;
}

function tellReplaced(story: Story, old: Device): void {
  const { before, after, facts } = story;
  const parent = before.index.parentId(old.id);
  const place = kept(before, after, old.id);
  const young = those(story, 'added', 'device').find(
    ({ id }) => after.index.parentId(id) === parent && kept(after, before, id) === place,
  );
  if (young === undefined) return;
  facts.added.delete(young.id);
  facts.removed.delete(old.id);
  const [was, now] = [title(before, old.id), title(after, young.id)];
  tell(story, young.id, {
    kind: 'device-replaced',
    where: whereOfParent(after, young.id),
    what: was === now ? `${now} loaded anew` : `${was} replaced by ${now}`,
    nodes: [young.id, old.id],
    crowds: [
      {
        key: 'device-replaced',
        say: (count) => `${formatCount(count, 'device')} replaced`,
        countTracks: true,
      },
    ],
  });
}

/** Devices that kept their place (and key) while their class, or name and preset, changed. */
function changedClass(story: Story): readonly Device[] {
  return [...story.facts.props].flatMap(([id, changes]) => {
    const node = story.after.index.get(id);
    if (node === undefined || !isKind(node, 'device')) return [];
    const isPreset = changes.has('userName') && (story.facts.other.get(id) ?? []).includes('LastPresetRef');
    const isOther = changes.has('class') && changes.has('name') && !story.isOtherVersion;
    return isPreset || isOther ? [node] : [];
  });
}

/** A preset brings all that is in it: told as one. */
function tellSwapped(story: Story, device: Device): void {
  const { before, after, facts } = story;
  const inside = [device.id, ...idsBelow(before.index.get(device.id)), ...idsBelow(device)];
  const nodes = new Set(inside);
  for (const id of nodes) {
    for (const map of [facts.props, facts.facets, facts.other, facts.added, facts.removed]) map.delete(id);
    facts.moved.delete(id);
  }
  const now = title(after, device.id);
  tell(story, device.id, {
    kind: 'device-replaced',
    where: whereOfParent(after, device.id),
    what: `${title(before, device.id)} replaced by ${now}`,
    nodes: [...nodes],
    crowds: [replacedCrowd(now)],
  });
}

/** Max devices that now load another file; the values of their parameters stay their own changes. */
const changedPatch = (story: Story): readonly Device[] =>
  [...story.facts.props].flatMap(([id, changes]) => {
    const node = story.after.index.get(id);
    return changes.has('patch') && changes.has('name') && node !== undefined && isKind(node, 'device')
      ? [node]
      : [];
  });

function tellNewPatch(story: Story, device: Device): void {
  const { before, after, facts } = story;
  const now = title(after, device.id);
  for (const name of ['patch', 'name', 'userName', 'parameterCount']) takeProp(story, device.id, name);
  facts.other.delete(device.id);
  tell(story, device.id, {
    kind: 'device-replaced',
    where: whereOfParent(after, device.id),
    what: `${title(before, device.id)} replaced by ${now}`,
    crowds: [replacedCrowd(now)],
  });
}

const replacedCrowd = (now: string) => ({
  key: `device-replaced ${now}`,
  say: (count: number) => `${formatCount(count, 'device')} replaced by ${now}`,
  countTracks: true,
});

const idsBelow = (node: TreeNode | undefined): readonly NodeId[] =>
  node === undefined ? [] : walk(node).map(({ id }) => id);

function tellAdded(story: Story, device: Device): void {
  const { after, facts } = story;
  const siblings = after.index.siblings(device.id);
  const previous = siblings[siblings.findIndex(({ id }) => id === device.id) - 1];
  const isCopy =
    previous !== undefined && story.before.index.has(previous.id) && isCopyOf(story, previous, device);
  const name = title(after, device.id);
  facts.added.delete(device.id);
  tell(story, device.id, {
    kind: isCopy ? 'device-duplicated' : 'device-added',
    where: whereOfParent(after, device.id),
    what: isCopy ? `${name} duplicated` : `${name} added`,
    crowds: [
      {
        key: isCopy ? 'device-duplicated' : 'device-added',
        say: (count) => `${formatCount(count, 'device')} ${isCopy ? 'duplicated' : 'added'}`,
        countTracks: true,
      },
    ],
  });
}

function isCopyOf(story: Story, original: TreeNode, copy: TreeNode): boolean {
  if (contentKey(original) !== contentKey(copy)) return false;
  // Not by key: Live's parameters have one of their own each.
  const values = (id: NodeId) =>
    story.after.facets(id, 'parameters')?.map((item) => [item['name'], item['raw']]);
  return JSON.stringify(values(original.id)) === JSON.stringify(values(copy.id));
}

function tellRemoved(story: Story, device: Device): void {
  story.facts.removed.delete(device.id);
  tell(story, device.id, {
    kind: 'device-deleted',
    where: whereOfParent(story.before, device.id),
    what: `${title(story.before, device.id)} deleted`,
    crowds: [
      {
        key: 'device-deleted',
        say: (count) => `${formatCount(count, 'device')} deleted`,
        countTracks: true,
      },
    ],
  });
}

/** Names that Live derives, and what it words anew with each version. */
export function foldDerivedNames(story: Story): void {
  for (const [id, changes] of story.facts.props) {
    const node = story.after.index.get(id);
    if (node?.kind === 'device' && !changes.has('userName'))
      foldProps(story, id, ['name', 'class', 'pluginVendor']);
    if (node?.kind === 'chain' && !changes.has('userName') && node.props.userName === undefined) {
      foldProps(story, id, ['name']);
    }
  }
}

function foldProps(story: Story, id: NodeId, names: readonly string[]): void {
  for (const name of names) if (takeProp(story, id, name) !== undefined) fold(story, 'derived', [id]);
}
