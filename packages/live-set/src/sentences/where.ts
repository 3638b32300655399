/** Where in the tree a sentence belongs, and what is left of it there. */
import type { NodeId, NodeOf, TreeNode } from '../model/node.ts';
import { trackNumbers, trackTitle } from '../model/title.ts';
import { forEachChild } from '../patch/tree.ts';
import type { Sentence } from './sentence.ts';

/** A node with the way to it. */
interface Place {
  readonly node: TreeNode;
  readonly parent: NodeId | undefined;
  /** As its name stands in a sentence. */
  readonly title: string;
  /** Position in the tree. */
  readonly order: number;
}

/** Part of the way to a change. */
export interface Step {
  readonly id: NodeId;
  readonly label: string;
  readonly order: number;
}

export interface Located {
  readonly way: readonly Step[];
  /** The sentence without that way. */
  readonly text: string;
  /** What stood between the two: ` › `, or `: `; empty where nothing was cut off. */
  readonly joint: string;
  readonly order: number;
}

export class Places {
  readonly #places: ReadonlyMap<NodeId, Place>;

  /** Of both trees; what is in both stands where it is now. */
  constructor(before: NodeOf<'set'>, after: NodeOf<'set'>) {
    this.#places = new Map([...placesOf(before), ...placesOf(after)]);
  }

  /** Cuts off as much of the way as the sentence names; one about several places keeps its whole text. */
  locate({ text, nodes }: Sentence): Located {
    const ways = nodes.map((id) => this.#wayTo(id)).filter((way) => way.length > 0);
    const cut = cutOff(text, commonStart(ways));
    const orders = nodes.map((id) => this.#places.get(id)?.order ?? Number.POSITIVE_INFINITY);
    const order = orders.reduce((least, next) => Math.min(least, next), Number.POSITIVE_INFINITY);
    return { ...cut, order };
  }

  /** From below the Set down. */
  #wayTo(id: NodeId): readonly Place[] {
    const way: Place[] = [];
    let at = this.#places.get(id);
    while (at?.parent !== undefined) {
      way.unshift(at);
      at = this.#places.get(at.parent);
    }
    return way;
  }
}

function placesOf(root: NodeOf<'set'>): ReadonlyMap<NodeId, Place> {
  const numbers = trackNumbers(root);
  const places = new Map<NodeId, Place>();
  const visit = (node: TreeNode, parent: NodeId | undefined): void => {
    places.set(node.id, { node, parent, title: titleOf(node, numbers), order: places.size });
    forEachChild(node, (child) => visit(child, node.id));
  };
  visit(root, undefined);
  return places;
}

/** One line, as sentences have it. Empty for what they do not name by its name. */
function titleOf(node: TreeNode, numbers: ReadonlyMap<string, number>): string {
  if (node.kind === 'track') return plain(trackTitle(node, numbers.get(node.id) ?? 1));
  if (node.kind === 'device' || node.kind === 'chain') return plain(node.props.name);
  return node.kind === 'clip' && node.props.name !== '' ? `"${plain(node.props.name)}"` : '';
}
const plain = (name: string): string => name.replace(/\p{Cc}+/gu, ' ').trim();

/** The way that all have in common. */
function commonStart(ways: readonly (readonly Place[])[]): readonly Place[] {
  const [first = [], ...others] = ways;
  const end = first.findIndex(({ node }, at) => others.some((way) => way[at]?.node.id !== node.id));
  return end < 0 ? first : first.slice(0, end);
}

const JOINTS = [' › ', ': '] as const;

function cutOff(text: string, way: readonly Place[]): Omit<Located, 'order'> {
  let [rest, joint, depth] = [text, '', 0];
  const labels = way.map(({ title }) => title);
  for (const [at, place] of way.entries()) {
    const found = startOf(rest, place, groupsAbove(way, at));
    if (found === undefined) continue;
    labels[at] = found.label;
    rest = rest.slice(found.length + found.joint.length);
    [joint, depth] = [found.joint, at + 1];
  }
  const steps = way
    .slice(0, depth)
    .map(({ node, order }, at) => ({ id: node.id, label: labels[at] ?? '', order }));
  return { way: steps, text: rest, joint };
}

/** Where a name is not unique, the groups above stand before it: `Drums / Kick`. */
const groupsAbove = (way: readonly Place[], at: number): string =>
  way
    .slice(0, at)
    .filter(({ node }) => node.kind === 'track')
    .map(({ title }) => `${title} / `)
    .join('');

interface Start {
  readonly label: string;
  readonly length: number;
  readonly joint: string;
}

/** Whether a text begins with the name of a node, and how. */
function startOf(text: string, { node, title }: Place, groups: string): Start | undefined {
  if (title === '') return undefined;
  for (const label of node.kind === 'track' ? [title, groups + title] : [title]) {
    if (!text.startsWith(label)) continue;
    const place = node.kind === 'clip' ? clipPlace(text.slice(label.length)) : '';
    const length = label.length + place.length;
    const joint = JOINTS.find((each) => text.startsWith(each, length));
    if (joint !== undefined) return { label: title + place, length, joint };
  }
  return undefined;
}

/** Clips of one name are told apart by their place: ` (Scene "Verse")`. */
const clipPlace = (rest: string): string => /^ \(.*?\)(?= › |: )/.exec(rest)?.[0] ?? '';
