import { describe, expect, it } from 'vitest';
import { actionFor, closedSiblings, typeahead } from '../src/navigate.ts';
import { flatten, type Row } from '../src/rows.ts';
import { nextMatch } from '../src/search.ts';
import { clip, id, setOf, track } from './tree.ts';

const root = setOf({
  tracks: [
    track('Bass', { clips: [clip('Verse')] }),
    track('Brass', { clips: [clip('Solo')] }),
    track('Lead'),
  ],
});
const rows = flatten(root, new Set(['root/tracks', 't-Bass']));
const at = (active: number, isAfterG = false) => ({ rows, active, pageRows: 2, isAfterG });
const press = (key: string, active: number, isAfterG = false) =>
  actionFor({ key, hasModifier: false }, at(active, isAfterG));
const title = (row: Row) => (row.kind === 'node' && 'name' in row.node.props ? row.node.props.name : '');

describe('keys', () => {
  it('[VIEW-9] arrows and the keys of vi move, at most to the ends', () => {
    expect(press('ArrowDown', 1)).toEqual({ type: 'go', index: 2 });
    expect(press('j', 1)).toEqual(press('ArrowDown', 1));
    expect(press('k', 0)).toEqual({ type: 'go', index: 0 });
    expect(press('End', 0)).toEqual({ type: 'go', index: rows.length - 1 });
    expect(press('G', 0)).toEqual(press('End', 0));
    expect(press('PageDown', 0)).toEqual({ type: 'go', index: 2 });
  });

  it('[VIEW-9] right opens, then enters; left closes, then leaves', () => {
    const brass = rows.findIndex((row) => row.key === 't-Brass');
    expect(press('ArrowRight', brass)).toEqual({ type: 'toggle', index: brass });
    expect(press('ArrowRight', 1)).toEqual({ type: 'go', index: 2 });
    expect(press('h', 1)).toEqual({ type: 'toggle', index: 1 });
    expect(press('ArrowLeft', brass)).toEqual({ type: 'go', index: 0 });
    expect(press('l', rows.length - 1)).toBeUndefined();
  });

  it('[VIEW-9] g twice goes to the top; with a modifier nothing happens', () => {
    expect(press('g', 3)).toEqual({ type: 'pendingTop' });
    expect(press('g', 3, true)).toEqual({ type: 'go', index: 0 });
    expect(actionFor({ key: 'j', hasModifier: true }, at(1))).toBeUndefined();
  });

  it('[VIEW-9] * opens the closed siblings', () => {
    const brass = rows.findIndex((row) => row.key === 't-Brass');
    expect(closedSiblings(rows, brass).map((row) => row.key)).toEqual(['t-Brass']);
  });

  it('[VIEW-10] letters go to the next name that begins so, going round', () => {
    expect(rows[typeahead(rows, 1, 'b', title) ?? -1]?.key).toBe('t-Brass');
    expect(rows[typeahead(rows, 3, 'br', title) ?? -1]?.key).toBe('t-Brass');
    expect(rows[typeahead(rows, 3, 'b', title) ?? -1]?.key).toBe('t-Bass');
    expect(typeahead(rows, 0, 'zz', title)).toBeUndefined();
  });

  it('[VIEW-10] n and N go through what was found, going round', () => {
    const order = [id('a'), id('b'), id('c')];
    expect(nextMatch(order, id('c'), 1)).toBe('a');
    expect(nextMatch(order, id('a'), -1)).toBe('c');
    expect(nextMatch(order, id('x'), 1)).toBe('a');
    expect(nextMatch([], undefined, 1)).toBeUndefined();
  });
});
