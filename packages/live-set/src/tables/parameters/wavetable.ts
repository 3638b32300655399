import { type DeviceTable, OFF_ON, type ParameterRow } from '../parameter-row.ts';
import { CIRCUITS_BP_NO, CIRCUITS_LP_HP } from './simpler.ts';

const LOOPS = ['None', 'Trigger', 'Loop'] as const;

const oscillator = (number: number): readonly ParameterRow[] => [
  [`Voice_Oscillator${number}_On`, `Osc ${number} On`, OFF_ON],
  [`Voice_Oscillator${number}_Pitch_Transpose`, `Osc ${number} Transp`, 'st', 'm'],
  [`Voice_Oscillator${number}_Pitch_Detune`, `Osc ${number} Detune`, 'stToCt'],
  [`Voice_Oscillator${number}_Wavetables_WavePosition`, `Osc ${number} Pos`, 'ratio100'],
  [`Voice_Oscillator${number}_Effects_Effect1`, `Osc ${number} Effect 1`, 'ratio100'],
  [`Voice_Oscillator${number}_Effects_Effect2`, `Osc ${number} Effect 2`, 'ratio100'],
  [`Voice_Oscillator${number}_Pan`, `Osc ${number} Pan`, 'pan', 'm'],
  [`Voice_Oscillator${number}_Gain`, `Osc ${number} Gain`, 'gain', 'm'],
];

const filterRow = (number: number, tag: string, name: string, scale?: ParameterRow[2]): ParameterRow => [
  `Voice_Filter${number}_${tag}`,
  `Filter ${number} ${name}`,
  scale,
  'd',
  { later: `Flt ${number} ${name === 'BP/NO/Morph' ? 'BP/NO/MO' : name}` },
];

const FILTER_TYPES = ['Lowpass', 'Highpass', 'Bandpass', 'Notch', 'Morph'] as const;
const filter = (number: number): readonly ParameterRow[] => [
  filterRow(number, 'On', 'On', OFF_ON),
  filterRow(number, 'Type', 'Type', FILTER_TYPES),
  filterRow(number, 'CircuitLpHp', 'LP/HP', CIRCUITS_LP_HP),
  filterRow(number, 'CircuitBpNoMo', 'BP/NO/Morph', CIRCUITS_BP_NO),
  filterRow(number, 'Slope', 'Slope', ['12', '24']),
  filterRow(number, 'Frequency', 'Freq', 'Hz'),
  filterRow(number, 'Resonance', 'Res', 'ratio100'),
  filterRow(number, 'Drive', 'Drive', 'dB'),
  filterRow(number, 'Morph', 'Morph'),
];

const times = (path: string, name: string): readonly ParameterRow[] => [
  [`${path}Times_Attack`, `${name} Attack`, 'sToMs', 'm'],
  [`${path}Times_Decay`, `${name} Decay`, 'sToMs', 'm'],
  [`${path}Times_Release`, `${name} Release`, 'sToMs', 'm'],
  [`${path}Slopes_Attack`, `${name} A Slope`, 'ratio100', 'm'],
  [`${path}Slopes_Decay`, `${name} D Slope`, 'ratio100', 'm'],
  [`${path}Slopes_Release`, `${name} R Slope`, 'ratio100', 'm'],
];

const envelope = (number: number): readonly ParameterRow[] => {
  const path = `Voice_Modulators_Envelope${number}_`;
  return [
    ...times(path, `Env ${number}`),
    [`${path}Values_Initial`, `Env ${number} Initial`, 'ratio100', 'm'],
    [`${path}Values_Peak`, `Env ${number} Peak`, 'ratio100', 'm'],
    [`${path}Values_Sustain`, `Env ${number} Sustain`, 'ratio100', 'm'],
    [`${path}Values_Final`, `Env ${number} Final`, 'ratio100', 'm'],
    [`${path}LoopMode`, `Env ${number} Loop Mode`, LOOPS],
  ];
};

const LFO_SHAPES = ['Sine', 'Triangle', 'Sawtooth', 'Rectangle', 'Noise'] as const;
const lfo = (number: number): readonly ParameterRow[] => {
  const path = `Voice_Modulators_Lfo${number}_`;
  return [
    [`${path}Retrigger`, `LFO ${number} Retrigger`, OFF_ON],
    [`${path}Shape_Type`, `LFO ${number} Shape`, LFO_SHAPES],
    [`${path}Shape_Amount`, `LFO ${number} Amount`, 'ratio100', 'm'],
    [`${path}Shape_Shaping`, `LFO ${number} Shaping`, 'ratio100'],
    [`${path}Shape_PhaseOffset`, `LFO ${number} Phase Offset`, 'deg', 'm'],
    [`${path}Time_Sync`, `LFO ${number} Sync`, ['Free', 'Tempo']],
    [`${path}Time_Rate`, `LFO ${number} Rate`, 'Hz', 'm'],
    [`${path}Time_SyncedRate`, `LFO ${number} S. Rate`],
    [`${path}Time_AttackTime`, `LFO ${number} Attack Time`, 'sToMs', 'm'],
  ];
};

const wavetable: DeviceTable = {
  tags: ['InstrumentVector'],
  source: 'dump12',
  rows: [
    ...[1, 2].flatMap(oscillator),
    ['Voice_SubOscillator_On', 'Sub On', OFF_ON],
    ['Voice_SubOscillator_Tone', 'Sub Tone', 'ratio100'],
    ['Voice_SubOscillator_Gain', 'Sub Gain', 'gain', 'm'],
    ['Voice_SubOscillator_Transpose', 'Sub Transpose', ['0', '-1', '-2']],
    ...[1, 2].flatMap(filter),
    ...times('Voice_Modulators_AmpEnvelope_', 'Amp'),
    ['Voice_Modulators_AmpEnvelope_Sustain', 'Amp Sustain', 'gain'],
    ['Voice_Modulators_AmpEnvelope_LoopMode', 'Amp Loop Mode', LOOPS],
    ...[2, 3].flatMap(envelope),
    ...[1, 2].flatMap(lfo),
    ['Voice_Modulators_TimeScale', 'Time', 'ratio100'],
    ['Voice_Modulators_Amount', 'Global Mod Amount', 'ratio100', 'm'],
    ['Voice_Unison_Amount', 'Unison Amount', 'ratio100', 'm'],
    ['Voice_Global_Transpose', 'Transpose', 'st', 'm'],
    ['Voice_Global_Glide', 'Glide', 'sToMs', 'm'],
    ['Volume', 'Volume', 'gain', 'm'],
  ],
};

const driftEnvelope = (number: number): readonly ParameterRow[] => [
  [`Envelope${number}_Attack`, `Env ${number} Attack`, 'sToMs', 'm'],
  [`Envelope${number}_Decay`, `Env ${number} Decay`, 'sToMs', 'm'],
  [`Envelope${number}_Release`, `Env ${number} Release`, 'sToMs', 'm'],
  [`Envelope${number}_Sustain`, `Env ${number} Sustain`, 'ratio100', 'm'],
];

const TIME_MODES = ['Freq', 'Time', 'Ratio', 'Sync'] as const;
const driftCycle = (path: string, name: string): readonly ParameterRow[] => [
  [`${path}_Mode`, `${name} Time Mode`, TIME_MODES],
  [`${path}_Rate`, `${name} Rate`, 'Hz', 'm'],
  [`${path}_Ratio`, `${name} Ratio`, 'number', 'm'],
  [`${path}_Time`, `${name} Time`, 's', 'm'],
  [`${path}_SyncedRate`, `${name} Synced`],
];

const DRIFT_LFO_WAVES = [
  'Sine',
  'Triangle',
  'Saw Up',
  'Saw Down',
  'Square',
  'Sample & Hold',
  'Wander',
  'Linear Env',
  'Exponential Env',
] as const;
const DRIFT_WAVES_1 = ['Sine', 'Triangle', 'Shark Tooth', 'Saturated', 'Saw', 'Pulse', 'Rectangle'] as const;
const DRIFT_WAVES_2 = ['Sine', 'Triangle', 'Saturated', 'Saw', 'Rectangle'] as const;

const drift: DeviceTable = {
  tags: ['Drift'],
  source: 'dump12',
  rows: [
    ['Filter_Frequency', 'LP Freq', 'Hz', 'm'],
    ['Filter_Resonance', 'LP Res', 'number', 'm'],
    ['Filter_Type', 'LP Type', ['I', 'II']],
    ['Filter_HiPassFrequency', 'HP Freq', 'Hz', 'm'],
    ['Filter_Tracking', 'Key > LPF', 'number', 'm'],
    ['Filter_ModAmount1', 'LP Mod Amt 1', 'ratio100', 'm'],
    ['Filter_ModAmount2', 'LP Mod Amt 2', 'ratio100', 'm'],
    ['Filter_OscillatorThrough1', 'Osc 1 Flt On', OFF_ON],
    ['Filter_OscillatorThrough2', 'Osc 2 Flt On', OFF_ON],
    ['Filter_NoiseThrough', 'Noise Flt On', OFF_ON],
    ...driftCycle('Lfo', 'LFO'),
    ['Lfo_Amount', 'LFO Amt', 'ratio100', 'm'],
    ['Lfo_Shape', 'LFO Wave', DRIFT_LFO_WAVES],
    ['Lfo_ModAmount', 'LFO Mod Amt', 'ratio100'],
    ['Lfo_Retrigger', 'LFO Retrig On', OFF_ON],
    ['Oscillator1_Type', 'Osc 1 Wave', DRIFT_WAVES_1],
    ['Oscillator1_Shape', 'Osc 1 Shape', 'number', 'm'],
    ['Oscillator1_Transpose', 'Osc 1 Oct', 'number', 'm'],
    ['Oscillator1_ShapeMod', 'Osc 1 Shape Mod Amt', 'ratio100', 'm'],
    ['Oscillator2_Type', 'Osc 2 Wave', DRIFT_WAVES_2],
    ['Oscillator2_Detune', 'Osc 2 Detune', 'number', 'm'],
    ['Oscillator2_Transpose', 'Osc 2 Oct', 'number', 'm'],
    ['PitchModulation_Amount1', 'Pitch Mod Amt 1', 'ratio100'],
    ['PitchModulation_Amount2', 'Pitch Mod Amt 2', 'ratio100'],
    ['Mixer_OscillatorGain1', 'Osc 1 Gain', 'gain', 'm'],
    ['Mixer_OscillatorGain2', 'Osc 2 Gain', 'gain', 'm'],
    ['Mixer_OscillatorOn1', 'Osc 1 On', OFF_ON],
    ['Mixer_OscillatorOn2', 'Osc 2 On', OFF_ON],
    ['Mixer_NoiseLevel', 'Noise Gain', 'gain', 'm'],
    ['Mixer_NoiseOn', 'Noise On', OFF_ON],
    ...[1, 2].flatMap(driftEnvelope),
    ...driftCycle('CyclingEnvelope', 'Cyc Env'),
    ['CyclingEnvelope_MidPoint', 'Cyc Env Tilt', 'number', 'm'],
    ['CyclingEnvelope_Hold', 'Cyc Env Hold', 'number', 'm'],
    ['ModulationMatrix_Amount1', 'Mod Matrix Amt 1', 'ratio100', 'm'],
    ['ModulationMatrix_Amount2', 'Mod Matrix Amt 2', 'ratio100'],
    ['ModulationMatrix_Amount3', 'Mod Matrix Amt 3', 'ratio100'],
    ['Global_VolVelMod', 'Vel > Vol', 'ratio100', 'm'],
    ['Global_ResetOscillatorPhase', 'Osc Retrig On', OFF_ON],
    ['Global_Envelope2Mode', 'Env 2 Cyc On', ['Env', 'Cyc']],
    ['Global_PolyVoiceDepth', 'Poly Voice Depth', 'ratio100'],
    ['Global_StereoVoiceDepth', 'Spread', 'ratio100', 'm'],
    ['Global_UnisonVoiceDepth', 'Strength', 'ratio100', 'm'],
    ['Global_MonoVoiceDepth', 'Thickness', 'ratio100'],
    ['Global_DriftDepth', 'Drift', 'ratio100', 'm'],
    ['Global_Legato', 'Legato On', OFF_ON],
    ['Global_NotePitchBend', 'Note Pitch Bend On', OFF_ON],
    ['Global_Glide', 'Glide Time', 'sToMs'],
    ['Global_Volume', 'Volume', 'gain', 'm'],
    ['Global_Transpose', 'Transpose', 'st', 'm'],
  ],
};

/** Wavetable and Drift. */
export const WAVETABLE = [wavetable, drift];
