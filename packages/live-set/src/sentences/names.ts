import type { NodeId, NodeOf, TreeNode } from '../model/node.ts';
import { trackNumbers, trackTitle } from '../model/title.ts';
import { deviceName } from '../tables/device-names.ts';
import { type Meters, songPosition } from './meters.ts';
import type { Entry, TreeIndex } from './tree-index.ts';

const LONGEST = 48;
const FIRST_WITH_MAIN = 12;

/** A name on one line, cut where it is very long. */
export function plainName(name: string): string {
  const line = name.replace(/\p{Cc}+/gu, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1).trimEnd()}…` : line;
}

/** What things of one tree are called: as Live's headers show them, with as much of the way as tells them apart. */
export class Names {
  readonly #index: TreeIndex;
  readonly #meters: Meters;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #scenes: ReadonlyMap<string, number>;
  readonly #inTrack = new Map<NodeId, ReadonlyMap<NodeId, string>>();
  #tracks: ReadonlyMap<NodeId, string> | undefined;

  constructor(index: TreeIndex, meters: Meters) {
    this.#index = index;
    this.#meters = meters;
    this.#numbers = trackNumbers(index.root);
    this.#scenes = new Map((index.root.lists.scenes ?? []).map(({ id }, row) => [id, row + 1]));
  }

  /** The name alone: `Bass`, `EQ Eight`, `"Verse"`, `Scene 3`, `Send A-Reverb`. */
  title(id: NodeId): string {
    const node = this.#index.get(id);
    return node === undefined ? '' : this.#titleOf(node);
  }

  /** With what it lies in: `Bass › EQ Eight`, `Lead › "Verse"`. Empty for the Set. */
  where(id: NodeId): string {
    const entry = this.#index.entry(id);
    if (entry === undefined) return '';
    switch (entry.node.kind) {
      case 'set':
        return '';
      case 'track':
        return this.track(id);
      case 'device':
      case 'chain':
        return this.#below(id, this.#label(id) ?? this.#titleOf(entry.node));
      case 'send':
        return `${this.where(entry.parent?.node.id as NodeId)} › ${this.#titleOf(entry.node)}`;
      case 'clip':
        return this.#below(id, this.#clipLabel(entry, entry.node));
      default:
        return this.#below(id, this.#titleOf(entry.node));
    }
  }

  /** Header of the track around a node, with its groups where the name alone is not unique; empty outside tracks. */
  track(id: NodeId): string {
    const track = this.#index.trackOf(id);
    this.#tracks ??= this.#trackLabels();
    return track === undefined ? '' : (this.#tracks.get(track.id) ?? '');
  }

  /** `Scene 3` or `Scene "Chorus"`; the number too where several have the name. */
  scene(id: string): string {
    const number = this.#scenes.get(id);
    const scenes = this.#index.root.lists.scenes ?? [];
    const scene = scenes[(number ?? 0) - 1] as NodeOf<'scene'> | undefined;
    const name = plainName(scene?.props.name ?? '');
    if (name === '') return number === undefined ? 'a scene' : `Scene ${number}`;
    const alike = scenes.filter((other) => (other as NodeOf<'scene'>).props.name === scene?.props.name);
    return alike.length > 1 ? `Scene ${number} "${name}"` : `Scene "${name}"`;
  }

  sceneNumber(id: string): number | undefined {
    return this.#scenes.get(id);
  }

  /** `bar 17` or `Scene 3`: where a clip lies. */
  clipPlace({ props }: NodeOf<'clip'>): string {
    if (props.scene !== undefined) return this.scene(props.scene);
    return props.start === undefined ? '' : `bar ${songPosition(props.start, this.#meters)}`;
  }

  /** `clip "Verse"`, `clip` where it has no name. */
  clip({ props }: NodeOf<'clip'>): string {
    const name = plainName(props.name);
    return name === '' ? 'clip' : `clip "${name}"`;
  }

  #below(id: NodeId, label: string): string {
    const track = this.track(id);
    return track === '' ? label : `${track} › ${label}`;
  }

  #titleOf(node: TreeNode): string {
    switch (node.kind) {
      case 'set':
        return '';
      case 'track':
        return this.#trackTitle(node);
      case 'device':
        return plainName(node.props.name) || deviceName(node.props.class);
      case 'chain':
        return plainName(node.props.name) || 'Chain';
      case 'scene':
        return this.scene(node.id);
      case 'send':
        return `Send ${this.title(node.props.target as NodeId)}`.trim();
      case 'slot':
        return this.scene(node.props.scene);
      case 'clip':
        return node.props.name === '' ? 'clip' : `"${plainName(node.props.name)}"`;
      case 'locator':
        return node.props.name === '' ? 'Locator' : `Locator "${plainName(node.props.name)}"`;
      case 'takeLane':
        return node.props.name === '' ? 'take lane' : `take lane "${plainName(node.props.name)}"`;
      default:
        return node satisfies never;
    }
  }

  #trackTitle(node: NodeOf<'track'>): string {
    const title = plainName(trackTitle(node, this.#numbers.get(node.id) ?? 1));
    if (title !== '') return title;
    if (node.props.type !== 'main') return 'a track without name';
    return (this.#index.root.props.liveMajor ?? FIRST_WITH_MAIN) >= FIRST_WITH_MAIN ? 'Main' : 'Master';
  }

  #trackLabels(): ReadonlyMap<NodeId, string> {
    const { tracks = [], returns = [], main = [] } = this.#index.root.lists;
    const ways: [NodeId, readonly string[]][] = [];
    const visit = (node: TreeNode, groups: readonly string[]): void => {
      const title = this.#titleOf(node);
      ways.push([node.id, [title, [...groups, title].join(' / ')]]);
      for (const member of node.lists.tracks ?? []) visit(member, [...groups, title]);
    };
    for (const node of [...tracks, ...returns, ...main]) visit(node, []);
    return firstUnique(ways);
  }

  /** Devices and chains of a track: the shortest way that is theirs alone. */
  #label(id: NodeId): string | undefined {
    const track = this.#index.trackOf(id);
    if (track === undefined) return undefined;
    const known = this.#inTrack.get(track.id) ?? this.#labelsIn(track);
    this.#inTrack.set(track.id, known);
    return known.get(id);
  }

  #labelsIn(track: NodeOf<'track'>): ReadonlyMap<NodeId, string> {
    const ways: [NodeId, readonly string[]][] = [];
    const visit = (node: TreeNode, above: readonly TreeNode[]): void => {
      ways.push([node.id, this.#ways(node, above)]);
      const { devices = [], chains = [], returnChains = [] } = node.lists;
      for (const child of [...devices, ...chains, ...returnChains]) visit(child, [...above, node]);
    };
    for (const device of track.lists.devices ?? []) visit(device, []);
    return firstUnique(ways);
  }

  /** Alone; with the nearest chain (of a chain: rack); with all chains; with everything. */
  #ways(node: TreeNode, above: readonly TreeNode[]): readonly string[] {
    const own = this.#titleOf(node);
    const titles = (nodes: readonly TreeNode[]) => [...nodes.map((n) => this.#titleOf(n)), own].join(' › ');
    const chains = above.filter(({ kind }) => kind === (node.kind === 'chain' ? 'device' : 'chain'));
    return [own, titles(chains.slice(-1)), titles(chains), titles(above)];
  }

  #clipLabel(entry: Entry, clip: NodeOf<'clip'>): string {
    const place = this.clipPlace(clip);
    const title = this.#titleOf(clip);
    if (clip.props.name === '')
      return clip.props.scene === undefined ? `clip at ${place}` : `clip in ${place}`;
    const track = this.#index.trackOf(clip.id);
    const clips = [...(track?.lists.clips ?? []), ...(track?.lists.arrangement ?? [])];
    const alike = clips.filter((other) => (other as NodeOf<'clip'>).props.name === clip.props.name);
    const lane = entry.parent?.node.kind === 'takeLane' ? `${this.#titleOf(entry.parent.node)} › ` : '';
    return alike.length > 1 ? `${lane}${title} (${place})` : `${lane}${title}`;
  }
}

/** For each thing the first of its ways that no other thing has; the last one counted where all are shared. */
function firstUnique(ways: readonly (readonly [NodeId, readonly string[]])[]): ReadonlyMap<NodeId, string> {
  const labels = new Map<NodeId, string>();
  const depth = Math.max(0, ...ways.map(([, way]) => way.length));
  for (let level = 0; level < depth; level++) {
    const counts = countBy(ways, level);
    for (const [id, way] of ways) {
      const label = way[level] as string;
      if (!labels.has(id) && counts.get(label) === 1) labels.set(id, label);
    }
  }
  const seen = new Map<string, number>();
  for (const [id, way] of ways) {
    if (labels.has(id)) continue;
    const label = way.at(-1) as string;
    seen.set(label, (seen.get(label) ?? 0) + 1);
    labels.set(id, `${label} (${ordinal(seen.get(label) as number)})`);
  }
  return labels;
}

function countBy(
  ways: readonly (readonly [NodeId, readonly string[]])[],
  level: number,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, way] of ways) counts.set(way[level] as string, (counts.get(way[level] as string) ?? 0) + 1);
  return counts;
}

/** 1 → `1st`. */
function ordinal(number: number): string {
  const isTeen = Math.floor(number / 10) % 10 === 1;
  const ending = isTeen ? undefined : ['th', 'st', 'nd', 'rd'][number % 10];
  return `${number}${ending ?? 'th'}`;
}
