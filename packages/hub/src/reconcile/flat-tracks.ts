/** Tracks of all depths: much of a Set may lie in one group, so whoever works in slices goes by these. */
import type { TreeNode } from '@livetree/live-set';

/** Groups before their members: Live's own order. */
export function flatTracks(root: TreeNode): readonly TreeNode[] {
  const found: TreeNode[] = [];
  for (const track of root.lists.tracks ?? []) found.push(track, ...flatTracks(track));
  return found;
}

/** Members before their groups. */
export const tracksUpwards = (root: TreeNode): readonly TreeNode[] => flatTracks(root).toReversed();
