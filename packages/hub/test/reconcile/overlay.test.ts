import type { NodeOf, TreeNode } from '@livetree/live-set';
import { applyOps, walk } from '@livetree/live-set';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMPARABLE, compareProp, overlay, overlayOps, underlayOf } from '../../src/reconcile/index.ts';
import { edited, fixture, numbers, relabelled } from './support.ts';

const whole = relabelled(fixture('demo'));
const rows = new Set(COMPARABLE.map(({ kind, prop }) => `${kind}.${prop}`));

/** What Live would state of it: the properties of the table, and what tells one kind from another. */
function asStated(node: TreeNode): TreeNode {
  const props = Object.entries(node.props).filter(
    ([prop]) => rows.has(`${node.kind}.${prop}`) || ['type', 'class', 'autoName', 'userName'].includes(prop),
  );
  const lists = Object.fromEntries(
    Object.entries(node.lists).map(([list, nodes]) => [list, nodes?.map(asStated)]),
  );
  return { ...node, props: Object.fromEntries(props), lists } as unknown as TreeNode;
}
const stated = {
  ...asStated(whole),
  props: { ...asStated(whole).props, creator: 'Ableton Live 12.3.6' },
} as NodeOf<'set'>;

describe('what the file alone knows', () => {
  it('[REC-50] hangs on Live’s nodes, and never replaces what Live states', () => {
    const served = overlay(stated, whole);
    const props = (root: NodeOf<'set'>): unknown => walk(root).map((node) => node.props);
    expect(props({ ...served, props: { ...served.props, creator: 'x' } })).toEqual(
      props({ ...whole, props: { ...whole.props, creator: 'x' } }),
    );
    expect(served.props.creator).toBe('Ableton Live 12.3.6');
    const renamed = applyOps(stated, [
      { op: 'set', id: whole.lists.tracks?.[0]?.id as never, props: { name: 'Now', mute: true } },
    ]);
    expect(overlay(renamed, whole).lists.tracks?.[0]?.props).toMatchObject({ name: 'Now', mute: true });
  });

  it('[REC-51] a list that this Live cannot state is the file’s', () => {
    const bare = (root: NodeOf<'set'>): NodeOf<'set'> => {
      const strip = (node: TreeNode): TreeNode => {
        const { takeLanes: _, ...lists } = node.lists;
        const kept = Object.entries(lists).map(([list, nodes]) => [list, nodes?.map(strip)]);
        return { ...node, lists: Object.fromEntries(kept) } as unknown as TreeNode;
      };
      return strip(root) as NodeOf<'set'>;
    };
    const lanes = (root: NodeOf<'set'>): number =>
      walk(root).filter(({ kind }) => kind === 'takeLane').length;
    const old = { ...bare(stated), props: { ...stated.props, creator: 'Ableton Live 12.1.5' } };
    expect(lanes(whole)).toBeGreaterThan(0);
    expect(lanes(overlay(old, whole))).toBe(lanes(whole));
    expect(lanes(overlay(bare(stated), whole))).toBe(0);
  });

  it('[REC-52] ops over it lead to the tree over it, at the cost of the ops', () => {
    const under = underlayOf(whole, 'Ableton Live 12.3.6');
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 1, maxLength: 8 }), (choices) => {
        const { roots, revisions } = edited(stated, choices);
        let served = overlay(stated, whole);
        revisions.forEach((ops, at) => {
          const over = overlayOps(ops, under);
          served = applyOps(served, over);
          expect(served).toEqual(overlay(roots[at + 1] as NodeOf<'set'>, whole));
        });
      }),
      { numRuns: 6 },
    );
  });
});

describe('the table of what can be compared', () => {
  const sets = { liveSet: { creator: 'Ableton Live 12.3.6' }, fileSet: { liveMajor: 12 } };
  const SAMPLES: Readonly<Record<string, readonly [unknown, unknown]>> = {
    'clip.loopStart': [1, 2],
    'clip.loopEnd': [1, 2],
    'clip.startOffset': [1, 2],
    'clip.endMarker': [1, 2],
  };
  const around = (kind: string): Record<string, unknown> =>
    kind === 'clip' ? { loopOn: true } : kind === 'chain' ? { sendingNote: 60 } : {};

  it.each(COMPARABLE.map((row) => [`${row.kind}.${row.prop}`, row] as const))(
    '[REC-60] %s: equal values are the same and others differ, seen from both sides',
    (name, row) => {
      const [one, other] = SAMPLES[name] ?? (typeof row.how === 'object' ? [1, 2] : [true, false]);
      const text = row.form !== undefined && row.prop !== 'color' && !row.prop.endsWith('Note');
      const [a, b] = text ? ['one', 'two'] : row.form !== undefined ? [3, 4] : [one, other];
      const side = (value: unknown): never => ({ ...around(row.kind), [row.prop]: value }) as never;
      const outcome = (live: unknown, file: unknown): string =>
        compareProp(row, { live: side(live), file: side(file), ...sets });
      expect([outcome(a, a), outcome(b, b), outcome(a, b), outcome(b, a)]).toEqual([
        'same',
        'same',
        'different',
        'different',
      ]);
      if (typeof row.how !== 'object') return;
      const { within } = row.how;
      expect(outcome(1, 1 + within * 0.9)).toBe('same');
      expect(outcome(1 + within * 0.9, 1)).toBe('same');
      expect(outcome(1, 1 + within * 1.1)).toBe('different');
    },
  );

  it('[REC-61] every row that is not exact says why, and what one side does not say is unknown', () => {
    for (const row of COMPARABLE) {
      if (typeof row.how === 'object') expect(row.how.why.length).toBeGreaterThan(10);
      if (row.form !== undefined || row.where !== undefined) expect(row.why?.length).toBeGreaterThan(10);
      const outcome = compareProp(row, { live: {} as never, file: {} as never, ...sets });
      expect(outcome).toBe(row.absent === undefined || row.prop === 'chokeGroup' ? 'unknown' : 'same');
    }
  });

  it('[REC-62] values that Live and the file write differently are brought into one form', () => {
    const row = (kind: string, prop: string) =>
      COMPARABLE.find((each) => each.kind === kind && each.prop === prop);
    const outcome = (kind: string, prop: string, live: unknown, file: unknown, more = {}): string =>
      compareProp(row(kind, prop) as never, {
        live: { ...more, [prop]: live } as never,
        file: { ...more, [prop]: file } as never,
        ...sets,
      });
    expect(outcome('track', 'color', 5, 145)).toBe('same');
    expect(outcome('track', 'color', 4, 284)).toBe('unknown');
    expect(outcome('scene', 'name', '', ' 12')).toBe('same');
    expect(outcome('set', 'scaleName', 'Minor', '1')).toBe('same');
    expect(outcome('set', 'scaleName', 'Dorian', '2')).toBe('unknown');
    expect(outcome('track', 'audioOutputName', 'Main', 'Master')).toBe('same');
    expect(
      outcome('track', 'audioInputName', '1-Bass', '1-Drums', { audioInput: 'AudioIn/Track.3/TrackOut' }),
    ).toBe('unknown');
    expect(outcome('chain', 'receivingNote', 128, 36)).toBe('unknown');
    expect(outcome('send', 'target', 't1', '?0')).toBe('unknown');
    expect(outcome('device', 'name', 'Tube', 'Dynamic Tube', { type: 'native' })).toBe('unknown');
    expect(outcome('device', 'name', 'Tube', 'Mine', { type: 'native', userName: 'Mine' })).toBe('different');
    expect(outcome('clip', 'loopStart', 0, 4, { loopOn: false })).toBe('unknown');
  });
});
