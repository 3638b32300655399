/** Examples of sentences about structure: what is added, removed, moved, renamed. */
import {
  chain,
  clip,
  device,
  insert,
  move,
  node,
  rack,
  remove,
  scene,
  sessionClip,
  set,
  track,
} from './band.ts';
import { bassCopy, type Example, sample } from './example.ts';

/** The clips of the lead, which lie behind bar 13, so many beats later. */
const shifted = (beats: number) => [
  set('lead/verse', { start: 64 + beats, end: 80 + beats }),
  set('lead/bridge', { start: 160 + beats, end: 176 + beats }),
];

export const STRUCTURE: readonly Example[] = [
  {
    kind: 'set-version',
    text: 'Saved with Live 12.2.6, before 12.1.11',
    ops: [
      set('set', { creator: 'Ableton Live 12.2.6', schema: '12.0_12203' }),
      set('bass/comp', { name: 'Compressor II' }),
    ],
  },
  {
    kind: 'tracks-grouped',
    text: 'Bass, Lead, Vox grouped as "Band"',
    gesture: 'a new group, three tracks into it, their routing',
    ops: [
      insert('set', 'tracks', 1, track('band', 'Band', { type: 'group' })),
      ...['bass', 'lead', 'vox'].map((id, at) => move(id, 'band', 'tracks', at)),
      set('bass', { audioOutput: 'AudioOut/GroupTrack', audioOutputName: 'Group' }),
    ],
  },
  {
    kind: 'tracks-ungrouped',
    text: 'Group "Drums" ungrouped (4 tracks)',
    ops: [
      ...['kick', 'snare', 'hat', 'tom'].map((id, at) => move(id, 'set', 'tracks', at + 1)),
      set('kick', { audioOutput: 'AudioOut/Main', audioOutputName: 'Main' }),
      remove('drums'),
    ],
  },
  {
    kind: 'track-added',
    text: 'MIDI track "Pad" added (Meld, 1 clip)',
    ops: [insert('set', 'tracks', 2, bassCopy('pad'))],
  },
  {
    kind: 'track-duplicated',
    text: 'MIDI track "Lead" duplicated',
    ops: [
      insert('set', 'tracks', 3, {
        ...track(
          'lead2',
          'Lead',
          { delay: 0 },
          {
            devices: [
              device('lead2/serum', 'Serum', { type: 'plugin', class: 'PluginDevice', pluginFormat: 'VST3' }),
              device('lead2/max', 'LFO', {
                type: 'max',
                class: 'MxDeviceAudioEffect',
                patch: 'Max/LFO.amxd',
              }),
            ],
            arrangement: [clip('lead2/verse', 'Verse', 17), clip('lead2/bridge', 'Bridge', 41)],
            takeLanes: [node('takeLane', 'lead2/lane', { name: 'Take 1' })],
          },
        ),
      }),
    ],
  },
  { kind: 'track-deleted', text: 'Audio track "Vox" deleted (1 clip)', ops: [remove('vox')] },
  {
    kind: 'track-moved',
    text: 'MIDI track "Bass" moved into "Drums"',
    ops: [move('bass', 'drums', 'tracks', 4), set('bass', { audioOutput: 'AudioOut/GroupTrack' })],
  },
  { kind: 'track-renamed', text: 'Track "Lead" renamed "Solo"', ops: [set('lead', { name: 'Solo' })] },
  { kind: 'scene-added', text: 'Scene 4 added', ops: [insert('set', 'scenes', 3, scene('s4', ''))] },
  {
    kind: 'scene-duplicated',
    text: 'Scene 2 "Intro" duplicated (1 clip)',
    ops: [
      insert('set', 'scenes', 1, scene('s4', 'Intro')),
      insert('bass', 'clips', 1, sessionClip('bass/s4', 'Riff', 's4')),
    ],
  },
  {
    kind: 'scene-deleted',
    text: 'Scene "Chorus" deleted (1 clip)',
    ops: [remove('s2'), remove('bass/s2'), remove('vox/slot')],
  },
  { kind: 'scene-moved', text: 'Scene "Intro" moved, row 1 → 3', ops: [move('s1', 'set', 'scenes', 2)] },
  { kind: 'scene-renamed', text: 'Scene "Chorus" renamed "Hook"', ops: [set('s2', { name: 'Hook' })] },
  {
    kind: 'time-inserted',
    text: '8 bars inserted at bar 17 (2 clips, 2 locators later)',
    ops: [...shifted(32), set('l1', { time: 96 }), set('l2', { time: 160 })],
  },
  {
    kind: 'time-deleted',
    text: '4 bars deleted at bar 13 (2 clips, 2 locators earlier)',
    ops: [...shifted(-16), set('l1', { time: 48 }), set('l2', { time: 112 })],
  },
  {
    kind: 'locator-added',
    text: 'Locator "Break" at bar 25 added',
    ops: [insert('set', 'locators', 1, node('locator', 'l3', { name: 'Break', time: 96 }))],
  },
  { kind: 'locator-deleted', text: 'Locator "Outro" at bar 33 deleted', ops: [remove('l2')] },
  { kind: 'locator-moved', text: 'Locator "Drop" moved, bar 17 → 25', ops: [set('l1', { time: 96 })] },
  { kind: 'locator-renamed', text: 'Locator "Drop" renamed "Break"', ops: [set('l1', { name: 'Break' })] },
  {
    kind: 'device-added',
    text: 'Lead: Echo added',
    ops: [insert('lead', 'devices', 2, device('lead/echo', 'Echo'))],
  },
  {
    kind: 'device-duplicated',
    text: 'Bass: Operator duplicated',
    ops: [insert('bass', 'devices', 1, device('bass/op2', 'Operator', { parameterCount: 2 }))],
  },
  { kind: 'device-deleted', text: 'Bass: Compressor deleted', ops: [remove('bass/comp')] },
  {
    kind: 'device-moved',
    text: 'Compressor moved from Bass to Lead',
    ops: [move('bass/comp', 'lead', 'devices', 2)],
  },
  {
    kind: 'device-replaced',
    text: 'Bass: Operator replaced by Wavetable',
    ops: [insert('bass', 'devices', 0, device('bass/wt', 'Wavetable')), remove('bass/op')],
  },
  {
    kind: 'device-renamed',
    text: 'Bass: device "Compressor" renamed "Glue"',
    ops: [set('bass/comp', { userName: 'Glue', name: 'Glue' })],
  },
  {
    kind: 'devices-grouped',
    text: 'Bass: EQ Eight, Compressor grouped in Audio Effect Rack',
    ops: [
      insert('bass', 'devices', 1, rack('bass/fx', 'Audio Effect Rack', [chain('bass/fx/c', 'Chain')])),
      move('bass/eq', 'bass/fx/c', 'devices', 0),
      move('bass/comp', 'bass/fx/c', 'devices', 1),
    ],
  },
  {
    kind: 'devices-ungrouped',
    text: 'Bass: Amp Rack ungrouped (Saturator)',
    ops: [move('bass/sat', 'bass', 'devices', 3), remove('bass/rack')],
  },
  {
    kind: 'chain-added',
    text: 'Bass › Amp Rack: chain "Sub" added',
    ops: [insert('bass/rack', 'chains', 2, chain('bass/sub', 'Sub'))],
  },
  {
    kind: 'chain-duplicated',
    text: 'Bass › Amp Rack: chain "Clean" duplicated',
    ops: [
      insert('bass/rack', 'chains', 1, chain('bass/clean2', 'Clean', {}, [device('bass/sat2', 'Saturator')])),
    ],
  },
  {
    kind: 'chain-deleted',
    text: 'Kick › Drum Rack: chain "Click" (C♯1) deleted (Simpler)',
    ops: [remove('kick/click')],
  },
  {
    kind: 'chain-moved',
    text: 'Bass › Amp Rack: chain "Clean" moved after "Dirt"',
    ops: [move('bass/clean', 'bass/rack', 'chains', 1)],
  },
  {
    kind: 'chain-renamed',
    text: 'Bass › Amp Rack: chain "Dirt" renamed "Fuzz"',
    ops: [set('bass/dirt', { name: 'Fuzz', userName: 'Fuzz' })],
  },
  {
    kind: 'clip-added',
    text: 'Bass: clip "Stab" added, bar 9 (8 notes)',
    ops: [insert('bass', 'arrangement', 0, clip('bass/a1', 'Stab', 9))],
  },
  {
    kind: 'clip-duplicated',
    text: 'Lead: clip "Verse" duplicated to bar 33',
    ops: [insert('lead', 'arrangement', 1, clip('lead/verse2', 'Verse', 33))],
  },
  {
    kind: 'clip-split',
    text: 'Lead: clip "Verse" split at bar 19',
    ops: [
      set('lead/verse', { end: 72, loopEnd: 8, endMarker: 8 }),
      insert('lead', 'arrangement', 1, clip('lead/rest', 'Verse', 19, { end: 80, loopStart: 8 })),
    ],
  },
  { kind: 'clip-deleted', text: 'Lead: clip "Bridge" deleted, bar 41', ops: [remove('lead/bridge')] },
  {
    kind: 'clip-moved',
    text: 'Lead: clip "Verse" moved, bar 17 → 33',
    ops: [set('lead/verse', { start: 128, end: 144 })],
  },
  {
    kind: 'clip-renamed',
    text: 'Lead: clip "Verse" renamed "Hook"',
    ops: [set('lead/verse', { name: 'Hook' })],
  },
  {
    kind: 'take-lane-added',
    text: 'Lead: take lane "Take 2" added (1 clip)',
    ops: [
      insert(
        'lead',
        'takeLanes',
        1,
        node('takeLane', 'lead/lane2', { name: 'Take 2' }, { clips: [clip('lead/t2', 'Verse', 17)] }),
      ),
    ],
  },
  { kind: 'take-lane-deleted', text: 'Lead: take lane "Take 1" deleted', ops: [remove('lead/lane')] },
  {
    kind: 'take-lane-renamed',
    text: 'Lead: take lane "Take 1" renamed "Best"',
    ops: [set('lead/lane', { name: 'Best' })],
  },
  {
    kind: 'take-lane-moved',
    text: 'Lead: take lane "Take 1" moved',
    ops: [move('lead/lane', 'lead', 'takeLanes', 0)],
  },
  {
    kind: 'samples-collected',
    text: '2 samples collected into the project',
    ops: [set('vox/take', { samplePath: 'Samples/Imported/take 3.wav' })],
    details: {
      'kick/simpler': { samples: [[sample('/Library/kick.wav')], [sample('Samples/Imported/kick.wav')]] },
    },
  },
];
