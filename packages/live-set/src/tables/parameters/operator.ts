import { type DeviceTable, OFF_ON, type ParameterRow } from '../parameter-row.ts';
import { CIRCUITS_BP_NO, CIRCUITS_LP_HP, envelope, SLOPES } from './simpler.ts';

const oscillator: readonly ParameterRow[] = [
  ['Operator.*/IsOn', 'Osc-{A} On', OFF_ON],
  ['Operator.*/Tune/Coarse', '{A} Coarse', 'number', 'm'],
  ['Operator.*/Tune/Fine', '{A} Fine', 'number', 'm'],
  ['Operator.*/Tune/VelCoarseScale', '{A} Freq<Vel', 'number', 'm'],
  ['Operator.*/Tune/VelCoarseScaleQuantized', '{A} Quantize', OFF_ON],
  ['Operator.*/Tune/FixedFrequencyOn', '{A} Fix On', OFF_ON],
  ['Operator.*/Tune/FixedFrequency', '{A} Fix Freq', 'Hz', 'm'],
  ['Operator.*/Tune/FixedFrequencyMulti', '{A} Fix Freq Mul'],
  ['Operator.*/Volume', 'Osc-{A} Level', 'gain', 'm'],
  ['Operator.*/Retrigger', 'Osc-{A} Retrig', OFF_ON],
  ['Operator.*/Phase', 'Osc-{A} Phase', 'percent', 'm'],
  ['Operator.*/VelScale', 'Osc-{A} Lev < Vel', 'percent'],
  ['Operator.*/KeyScale', 'Osc-{A} Lev < Key', 'percent', 'm'],
  ['Operator.*/WaveForm', 'Osc-{A} Wave'],
  ['Operator.*/Feedback', 'Osc-{A} Feedb', 'percent', 'm'],
  ['Operator.*/PitchEnvOn', 'Osc-{A} < Pe', OFF_ON],
  ['Operator.*/LfoOn', 'Osc-{A} < LFO', OFF_ON],
  ...envelope('Operator.*/Envelope/', '{A}e', 'gain'),
];

const ALGORITHMS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((number) => `Alg. ${number}`);
const globals: readonly ParameterRow[] = [
  ['Globals/Algorithm', 'Algorithm', ALGORITHMS],
  ['Globals/Transpose', 'Transpose', 'st', 'm'],
  ['Globals/PitchBendRange', 'PB Range', 'st', 'm'],
  ['Globals/Volume', 'Volume', 'gain'],
  ['Globals/Panorama', 'Panorama', 'pan', 'm'],
  ['Globals/PanoramaKeyScale', 'Pan < Key', 'number', 'm'],
  ['Globals/PanoramaRndScale', 'Pan < Rnd', 'number', 'm'],
  ['Globals/Tone', 'Tone', 'ratio100', 'm'],
  ['Globals/SpreadAmount', 'Spread', 'percent', 'm'],
  ['Globals/PortamentoOn', 'Glide On', OFF_ON],
  ['Globals/PortamentoTime', 'Glide Time', 'ms', 'm'],
  ['EnvScale/EnvTime', 'Time', 'percent', 'm'],
  ['EnvScale/EnvTimeKeyScale', 'Time < Key', 'percent', 'm'],
  ['EnvScale/EnvTimeIncludeAttack', 'Time < Attack', OFF_ON, 'i'],
];

const lfo: readonly ParameterRow[] = [
  ['Lfo/LfoOn', 'LFO On', OFF_ON],
  ['Lfo/LfoType', 'LFO Type', ['Sine', 'Square', 'Triangle', 'SwUp', 'SwDown', 'S&H', 'Noise']],
  ['Lfo/LfoRange', 'LFO Range', ['Low', 'High', 'Sync']],
  ['Lfo/LfoRate', 'LFO Rate', 'number'],
  ['Lfo/LfoRateSynced', 'LFO Sync'],
  ['Lfo/LfoRateKeyScale', 'LFO R < K', 'ratio100'],
  ['Lfo/LfoRetrigger', 'LFO Retrigger', OFF_ON],
  ['Lfo/LfoAmount', 'LFO Amt', 'ratio100'],
  ['Lfo/LfoAmountA', 'LFO Amt A', 'percent', 'm'],
  ['Lfo/LfoAmountVelScale', 'LFO < Vel', 'ratio100'],
  ['Lfo/LfoPitchEnvOn', 'LFO < Pe', OFF_ON],
  ['Lfo/ModDst/Amount', 'LFO Amt B', 'percent', 'm'],
  ['Lfo/ModDst/Connection', 'LFO Dst B'],
  ...envelope('Lfo/LfoEnv/', 'Le', 'gain'),
];

const pitch: readonly ParameterRow[] = [
  ['PitchEnv/PitchEnvOn', 'Pe On', OFF_ON],
  ['PitchEnv/PitchEnv/EnvelopeAmount', 'Pe Amount', 'ratio100'],
  ['PitchEnv/PitchEnvAmountA', 'Pe Amt A', 'percent', 'm'],
  ['PitchEnv/ModDst/Amount', 'Pe Amt B', 'percent', 'm'],
  ['PitchEnv/ModDst/Connection', 'Pe Dst B'],
  ...envelope('PitchEnv/PitchEnv/', 'Pe', 'st'),
];

const filter: readonly ParameterRow[] = [
  ['Filter/OnOff', 'Filter On', OFF_ON],
  ['Filter/LegacyType', 'Filter Type (Legacy)', undefined, 'i'],
  // Other types and order up to Live 9.
  ['Filter/Type', 'Filter Type'],
  ['Filter/CircuitLpHp', 'Filter Circuit - LP/HP', CIRCUITS_LP_HP],
  ['Filter/CircuitBpNoMo', 'Filter Circuit - BP/NO/Morph', CIRCUITS_BP_NO],
  ['Filter/Slope', 'Filter Slope', SLOPES],
  ['Filter/Frequency', 'Filter Freq', 'Hz'],
  ['Filter/LegacyQ', 'Filter Q (Legacy)', 'number', 'i'],
  // A Q factor up to Live 9.
  ['Filter/Resonance', 'Filter Res', 'ratio100', 'd', { since: 10 }],
  ['Filter/Morph', 'Filter Morph'],
  ['Filter/Drive', 'Filter Drive', 'dB', 'm'],
  ['Filter/FrequencyVelScale', 'Filt < Vel', 'percent', 'm'],
  ['Filter/FrequencyKeyScale', 'Filt < Key', 'percent'],
  ['Filter/EnvelopeAmount', 'Fe Amount', 'percent', 'm'],
  ['Filter/LfoOn', 'Filt < LFO', OFF_ON],
  ...envelope('Filter/Envelope/', 'Fe', 'ratio100'),
  ['Shaper/Type', 'Shaper Type', ['Off', 'Soft', 'Hard', 'Sine', '4Bit']],
  ['Shaper/DryWet', 'Shaper Mix', 'percent', 'm'],
  ['Shaper/Drive', 'Shaper Drive', 'dB', 'm'],
];

export const OPERATOR: readonly DeviceTable[] = [
  {
    tags: ['Operator'],
    source: 'dump12',
    rows: [...oscillator, ...globals, ...lfo, ...pitch, ...filter],
  },
];
