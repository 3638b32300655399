/**
 * Pairs the nodes of two trees. By id first: most ids come from a key that lives as long as the thing
 * (docs/als-format.md, "Identity"). What is left in paired parents is paired by content, then by place:
 * clips that Live keyed anew, devices that were swapped, everything in files that have no keys.
 */
import type { ListName, NodeId, NodeOf, TreeNode } from '../model/node.ts';
import { LIST_NAMES } from '../model/node.ts';
import { forEachChild, walk } from '../patch/tree.ts';
import { align } from './align.ts';
import { type Contents, childSignature, exactSignature, placeSignature } from './signature.ts';

/** Pairs by the id in the newer tree, and by the id in the older. */
export interface Matching {
  readonly before: ReadonlyMap<NodeId, TreeNode>;
  readonly after: ReadonlyMap<NodeId, TreeNode>;
  /** Id after → id before. */
  readonly toBefore: ReadonlyMap<NodeId, NodeId>;
  /** Id before → id after. */
  readonly toAfter: ReadonlyMap<NodeId, NodeId>;
}

/** Scenes come before the tracks: session clips are paired by their scene. */
const LISTS_IN_ORDER: readonly ListName[] = ['scenes', ...LIST_NAMES.filter((list) => list !== 'scenes')];

/** Ids made from a position say little: `s@3`, `t7/a@16`. */
const isWeak = (id: NodeId): boolean => id.includes('@');

/** Linear in the number of nodes, but for what ids leave over. */
export function match(before: NodeOf<'set'>, after: NodeOf<'set'>): Matching {
  const pairs = new Pairs(before, after);
  pairs.pair(before, after);
  pairs.byId();
  pairs.leftovers(before, after);
  return pairs;
}

class Pairs implements Matching {
  readonly before: Map<NodeId, TreeNode>;
  readonly after: Map<NodeId, TreeNode>;
  readonly toBefore = new Map<NodeId, NodeId>();
  readonly toAfter = new Map<NodeId, NodeId>();
  readonly #contents: Contents = new Map();

  constructor(before: NodeOf<'set'>, after: NodeOf<'set'>) {
    this.before = indexOf(before);
    this.after = indexOf(after);
  }

  pair(before: TreeNode, after: TreeNode): void {
    this.toBefore.set(after.id, before.id);
    this.toAfter.set(before.id, after.id);
  }

  byId(): void {
    for (const [id, node] of this.after) {
      const old = this.before.get(id);
      if (old?.kind === node.kind && !isWeak(id)) this.pair(old, node);
    }
  }

  /** Goes down through paired nodes, and pairs what is left in their lists. */
  leftovers(before: TreeNode, after: TreeNode): void {
    for (const list of LISTS_IN_ORDER) {
      const [old, young] = [before.lists[list], after.lists[list]];
      if (old !== undefined && young !== undefined) this.#inList(old, young);
    }
    forEachChild(after, (node) => {
      const old = this.before.get(this.toBefore.get(node.id) as NodeId);
      if (old !== undefined) this.leftovers(old, node);
    });
  }

  #inList(before: readonly TreeNode[], after: readonly TreeNode[]): void {
    const old = before.filter((node) => !this.toAfter.has(node.id));
    const young = after.filter((node) => !this.toBefore.has(node.id));
    if (old.length === 0 || young.length === 0) return;
    if (old[0]?.kind === 'scene') this.#scenesByRow(old, young);
    this.#bySignature(old, young, (node) => exactSignature(node, this.#contents));
    this.#bySignature(old, young, (node, isAfter) =>
      childSignature(node, this.#sceneOf(node, isAfter), this.#contents),
    );
    this.#bySignature(old, young, (node, isAfter) => placeSignature(node, this.#sceneOf(node, isAfter)));
  }

  /** Scenes without `Id` (up to Live 9) are told by what they and their rows hold, and by their order. */
  #scenesByRow(before: readonly TreeNode[], after: readonly TreeNode[]): void {
    if (!before.every(({ id }) => isWeak(id)) && !after.every(({ id }) => isWeak(id))) return;
    const rows = [this.#rows(this.before, false), this.#rows(this.after, true)] as const;
    const keys = [before, after].map((scenes, side) =>
      scenes.map(
        (scene) =>
          `${childSignature(scene, '', this.#contents)} ${rows[side as 0 | 1].get(scene.id)?.join() ?? ''}`,
      ),
    );
    for (const [old, young] of align(keys[0] as string[], keys[1] as string[])) {
      this.pair(before[old] as TreeNode, after[young] as TreeNode);
    }
  }

  /** By scene: the clips of the tracks that are in both trees. */
  #rows(nodes: ReadonlyMap<NodeId, TreeNode>, isAfter: boolean): ReadonlyMap<string, readonly string[]> {
    const rows = new Map<string, string[]>();
    for (const track of nodes.values()) {
      const id = isAfter ? this.toBefore.get(track.id) : this.toAfter.has(track.id) && track.id;
      if (track.kind !== 'track' || !id) continue;
      for (const clip of track.lists.clips ?? []) {
        const scene = String((clip.props as { scene?: string }).scene);
        const row = rows.get(scene);
        const content = `${id} ${childSignature(clip, '', this.#contents)}`;
        if (row === undefined) rows.set(scene, [content]);
        else row.push(content);
      }
    }
    return rows;
  }

  /** Pairs nodes of equal signature in their order. A node without signature stays alone. */
  #bySignature(
    before: readonly TreeNode[],
    after: readonly TreeNode[],
    signature: (node: TreeNode, isAfter: boolean) => string | undefined,
  ): void {
    const waiting = new Map<string, TreeNode[]>();
    for (const node of before) {
      if (this.toAfter.has(node.id)) continue;
      const key = signature(node, false);
      if (key !== undefined) waiting.set(key, [...(waiting.get(key) ?? []), node]);
    }
    for (const node of after) {
      if (this.toBefore.has(node.id)) continue;
      const key = signature(node, true);
      const old = key === undefined ? undefined : waiting.get(key)?.shift();
      if (old !== undefined) this.pair(old, node);
    }
  }

  /** Scene of a session clip or slot, as the older tree calls it. */
  #sceneOf(node: TreeNode, isAfter: boolean): string {
    const scene = (node.props as { scene?: NodeId }).scene;
    if (scene === undefined || !isAfter) return scene ?? '';
    return this.toBefore.get(scene) ?? `new ${scene}`;
  }
}

const indexOf = (root: TreeNode): Map<NodeId, TreeNode> => new Map(walk(root).map((node) => [node.id, node]));
