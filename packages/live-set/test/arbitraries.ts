/** Random Sets and random edits of them, for laws. Every tree is one that a parser could give. */
import fc, { type Arbitrary } from 'fast-check';
import { LIST_NAMES, type NodeKind, type NodeOf, type PropValue } from '../src/model/node.ts';
import {
  freeze,
  homesFor,
  insertAt,
  listsOf,
  type MutableNode,
  type Spot,
  spots,
  takeOut,
} from './mutable-tree.ts';

const NAMES = ['', 'Bass', 'Kick', '1-Audio', 'Größe', '夜', 'a "b"\nc'];

const fixedProps: Readonly<Record<NodeKind, Arbitrary<Record<string, PropValue>>>> = {
  set: fc.record({ tempoBpm: fc.integer({ min: 20, max: 999 }) }),
  track: fc.record({ type: fc.constantFrom('audio', 'midi', 'group') }),
  device: fc.record({
    class: fc.constantFrom('Eq8', 'Reverb', 'DrumGroupDevice'),
    type: fc.constant('native'),
  }),
  chain: fc.constant({}),
  clip: fc.record({ type: fc.constantFrom('audio', 'midi'), start: fc.nat(64) }),
  slot: fc.record({ scene: fc.constantFrom('s0', 's1'), hasStop: fc.constant(false) }),
  scene: fc.constant({}),
  locator: fc.record({ time: fc.nat(64) }),
  send: fc.record({ target: fc.constantFrom('t1', 't2') }),
  takeLane: fc.constant({}),
};

const propsOf = (kind: NodeKind): Arbitrary<Record<string, PropValue>> =>
  fc
    .tuple(fixedProps[kind], fc.constantFrom(...NAMES), fc.option(fc.nat(69)))
    .map(([fixed, name, color]) => ({ ...fixed, name, ...(color === null ? {} : { color }) }));

type Draft = Omit<MutableNode, 'id'>;

/** A node without ids, at most so deep, with children in up to three lists. */
function draftOf(kind: NodeKind, depth: number): Arbitrary<Draft> {
  const lists = depth === 0 ? [] : listsOf(kind);
  const filled = fc
    .subarray([...lists], { minLength: kind === 'set' ? 2 : 0, maxLength: Math.min(lists.length, 3) })
    .chain((some) =>
      fc.tuple(
        ...some.map(([list, child]) =>
          fc
            .array(draftOf(child, depth - 1), { minLength: 1, maxLength: depth + 1 })
            .map((nodes) => [list, nodes] as const),
        ),
      ),
    );
  return fc.tuple(propsOf(kind), filled).map(([props, children]) => ({
    kind,
    props,
    lists: Object.fromEntries(children) as MutableNode['lists'],
  }));
}

function withIds(draft: Draft, next: () => string): MutableNode {
  const lists: MutableNode['lists'] = {};
  const id = next();
  for (const list of LIST_NAMES) {
    const children = draft.lists[list];
    if (children !== undefined) lists[list] = children.map((child) => withIds(child, next));
  }
  return { ...draft, id, lists };
}

/** Ids `prefix0`, `prefix1`, … */
export function counter(prefix: string): () => string {
  let count = 0;
  return () => `${prefix}${count++}`;
}

/** A Set with everything that a Set may hold. */
export const mutableSet: Arbitrary<MutableNode> = draftOf('set', 3).map((draft) =>
  withIds(draft, counter('n')),
);

/** The same, as the parser gives it. */
export const anySet: Arbitrary<NodeOf<'set'>> = mutableSet.map(freeze);

/** One step of an edit: what to do, and numbers from which places are picked. */
export interface Step {
  readonly what: 'insert' | 'remove' | 'move' | 'set' | 'reverse' | 'group' | 'ungroup' | 'swap';
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly node: Draft;
}

const step: Arbitrary<Step> = fc.record({
  what: fc.constantFrom('insert', 'remove', 'move', 'move', 'set', 'reverse', 'group', 'ungroup', 'swap'),
  a: fc.nat(999),
  b: fc.nat(999),
  c: fc.nat(999),
  node: fc.oneof(draftOf('track', 2), draftOf('device', 2), draftOf('clip', 0), draftOf('scene', 0)),
});

/** A Set before and after some edits; nodes that live on keep their ids. */
export const anyEdit: Arbitrary<readonly [before: NodeOf<'set'>, after: NodeOf<'set'>]> = fc
  .tuple(mutableSet, fc.array(step, { minLength: 1, maxLength: 12 }))
  .map(([before, steps]) => {
    const after = structuredClone(before);
    const next = counter('new');
    for (const one of steps) edit(after, one, next);
    return [freeze(before), freeze(after)] as const;
  });

const pick = <T>(items: readonly T[], number: number): T | undefined =>
  items[number % Math.max(items.length, 1)];

function edit(root: MutableNode, { what, a, b, c, node }: Step, next: () => string): void {
  if (what === 'insert') {
    put(root, withIds(node, next), b, c);
    return;
  }
  const spot = pick(spots(root), a);
  if (spot === undefined) return;
  if (what === 'remove') takeOut(spot);
  else if (what === 'move') moveTo(root, spot, b, c);
  else if (what === 'set') spot.node.props[pick(['name', 'mood'], b)!] = pick(NAMES, c)!;
  else if (what === 'reverse') spot.parent.lists[spot.list]?.reverse();
  else restructure(spot, what, next());
}

function restructure(spot: Spot, what: Step['what'], id: string): void {
  if (what === 'group') group(spot, id);
  else if (what === 'ungroup') ungroup(spot);
  else swapWithParent(spot);
}

function moveTo(root: MutableNode, spot: Spot, where: number, index: number): void {
  const home = pick(homesFor(root, spot.node.kind, spot.node), where);
  if (home === undefined) return;
  takeOut(spot);
  insertAt(home.parent, home.list, spot.node, index);
}

function put(root: MutableNode, node: MutableNode, where: number, index: number): void {
  const home = pick(homesFor(root, node.kind), where);
  if (home !== undefined) insertAt(home.parent, home.list, node, index);
}

/** Puts a new node in the place of one and its next, which become its children, where that is possible. */
function group({ node, parent, list }: Spot, id: string): void {
  if (node.kind !== 'track') return;
  const children = parent.lists[list]!;
  const at = children.indexOf(node);
  const members = children.slice(at, at + 2);
  const made: MutableNode = {
    id,
    kind: 'track',
    props: { type: 'group', name: 'Group' },
    lists: { tracks: members },
  };
  parent.lists[list] = children.toSpliced(at, members.length, made);
}

/** A group goes, its members stay. */
function ungroup({ node, parent, list }: Spot): void {
  const members = node.lists.tracks;
  if (members === undefined) return;
  const children = parent.lists[list]!;
  parent.lists[list] = children.toSpliced(children.indexOf(node), 1, ...members);
}

/** A member and its group change places: the group, with all else in it, becomes a member of its member. */
function swapWithParent({ node: outer, parent, list }: Spot): void {
  const inner = outer.lists.tracks?.[0];
  if (inner === undefined) return;
  takeOut({ node: inner, parent: outer, list: 'tracks' });
  const children = parent.lists[list]!;
  parent.lists[list] = children.toSpliced(children.indexOf(outer), 1, inner);
  insertAt(inner, 'tracks', outer, 0);
}
