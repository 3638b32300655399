/** Examples of sentences about sound: values, notes, envelopes, samples. */
import { set } from './band.ts';
import { type Example, envelope, FLAT_TEMPO, note, START, sample, value } from './example.ts';

export const SOUND: readonly Example[] = [
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
