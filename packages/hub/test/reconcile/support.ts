/** Real trees for laws: fixtures as a file and as Live would show them, and edits with what was before. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ListName, NodeId, NodeOf, Op, Place, TreeNode } from '@livetree/live-set';
import { asNodeId, DEFAULT_LIMITS, parseSet, Tree, walk, withIds, withWas } from '@livetree/live-set';
import { inflateSet, nodePlatform } from '@livetree/live-set/node';
import fc from 'fast-check';

const FIXTURES = join(import.meta.dirname, '../../../../fixtures');

/** The tree of a fixture, under the file's own ids. */
export function fixture(name: string): NodeOf<'set'> {
  const xml = inflateSet(readFileSync(join(FIXTURES, `${name}.als`)), DEFAULT_LIMITS);
  return parseSet(xml, { platform: nodePlatform }).root;
}

export const FIXTURE_NAMES = ['demo', 'demo-live', 'small-l9', 'small-l10', 'small-l11', 'small-l12'];

/** The same things under other ids, as if Live had told them. */
export const relabelled = (root: NodeOf<'set'>, prefix = 'live.'): NodeOf<'set'> =>
  withIds(
    root,
    new Map(
      walk(root)
        .slice(1)
        .map(({ id }, at) => [id, asNodeId(`${prefix}${at}`)]),
    ),
  );

export const numbers = fc.tuple(fc.nat(8), fc.nat(9999), fc.nat(9999));
type Numbers = readonly [number, number, number];

/** A few edits that a user makes, chosen by numbers; each as one revision with `was`. */
export function edited(
  root: NodeOf<'set'>,
  choices: readonly Numbers[],
): { readonly roots: readonly NodeOf<'set'>[]; readonly revisions: readonly (readonly Op[])[] } {
  const tree = new Tree(root);
  const roots = [root];
  const revisions: (readonly Op[])[] = [];
  choices.forEach((choice, at) => {
    const ops = withWas(tree.root, [someEdit(tree, choice, `new.${at}.`)]);
    tree.apply(ops);
    revisions.push(ops);
    roots.push(tree.root);
  });
  return { roots, revisions };
}

const MOVABLE: readonly ListName[] = ['tracks', 'devices', 'scenes'];
const pick = <T>(items: readonly T[], at: number): T => items[at % items.length] as T;

function someEdit(tree: Tree, [what, a, b]: Numbers, fresh: string): Op {
  const nodes = walk(tree.root);
  const tracks = nodes.filter(
    ({ kind, props }) => kind === 'track' && 'type' in props && props.type !== 'main',
  );
  const movable = nodes.filter(({ id }) => MOVABLE.includes(tree.placeOf(id)?.list ?? 'main'));
  const loose = nodes.filter(({ kind }) => kind === 'device' || kind === 'clip' || kind === 'track');
  if (what === 0) return set(pick(tracks, a).id, { name: `Name ${b}` });
  if (what === 1) return set(pick(tracks, a).id, { volumeDb: -(b % 17) - 0.25 });
  if (what === 2) return set(tree.root.id, { tempoBpm: 60 + (b % 100) });
  if (what === 3)
    return set(
      pick(
        nodes.filter(({ kind }) => kind === 'device'),
        a,
      ).id,
      { on: b % 2 === 0 },
    );
  if (what === 4) return moved(tree, pick(movable, a), b);
  if (what === 5) return { op: 'remove', id: pick(loose.slice(1), a).id };
  if (what === 6) return copied(tree, pick(movable, a), b, fresh);
  if (what === 7) return set(pick(tracks, a).id, { color: b % 70 });
  return set(pick(tracks, a).id, { mute: b % 2 === 0 });
}

const set = (id: NodeId, props: Readonly<Record<string, string | number | boolean>>): Op => ({
  op: 'set',
  id,
  props,
});

function moved(tree: Tree, node: TreeNode, to: number): Op {
  const place = tree.placeOf(node.id) as Place;
  const length = tree.get(place.parent)?.lists[place.list]?.length ?? 1;
  return { op: 'move', id: node.id, parent: place.parent, list: place.list, index: to % length };
}

/** The same once more, under new ids. */
function copied(tree: Tree, node: TreeNode, to: number, fresh: string): Op {
  const place = tree.placeOf(node.id) as Place;
  const length = tree.get(place.parent)?.lists[place.list]?.length ?? 0;
  const ids = new Map(walk(node).map(({ id }, at) => [id, asNodeId(`${fresh}${at}`)]));
  const wrapped = withIds({ id: asNodeId('set'), kind: 'set', props: {}, lists: { tracks: [node] } }, ids);
  const [copy = node] = wrapped.lists.tracks ?? [];
  return { op: 'insert', parent: place.parent, list: place.list, index: to % (length + 1), node: copy };
}
