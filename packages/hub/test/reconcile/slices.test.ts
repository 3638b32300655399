import type { NodeOf, TreeNode } from '@livetree/live-set';
import { asNodeId, walk } from '@livetree/live-set';
import { describe, expect, it } from 'vitest';
import { comparingWithFile } from '../../src/reconcile/compare.ts';
import { findingUnsaved, NO_PAIRS } from '../../src/reconcile/index.ts';
import { fixture } from './support.ts';

const TRACKS = 60;

/** Sixty copies of a track in a group, in a group: nothing of it lies at the top. */
function nested(): NodeOf<'set'> {
  const demo = fixture('demo');
  const track = demo.lists.tracks?.find(({ lists }) => (lists.devices?.length ?? 0) > 0) as NodeOf<'track'>;
  const copies = Array.from({ length: TRACKS }, (_, at) => copy(track, at));
  const group = (id: string, tracks: readonly TreeNode[]): NodeOf<'track'> =>
    ({
      id: asNodeId(id),
      kind: 'track',
      props: { type: 'group', name: id },
      lists: { tracks },
    }) as NodeOf<'track'>;
  return { ...demo, lists: { ...demo.lists, tracks: [group('outer', [group('inner', copies)])] } };
}

function copy<N extends TreeNode>(node: N, at: number): N {
  const lists = Object.entries(node.lists).map(([list, nodes]) => [
    list,
    nodes?.map((each) => copy(each, at)),
  ]);
  const name = node.kind === 'track' ? { name: `Track ${at}` } : {};
  return {
    ...node,
    id: `${node.id}-${at}`,
    props: { ...node.props, ...name },
    lists: Object.fromEntries(lists),
  };
}

function stepsOf<T>(work: Generator<void, T>): { readonly steps: number; readonly result: T } {
  for (let steps = 1; ; steps++) {
    const step = work.next();
    if (step.done === true) return { steps, result: step.value };
  }
}

describe('a Set whose tracks all lie in one group', () => {
  const live = nested();
  const file = nested();

  it('[IDLE-4] is compared in as many steps as it has tracks, or more: of no step depends how big it is', () => {
    const name = 'Another';
    const edited = { ...live, props: { ...live.props, tempoBpm: 91, annotation: name } };
    const evidence = { now: edited, revision: 1, back: [], file, known: NO_PAIRS };
    const { steps, result } = stepsOf(comparingWithFile(evidence));
    expect(result.base.distance).toBeGreaterThan(0);
    expect(steps).toBeGreaterThan(TRACKS);
    expect(result.pairing.fileOf.size).toBe(walk(file).length);
  });

  it('[IDLE-4] its list is made in as many steps as it has tracks, or more', () => {
    const { steps, result } = stepsOf(findingUnsaved(live, file));
    expect(result.edits).toEqual([]);
    expect(steps).toBeGreaterThan(TRACKS);
  });
});
