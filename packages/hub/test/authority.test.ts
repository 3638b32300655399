import { asNodeId, PatchError, Tree } from '@livetree/live-set';
import { describe, expect, it } from 'vitest';
import type { Change } from '../src/authority.ts';
import { Authority } from '../src/authority.ts';
import type { HubLimits } from '../src/limits.ts';
import { DEFAULT_HUB_LIMITS } from '../src/limits.ts';
import { canonicalJson, firstLineage, nextLineage } from '../src/lineage.ts';
import { rename, smallSet } from './support/trees.ts';
import { SET, sha1 } from './support/world.ts';

const start = (limits: Partial<HubLimits> = {}) =>
  new Authority({
    set: SET,
    epoch: 'e',
    tree: new Tree(smallSet()),
    sha1,
    limits: { ...DEFAULT_HUB_LIMITS, ...limits },
  });

const change = (more: Partial<Change> = {}): Change => ({
  ops: [],
  touched: [],
  origin: 'file',
  time: 7,
  ...more,
});
const renamed = (name: string): Change => change({ ops: [rename('t1', name)] });
const touched = change({ touched: [{ id: asNodeId('c1'), facets: ['notes'], other: [] }] });

describe('authority', () => {
  it('[HUB-1] a change makes one revision, an empty one none', () => {
    const authority = start();
    expect([authority.commit(change()), authority.revision]).toEqual([false, 0]);
    expect([authority.commit(renamed('A')), authority.revision]).toEqual([true, 1]);
    expect([authority.commit(touched), authority.revision]).toEqual([true, 2]);
  });

  it('[HUB-2] facet-only revisions leave no hole in the skeleton chain', () => {
    const authority = start();
    authority.commit(renamed('A'));
    authority.commit(touched);
    authority.commit(touched);
    authority.commit(renamed('B'));
    const chain = authority.history.after(0)?.map(({ from, to }) => [from, to]);
    expect(chain).toEqual([
      [0, 1],
      [1, 4],
    ]);
    expect(authority.history.after(2)).toBeUndefined();
    expect([authority.revision, authority.skeleton]).toEqual([4, 4]);
  });

  it('[HUB-3] lineage is chained over the ops as sent, and only over skeleton patches', () => {
    const authority = start();
    const first = firstLineage('e', sha1);
    expect(authority.lineage).toBe(first);
    expect(first).toBe(sha1('e').slice(0, 16));
    authority.commit(touched);
    expect(authority.lineage).toBe(first);
    authority.commit(renamed('A'));
    const sent = JSON.parse(authority.history.after(0)?.[0]?.text ?? '');
    expect(authority.lineage).toBe(nextLineage(first, canonicalJson(sent.ops), sha1));
    expect(sent.lineage).toBe(authority.lineage);
    expect(authority.lineage).toMatch(/^[0-9a-f]{16}$/);
  });

  it('[HUB-3] canonical JSON does not depend on the order of keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'ü' }], a: undefined, 10: true, 9: 1.5 })).toBe(
      '{"10":true,"9":1.5,"b":[1,{"c":"ü","d":null}]}',
    );
  });

  it('[HUB-4] what was before does not go to clients', () => {
    const authority = start();
    const [t1] = authority.root.lists.tracks ?? [];
    if (t1 === undefined) throw new Error('no track');
    const place = { parent: asNodeId('set'), list: 'tracks' } as const;
    const was = { ...place, index: 0 };
    authority.commit(
      change({
        ops: [
          rename('t1', 'A'),
          { op: 'move', id: t1.id, ...place, index: 1, was },
          { op: 'remove', id: t1.id, was: { ...was, node: t1 } },
        ],
      }),
    );
    const text = authority.history.after(0)?.[0]?.text ?? '';
    expect(text).not.toContain('was');
    expect(JSON.parse(text)).toMatchObject({
      type: 'patch',
      set: SET,
      from: 0,
      to: 1,
      time: 7,
      origin: 'file',
    });
    expect(JSON.parse(text).ops).toHaveLength(3);
  });

  it('[HUB-5] a change that does not fit changes nothing', () => {
    const authority = start();
    authority.commit(renamed('A'));
    const before = [authority.root, authority.revision, authority.skeleton, authority.lineage];
    const bad = change({ ops: [rename('t1', 'B'), rename('nobody', 'C')] });
    expect(() => authority.commit(bad)).toThrow(PatchError);
    expect([authority.root, authority.revision, authority.skeleton, authority.lineage]).toEqual(before);
    expect(authority.history.size).toBe(1);
  });

  it('[HUB-6] history is bounded by count', () => {
    const authority = start({ historyPatches: 3 });
    for (let i = 0; i < 10; i++) authority.commit(renamed(`name ${i}`));
    expect(authority.history.size).toBe(3);
    expect(authority.history.after(6)).toBeUndefined();
    expect(authority.history.after(7)).toHaveLength(3);
  });

  it('[HUB-6] history is bounded by bytes', () => {
    const authority = start({ historyBytes: 4_000 });
    for (let i = 0; i < 50; i++) authority.commit(renamed('ü'.repeat(200)));
    const kept = authority.history.after(50 - authority.history.size) ?? [];
    const bytes = kept.reduce((sum, patch) => sum + Buffer.byteLength(patch.text), 0);
    expect(kept.length).toBeGreaterThan(2);
    expect(bytes).toBe(kept.reduce((sum, patch) => sum + patch.bytes, 0));
    expect(bytes).toBeLessThanOrEqual(4_000);
  });

  it('[HUB-6] only a revision with its own lineage is known', () => {
    const authority = start({ historyPatches: 2 });
    const lineages = [authority.lineage];
    for (let i = 0; i < 3; i++) {
      authority.commit(renamed(`${i}`));
      lineages.push(authority.lineage);
    }
    const known = [0, 1, 2, 3].map((revision) =>
      authority.history.knows({ revision, lineage: lineages[revision] ?? '' }),
    );
    expect(known).toEqual([false, true, true, true]);
    expect(authority.history.knows({ revision: 2, lineage: lineages[1] ?? '' })).toBe(false);
    expect(authority.history.knows({ revision: 9, lineage: lineages[3] ?? '' })).toBe(false);
  });

  it('[HUB-7] a patch over the queue limit is not kept: nobody can follow it by patches', () => {
    const authority = start({ queueBytes: 500 });
    authority.commit(renamed('A'));
    authority.commit(renamed('B'.repeat(1_000)));
    expect(authority.history.after(1)).toBeUndefined();
    expect(authority.history.after(2)).toEqual([]);
    authority.commit(renamed('C'));
    expect(authority.history.after(2)).toHaveLength(1);
  });

  it('[HUB-5] keeps the identity of what a change does not touch', () => {
    const authority = start();
    const [, second] = authority.root.lists.tracks ?? [];
    authority.commit(renamed('A'));
    expect(authority.root.lists.tracks?.[1]).toBe(second);
    expect(authority.nodeCount).toBe(4);
  });
});
