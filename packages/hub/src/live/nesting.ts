/** Groups: Live tells all tracks in one flat order, each with the group it lies in. */
import type { Handle } from '@livetree/protocol';
import { SONG_HANDLE } from '@livetree/protocol';
import type { RawNode, RawSet } from './raw-set.ts';
import { handleOf } from './raw-value.ts';

export interface Nesting {
  /** Members that are filled, in order: of the song and of each group. */
  readonly members: ReadonlyMap<Handle, readonly Handle[]>;
  /** Group of each track, or the song. */
  readonly parents: ReadonlyMap<Handle, Handle>;
  /** 1-based place in the flat order. */
  readonly numbers: ReadonlyMap<Handle, number>;
}

export const NO_NESTING: Nesting = { members: new Map(), parents: new Map(), numbers: new Map() };

/** A group that does not come before its member, or is no track of the list, is none. Linear in the tracks. */
export function nest(raw: RawSet): Nesting {
  const members = new Map<Handle, Handle[]>();
  const parents = new Map<Handle, Handle>();
  const numbers = new Map<Handle, number>();
  for (const track of raw.members(SONG_HANDLE, 'tracks')) {
    const parent = groupOf(track, numbers);
    numbers.set(track.handle, numbers.size + 1);
    parents.set(track.handle, parent);
    const siblings = members.get(parent) ?? [];
    if (track.isFilled) siblings.push(track.handle);
    members.set(parent, siblings);
  }
  return { members, parents, numbers };
}

function groupOf({ props }: RawNode, before: ReadonlyMap<Handle, number>): Handle {
  const group = handleOf(props['group_track']);
  return group !== undefined && before.has(group) ? group : SONG_HANDLE;
}

/** Parents whose members differ. */
export function changedParents(before: Nesting, after: Nesting): readonly Handle[] {
  const all = new Set([...before.members.keys(), ...after.members.keys()]);
  return [...all].filter((parent) => {
    const [old, young] = [before.members.get(parent) ?? [], after.members.get(parent) ?? []];
    return old.length !== young.length || old.some((handle, at) => handle !== young[at]);
  });
}
