import { describe, expect, it } from 'vitest';
import type { NodeId, NodeOf } from '../../src/model/node.ts';
import { Names, plainName } from '../../src/sentences/names.ts';
import { TreeIndex } from '../../src/sentences/tree-index.ts';
import { BAND, chain, clip, device, node, rack, scene, sessionClip, track } from './band.ts';

const METERS = [{ beats: 0, signature: { numerator: 4, denominator: 4 } }];
const namesOf = (lists: Parameters<typeof node>[3]): Names =>
  new Names(new TreeIndex(node('set', 'set', { liveMajor: 12 }, lists) as NodeOf<'set'>), METERS);
const where = (names: Names, id: string): string => names.where(id as NodeId);

describe('names', () => {
  it('[DIFF-56] of tracks are those of the header', () => {
    const names = namesOf({
      tracks: [track('a', 'Audio', { autoName: true }), track('b', 'Bass')],
      returns: [track('r', 'Reverb', { type: 'return' })],
      main: [track('m', '', { type: 'main' })],
    });
    expect(['a', 'b', 'r', 'm'].map((id) => where(names, id))).toEqual([
      '1-Audio',
      'Bass',
      'A-Reverb',
      'Main',
    ]);
  });

  it('[DIFF-56] say the groups only where the name alone is not unique', () => {
    const group = (id: string, name: string) =>
      track(
        id,
        name,
        { type: 'group' },
        { tracks: [track(`${id}/k`, 'Kick'), track(`${id}/${name}`, `${name} Hat`)] },
      );
    const names = namesOf({ tracks: [group('x', 'Verse'), group('y', 'Hook')] });
    expect(['x/k', 'y/k', 'x/Verse'].map((id) => where(names, id))).toEqual([
      ...['Verse / Kick', 'Hook / Kick', 'Verse Hat'],
    ]);
  });

  it('[DIFF-56] of devices say as much of the way as tells them apart', () => {
    const names = new Names(new TreeIndex(BAND), METERS);
    expect(
      ['bass/eq', 'bass/sat', 'kick/simpler', 'kick/low', 'bass>reverb'].map((id) => where(names, id)),
    ).toEqual([
      ...[
        'Bass › EQ Eight',
        'Bass › Saturator',
        'Kick › Low › Simpler',
        'Kick › Low',
        'Bass › Send A-Reverb',
      ],
    ]);
  });

  it('[DIFF-56] are counted where all of the way is shared', () => {
    const names = namesOf({
      tracks: [
        track('t', 'Bass', {}, { devices: [device('d1', 'EQ'), device('d2', 'EQ'), device('d3', 'Amp')] }),
      ],
    });
    expect(['d1', 'd2', 'd3'].map((id) => where(names, id))).toEqual([
      'Bass › EQ (1st)',
      'Bass › EQ (2nd)',
      'Bass › Amp',
    ]);
  });

  it('[DIFF-56] of racks in racks go down to where they differ', () => {
    const inner = (id: string) =>
      rack(id, 'Rack', [chain(`${id}/c`, 'Chain', {}, [device(`${id}/d`, 'EQ')])]);
    const names = namesOf({
      tracks: [
        track(
          't',
          'Keys',
          {},
          {
            devices: [
              rack('o', 'Outer', [chain('1', 'Low', {}, [inner('x')]), chain('2', 'High', {}, [inner('y')])]),
            ],
          },
        ),
      ],
    });
    expect([where(names, 'x/d'), where(names, 'y/d')]).toEqual([
      'Keys › Low › Chain › EQ',
      'Keys › High › Chain › EQ',
    ]);
  });

  it('[DIFF-56] of clips and scenes: quoted, with their place where several have them or none', () => {
    const names = namesOf({
      scenes: [scene('s1', 'A'), scene('s2', 'A'), scene('s3', ''), scene('s4', 'B')],
      tracks: [
        track(
          't',
          'Lead',
          {},
          {
            clips: [sessionClip('c1', 'Verse', 's3'), sessionClip('c2', '', 's4')],
            arrangement: [clip('c3', 'Verse', 17), clip('c4', 'Hook', 33), clip('c5', '', 49)],
          },
        ),
      ],
    });
    expect(['c1', 'c2', 'c3', 'c4', 'c5'].map((id) => where(names, id))).toEqual([
      ...['Lead › "Verse" (Scene 3)', 'Lead › clip in Scene "B"', 'Lead › "Verse" (bar 17)'],
      ...['Lead › "Hook"', 'Lead › clip at bar 49'],
    ]);
    expect(['s1', 's3', 's4'].map((id) => names.scene(id))).toEqual(['Scene 1 "A"', 'Scene 3', 'Scene "B"']);
  });

  it('[DIFF-56] stay on one line and are cut where they are very long', () => {
    expect(plainName('a\nb\tc')).toBe('a b c');
    expect(plainName('x'.repeat(60))).toHaveLength(48);
  });
});
