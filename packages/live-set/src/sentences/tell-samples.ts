/** Samples, warp markers, and where the files lie. */
import type { FacetItem } from '../model/facet.ts';
import type { NodeId, TreeNode } from '../model/node.ts';
import { formatCount } from './format-value.ts';
import { plainName } from './names.ts';
import { fold, type Story, takeProp, tell } from './story.ts';

/** A file whose path changed and nothing else. */
interface Relocated {
  readonly id: NodeId;
  readonly was: string;
  readonly now: string;
}

export function tellSamples(story: Story): void {
  const relocated = [...relocatedClips(story)];
  for (const [id, facets] of story.facts.facets) {
    const node = story.after.index.get(id);
    if (node === undefined) continue;
    if (facets.delete('samples')) relocated.push(...tellParts(story, node));
    if (facets.delete('warpMarkers')) tellWarpMarkers(story, node);
  }
  tellRelocated(story, relocated);
}

/** What is left of paths after samples were replaced; `patch` is the file of a Max device. */
function relocatedClips(story: Story): readonly Relocated[] {
  return [...story.facts.props.keys()].flatMap((id) => {
    const change = takeProp(story, id, 'samplePath') ?? takeProp(story, id, 'patch');
    return change === undefined ? [] : [{ id, was: String(change.was ?? ''), now: String(change.now ?? '') }];
  });
}

const fileName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

function tellParts(story: Story, node: TreeNode): readonly Relocated[] {
  const [old, young] = [story.before.facets(node.id, 'samples'), story.after.facets(node.id, 'samples')];
  if (old === undefined || young === undefined) {
    tell(story, node.id, { kind: 'sample-settings', what: 'samples changed' });
    return [];
  }
  if (old.length !== young.length) {
    tell(story, node.id, { kind: 'sample-replaced', what: listChange(old, young) });
    return [];
  }
  const pairs = young.map((now, at) => ({ was: old[at] as FacetItem, now }));
  return pairs.flatMap(({ was, now }) => tellPart(story, node, was, now));
}

function listChange(old: readonly FacetItem[], young: readonly FacetItem[]): string {
  const change = young.length - old.length;
  return `${formatCount(Math.abs(change), 'sample')} ${change > 0 ? 'added' : 'removed'}`;
}

function tellPart(story: Story, node: TreeNode, was: FacetItem, now: FacetItem): readonly Relocated[] {
  const [from, to] = [String(was['path'] ?? ''), String(now['path'] ?? '')];
  if (fileName(from) !== fileName(to)) {
    tell(story, node.id, {
      kind: 'sample-replaced',
      what: `sample replaced: ${plainName(fileName(from)) || 'none'} → ${plainName(fileName(to)) || 'none'}`,
      crowds: [
        {
          key: 'sample-replaced',
          say: (count) => `${formatCount(count, 'sample')} replaced`,
          countTracks: true,
        },
      ],
    });
    return [];
  }
  const isSet = ['name', 'rootKey', 'detuneCents', 'sampleStart', 'sampleEnd'].some(
    (field) => was[field] !== now[field],
  );
  if (isSet) {
    tell(story, node.id, {
      kind: 'sample-settings',
      what: `settings of sample ${plainName(String(now['name'] ?? ''))} changed`.replace(
        'sample  ',
        'a sample ',
      ),
      crowds: [
        {
          key: 'sample-settings',
          say: (count) => `settings of ${formatCount(count, 'sample')} changed`,
          countTracks: true,
        },
      ],
    });
  }
  return from === to ? [] : [{ id: node.id, was: from, now: to }];
}

/** Live's "Collect All and Save" copies files into these folders of the project. */
const isCollected = ({ was, now }: Relocated): boolean => isInProject(now) && !isInProject(was);
const isInProject = (path: string): boolean =>
  /(^|[\\/])(Samples[\\/](Imported|Processed|Recorded)|Presets[\\/].+[\\/]Imported)[\\/]/.test(path);

function tellRelocated(story: Story, relocated: readonly Relocated[]): void {
  // Versions write paths otherwise: relative to the project, or whole.
  if (story.isOtherVersion) {
    fold(
      story,
      'bookkeeping',
      relocated.map(({ id }) => id),
    );
    return;
  }
  const collected = relocated.filter(isCollected);
  const moved = relocated.filter((one) => !collected.includes(one));
  for (const [these, kind] of [
    [collected, 'samples-collected'],
    [moved, 'sample-paths'],
  ] as const) {
    if (these.length === 0) continue;
    const paths = new Set(these.map(({ now }) => now));
    tell(story, story.after.index.root.id, {
      kind,
      what: kind === 'sample-paths' ? elsewhere(paths.size, these) : collectedText([...paths]),
      nodes: [...new Set(these.map(({ id }) => id))],
    });
  }
}

/** From so many files on it is said what moves them all. */
const MANY_FILES = 4;
/** Folders that may lie elsewhere together: the project, the library, the packs. */
const FEW_ROOTS = 3;

/** All of a project lie elsewhere when it was moved, or opened on another computer. */
function elsewhere(count: number, moved: readonly Relocated[]): string {
  const roots = new Set(moved.map(({ was, now }) => rootsOf(was, now)));
  if (count < MANY_FILES || roots.size > FEW_ROOTS) return `${formatCount(count, 'file')} at another path`;
  return `${formatCount(count, 'file')} at another path: the project was moved, or opened on another computer`;
}

/** What differs of two paths once the folders that they end in alike are left out. */
function rootsOf(was: string, now: string): string {
  const [old, young] = [was.split(/[\\/]/), now.split(/[\\/]/)];
  while (old.length > 0 && young.length > 0 && old.at(-1) === young.at(-1)) {
    old.pop();
    young.pop();
  }
  return `${old.join('/')}\n${young.join('/')}`;
}

function collectedText(paths: readonly string[]): string {
  const what = paths.every((path) => !/\.amxd$/i.test(path)) ? 'sample' : 'file';
  return `${formatCount(paths.length, what)} collected into the project`;
}

function tellWarpMarkers(story: Story, node: TreeNode): void {
  const [old, young] = [
    story.before.facets(node.id, 'warpMarkers'),
    story.after.facets(node.id, 'warpMarkers'),
  ];
  const isMidi = node.kind === 'clip' && node.props.type === 'midi';
  const what = old === undefined || young === undefined ? 'changed' : markersText(old, young);
  if (what === '' || isMidi) {
    fold(story, 'bookkeeping', [node.id]);
    return;
  }
  tell(story, node.id, {
    kind: 'warp-markers',
    what: what === 'changed' ? 'warp markers changed' : what,
    crowds: [
      {
        key: 'warp-markers',
        say: (count) => `warp markers changed in ${formatCount(count, node.kind)}`,
      },
    ],
  });
}

function markersText(old: readonly FacetItem[], young: readonly FacetItem[]): string {
  const before = new Map(old.map((item) => [item.key, item]));
  const keys = new Set(young.map(({ key }) => key));
  const added = young.filter(({ key }) => !before.has(key)).length;
  const removed = old.filter(({ key }) => !keys.has(key)).length;
  const moved = young.filter((item) => {
    const was = before.get(item.key);
    return was !== undefined && (was['beats'] !== item['beats'] || was['seconds'] !== item['seconds']);
  }).length;
  const parts = [
    [added, 'added'],
    [removed, 'removed'],
    [moved, 'moved'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, done], at) => `${at === 0 ? formatCount(count, 'warp marker') : count} ${done}`)
    .join(', ');
}
