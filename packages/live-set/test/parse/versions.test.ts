import { describe, expect, test } from 'vitest';
import { coverage } from '../../src/coverage.ts';
import { trackNumbers, trackTitle } from '../../src/model/title.ts';
import { readFacet } from '../../src/parse/parse-set.ts';
import { fixture } from '../corpus.ts';
import { allOf, named, names } from '../nodes.ts';

const VERSIONS = [8, 9, 10, 11, 12] as const;
const small = (version: number) => fixture(`small-l${version}`);
const round = (value: number | undefined, digits = 3): number | undefined =>
  value === undefined ? undefined : Number(value.toFixed(digits));

describe.each(VERSIONS)('the same little Set, saved by Live %i', (version) => {
  const set = small(version);
  const { root } = set;
  const midi = named(root, 'track', 'Tone Rack');
  const audio = named(root, 'track', 'Tape & "Hiss"');

  test('[PARSE-14] tempo, meter, loop, writer', () => {
    expect(root.props).toMatchObject({
      liveMajor: version,
      tempoBpm: 96,
      signatureNumerator: 3,
      signatureDenominator: 4,
      loopOn: false,
      loopStart: 4,
      loopLength: 8,
      launchQuantization: 4,
    });
    expect(root.props.creator).toMatch(new RegExp(`^Ableton Live ${version}\\.`));
  });

  test('[PARSE-15] the scale, from the version on that has one', () => {
    const scale = { 8: [undefined, undefined], 12: [2, '1'] }[version as 8 | 12] ?? [2, 'Minor'];
    expect([root.props.scaleRoot, root.props.scaleName]).toEqual(scale);
    expect(root.props.scaleOn).toBe(version >= 11 ? true : undefined);
  });

  test('[PARSE-16] tracks in order, members inside their group, returns and main apart', () => {
    expect(names(root.lists.tracks)).toEqual(['Group', 'Tape & "Hiss"']);
    expect(names(root.lists.tracks?.[0]?.lists.tracks)).toEqual(['Tone Rack']);
    expect(names(root.lists.returns)).toEqual(['Return']);
    expect(
      allOf(root, 'track')
        .map(({ props }) => props.type)
        .sort(),
    ).toEqual(['audio', 'group', 'main', 'midi', 'return']);
    expect(root.lists.main?.[0]?.props).toMatchObject({ name: version === 12 ? 'Main' : 'Master' });
  });

  test('[PARSE-17] a name that Live gives goes without its number; the header shows it', () => {
    const numbers = trackNumbers(root);
    const titles = allOf(root, 'track')
      .filter(({ props }) => props.type !== 'main')
      .map((track) => trackTitle(track, numbers.get(track.id) ?? 0));
    expect([...titles].sort()).toEqual(['2-Tone Rack', 'A-Return', 'Group', 'Tape & "Hiss"']);
    expect([midi.props.autoName, audio.props.autoName]).toEqual([true, undefined]);
  });

  test('[PARSE-18] mixer: fader, pan, mute, in dB and −1…1; sends name their return', () => {
    expect([round(midi.props.volumeDb), midi.props.pan, midi.props.mute]).toEqual([-6, 0, false]);
    expect([round(audio.props.volumeDb), audio.props.pan, audio.props.mute]).toEqual([0, -0.25, true]);
    expect(midi.props.crossfade).toBe('none');
    const [send, ...more] = midi.lists.sends ?? [];
    expect(more).toEqual([]);
    expect(send).toMatchObject({
      kind: 'send',
      props: { target: root.lists.returns?.[0]?.id, active: true },
    });
    expect(send?.kind === 'send' && round(send.props.levelDb)).toBe(-12);
  });

  test('[PARSE-19] routing as Live writes it', () => {
    const main = version === 12 ? 'Main' : 'Master';
    expect(audio.props).toMatchObject({ audioOutput: `AudioOut/${main}`, audioOutputName: main });
    expect(midi.props).toMatchObject({
      audioOutput: 'AudioOut/GroupTrack',
      midiInput: 'MidiIn/External.All/-1',
    });
  });

  test('[PARSE-20] scenes: a number in place of a name is no name; tempo only where the scene sets it', () => {
    expect(names(root.lists.scenes)).toEqual(['One', '', 'Drei ä']);
    const tempos = allOf(root, 'scene').map(({ props }) => props.tempoBpm);
    expect(tempos).toEqual([undefined, undefined, version >= 11 ? 100 : undefined]);
    expect(root.lists.scenes?.[0]?.props).toMatchObject({ color: 4 });
    expect(named(root, 'locator', 'B').props).toEqual({ name: 'B', time: 8 });
  });

  test('[PARSE-21] clips: in their scene, in the arrangement; text with line breaks', () => {
    const [riff, ...more] = midi.lists.clips ?? [];
    expect(more).toEqual([]);
    expect(riff).toMatchObject({
      kind: 'clip',
      props: {
        type: 'midi',
        name: 'Riff',
        scene: root.lists.scenes?.[0]?.id,
        annotation: 'two\nlines',
        loopOn: true,
        loopEnd: 4,
        noteCount: 3,
        envelopeCount: 1,
      },
    });
    expect(riff?.props).not.toHaveProperty('start');
    expect(midi.lists.arrangement?.[0]?.props).toMatchObject({
      name: 'Riff',
      start: 8,
      end: 16,
      noteCount: 3,
    });
    expect(audio.lists.arrangement?.[0]?.props).toMatchObject({
      type: 'audio',
      start: 4,
      end: 8,
      sample: 'tone.wav',
      warped: true,
      warpMarkerCount: 3,
    });
    expect(audio.lists.arrangement?.[0]?.props).toHaveProperty('samplePath', samplePath);
  });
  const samplePath =
    version >= 11
      ? '/Users/mira/Music/Night Bus Project/Samples/Imported/tone.wav'
      : 'Samples/Imported/tone.wav';

  test('[PARSE-22] devices: a rack with its chain and what is in it', () => {
    const [rack] = midi.lists.devices ?? [];
    expect(rack?.props).toMatchObject({
      class: 'InstrumentGroupDevice',
      type: 'rack',
      name: 'Tone Rack',
      on: true,
    });
    const [chain] = rack?.lists.chains ?? [];
    expect(chain).toMatchObject({ kind: 'chain', props: { name: 'tone', mute: false } });
    expect(names(chain?.lists.devices)).toEqual(['Simpler']);
    expect(chain?.lists.devices?.[0]?.props).toMatchObject({
      class: 'OriginalSimpler',
      type: 'native',
      sampleCount: 1,
    });
    expect(names(audio.lists.devices)).toEqual(['Compressor']);
  });

  test('[PARSE-23] automation stands with the track, wherever that version keeps it', () => {
    expect(audio.props.envelopeCount).toBe(1);
    const [fade] = readFacet(set, audio.id, 'envelopes');
    expect(fade?.['parameter']).toBe('Track Volume');
    const points = (fade!['points'] as readonly number[]).map((value) => round(value, 4));
    expect(points.slice(-4)).toEqual([4, 1, 8, 0.1]);
  });

  test('[PARSE-24] nothing odd, nothing lost', () => {
    expect(set.oddities).toEqual([]);
    const { elements, attributes } = coverage(set);
    expect([elements.lost, attributes.lost]).toEqual([0, 0]);
  });
});
