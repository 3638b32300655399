import type { NodeOf, TreeNode } from './node.ts';

const A = 65;

/**
 * The name as Live's header shows it: `3-Audio` while Live names the track, `A-Reverb` for returns, else what
 * the user typed. `number` is the 1-based place among all tracks of the Set in document order (groups count,
 * returns do not), or among the returns.
 */
export function trackTitle(track: NodeOf<'track'>, number: number): string {
  const { name, type, autoName } = track.props;
  if (type === 'return') return `${String.fromCharCode(A + number - 1)}-${name}`;
  return autoName === true && type !== 'main' ? `${number}-${name}` : name;
}

/** Numbers for {@link trackTitle}: all tracks and returns of a Set, by id. */
export function trackNumbers(root: NodeOf<'set'>): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  let next = 1;
  const visit = (nodes: readonly TreeNode[]): void => {
    for (const node of nodes) {
      numbers.set(node.id, next++);
      visit(node.lists.tracks ?? []);
    }
  };
  visit(root.lists.tracks ?? []);
  (root.lists.returns ?? []).forEach((node, index) => {
    numbers.set(node.id, index + 1);
  });
  return numbers;
}
