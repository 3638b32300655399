/** Random small trees and random edits of them, as ops with `was`. Ids come back after removal, as undo brings them. */
import fc from 'fast-check';
import {
  asNodeId,
  type ListName,
  type NodeId,
  type NodeOf,
  type PropValue,
  type TreeNode,
} from '../../src/model/node.ts';
import type { Op, Place, PropChanges } from '../../src/patch/op.ts';
import { Tree, walk } from '../../src/patch/tree.ts';

const LISTS: readonly ListName[] = ['tracks', 'devices', 'clips'];
const NAMES = ['name', 'muted', 'volumeDb'] as const;
const VALUES: readonly (PropValue | null)[] = ['a', 'b', true, false, 0, -6.5, null];

/** A node of the kind track, whatever it stands for. */
export const node = (
  id: string,
  lists: Partial<Record<ListName, readonly TreeNode[]>> = {},
  props = {},
): TreeNode =>
  ({ id: asNodeId(id), kind: 'track', props: { name: id, ...props }, lists }) as unknown as TreeNode;

/** A Set with these lists. */
export const setOf = (lists: Partial<Record<ListName, readonly TreeNode[]>>): NodeOf<'set'> =>
  ({ id: asNodeId('set'), kind: 'set', props: { tempoBpm: 120 }, lists }) as unknown as NodeOf<'set'>;

const shape = fc.letrec<{ node: readonly (readonly unknown[])[] }>((tie) => ({
  node: fc.array(fc.oneof({ depthSize: 'small' }, fc.constant([]), tie('node')), { maxLength: 3 }),
}));

/** Trees of up to some thirty nodes in three lists. */
export const trees: fc.Arbitrary<NodeOf<'set'>> = shape.node.map((children) => {
  let count = 0;
  const grow = (inner: readonly unknown[]): Partial<Record<ListName, TreeNode[]>> => {
    const lists: Partial<Record<ListName, TreeNode[]>> = {};
    for (const child of inner) {
      const list = LISTS[count % 2]!;
      const made = node(`n${count++}`, grow(child as readonly unknown[]));
      lists[list] = [...(lists[list] ?? []), made];
    }
    return lists;
  };
  return setOf(grow(children));
});

/** What to do and where, by numbers that mean something in any tree. */
export interface Edit {
  readonly what: Op['op'];
  readonly node: number;
  readonly parent: number;
  readonly list: number;
  readonly index: number;
  readonly value: number;
}

const small = fc.nat({ max: 11 });

export const edits = (maxLength = 12): fc.Arbitrary<readonly Edit[]> =>
  fc.array(
    fc.record({
      what: fc.constantFrom<Op['op'][]>('set', 'insert', 'remove', 'move', 'move'),
      node: small,
      parent: small,
      list: small,
      index: small,
      value: small,
    }),
    { maxLength },
  );

/** A tree that is edited; keeps what was removed, to put it back. */
class Editing {
  readonly tree: Tree;
  readonly #gone: TreeNode[] = [];
  #made = 0;

  constructor(root: NodeOf<'set'>) {
    this.tree = new Tree(root);
  }

  /** The op of an edit, applied; `undefined` where it means nothing. */
  run(edit: Edit): Op | undefined {
    const op = this.#opOf(edit);
    if (op?.op === 'remove') this.#gone.push(this.tree.get(op.id)!);
    if (op !== undefined) this.tree.apply([op]);
    return op;
  }

  #opOf(edit: Edit): Op | undefined {
    const nodes = [...walk(this.tree.root)];
    const chosen = nodes[edit.node % nodes.length]!;
    if (edit.what === 'set') return this.#set(chosen, edit);
    if (edit.what === 'insert') return this.#insert(nodes, edit);
    const was = this.tree.placeOf(chosen.id);
    if (was === undefined) return undefined;
    if (edit.what === 'remove') return { op: 'remove', id: chosen.id, was: { ...was, node: chosen } };
    return this.#move(chosen, was, edit);
  }

  #set(chosen: TreeNode, { value, index, list }: Edit): Op {
    const now = chosen.props as PropChanges;
    const names = [NAMES[list % 3]!, NAMES[index % 3]!];
    const props = Object.fromEntries(names.map((name, at) => [name, VALUES[(value + at) % VALUES.length]!]));
    const was = Object.fromEntries(names.map((name) => [name, now[name] ?? null]));
    return { op: 'set', id: chosen.id, props, was };
  }

  #insert(nodes: readonly TreeNode[], edit: Edit): Op {
    const parent = nodes[edit.parent % nodes.length]!;
    const back =
      edit.value % 2 === 0 ? this.#unused(this.#gone[edit.node % (this.#gone.length || 1)]) : undefined;
    return { op: 'insert', ...this.#place(parent, edit), node: back ?? this.#fresh(edit.value % 3) };
  }

  #move(chosen: TreeNode, was: Place, edit: Edit): Op | undefined {
    const within = new Set([...walk(chosen)].map(({ id }) => id));
    const parents = [...walk(this.tree.root)].filter(({ id }) => !within.has(id));
    const own = parents.find(({ id }) => id === was.parent)!;
    const parent = edit.value % 3 === 0 ? own : parents[edit.parent % parents.length]!;
    return { op: 'move', id: chosen.id, ...this.#place(parent, edit, chosen.id), was };
  }

  #place(parent: TreeNode, edit: Edit, taken?: NodeId): Place {
    const list = LISTS[edit.list % LISTS.length]!;
    const length = (parent.lists[list] ?? []).filter(({ id }) => id !== taken).length;
    return { parent: parent.id, list, index: edit.index % (length + 1) };
  }

  #fresh(children: number): TreeNode {
    const next = (): string => `x${this.#made++}`;
    const inner = Array.from({ length: children }, () => node(next()));
    return node(next(), inner.length === 0 ? {} : { devices: inner });
  }

  #unused(gone: TreeNode | undefined): TreeNode | undefined {
    const isFree = gone !== undefined && [...walk(gone)].every(({ id }) => this.tree.get(id) === undefined);
    return isFree ? gone : undefined;
  }
}

/** A tree, lists of ops that apply one after the other, and the tree after each list. */
export interface Story {
  readonly before: NodeOf<'set'>;
  readonly patches: readonly (readonly Op[])[];
  readonly after: readonly NodeOf<'set'>[];
}

/** Stories of so many patches. */
export const stories = (patches: number, maxLength?: number): fc.Arbitrary<Story> =>
  fc
    .tuple(trees, fc.array(edits(maxLength), { minLength: patches, maxLength: patches }))
    .map(([before, lists]) => {
      const editing = new Editing(before);
      const after: NodeOf<'set'>[] = [];
      const made = lists.map((list) => {
        const ops = list.map((edit) => editing.run(edit)).filter((op) => op !== undefined);
        after.push(editing.tree.root);
        return ops;
      });
      return { before, patches: made, after };
    });

/** The ops as the wire carries them: without `was`. */
export const wire = (ops: readonly Op[]): readonly Op[] =>
  ops.map((op) => {
    if (op.op === 'insert') return op;
    const { was: _, ...rest } = op;
    return rest;
  });

/** Makes a value that throws when something writes to it. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}
