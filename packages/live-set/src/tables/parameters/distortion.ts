import { type DeviceTable, OFF_ON, type ParameterRow } from '../parameter-row.ts';

const waveShaper = (prefix: string): readonly ParameterRow[] => [
  [`${prefix}Drive`, 'WS Drive', 'ratio100', 'm'],
  [`${prefix}Lin`, 'WS Linearity', 'ratio100', 'm'],
  [`${prefix}Curve`, 'WS Curve', 'ratio100', 'm'],
  [`${prefix}Damp`, 'WS Damp', 'ratio100', 'm'],
  [`${prefix}Period`, 'WS Period', 'ratio100', 'm'],
  [`${prefix}Depth`, 'WS Depth', 'ratio100', 'm'],
];

const saturator: DeviceTable = {
  tags: ['Saturator'],
  source: 'dump11',
  rows: [
    ['PreDrive', 'Drive', 'dB', 'm'],
    ['PreDcFilter', 'Pre Dc Filter', OFF_ON],
    ['Type', 'Type'],
    ['ColorOn', 'Color On', OFF_ON],
    // −36 … 36 in the file; Live 12 shows %, older ones (there `Base` and `Depth`) the number.
    ['BaseDrive', 'Color Amt Low'],
    ['ColorFrequency', 'Color Freq', 'Hz', 'm'],
    ['ColorWidth', 'Color Width', 'ratio100', 'm'],
    ['ColorDepth', 'Color Amt Hi'],
    // A switch (Soft Clip) up to Live 11.
    ['PostClip', 'Post Clip Mode'],
    ['PostDrive', 'Output', 'dB', 'm'],
    ['DryWet', 'Dry/Wet', 'ratio100', 'm'],
    ['BassShaperThreshold', 'Threshold', 'dB', 'm'],
    ...waveShaper('WaveShaper/'),
    ...waveShaper('Ws'),
  ],
};

const overdrive: DeviceTable = {
  tags: ['Overdrive'],
  source: 'dump12',
  rows: [
    ['MidFreq', 'Filter Freq', 'Hz'],
    ['BandWidth', 'Filter Width', 'number'],
    ['Drive', 'Drive', 'percent'],
    ['DryWet', 'Dry/Wet', 'percent', 'm'],
    ['Tone', 'Tone', 'percent'],
    ['PreserveDynamics', 'Preserve Dynamics', 'ratio100'],
  ],
};

const erosion: DeviceTable = {
  tags: ['Erosion'],
  source: 'dump11',
  rows: [
    ['Mode', 'Mode', ['Noise', 'Wide Noise', 'Sine']],
    ['Freq', 'Frequency', 'Hz'],
    ['Amplitude', 'Amount'],
    ['BandQ', 'Width'],
  ],
};

const redux: DeviceTable = {
  tags: ['Redux'],
  source: 'banks11',
  rows: [
    ['BitDepthOn', 'Bit On', OFF_ON],
    ['BitDepth', 'Bit Depth', 'number'],
    ['SampleResMode', 'Sample Mode'],
    ['SampleResRough', 'Sample Hard', 'number', 'i'],
    ['SampleResSoft', 'Sample Soft', 'number', 'i'],
  ],
};

const redux2: DeviceTable = {
  tags: ['Redux2'],
  source: 'dump12',
  rows: [
    ['SampleRate', 'Sample Rate', 'Hz', 'm'],
    ['Jitter', 'Jitter', 'ratio100', 'm'],
    ['BitDepth', 'Bit Depth', 'number', 'm'],
    ['QuantizerShape', 'Quantizer Shape', 'ratio100', 'm'],
    ['QuantizerDcShift', 'DC Shift', OFF_ON],
    ['EnablePreFilter', 'Pre-Filter On', OFF_ON],
    ['EnablePostFilter', 'Post-Filter On', OFF_ON],
    ['PostFilterValue', 'Post-Filter', 'number', 'm'],
    ['DryWet', 'Dry/Wet', 'ratio100', 'm'],
  ],
};

const tube: DeviceTable = {
  tags: ['Tube'],
  source: 'dump12',
  rows: [
    ['DryWet', 'Dry/Wet', 'ratio100', 'm'],
    ['PreDrive', 'Drive', 'dB'],
    ['PostDrive', 'Output', 'dB'],
    ['Bias', 'Bias', 'ratio100'],
    ['AutoBias', 'Envelope'],
    ['AutoBiasAttack', 'Attack', 'ms', 'm'],
    ['AutoBiasRelease', 'Release', 'ms', 'm'],
    ['Tone', 'Tone', 'number'],
    ['Type', 'Tube Type', ['A', 'B', 'C']],
  ],
};

const vinyl: DeviceTable = {
  tags: ['Vinyl'],
  source: 'dump12',
  rows: [
    ['Band2On', 'Tracing On', OFF_ON],
    ['Gain2', 'Tracing Drive', 'number'],
    ['BandFreq2', 'Tracing Freq.', 'Hz'],
    ['BandQ2', 'Tracing Width', 'number', 'm'],
    ['Band1On', 'Pinch On', OFF_ON],
    ['Gain1', 'Pinch Drive', 'number'],
    ['BandFreq1', 'Pinch Freq.', 'Hz'],
    ['BandQ1', 'Pinch Width', 'number', 'm'],
    ['Drive', 'Global Drive', 'number', 'm'],
    ['SoftHard', 'Pinch Soft On', ['Soft', 'Hard']],
    ['NormalMono', 'Pinch Mono On', ['Stereo', 'Mono']],
    ['CracleDensity', 'Crackle Density', 'number', 'm'],
    ['CracleVolume', 'Crackle Volume', 'number', 'm'],
  ],
};

const amp: DeviceTable = {
  tags: ['Amp'],
  source: 'dump12',
  rows: [
    ['AmpType', 'Amp Type', ['Clean', 'Boost', 'Blues', 'Rock', 'Lead', 'Heavy', 'Bass']],
    ['Bass', 'Bass', 'number'],
    ['Middle', 'Middle', 'number'],
    ['Treble', 'Treble', 'number'],
    ['Presence', 'Presence', 'number'],
    ['Gain', 'Gain', 'number', 'm', { later: 'Input Gain' }],
    ['Volume', 'Volume', 'number'],
    ['DualMono', 'Dual Mono', OFF_ON],
    ['DryWet', 'Dry/Wet', 'ratio100', 'm'],
  ],
};

const cabinet: DeviceTable = {
  tags: ['Cabinet'],
  source: 'dump12',
  rows: [
    ['CabinetType', 'Cabinet Type', ['1x12', '2x12', '4x12', '4x10', '4x10 Bass']],
    ['MicrophoneTypeSwitch', 'Microphone Type', ['Condenser', 'Dynamic']],
    ['MicrophonePosition', 'Microphone Position', ['Near On-Axis', 'Near Off-Axis', 'Far']],
    ['DualMono', 'Dual Mono', OFF_ON],
    ['DryWet', 'Dry/Wet', 'ratio100', 'm'],
  ],
};

const roarStage = (number: number): readonly ParameterRow[] => [
  [`Stage${number}_On`, `Stage ${number} On`, OFF_ON],
  [`Stage${number}_Shaper_On`, `Shaper ${number} On`, OFF_ON],
  [`Stage${number}_Shaper_Type`, `Shaper ${number} Type`, ROAR_SHAPERS],
  [`Stage${number}_Shaper_Amount`, `Shaper ${number} Amt`, 'ratio100'],
  [`Stage${number}_Shaper_Bias`, `Shaper ${number} Bias`, 'number', 'm'],
  [`Stage${number}_Shaper_Trim`, `Shaper ${number} Level`, 'gain', 'm'],
  [`Stage${number}_Filter_On`, `Flt ${number} On`, OFF_ON],
  [`Stage${number}_Filter_Type`, `Flt ${number} Type`, ROAR_FILTERS],
  [`Stage${number}_Filter_Frequency`, `Flt ${number} Freq`, 'Hz', 'm'],
  [`Stage${number}_Filter_Resonance`, `Flt ${number} Res`, 'number', 'm'],
  [`Stage${number}_Filter_Morph`, `Flt ${number} Morph`, 'number', 'm'],
  [`Stage${number}_Filter_PeakGain`, `Flt ${number} Peak`, 'gain', 'm'],
  [`Stage${number}_Filter_PreOn`, `Flt ${number} Pre On`, OFF_ON],
];
const ROAR_SHAPERS = [
  'Soft Sine',
  'Digital Clip',
  'Bit Crusher',
  'Diode Clipper',
  'Tube Preamp',
  'Half Wave Rectifier',
  'Full Wave Rectifier',
  'Polynomial',
  'Fractal',
  'Tri Fold',
  'Noise Injection',
  'Shards',
] as const;
const ROAR_FILTERS = [
  'LP',
  'BP',
  'HP',
  'Notch',
  'Peak',
  'Morph',
  'Comb',
  'Resampling',
  'Dispersion',
] as const;

const roarLfo = (number: number): readonly ParameterRow[] => [
  [`ModulationSources_Lfo${number}_RateMode`, `LFO ${number} Rate Mode`, ROAR_RATE_MODES],
  [`ModulationSources_Lfo${number}_Rate`, `LFO ${number} Rate`, 'Hz', 'm'],
  [`ModulationSources_Lfo${number}_SyncedRate`, `LFO ${number} Synced Rate`],
  [`ModulationSources_Lfo${number}_Sixteenth`, `LFO ${number} 16th`, 'number', 'm'],
  [`ModulationSources_Lfo${number}_Waveform`, `LFO ${number} Wave`, ROAR_WAVES],
  [`ModulationSources_Lfo${number}_Morph`, `LFO ${number} Morph`, 'ratio100', 'm'],
  [`ModulationSources_Lfo${number}_SmoothingAmount`, `LFO ${number} Smooth`, 'ratio100', 'm'],
];
const ROAR_RATE_MODES = ['Free', 'Synced', 'Triplet', 'Dotted', 'Sixteenth'] as const;
const ROAR_WAVES = ['Sine', 'Triangle', 'Square', 'Ramp Up', 'Ramp Down'] as const;

const roar: DeviceTable = {
  tags: ['Roar'],
  source: 'dump11',
  rows: [
    ['Input_InputGain', 'Drive', 'gain', 'm'],
    ['Input_ToneAmount', 'Tone Amt', 'ratio100', 'm'],
    ['Input_ToneFrequency', 'Tone Freq', 'Hz', 'm'],
    ['Input_ColorOn', 'Color On', OFF_ON],
    ['Input_Blend', 'Blend'],
    ['Input_LowMidCrossover', 'Low Mid X-Over', 'Hz', 'm'],
    ['Input_MidHighCrossover', 'Mid High X-Over', 'Hz', 'm'],
    ...[1, 2, 3].flatMap(roarStage),
    ['Feedback_FeedbackAmount', 'Fb Amt', 'ratio100', 'm', { later: 'Feedback' }],
    ['Feedback_FeedbackTimeMode', 'Fb Time Mode', ['Time', 'Synced', 'Triplet', 'Dotted', 'Note']],
    ['Feedback_FeedbackTime', 'Fb Time', 'sToMs', 'm'],
    ['Feedback_FeedbackSyncedRate', 'Fb Synced'],
    ['Feedback_FeedbackNote', 'Fb Note', 'note', 'm'],
    ['Feedback_FeedbackFrequency', 'Fb Freq', 'Hz', 'm'],
    ['Feedback_FeedbackBandwidth', 'Fb Width', 'number', 'm'],
    ['Feedback_FeedbackInvert', 'Fb Inv On', OFF_ON],
    ['Feedback_FeedbackGateOn', 'Fb Gate On', OFF_ON],
    ...[1, 2].flatMap(roarLfo),
    ['ModulationSources_Envelope_Amount', 'Env Gain', 'gain', 'm'],
    ['ModulationSources_Envelope_Attack', 'Env Attack', 'sToMs', 'm'],
    ['ModulationSources_Envelope_HoldOn', 'Env Hold On', OFF_ON],
    ['ModulationSources_Envelope_Release', 'Env Release', 'sToMs', 'm'],
    ['ModulationSources_Envelope_Threshold', 'Env Thresh', 'gain', 'm'],
    ['ModulationSources_Envelope_Frequency', 'Env Freq', 'Hz', 'm'],
    ['ModulationSources_Envelope_Width', 'Env Width', 'number', 'm'],
    ['ModulationSources_Noise_RateMode', 'Noise Rate Mode', ROAR_RATE_MODES],
    ['ModulationSources_Noise_Rate', 'Noise Rate', 'Hz', 'm'],
    ['ModulationSources_Noise_SyncedRate', 'Noise Synced Rate'],
    ['ModulationSources_Noise_Sixteenth', 'Noise 16th', 'number', 'm'],
    ['ModulationSources_Noise_Type', 'Noise Type', ['Simplex', 'Wander', 'Sample & Hold', 'Brown']],
    ['ModulationSources_Noise_SmoothingAmount', 'Noise Smooth', 'ratio100', 'm'],
    ['GlobalModulationAmount', 'Global Mod Amt', 'ratio100', 'm'],
    ['Output_CompressionAmount', 'Comp Amt', 'ratio100'],
    ['Output_CompressorHighpassFilterOn', 'Comp Hp On', OFF_ON],
    ['Output_OutputGain', 'Output', 'gain', 'm'],
    ['Output_DryWet', 'Dry/Wet', 'ratio100', 'm'],
  ],
};

/** Saturation, distortion and lo-fi. */
export const DISTORTION = [saturator, overdrive, erosion, redux, redux2, tube, vinyl, amp, cabinet, roar];
