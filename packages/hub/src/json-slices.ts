/** JSON of a big tree, a slice at a time: whoever writes it can let others have a turn in between. */
import type { TreeNode } from '@livetree/live-set';
import { LIST_NAMES } from '@livetree/live-set';

/**
 * The text of `JSON.stringify(node)`, in slices of one node without its children, or less; joined they are the
 * whole. Lists come in the order of their catalogue.
 */
export function* jsonSlices(node: TreeNode): Generator<string> {
  const { id, kind, props } = node;
  const names = LIST_NAMES.filter((name) => node.lists[name] !== undefined);
  yield `{"id":${JSON.stringify(id)},"kind":"${kind}","props":${JSON.stringify(props)},"lists":{`;
  for (const [at, name] of names.entries()) {
    yield `${at > 0 ? ',' : ''}"${name}":[`;
    for (const [index, child] of (node.lists[name] ?? []).entries()) {
      if (index > 0) yield ',';
      yield* jsonSlices(child);
    }
    yield ']';
  }
  yield '}}';
}
