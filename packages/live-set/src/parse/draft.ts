import type { FacetName, ListName, PropValue, TreeNode } from '../model/node.ts';

/** Order-sensitive 64-bit sum of hashes, in two lanes. */
export interface HashSum {
  low: number;
  high: number;
}

export function mixInto(sum: HashSum, low: number, high: number): void {
  sum.low = Math.imul(sum.low ^ low, 0x9e37_79b1) + 0x85eb_ca6b;
  sum.low ^= sum.low >>> 15;
  sum.high = Math.imul(sum.high ^ high, 0xc2b2_ae35) + 0x27d4_eb2f;
  sum.high ^= sum.high >>> 13;
}

/** Mixes a name in. */
export function mixText(sum: HashSum, text: string): void {
  let low = text.length;
  for (let at = 0; at < text.length; at++) low = Math.imul(low ^ text.charCodeAt(at), 0x0100_0193);
  mixInto(sum, low, low ^ 0x5bd1_e995);
}

/** A node in the making. */
export class Draft {
  /** The element that the node stands for. */
  readonly element: number;
  readonly props: Record<string, PropValue> = {};
  readonly lists: { [L in ListName]?: TreeNode[] } = {};
  /**
   * Parameters met so far; `parameterCount` when the draft ends. No property meanwhile: a device may have 1000 (2 % of
   * the time from tape to tree, bench/parse.mjs).
   */
  parameters = 0;
  /** Hash of the *other settings*: what lies in the node's element and no rule reads. */
  readonly otherSum: HashSum = { low: 0, high: 0 };
  /** What makes up the other settings: elements, and attributes as `~attribute`. */
  readonly other: number[] = [];
  /** Hash of each facet's elements. */
  readonly facets: { [F in FacetName]?: HashSum } = {};

  constructor(element: number) {
    this.element = element;
  }

  facet(name: FacetName, low: number, high: number): void {
    const known = this.facets[name];
    const sum = known ?? { low: 0, high: 0 };
    if (known === undefined) this.facets[name] = sum;
    mixInto(sum, low, high);
  }

  add(list: ListName, node: TreeNode): void {
    const nodes = this.lists[list];
    if (nodes === undefined) this.lists[list] = [node];
    else nodes.push(node);
  }
}
