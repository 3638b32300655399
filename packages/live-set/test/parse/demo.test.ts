import { describe, expect, test } from 'vitest';
import { trackNumbers, trackTitle } from '../../src/model/title.ts';
import { fixture } from '../corpus.ts';
import { allOf, named, names } from '../nodes.ts';

const round = (value: number | undefined, digits = 3): number | undefined =>
  value === undefined ? undefined : Number(value.toFixed(digits));

describe('the demo, a Set of Live 12.1', () => {
  const set = fixture('demo');
  const { root } = set;

  test('[PARSE-25] groups nest to any depth', () => {
    const drums = named(root, 'track', 'Drums');
    expect(names(root.lists.tracks)).toEqual(['Drums', 'Bass', 'Keys', 'Vox', 'Vox Double', 'MIDI']);
    expect(names(drums.lists.tracks)).toEqual(['Kit', 'Percussion']);
    expect(names(drums.lists.tracks?.[1]?.lists.tracks)).toEqual(['Shaker', 'Tops']);
    expect(names(named(root, 'track', 'Tops').lists.tracks)).toEqual(['Hi-Hats – öffnen', 'Ride']);
  });

  test('[PARSE-26] titles: what was typed, else number and name; returns with their letter', () => {
    const numbers = trackNumbers(root);
    const title = (name: string) => {
      const track = named(root, 'track', name);
      return trackTitle(track, numbers.get(track.id) ?? 0);
    };
    expect(['Kit', 'MIDI', 'Reverb', 'Dub Delay', 'Main'].map(title)).toEqual([
      'Kit',
      '14-MIDI',
      'A-Reverb',
      'B-Dub Delay',
      'Main',
    ]);
  });

  test('[PARSE-27] the main track has the cue volume, the Set its annotation', () => {
    const main = named(root, 'track', 'Main');
    expect(round(main.props.cueVolumeDb)).toBe(-6);
    expect(main.props.crossfader).toBe(0);
    expect(root.props.annotation).toBe('Night Bus, third draft.\n"Finished" is a big word <sic>.');
    expect(named(root, 'track', 'Bass').props.annotation).toBe('DI, no amp');
  });

  test('[PARSE-28] a drum rack: chains by the note they receive, with choke groups', () => {
    const pads = named(root, 'device', 'Kit Night Bus').lists.chains ?? [];
    expect(pads.map(({ props }) => ('receivingNote' in props ? props.receivingNote : -1))).toEqual([
      36, 37, 38, 39, 42, 44, 46, 49,
    ]);
    expect(pads.map(({ props }) => ('chokeGroup' in props ? props.chokeGroup : undefined))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      1,
      1,
      1,
      undefined,
    ]);
  });

  test('[PARSE-29] racks within racks, plug-ins, Max devices', () => {
    const felt = named(root, 'device', 'Keys ❄ Layer').lists.chains?.[0]?.lists.devices?.[0];
    expect(felt?.props).toMatchObject({ type: 'rack', name: 'Felt' });
    expect(names(felt?.lists.chains)).toEqual(['Hammer', 'Noise']);
    expect(named(root, 'chain', 'Noise').props.mute).toBe(true);
    expect(named(root, 'device', 'Glasswing').props).toMatchObject({ type: 'plugin', pluginFormat: 'VST3' });
    expect(named(root, 'device', 'Bus Shifter').props).toMatchObject({
      type: 'max',
      patch: '/Users/mira/Music/Night Bus Project/Presets/Audio Effects/Bus Shifter.amxd',
    });
  });

  test('[PARSE-30] take lanes, a slot without stop button, arm, monitoring, delay, crossfade', () => {
    const vox = named(root, 'track', 'Vox');
    expect(names(vox.lists.takeLanes)).toEqual(['Lane', 'Lane "best"']);
    expect(names(vox.lists.takeLanes?.[1]?.lists.clips)).toEqual(['Vox 2', 'Vox 3']);
    expect(vox.props).toMatchObject({ arm: true, monitoring: 'auto', delay: -12 });
    expect(named(root, 'track', 'Vox Double').props).toMatchObject({ monitoring: 'in', crossfade: 'B' });
    expect(named(root, 'track', 'Pad für Intro').props.crossfade).toBe('A');
    const thirdScene = root.lists.scenes?.[2]?.id;
    expect(allOf(root, 'slot').map(({ props }) => props)).toEqual([{ scene: thirdScene, hasStop: false }]);
  });

  test('[PARSE-31] scenes and locators: colours, tempo, meter, notes', () => {
    expect(named(root, 'scene', '夜のバス').props).toMatchObject({
      signatureNumerator: 3,
      signatureDenominator: 4,
    });
    expect(named(root, 'scene', 'Drop').props).toEqual({ name: 'Drop', color: 14, tempoBpm: 126 });
    expect(root.lists.scenes?.[2]?.props).toEqual({ name: '' });
    expect(named(root, 'scene', 'Verse').props.annotation).toBe('keep it "dry"\nno reverb on the kit');
    expect(allOf(root, 'locator').map(({ props }) => props)).toEqual([
      { name: 'Intro', time: 0, songStart: true },
      { name: 'Verse "A"', time: 32 },
      { name: 'Drop', time: 64, annotation: 'lights down\nthen bass' },
      { name: 'Ende', time: 96.5 },
    ]);
  });

  test('[PARSE-32] clips: pitch, gain, launch settings, unwarped in seconds', () => {
    expect(named(root, 'clip', 'Vox Verse').props).toMatchObject({
      pitchCoarse: -2,
      pitchFine: 12,
      warpMode: 6,
    });
    expect(round(named(root, 'clip', 'Vox Verse').props.gainDb)).toBe(-3);
    expect(named(root, 'clip', '息 (breath)').props).toMatchObject({
      warped: false,
      loopStart: 0.4,
      loopEnd: 2.9,
    });
    expect(named(root, 'track', 'Vox').lists.arrangement?.[1]?.props).toMatchObject({
      start: 66,
      end: 94,
      startOffset: 2,
      disabled: true,
    });
  });
});
