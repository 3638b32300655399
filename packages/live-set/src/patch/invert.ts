import type { NodeOf, TreeNode } from '../model/node.ts';
import type { MoveOp, Op, Place, PropChanges, RemoveOp, SetOp } from './op.ts';
import { PatchError, Tree } from './tree.ts';

/**
 * The ops that undo: on the tree after `ops` they give the tree before them. They carry `was`, so they can be
 * undone in turn.
 * @throws PatchError when an op lacks the `was` it needs; {@link withWas} completes it
 */
export const invert = (ops: readonly Op[]): readonly Op[] => ops.toReversed().map(undoing);

function undoing(op: Op): Op {
  switch (op.op) {
    case 'insert':
      // All that came after it is undone first, so the node is then as it was inserted.
      return { op: 'remove', id: op.node.id, was: { ...placeIn(op), node: op.node } };
    case 'remove':
      return undoingRemove(op);
    case 'move':
      return undoingMove(op);
    case 'set':
      return { op: 'set', id: op.id, props: oldValues(op), was: op.props };
    default: {
      const never: never = op;
      throw new PatchError(`unknown op ${JSON.stringify(never)}`);
    }
  }
}

function undoingRemove({ id, was }: RemoveOp): Op {
  if (was === undefined)
    throw new PatchError(`cannot undo the removal of ${id}: it does not say what was there`);
  return { op: 'insert', ...placeIn(was), node: was.node };
}

function undoingMove({ id, was, ...to }: MoveOp): Op {
  if (was === undefined) throw new PatchError(`cannot undo the move of ${id}: it does not say where it was`);
  return { op: 'move', id, ...placeIn(was), was: placeIn(to) };
}

function oldValues({ id, props, was = {} }: SetOp): PropChanges {
  const names = Object.keys(props);
  const missing = names.find((name) => !Object.hasOwn(was, name));
  if (missing !== undefined) {
    throw new PatchError(`cannot undo the change of ${missing} of ${id}: it does not say the value before`);
  }
  return Object.fromEntries(names.map((name) => [name, was[name] as PropChanges[string]]));
}

const placeIn = ({ parent, list, index }: Place): Place => ({ parent, list, index });

/**
 * The ops with the `was` that the tree gives them, whatever they said before: what the wire left out.
 * Cost: that of applying them, and an index of the whole tree.
 * @param root the tree that the first op meets; it is not changed
 * @throws PatchError when an op does not fit
 */
export function withWas(root: NodeOf<'set'>, ops: readonly Op[]): readonly Op[] {
  const tree = new Tree(root);
  return ops.map((op) => {
    const complete = withWasOf(tree, op);
    tree.apply([op]);
    return complete;
  });
}

function withWasOf(tree: Tree, op: Op): Op {
  const node = op.op === 'insert' ? undefined : tree.get(op.id);
  if (op.op === 'insert' || node === undefined) return op;
  if (op.op === 'set') return { ...op, was: valuesNow(node, op.props) };
  const was = tree.placeOf(op.id);
  if (was === undefined) return op;
  return op.op === 'move' ? { ...op, was } : { ...op, was: { ...was, node } };
}

function valuesNow({ props }: TreeNode, changes: PropChanges): PropChanges {
  const now: PropChanges = props;
  return Object.fromEntries(Object.keys(changes).map((name) => [name, now[name] ?? null]));
}
