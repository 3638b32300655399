/** Whether what an op did is so in a tree: to find lost acts again, under other ids too. */
import type { NodeId, NodeOf, Op, Props, PropValue, TreeNode } from '@livetree/live-set';
import { forEachChild, walk } from '@livetree/live-set';
import { COMPARABLE } from '../reconcile/index.ts';

/** A tree to look things up in. */
export class Looked {
  readonly #nodes: ReadonlyMap<NodeId, TreeNode>;
  readonly #parents = new Map<NodeId, NodeId>();

  constructor(root: NodeOf<'set'>) {
    const nodes = walk(root);
    this.#nodes = new Map(nodes.map((node) => [node.id, node]));
    for (const node of nodes) forEachChild(node, (child) => this.#parents.set(child.id, node.id));
  }

  /** Whether each op has its effect here. */
  hasAll(ops: readonly Op[]): boolean {
    return ops.length > 0 && ops.every((op) => this.#has(op));
  }

  /**
   * The node that stands here for one of the tree that was lost.
   * @param ops of the act that may have made it
   */
  nodeOf(id: NodeId, ops: readonly Op[]): NodeId | undefined {
    if (this.#nodes.has(id)) return id;
    for (const op of ops) {
      if (op.op !== 'insert') continue;
      const [made, found] = [walk(op.node), this.#find(op.node, op.parent)];
      const at = made.findIndex((node) => node.id === id);
      const here = at < 0 || found === undefined ? undefined : walk(found)[at];
      if (here !== undefined && here.kind === made[at]?.kind) return here.id;
    }
    return undefined;
  }

  #has(op: Op): boolean {
    switch (op.op) {
      case 'insert':
        return this.#find(op.node, op.parent) !== undefined;
      case 'remove':
        return !this.#nodes.has(op.id);
      case 'move':
        return this.#parents.get(op.id) === op.parent;
      case 'set':
        return this.#isSet(op.id, op.props);
      default: {
        const never: never = op;
        throw new Error(`unknown op ${JSON.stringify(never)}`);
      }
    }
  }

  #isSet(id: NodeId, changes: Readonly<Record<string, PropValue | null>>): boolean {
    const node = this.#nodes.get(id);
    if (node === undefined) return false;
    const props = node.props as Props;
    return Object.entries(changes).every(([name, value]) =>
      isAlike(node.kind, name, props[name] ?? null, value),
    );
  }

  /** The node itself, or one of its sort and name under the same parent. */
  #find(node: TreeNode, parent: NodeId): TreeNode | undefined {
    const known = this.#nodes.get(node.id);
    if (known !== undefined) return known;
    let found: TreeNode | undefined;
    const above = this.#nodes.get(parent);
    if (above === undefined) return undefined;
    forEachChild(above, (child) => {
      if (sortOf(child) === sortOf(node)) found ??= child;
    });
    return found;
  }
}

const SORT = ['class', 'type', 'name', 'scene', 'start', 'time'];
const sortOf = ({ kind, props }: TreeNode): string =>
  JSON.stringify([kind, ...SORT.map((name) => (props as Props)[name] ?? null)]);

const TOLERANCES: ReadonlyMap<string, number> = new Map(
  COMPARABLE.flatMap(({ kind, prop, how }) =>
    typeof how === 'object' ? [[`${kind} ${prop}`, how.within] as const] : [],
  ),
);

function isAlike(kind: string, prop: string, a: PropValue | null, b: PropValue | null): boolean {
  if (a === b) return true;
  // What is off by default is left out by one of the two.
  if ((a ?? false) === (b ?? false)) return true;
  const within = TOLERANCES.get(`${kind} ${prop}`);
  return within !== undefined && typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= within;
}
