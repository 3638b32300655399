/** Which nodes may look different after statements: those whose own object changed, and those that depend on it. */
import type { Handle, RawProps, RawValue } from '@livetree/protocol';
import { SONG_HANDLE } from '@livetree/protocol';
import { changedParents, type Nesting, NO_NESTING, nest } from './nesting.ts';
import { mayHoldNumber } from './project-props.ts';
import type { RawChanges, RawNode, RawSet } from './raw-set.ts';
import { isSameValue } from './raw-value.ts';

export interface Affected {
  readonly handles: ReadonlySet<Handle>;
  readonly nesting: Nesting;
}

/** Everything, for a first projection. */
export const everything = (raw: RawSet): Affected => ({ handles: new Set(), nesting: nest(raw) });

/** Cost: the changes; of all tracks when their order or groups changed; of all sends when returns did. */
export function affectedBy(raw: RawSet, changes: RawChanges, nesting: Nesting = NO_NESTING): Affected {
  const finder = new Finder(raw, nesting);
  for (const handle of changes.filled) finder.addFilled(handle);
  for (const [handle, before] of changes.before) finder.addChanged(handle, before);
  for (const handle of changes.placed) finder.addPlaced(handle);
  for (const [owner, lists] of changes.lists) for (const list of lists) finder.addList(owner, list);
  return finder.finish();
}

/** Properties that decide on a place among siblings. */
const PLACING: Readonly<Record<string, readonly string[]>> = {
  clip: ['scene', 'start_time'],
  slot: ['scene'],
  locator: ['time'],
};

class Finder {
  readonly handles = new Set<Handle>();
  readonly #raw: RawSet;
  readonly #nesting: Nesting;
  #isNestingOld = false;

  constructor(raw: RawSet, nesting: Nesting) {
    this.#raw = raw;
    this.#nesting = nesting;
  }

  addFilled(handle: Handle): void {
    const node = this.#raw.get(handle);
    this.handles.add(handle);
    if (node?.parent !== undefined) this.handles.add(node.parent.owner);
    if (node?.kind === 'track') this.#isNestingOld = true;
  }

  addPlaced(handle: Handle): void {
    this.handles.add(handle);
    // The sends of a chain go to the returns of its rack.
    if (this.#raw.get(handle)?.kind === 'chain') this.#add(this.#raw.members(handle, 'sends'));
  }

  addChanged(handle: Handle, before: RawProps): void {
    const node = this.#raw.get(handle);
    if (node === undefined) return;
    this.handles.add(handle);
    const isOther = (prop: string): boolean => !isSameValue(before[prop], node.props[prop] as RawValue);
    if (node.kind === 'track' && isOther('group_track')) this.#isNestingOld = true;
    if (node.parent !== undefined && PLACING[node.kind]?.some(isOther)) this.handles.add(node.parent.owner);
  }

  addList(owner: Handle, list: string): void {
    const raw = this.#raw;
    this.handles.add(owner);
    if (list === 'sends') this.#add(raw.members(owner, 'sends'));
    else if (list === 'returnChains')
      for (const chain of ['chains', 'returnChains'].flatMap((each) => raw.members(owner, each)))
        this.#addSends(chain);
    else if (owner !== SONG_HANDLE) return;
    else if (list === 'tracks') this.#isNestingOld = true;
    else if (list === 'returns') for (const track of this.#tracks()) this.#addSends(track);
    else if (list === 'scenes') this.#add(this.#tracks().filter(hasRows));
  }

  finish(): Affected {
    if (!this.#isNestingOld) return { handles: this.handles, nesting: this.#nesting };
    const nesting = nest(this.#raw);
    for (const parent of changedParents(this.#nesting, nesting)) this.handles.add(parent);
    for (const [handle, number] of nesting.numbers)
      if (this.#nesting.numbers.get(handle) !== number && this.#mayHoldNumber(handle))
        this.handles.add(handle);
    return { handles: this.handles, nesting };
  }

  #mayHoldNumber(handle: Handle): boolean {
    return mayHoldNumber(this.#raw.get(handle)?.props ?? {});
  }

  #tracks(): readonly RawNode[] {
    return ['tracks', 'returns', 'main'].flatMap((list) => this.#raw.members(SONG_HANDLE, list));
  }

  #addSends({ handle }: RawNode): void {
    this.#add(this.#raw.members(handle, 'sends'));
  }

  #add(nodes: readonly RawNode[]): void {
    for (const { handle } of nodes) this.handles.add(handle);
  }
}

const hasRows = ({ lists }: RawNode): boolean =>
  (lists.get('clips')?.length ?? 0) > 0 || (lists.get('slots')?.length ?? 0) > 0;
