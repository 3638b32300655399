import { describe, expect, it } from 'vitest';
import type { NodeOf, TreeNode } from '../../src/model/node.ts';
import { applyOps } from '../../src/patch/apply.ts';
import type { Op } from '../../src/patch/op.ts';
import { walk } from '../../src/patch/tree.ts';
import {
  BAND,
  clip,
  device,
  insert,
  move,
  remove,
  scene,
  sessionClip,
  set,
  telling,
  texts,
  track,
} from './band.ts';

/** Another Set to begin with. */
const apply = (ops: readonly Op[]): NodeOf<'set'> => applyOps(BAND, ops);
const find = (root: TreeNode, id: string): TreeNode | undefined =>
  [...walk(root)].find((one) => one.id === id);
const DRUMS = ['kick', 'snare', 'hat', 'tom'];

describe('what is told once, and as what it is', () => {
  it('[DIFF-84] a scene without a name whose clips are those of another row is a copy', () => {
    const riff = sessionClip('bass/s4', 'Riff', 's4');
    const ops = [insert('set', 'scenes', 1, scene('s4', '')), insert('bass', 'clips', 1, riff)];
    expect(texts({ ops })).toEqual(['Scene 2 duplicated (1 clip)']);
    const other = sessionClip('bass/s4', 'Riff', 's4', { noteCount: 9 });
    expect(texts({ ops: [...ops.slice(0, 1), insert('bass', 'clips', 1, other)] })).toEqual([
      'Scene 2 added (1 clip)',
    ]);
  });

  it('[DIFF-85] a scene whose tempo is switched on has no other settings changed', () => {
    const other = { s2: ['Tempo'] };
    const on = [set('s2', { tempoBpm: 90 })];
    const told = texts({ ops: on });
    expect(told).toEqual([expect.stringContaining('90')]);
    expect(texts({ ops: on, other })).toEqual(told);
    expect(texts({ other })).toEqual([expect.stringContaining('other settings')]);
    expect(texts({ ops: on, other: { s2: ['Tempo', 'Annotation'] } })).toHaveLength(2);
  });

  it('[DIFF-86] a clip that moved less than a sixteenth says how far', () => {
    const shifted = (by: number) => set('lead/verse', { start: 64 + by, end: 80 + by });
    expect(texts({ ops: [shifted(0.1)] })).toEqual(['Lead: clip "Verse" moved 0.1 beats later, bar 17']);
    expect(texts({ ops: [shifted(0.001)] })).toEqual(['Lead: clip "Verse" moved slightly later, bar 17']);
  });
});

describe('alike', () => {
  it('[DIFF-58] up to three are joined where they say the same', () => {
    expect(texts({ ops: ['kick', 'snare'].map((id) => set(id, { mute: true })) })).toEqual([
      'Kick, Snare: muted',
    ]);
    expect(texts({ ops: ['kick', 'snare'].map((id, at) => set(id, { volumeDb: -at - 1 })) })).toEqual([
      ...['Kick › Volume: 0.0 dB → −1.0 dB', 'Snare › Volume: 0.0 dB → −2.0 dB'],
    ]);
  });

  it('[DIFF-58] more than three are counted', () => {
    expect(texts({ ops: DRUMS.map((id) => set(id, { mute: true })) })).toEqual(['4 tracks muted']);
    expect(texts({ ops: DRUMS.map((id) => set(id, { color: 9 })) })).toEqual(['4 tracks coloured']);
    expect(texts({ ops: DRUMS.map((id) => set(id, { volumeDb: -6 })) })).toEqual([
      '4 tracks › Volume: 0.0 dB → −6.0 dB',
    ]);
    expect(texts({ ops: DRUMS.map((id, at) => set(id, { volumeDb: -at - 1 })) })).toEqual([
      '4 tracks: Volume changed',
    ]);
    expect(
      texts({
        ops: DRUMS.map((id) => set(id, { audioOutput: 'AudioOut/None', audioOutputName: 'Sends Only' })),
      }),
    ).toEqual(['4 tracks: Audio To Sends Only']);
  });

  it('[DIFF-58] more than three of one track are counted there, of many tracks together', () => {
    const clips = [9, 25, 49, 57].map((bar) =>
      insert('lead', 'arrangement', 0, clip(`n${bar}`, `C${bar}`, bar)),
    );
    expect(texts({ ops: clips })).toEqual(['Lead: 4 clips added']);
    const far = ['kick', 'snare', 'hat', 'tom', 'vox'].map((id) =>
      insert(id, 'arrangement', 0, clip(`${id}/n`, 'New', 57)),
    );
    expect(texts({ ops: far })).toEqual(['5 clips added in 5 tracks']);
  });

  it('[DIFF-58] clips that went the same way say how far', () => {
    const more = [57, 65, 73].map((bar) => clip(`n${bar}`, `C${bar}`, bar));
    const from = apply(more.map((one) => insert('lead', 'arrangement', 2, one)));
    const ids = ['lead/verse', 'lead/bridge', 'n57', 'n65', 'n73'];
    const shift = (id: string) => {
      const { props } = find(from, id) as NodeOf<'clip'>;
      return set(id, { start: (props.start ?? 0) + 16, end: (props.end ?? 0) + 16 });
    };
    expect(texts({ from, ops: ids.map(shift) })).toEqual(['Lead: 5 clips moved, 4 bars later']);
  });

  it('[DIFF-58] parameters of one device are counted, with two names', () => {
    const items = (values: readonly number[]) =>
      values.map((raw, at) => ({ key: `p${at}`, name: `Knob ${at + 1}`, value: raw, raw }));
    expect(
      texts({ details: { 'bass/op': { parameters: [items([0, 0, 0, 0]), items([1, 2, 3, 4])] } } }),
    ).toEqual(['Bass › Operator: 4 parameters changed (Knob 1, Knob 2, …)']);
  });

  it('[DIFF-58] the most important come first: structure, sound, settings, then what is minor', () => {
    const ops = [
      set('bass', { color: 5, arm: true, mute: true }),
      set('set', { loopOn: true }),
      insert('set', 'scenes', 3, scene('s4', '')),
    ];
    const { sentences } = telling({ ops });
    expect(sentences.map(({ kind }) => kind)).toEqual(['scene-added', 'mute', 'loop-brace', 'color', 'arm']);
    expect(sentences.map(({ minor }) => minor)).toEqual([false, false, false, false, true]);
  });
});

describe('one gesture', () => {
  it('[DIFF-59] a group of four is told with its number, and keeps what is more', () => {
    const from = apply([...DRUMS.map((id, at) => move(id, 'set', 'tracks', at)), remove('drums')]);
    const ops = [
      insert('set', 'tracks', 0, track('g', 'Drums', { type: 'group' }, { tracks: [track('new', 'Ride')] })),
      ...DRUMS.map((id, at) => move(id, 'g', 'tracks', at)),
      set('kick', { audioOutput: 'AudioOut/GroupTrack', volumeDb: -1 }),
    ];
    expect(texts({ from, ops })).toEqual([
      ...['4 tracks grouped as "Drums"', 'MIDI track "Ride" added', 'Kick › Volume: 0.0 dB → −1.0 dB'],
    ]);
  });

  it('[DIFF-59] a return takes its sends with it', () => {
    const { sentences, folded } = telling({
      ops: [remove('echo'), remove('bass>echo')],
      other: { set: ['SendsPre'] },
    });
    expect(sentences.map(({ text }) => text)).toEqual(['Return track "B-Echo" deleted']);
    expect(folded.map(({ node: id, why }) => `${id} ${why}`)).toContain('bass>echo derived');
  });

  it('[DIFF-59] a colour goes on to what lies in the track', () => {
    const ops = [
      set('drums', { color: 3 }),
      ...DRUMS.map((id) => set(id, { color: 3 })),
      set('bass', { color: 4 }),
    ];
    expect(texts({ ops })).toEqual(['Drums: colour changed (with 4 tracks in it)', 'Bass: colour changed']);
  });

  it('[DIFF-59] a preset takes everything in the device with it', () => {
    const ops = [
      set('bass/rack', { name: 'Fuzz Rack', userName: 'Fuzz Rack' }),
      set('bass/clean', { name: 'Wet', userName: 'Wet', volumeDb: -3 }),
      insert('bass/clean', 'devices', 1, device('bass/amp', 'Amp')),
    ];
    expect(texts({ ops, other: { 'bass/rack': ['LastPresetRef'] } })).toEqual([
      'Bass: Amp Rack replaced by Fuzz Rack',
    ]);
  });

  it('[DIFF-59] a clip carried to another track is one move', () => {
    const verse = find(BAND, 'lead/verse') as NodeOf<'clip'>;
    const there = clip('bass/verse', 'Verse', 17, { ...verse.props });
    expect(texts({ ops: [insert('bass', 'arrangement', 0, there), remove('lead/verse')] })).toEqual([
      'Clip "Verse" moved from Lead to Bass (bar 17)',
    ]);
  });
});

describe('no change', () => {
  it('[DIFF-60] names that follow from the place', () => {
    const from = apply([
      insert('set', 'tracks', 4, track('auto', 'Audio', { type: 'audio', autoName: true })),
    ]);
    expect(texts({ from, ops: [set('auto', { name: 'Take' })] })).toEqual([]);
    expect(texts({ from, ops: [set('auto', { name: 'Choir', autoName: null })] })).toEqual([
      'Track "9-Audio" renamed "Choir"',
    ]);
  });

  it('[DIFF-60] texts and targets that Live writes anew', () => {
    const old = { key: 'Drive', name: 'Drive', value: 1, raw: 1, target: '7' };
    expect(
      texts({
        ops: [set('bass', { audioOutputName: 'Master' }), set('bass/op', { parameterCount: 3 })],
        details: { 'bass/comp': { parameters: [[old], [{ ...old, target: '9' }]] } },
        other: { bass: ['DeviceChain/MidiOutputRouting/LowerDisplayString'] },
      }),
    ).toEqual([]);
  });

  it('[DIFF-60] what another version of Live writes otherwise', () => {
    const was = { key: 'Mode', name: 'Mode', value: true, raw: true, rangeMin: 0, rangeMax: 1 };
    const now = { key: 'Mode', name: 'New Mode', value: 1, raw: 1 };
    expect(
      texts({
        ops: [
          set('set', { creator: 'Ableton Live 12.3', schema: '12.0_12300' }),
          set('bass', { audioOutput: 'AudioOut/Master' }),
        ],
        details: { 'bass/comp': { parameters: [[was], [now, { ...now, key: 'More' }]] } },
      }),
    ).toEqual(['Saved with Live 12.3, before 12.1.11']);
  });

  it('[DIFF-60] a change that was taken back', () => {
    const { sentences, folded } = telling({
      ops: [set('bass', { mute: true }), set('bass', { mute: false })],
    });
    expect(sentences).toEqual([]);
    expect(folded.map(({ why }) => why)).toEqual(['part']);
  });
});

describe('without details', () => {
  it('[DIFF-61] it is told that they changed', () => {
    const details = {
      'bass/op': { parameters: [[], []] },
      'lead/verse': { notes: [[], []] },
      lead: { envelopes: [[], []] },
      'vox/take': { warpMarkers: [[], []] },
    } as const;
    expect(texts({ isBlind: true, details })).toEqual([
      'Bass › Operator: parameters changed',
      'Lead: automations changed',
      'Lead › "Verse": notes changed',
      'Vox › "Take": warp markers changed',
    ]);
  });

  it('[DIFF-61] ops of Live alone make the same sentences as those of a file', () => {
    const ops = [set('bass', { volumeDb: -3 }), move('bass/comp', 'lead', 'devices', 2)];
    expect(texts({ isBlind: true, ops })).toEqual(texts({ ops }));
  });
});
