/** One example for each kind of sentence: the source of docs/sentences.md and a test of each kind. */
import type { SentenceKind } from '../../src/sentences/sentence.ts';
import {
  chain,
  clip,
  device,
  type Edit,
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

export interface Example extends Edit {
  readonly kind: SentenceKind;
  readonly text: string;
  /** What the user did, where the sentence does not say it all. */
  readonly gesture?: string;
}

const note = (key: string, time: number, pitch = 60, more: object = {}) => ({
  ...{ key, pitch, time, duration: 1, velocity: 100, releaseVelocity: 64, velocityDeviation: 0 },
  ...{ probability: 1, enabled: true, ...more },
});
const value = (key: string, name: string, raw: unknown, more: object = {}) => ({
  key,
  name,
  value: raw,
  raw,
  ...more,
});
const envelope = (target: string, parameter: string, points: readonly number[]) => ({
  ...{ key: `${target}.1`, target, parameter, points },
});
const START = -63072000;
const FLAT_TEMPO = envelope('8', 'Song Tempo', [START, 120]);
const sample = (path: string, more: object = {}) => ({
  ...{ key: '0', name: 'kick', path, rootKey: 60, detuneCents: 0, sampleStart: 0, sampleEnd: 44100, ...more },
});
const bassCopy = (id: string) => ({
  ...track(
    id,
    'Pad',
    {},
    { devices: [device(`${id}/d`, 'Meld')], clips: [sessionClip(`${id}/c`, 'Swell', 's1')] },
  ),
});

const STRUCTURE: readonly Example[] = [
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

const SOUND: readonly Example[] = [
  {
    kind: 'tempo',
    text: 'Tempo 120 → 124 BPM',
    gesture: 'the value and its first event of automation',
    ops: [set('set', { tempoBpm: 124 })],
    details: {
      main: {
        parameters: [[value('Tempo', 'Song Tempo', 120)], [value('Tempo', 'Song Tempo', 124)]],
        envelopes: [[FLAT_TEMPO], [envelope('8', 'Song Tempo', [START, 124])]],
      },
    },
  },
  {
    kind: 'signature',
    text: 'Signature 4/4 → 6/8',
    ops: [set('set', { signatureNumerator: 6, signatureDenominator: 8 })],
  },
  { kind: 'volume', text: 'Bass › Volume: 0.0 dB → −3.5 dB', ops: [set('bass', { volumeDb: -3.5 })] },
  { kind: 'pan', text: 'Bass › Pan: C → 50L', ops: [set('bass', { pan: -1 })] },
  { kind: 'mute', text: 'Kick: muted', ops: [set('kick', { mute: true })] },
  {
    kind: 'send',
    text: 'Bass › Send A-Reverb: −inf dB → −12.0 dB',
    ops: [set('bass>reverb', { levelDb: -12 })],
  },
  { kind: 'crossfade', text: 'Bass › Crossfade: none → A', ops: [set('bass', { crossfade: 'A' })] },
  { kind: 'track-delay', text: 'Lead › Track Delay: 0 ms → −12.5 ms', ops: [set('lead', { delay: -12.5 })] },
  { kind: 'frozen', text: 'Lead: frozen', ops: [set('lead', { frozen: true })] },
  {
    kind: 'routing',
    text: 'Bass › Audio To: Main → Sends Only',
    ops: [set('bass', { audioOutput: 'AudioOut/None', audioOutputName: 'Sends Only' })],
  },
  {
    kind: 'device-switched',
    text: 'Bass › Compressor: switched off',
    ops: [set('bass/comp', { on: false })],
    details: {
      'bass/comp': { parameters: [[value('On', 'Device On', true)], [value('On', 'Device On', false)]] },
    },
  },
  {
    kind: 'parameter',
    text: 'Bass › EQ Eight › 2 Frequency A: 1.20 kHz → 340 Hz',
    details: {
      'bass/eq': {
        parameters: [
          [value('Bands.1/ParameterA/Freq', '2 Frequency A', 1200, { unit: 'Hz' })],
          [value('Bands.1/ParameterA/Freq', '2 Frequency A', 340, { unit: 'Hz' })],
        ],
      },
    },
  },
  {
    kind: 'macro',
    text: 'Bass › Amp Rack › Grit: 0 → 64',
    details: {
      'bass/rack': {
        parameters: [[value('MacroControls.0', 'Grit', 0)], [value('MacroControls.0', 'Grit', 64)]],
      },
    },
  },
  {
    kind: 'notes',
    text: 'Lead › "Verse": 3 notes added, 1 moved (bar 1.2)',
    details: {
      'lead/verse': {
        notes: [
          [note('1', 0), note('2', 4)],
          [note('1', 0), note('2', 4.5), note('3', 1), note('4', 2, 67), note('5', 3, 72)],
        ],
      },
    },
  },
  {
    kind: 'automation',
    text: 'Lead: Volume automation changed (bar 9–17)',
    details: {
      lead: {
        envelopes: [
          [envelope('91', 'Track Volume', [START, 1, 0, 1, 32, 1, 64, 0.5])],
          [envelope('91', 'Track Volume', [START, 1, 0, 1, 32, 0.8, 64, 0.6])],
        ],
      },
    },
  },
  {
    kind: 'clip-length',
    text: 'Lead: clip "Verse" lengthened, end bar 21 → 25',
    ops: [set('lead/verse', { end: 96, loopEnd: 32, endMarker: 32 })],
  },
  {
    kind: 'clip-loop',
    text: 'Bass › "Riff" › Loop: bar 1–5 → bar 1–3',
    ops: [set('bass/s1', { loopEnd: 8 })],
  },
  {
    kind: 'clip-switched',
    text: 'Lead › "Bridge": deactivated',
    ops: [set('lead/bridge', { disabled: true })],
  },
  {
    kind: 'clip-pitch',
    text: 'Vox › "Take" › Transpose: 0 st → −3 st',
    ops: [set('vox/take', { pitchCoarse: -3 })],
  },
  {
    kind: 'clip-gain',
    text: 'Vox › "Take" › Gain: 0.0 dB → 2.5 dB',
    ops: [set('vox/take', { gainDb: 2.5 })],
  },
  {
    kind: 'clip-warp',
    text: 'Vox › "Take" › Warp Mode: Beats → Complex Pro',
    ops: [set('vox/take', { warpMode: 6 })],
  },
  {
    kind: 'warp-markers',
    text: 'Vox › "Take": 2 warp markers added, 1 moved',
    details: {
      'vox/take': {
        warpMarkers: [
          [
            { key: '0', beats: 0, seconds: 0 },
            { key: '1', beats: 8, seconds: 4 },
          ],
          [
            { key: '0', beats: 0, seconds: 0 },
            { key: '1', beats: 8, seconds: 4.1 },
            { key: '2', beats: 2, seconds: 1 },
            { key: '3', beats: 4, seconds: 2 },
          ],
        ],
      },
    },
  },
  { kind: 'fades', text: 'Vox › "Take": fades changed', other: { 'vox/take': ['Fades/FadeInLength'] } },
  {
    kind: 'sample-replaced',
    text: 'Vox › "Take": sample replaced: take 3.wav → take 4.wav',
    ops: [set('vox/take', { sample: 'take 4.wav', samplePath: '/Users/ana/Desktop/take 4.wav' })],
  },
  {
    kind: 'sample-settings',
    text: 'Kick › Low › Simpler: settings of sample kick changed',
    details: {
      'kick/simpler': { samples: [[sample('a/kick.wav')], [sample('a/kick.wav', { rootKey: 62 })]] },
    },
  },
  {
    kind: 'device-source',
    text: 'Lead › Serum › Plug-in format: VST3 → AU',
    ops: [set('lead/serum', { pluginFormat: 'AU' })],
  },
  {
    kind: 'chain-note',
    text: 'Kick › Low › Receive: C1 → D1',
    ops: [set('kick/low', { receivingNote: 38 })],
  },
  { kind: 'choke', text: 'Kick › Low › Choke: None → 1', ops: [set('kick/low', { chokeGroup: 1 })] },
  {
    kind: 'chain-zone',
    text: 'Bass › Clean: zones changed',
    other: { 'bass/clean': ['BranchSelectorRange'] },
  },
  { kind: 'groove-pool', text: 'Groove pool changed', other: { set: ['GroovePool'] } },
];

const SETTINGS: readonly Example[] = [
  {
    kind: 'scene-tempo',
    text: 'Scene "Chorus" › Tempo: none → 128 BPM',
    ops: [set('s2', { tempoBpm: 128 })],
  },
  {
    kind: 'scene-signature',
    text: 'Scene "Chorus" › Signature: none → 7/8',
    ops: [set('s2', { signatureNumerator: 7, signatureDenominator: 8 })],
  },
  {
    kind: 'clip-signature',
    text: 'Lead › "Verse" › Signature: none → 3/4',
    ops: [set('lead/verse', { signatureNumerator: 3, signatureDenominator: 4 })],
  },
  {
    kind: 'clip-launch',
    text: 'Bass › "Riff" › Launch Mode: none → Gate',
    ops: [set('bass/s1', { launchMode: 1 })],
  },
  { kind: 'stop-button', text: 'Vox: stop button added, Scene "Chorus"', ops: [remove('vox/slot')] },
  { kind: 'scale', text: 'Scale C Major → A Minor', ops: [set('set', { scaleRoot: 9, scaleName: '1' })] },
  { kind: 'loop-brace', text: 'Loop bar 1–5 → 9–17', ops: [set('set', { loopStart: 32, loopLength: 32 })] },
  { kind: 'punch', text: 'Punch-in on', ops: [set('set', { punchIn: true })] },
  {
    kind: 'quantization',
    text: 'Launch Quantization: 1 Bar → None',
    ops: [set('set', { launchQuantization: 0 })],
  },
  {
    kind: 'color',
    text: 'Bass: colour changed',
    ops: [set('bass', { color: 7 }), set('bass/s1', { color: 7 })],
  },
  {
    kind: 'info-text',
    text: 'Lead: info text changed',
    ops: [set('lead', { annotation: 'double in the chorus' })],
  },
  {
    kind: 'macro-count',
    text: 'Bass › Amp Rack › Macros: 8 → 12',
    ops: [set('bass/rack', { macroCount: 12 })],
  },
  {
    kind: 'macro-renamed',
    text: 'Bass › Amp Rack: macro "Macro 1" renamed "Grit"',
    details: {
      'bass/rack': {
        parameters: [[value('MacroControls.0', 'Macro 1', 0)], [value('MacroControls.0', 'Grit', 0)]],
      },
    },
  },
  {
    kind: 'macro-settings',
    text: 'Bass › Amp Rack: macro settings changed',
    other: { 'bass/rack': ['MacroColor.0'] },
  },
  {
    kind: 'parameter-list',
    text: 'Lead › Serum: parameter "Cutoff" added',
    details: { 'lead/serum': { parameters: [[], [value('#4', 'Cutoff', 0.5)]] } },
  },
  {
    kind: 'mapping',
    text: 'Bass › EQ Eight: mapping range of 1 Gain A changed',
    details: {
      'bass/eq': {
        parameters: [
          [value('Bands.0/ParameterA/Gain', '1 Gain A', 0, { rangeMin: -15, rangeMax: 15 })],
          [value('Bands.0/ParameterA/Gain', '1 Gain A', 0, { rangeMin: -6, rangeMax: 6 })],
        ],
      },
    },
  },
  {
    kind: 'other-settings',
    text: 'Bass › Operator: other settings changed',
    other: { 'bass/op': ['Globals/Mystery'] },
  },
];

const STATE: readonly Example[] = [
  { kind: 'metronome', text: 'Metronome on', ops: [set('set', { metronomeOn: true })] },
  { kind: 'cue', text: 'Main › Cue Volume: −6.0 dB → 0.0 dB', ops: [set('main', { cueVolumeDb: 0 })] },
  { kind: 'arm', text: 'Bass: armed', ops: [set('bass', { arm: true })] },
  { kind: 'solo', text: 'Bass: solo on', ops: [set('bass', { solo: true })] },
  { kind: 'monitoring', text: 'Vox › Monitor: Auto → In', ops: [set('vox', { monitoring: 'in' })] },
  {
    kind: 'plugin-state',
    text: 'Lead › Serum: state of the plug-in changed',
    other: { 'lead/serum': ['PluginDesc'] },
  },
  {
    kind: 'max-state',
    text: 'Lead › LFO: state of the Max device changed',
    other: { 'lead/max': ['BlobSlot'] },
  },
  {
    kind: 'preset',
    text: 'Bass › Operator: source of the preset changed',
    other: { 'bass/op': ['LastPresetRef'] },
  },
  {
    kind: 'sample-paths',
    text: '1 file at another path',
    ops: [set('vox/take', { samplePath: '/Volumes/Disk/take 3.wav' })],
  },
  {
    kind: 'mapping-details',
    text: 'Bass › Send A-Reverb: mapping or modulation changed',
    other: { 'bass>reverb': ['(parameters)'] },
  },
  { kind: 'view', text: 'View changed', other: { set: ['SelectedDocumentViewInMainWindow'] } },
];

export const EXAMPLES: readonly Example[] = [...STRUCTURE, ...SOUND, ...SETTINGS, ...STATE];
