/** Parameters of devices and mixers, beyond those that are properties. */
import type { FacetItem } from '../model/facet.ts';
import type { NodeId, TreeNode } from '../model/node.ts';
import { formatChange, formatCount, formatInUnit, formatNumber, formatValue } from './format-value.ts';
import { plainName } from './names.ts';
import { type Crowd, fold, type Story, tell } from './story.ts';

/** Told as properties of their node. */
const AS_PROPS = new Set(
  ['Volume', 'Pan', 'Panorama', 'Speaker', 'SplitStereoPanL', 'SplitStereoPanR', 'CrossFadeState'].concat([
    'CrossFade',
    'Tempo',
    'TimeSignature',
    'CueVolume',
    'Send',
    'On',
  ]),
);
const MACRO = /^MacroControls\./;

export function tellParameters(story: Story): void {
  for (const [id, facets] of story.facts.facets) {
    const node = story.after.index.get(id);
    if (node !== undefined && facets.delete('parameters')) tellOf(story, node);
  }
}

interface Pair {
  readonly was: FacetItem;
  readonly now: FacetItem;
}

function tellOf(story: Story, node: TreeNode): void {
  const [old, young] = [
    story.before.facets(node.id, 'parameters'),
    story.after.facets(node.id, 'parameters'),
  ];
  if (old === undefined || young === undefined) {
    tell(story, node.id, { kind: 'parameter', what: 'parameters changed' });
    return;
  }
  const before = new Map(old.map((item) => [item.key, item]));
  const pairs = young.flatMap((now) => {
    const was = before.get(now.key);
    return was === undefined || AS_PROPS.has(now.key) ? [] : [{ was, now }];
  });
  const told = story.drafts.length;
  for (const pair of pairs.filter((one) => isChanged(story, one))) tellValue(story, node, pair);
  tellNames(story, node, pairs);
  if (!story.isOtherVersion) {
    tellMappings(story, node, pairs);
    tellList(story, node, old, young);
  }
  if (story.drafts.length === told) fold(story, 'bookkeeping', [node.id]);
}

/** Another version may keep a value in another unit or type: then nothing can be said. */
function isChanged(story: Story, { was, now }: Pair): boolean {
  const isComparable = was['unit'] === now['unit'] && typeof was['raw'] === typeof now['raw'];
  return was['raw'] !== now['raw'] && (isComparable || !story.isOtherVersion);
}

/**
 * A change is always the user's: automation and macros leave the stored values of what they move as they were
 * (in successive saves of real Sets not one of 68 automated parameters had another value).
 */
function tellValue(story: Story, node: TreeNode, { was, now }: Pair): void {
  const label = plainName(String(now['name'] ?? '')) || 'a parameter';
  const what = valueChange(node, was, now);
  tell(story, node.id, {
    kind: MACRO.test(now.key) ? 'macro' : 'parameter',
    label,
    what,
    crowds: valueCrowds(story, node, label, what),
  });
}

/** Many of one device; one of many devices of the same name. */
function valueCrowds(story: Story, node: TreeNode, label: string, change: string): readonly Crowd[] {
  const { names } = story.after;
  const title = names.title(node.id);
  return [
    {
      key: `parameters ${node.id}`,
      where: names.where(node.id),
      say: (count, labels) =>
        `${formatCount(count, 'parameter')} changed (${labels.slice(0, 2).join(', ')}, …)`,
    },
    { key: `${title} ${label} ${change}`, say: (count) => `${count} × ${title} › ${label}: ${change}` },
    { key: `${title} ${label}`, say: (count) => `${count} × ${title}: ${label} changed` },
  ];
}

/** Plug-ins tell of each parameter only where it stands between its ends. */
function valueChange(node: TreeNode, was: FacetItem, now: FacetItem): string {
  const unit = typeof now['unit'] === 'string' ? now['unit'] : undefined;
  const isPlugin = node.kind === 'device' && node.props.type === 'plugin' && unit === undefined;
  return formatChange(was['value'], now['value'], (value, more) => {
    if (typeof value === 'object' || value === undefined) return 'unknown';
    if (typeof value !== 'number') return formatValue(value);
    if (isPlugin) return formatInUnit(value * 100, '%', more);
    return MACRO.test(now.key) ? formatNumber(value, more) : formatValue(value, unit, more);
  });
}

function tellNames(story: Story, node: TreeNode, pairs: readonly Pair[]): void {
  for (const { was, now } of pairs) {
    const [old, young] = [String(was['name'] ?? ''), String(now['name'] ?? '')];
    if (old === young || (story.isOtherVersion && !MACRO.test(now.key))) continue;
    const noun = MACRO.test(now.key) ? 'macro' : 'parameter';
    tell(story, node.id, {
      kind: noun === 'macro' ? 'macro-renamed' : 'parameter-list',
      what: `${noun} "${plainName(old)}" renamed "${plainName(young)}"`,
      crowds: [
        {
          key: `${noun} renamed ${node.id}`,
          where: story.after.names.where(node.id),
          say: (count) => `${formatCount(count, noun)} renamed`,
        },
        { key: `${noun} renamed`, say: (count) => `${formatCount(count, noun)} renamed` },
      ],
    });
  }
}

function tellMappings(story: Story, node: TreeNode, pairs: readonly Pair[]): void {
  const changed = pairs.filter(({ was, now }) =>
    ['rangeMin', 'rangeMax'].some(
      (end) => was[end] !== now[end] && was[end] !== undefined && now[end] !== undefined,
    ),
  );
  if (changed.length === 0) return;
  const names = changed.map(({ now }) => plainName(String(now['name'])));
  tell(story, node.id, {
    kind: 'mapping',
    what: `mapping range of ${names.length <= 3 ? names.join(', ') : formatCount(names.length, 'parameter')} changed`,
    crowds: [
      {
        key: 'mapping',
        say: (count) => `Mapping ranges changed in ${formatCount(count, 'device')}`,
      },
    ],
  });
}

/** Parameters that a plug-in shows, or a new state of a Max device brought. */
function tellList(
  story: Story,
  node: TreeNode,
  old: readonly FacetItem[],
  young: readonly FacetItem[],
): void {
  const [keys, newKeys] = [new Set(old.map(({ key }) => key)), new Set(young.map(({ key }) => key))];
  const added = young.filter(({ key }) => !keys.has(key));
  const removed = old.filter(({ key }) => !newKeys.has(key));
  for (const [items, done] of [
    [added, 'added'],
    [removed, 'removed'],
  ] as const) {
    if (items.length === 0) continue;
    const names = items.map(({ name }) => `"${plainName(String(name ?? ''))}"`);
    tell(story, node.id, {
      kind: 'parameter-list',
      what: `${names.length <= 3 ? `parameter${names.length === 1 ? '' : 's'} ${names.join(', ')}` : formatCount(names.length, 'parameter')} ${done}`,
      crowds: [
        {
          key: `parameter-list ${done}`,
          say: (count) => `Parameters ${done} in ${formatCount(count, 'device')}`,
        },
      ],
    });
  }
}

/** The count stands for the list: told by it, or by the version. */
export function foldCounts(story: Story, names: readonly string[]): void {
  for (const [id, changes] of story.facts.props) {
    for (const name of names) if (changes.delete(name)) fold(story, 'derived', [id as NodeId]);
  }
}
