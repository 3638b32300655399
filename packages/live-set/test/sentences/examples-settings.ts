/** Examples of sentences about settings, and about the state of the performance. */
import { remove, set } from './band.ts';
import { type Example, value } from './example.ts';

export const SETTINGS: readonly Example[] = [
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

export const STATE: readonly Example[] = [
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
