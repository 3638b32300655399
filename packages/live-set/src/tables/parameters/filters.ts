import { type DeviceTable, OFF_ON, type ParameterRow } from '../parameter-row.ts';
import { legacyEnvelope, legacyLfo } from './lfo.ts';
import { CIRCUITS_BP_NO, CIRCUITS_LP_HP, SLOPES } from './simpler.ts';

const EQ8_TYPES = [
  'High Pass 48dB',
  'High Pass 12dB',
  'Low Shelf',
  'Bell',
  'Notch',
  'High Shelf',
  'Low Pass 12dB',
  'Low Pass 48dB',
] as const;

const eq8Band = (side: string): readonly ParameterRow[] => [
  [`Bands.*/Parameter${side}/IsOn`, `{1} Filter On ${side}`, OFF_ON],
  [`Bands.*/Parameter${side}/Mode`, `{1} Filter Type ${side}`, EQ8_TYPES],
  [`Bands.*/Parameter${side}/Freq`, `{1} Frequency ${side}`, 'Hz', 'm'],
  [`Bands.*/Parameter${side}/Gain`, `{1} Gain ${side}`, 'dB', 'm'],
  [`Bands.*/Parameter${side}/Q`, `{1} Resonance ${side}`, 'number', 'm', { later: `{1} Q ${side}` }],
];

const eq8: DeviceTable = {
  tags: ['Eq8'],
  source: 'dump12',
  rows: [
    ['GlobalGain', 'Output Gain', 'dB', 'm', { later: 'Output' }],
    ['Scale', 'Scale', 'ratio100', 'm'],
    ['AdaptiveQ', 'Adaptive Q', OFF_ON],
    ['SpectrumAnalyzer/On', 'Analyzer On', OFF_ON, 'i'],
    ...eq8Band('A'),
    ...eq8Band('B'),
  ],
};

const eq3: DeviceTable = {
  tags: ['FilterEQ3'],
  source: 'dump12',
  rows: [
    ['GainLo', 'GainLo', 'gain', 'm'],
    ['GainMid', 'GainMid', 'gain', 'm'],
    ['GainHi', 'GainHi', 'gain', 'm'],
    ['FreqLo', 'FreqLo', 'Hz', 'm'],
    ['FreqHi', 'FreqHi', 'Hz', 'm'],
    ['LowOn', 'LowOn', OFF_ON],
    ['MidOn', 'MidOn', OFF_ON],
    ['HighOn', 'HighOn', OFF_ON],
    ['Slope', 'Slope', ['24', '48']],
  ],
};

const channelEq: DeviceTable = {
  tags: ['ChannelEq'],
  source: 'dump11',
  rows: [
    ['HighpassOn', 'Highpass On', OFF_ON],
    ['LowShelfGain', 'Low Gain', 'gain', 'm'],
    ['MidGain', 'Mid Gain', 'gain', 'm'],
    ['MidFrequency', 'Mid Freq', 'Hz', 'm'],
    ['HighShelfGain', 'High Gain', 'gain', 'm'],
    ['Gain', 'Gain', 'gain', 'm', { later: 'Output' }],
  ],
};

const LFO_WAVES = ['Sine', 'Square', 'Triangle', 'SawUp', 'SawDown', 'S&H Stereo', 'S&H Mono'] as const;

const autoFilter: DeviceTable = {
  tags: ['AutoFilter'],
  source: 'dump11',
  rows: [
    ['LegacyFilterType', 'Filter Type (Legacy)', undefined, 'i'],
    ['FilterType', 'Filter Type', ['Lowpass', 'Highpass', 'Bandpass', 'Notch', 'Morph']],
    ['CircuitLpHp', 'Filter Circuit - LP/HP', CIRCUITS_LP_HP],
    ['CircuitBpNoMo', 'Filter Circuit - BP/NO/Morph', CIRCUITS_BP_NO],
    ['Slope', 'Slope', SLOPES],
    // 20 … 135 is the device's range of 26 Hz … 19.9 kHz.
    ['Cutoff', 'Frequency', 'noteHz', 'i'],
    ['LegacyQ', 'Resonance (Legacy)', 'number', 'i'],
    // A Q factor up to Live 9.
    ['Resonance', 'Resonance', 'ratio100', 'i', { since: 10 }],
    ['Morph', 'Morph'],
    ['Drive', 'Drive', 'dB', 'i'],
    ['ModHub', 'Env. Modulation', 'number'],
    ['Attack', 'Env. Attack', 'ms'],
    ['Release', 'Env. Release', 'ms'],
    ['LfoAmount', 'LFO Amount', 'number'],
    ...legacyLfo('Lfo/', { prefix: 'LFO ', waves: LFO_WAVES }),
  ],
};

const phaser: DeviceTable = {
  tags: ['Phaser'],
  source: 'banks11',
  rows: [
    ['DryWet', 'Dry/Wet', 'ratio100'],
    ['SecondOrder', 'Phaser/Space', undefined, 'i'],
    ['PoleCount', 'Poles', undefined, 'i'],
    ['Q', 'Color', undefined, 'i'],
    ['CenterFrequency', 'Frequency', 'Hz'],
    ['Feedback', 'Feedback', 'ratio100', 'i'],
    ['LfoAmount', 'LFO Amount', 'ratio100', 'i'],
    ...legacyEnvelope,
    ...legacyLfo('Lfo/', { prefix: 'LFO ' }),
  ],
};

const resonatorNames = ['I', 'II', 'III', 'IV', 'V'];
const resonators: DeviceTable = {
  tags: ['Resonator'],
  source: 'dump12',
  rows: [
    ['InFilterOn', 'Filter On', OFF_ON],
    ['InFilterFreq', 'Frequency', 'Hz', 'm'],
    ['InFilterMode', 'Filter Type', ['low pass', 'high pass', 'band pass', 'notch']],
    ['ResMode', 'Mode', ['Mode B', 'Mode A']],
    ['ResDecay', 'Decay', 'number'],
    ['ResConst', 'Const', OFF_ON],
    ['ResColor', 'Color', 'number', 'm'],
    ['Width', 'Width', 'ratio100', 'm'],
    ['DryWet', 'Dry/Wet', 'ratio100'],
    ['GlobalGain', 'Global Gain', 'dB', 'd', { later: 'Output' }],
    ['ResNote', 'I Note', 'note', 'm'],
    ...resonatorNames.flatMap((name, index): readonly ParameterRow[] => [
      [`ResOn${index + 1}`, `${name} On`, OFF_ON],
      // The first resonator has a note instead (`ResNote`).
      ...(index === 0 ? [] : [[`ResPitch${index + 1}`, `${name} Pitch`, 'st'] as const]),
      [`ResTune${index + 1}`, `${name} Tune`, 'number'],
      [`ResGain${index + 1}`, `${name} Gain`, 'gain'],
    ]),
  ],
};

const vocoder: DeviceTable = {
  tags: ['Vocoder'],
  source: 'dump12',
  rows: [
    ['LowFrequency', 'Lower Filter Band', 'Hz', 'm'],
    ['HighFrequency', 'Upper Filter Band', 'Hz', 'm'],
    ['FormantShift', 'Formant Shift', 'number', 'm'],
    ['FilterBandWidth', 'Filter Bandwidth', 'ratio100', 'm', { later: 'Filter Width' }],
    ['Retro', 'Precise/Retro', OFF_ON],
    ['LevelGate', 'Gate Threshold', 'dB'],
    ['OutputGain', 'Output Level', 'dB', 'm', { later: 'Output' }],
    ['EnvelopeRate', 'Attack Time', 'ms', 'm'],
    ['EnvelopeRelease', 'Release Time', 'ms', 'm'],
    ['UvdThreshold', 'Unvoiced Sensitivity', 'ratio100', 'm'],
    ['UvdSlow', 'Unvoiced Speed', ['Fast', 'Slow']],
    ['UvdLevel', 'Unvoiced Level', 'gain', 'm'],
    ['CarrierSource/NoiseRate', 'Noise Rate', 'Hz', 'm'],
    ['CarrierSource/NoiseCrackle', 'Noise Crackle', 'ratio100', 'm'],
    ['CarrierSource/RoutedInput/Volume', 'Ext. In Gain', 'gain', 'm'],
    ['CarrierSource/DetectionLowerBound', 'Lower Pitch Detection', 'Hz', 'm'],
    ['CarrierSource/DetectionUpperBound', 'Upper Pitch Detection', 'Hz', 'm'],
    ['CarrierSource/OscillatorPitch', 'Oscillator Pitch', 'number', 'm'],
    ['CarrierSource/OscillatorWaveform', 'Oscillator Waveform', ['Saw', 'Pulse10', 'Pulse25', 'Pulse48']],
    ['CarrierFlatten', 'Enhance', OFF_ON],
    ['MonoStereo', 'Mono/Stereo', ['Mono', 'Stereo', 'L/R']],
    ['DryWet', 'Dry/Wet', 'ratio100', 'm'],
    ['ModulatorAmount', 'Envelope Depth', 'ratio100', 'm'],
  ],
};

const corpus: DeviceTable = {
  tags: ['Corpus'],
  source: 'dump12',
  rows: [
    ['ResonanceType', 'Resonance Type', ['Beam', 'Marimba', 'String', 'Membrane', 'Plate', 'Pipe', 'Tube']],
    ['ResonatorQuality', 'Resonator Quality', ['Eco', 'Low', 'Med', 'High']],
    ['Frequency', 'Tune'],
    ['Transpose', 'Transpose', 'st'],
    ['FineTranspose', 'Fine', 'ct'],
    ['Detune', 'Spread'],
    ['Decay', 'Decay'],
    ['FreqDamping', 'Material'],
    ['Radius', 'Radius'],
    ['AmpFreq', 'Brightness'],
    ['Inharmonics', 'Inharmonics'],
    ['TubeOpening', 'Opening'],
    ['Ratio', 'Ratio'],
    ['ExcitationX', 'Hit'],
    ['ListeningXL', 'Listening L'],
    ['ListeningXR', 'Listening R'],
    ['LfoOnOff', 'LFO On/Off', OFF_ON],
    ['LfoType', 'LFO Shape'],
    ['LfoSync', 'LFO Sync', ['Free', 'Sync']],
    ['LfoRate', 'LFO Rate'],
    ['LfoSyncRate', 'LFO Sync Rate'],
    ['LfoStereoMode', 'LFO Stereo Mode', ['Phase', 'Spin']],
    ['LfoSpin', 'Spin', 'ratio100', 'i'],
    ['LfoPhase', 'Phase', 'deg', 'm'],
    ['LfoOffset', 'Offset', 'deg', 'm'],
    ['LfoAmount', 'LFO Amount'],
    ['FilterOn', 'Filter On/Off', OFF_ON],
    ['FilterMidFreq', 'Mid Freq', 'Hz', 'm'],
    ['FilterBandWidth', 'Width', 'number', 'm'],
    ['MidiPitch', 'MIDI Frequency', OFF_ON],
    ['MidiMode', 'MIDI Mode', ['Last', 'Low']],
    ['PitchBendRange', 'PB Range', 'st', 'm'],
    ['MidiGate', 'Note Off', OFF_ON],
    ['DecayOnNoteOff', 'Off Decay'],
    ['Drive', 'Gain'],
    ['StereoWidth', 'Width', 'ratio100', 'm'],
    ['Bleed', 'Bleed', 'ratio100', 'm'],
    ['DryWet', 'Dry Wet', 'ratio100', 'm'],
  ],
};

const tuner: DeviceTable = {
  tags: ['Tuner'],
  source: 'manual',
  rows: [['TuningFreq', 'Reference', 'Hz', 'i']],
};

/** Equalisers, filters and resonators. */
export const FILTERS = [eq8, eq3, channelEq, autoFilter, phaser, resonators, vocoder, corpus, tuner];
