import { type DeviceTable, type Mark, OFF_ON, type ParameterRow, type ScaleName } from '../parameter-row.ts';

export const LOOP_MODES = ['None', 'Loop', 'Beat', 'Sync', 'Trigger'] as const;
export const CIRCUITS_LP_HP = ['Clean', 'OSR', 'MS2', 'SMP', 'PRD'] as const;
export const CIRCUITS_BP_NO = ['Clean', 'OSR'] as const;
export const SLOPES = ['12 dB', '24 dB'] as const;

/** The envelope of Simpler, Sampler and Operator; `level` is the scale of its levels, `mark` what backs the times. */
export const envelope = (
  path: string,
  name: string,
  level: ScaleName | undefined,
  mark: Mark = 'm',
): readonly ParameterRow[] => [
  [`${path}AttackTime`, `${name} Attack`, 'ms', mark],
  [`${path}AttackLevel`, `${name} Init`, level, mark],
  [`${path}AttackSlope`, `${name} A Slope`, 'ratio100', mark],
  [`${path}DecayTime`, `${name} Decay`, 'ms', mark],
  [`${path}DecayLevel`, `${name} Peak`, level, mark],
  [`${path}DecaySlope`, `${name} D Slope`, 'ratio100', mark],
  [`${path}SustainLevel`, `${name} Sustain`, level, mark],
  [`${path}ReleaseTime`, `${name} Release`, 'ms', mark],
  [`${path}ReleaseLevel`, `${name} End`, level],
  [`${path}ReleaseSlope`, `${name} R Slope`, 'ratio100', mark],
  [`${path}LoopMode`, `${name} Mode`, LOOP_MODES],
  [`${path}LoopTime`, `${name} Loop`, 'ms', mark],
  [`${path}RepeatTime`, `${name} Retrig`],
  [`${path}TimeVelScale`, `${name} R < Vel`, 'percent', mark],
];

const LFO_WAVES = ['Sine', 'Square', 'Triangle', 'Saw Down', 'Saw Up', 'Random'] as const;
const lfo = (path: string, name: string): readonly ParameterRow[] => [
  [`${path}Type`, `${name} Wave`, LFO_WAVES],
  [`${path}Frequency`, `${name} Rate`, 'Hz', 'm'],
  [`${path}RateType`, `${name} Sync`, ['Free', 'Sync']],
  [`${path}BeatRate`, `${name} Sync Rate`],
  [`${path}StereoMode`, `${name} St Mode`, ['Phase', 'Spin']],
  [`${path}Spin`, `${name} Spin`, 'ratio100', 'i'],
  [`${path}Phase`, `${name} Phase`, 'deg', 'i'],
  [`${path}Offset`, `${name} Offset`, 'deg', 'm'],
  [`${path}FrequencyKeyScale`, `${name} R < Key`, 'ratio100'],
  [`${path}Smooth`, `${name} Smooth`, undefined, 'i'],
  [`${path}Attack`, `${name} Attack`, 'ms', 'm'],
  [`${path}Retrigger`, `${name} Retrig`, OFF_ON],
  [`${path}Width`, `${name} Width`, undefined, 'i'],
];

const player: readonly ParameterRow[] = [
  ['Player/LoopModulators/SampleStart', 'S Start', 'ratio100', 'm'],
  ['Player/LoopModulators/SampleLength', 'S Length', 'ratio100', 'm'],
  ['Player/LoopModulators/LoopOn', 'S Loop On', OFF_ON],
  ['Player/LoopModulators/LoopLength', 'S Loop Length', 'ratio100', 'm'],
  ['Player/LoopModulators/LoopFade', 'S Loop Fade', 'ratio100', 'm'],
  ['Player/Reverse', 'Reverse', OFF_ON],
  ['Player/Snap', 'Snap', OFF_ON],
  ['Player/SampleSelector', 'Sample Selector', 'number'],
  ['Player/SubOsc/IsOn', 'Osc On', OFF_ON],
];

const SUB_OSC = 'Player/SubOsc/Slot/Value/SimplerSubOsc/';
const subOscillator: readonly ParameterRow[] = [
  [`${SUB_OSC}Mode`, 'O Mode', ['FM', 'AM']],
  [`${SUB_OSC}Type`, 'O Type'],
  [`${SUB_OSC}Volume`, 'O Volume', 'gain', 'i'],
  [`${SUB_OSC}VolumeVelScale`, 'O Vol < Vel', 'ratio100', 'i'],
  [`${SUB_OSC}IsFixedFreq`, 'O Fix On', OFF_ON],
  [`${SUB_OSC}TuneCoarse`, 'O Coarse', 'number', 'i'],
  [`${SUB_OSC}TuneFine`, 'O Fine', 'number', 'i'],
  [`${SUB_OSC}FreqFixed`, 'O Fix Freq', 'Hz', 'i'],
  [`${SUB_OSC}FreqFixedMul`, 'O Fix Freq Mul'],
  ...envelope(`${SUB_OSC}Envelope/`, 'Oe', 'gain', 'd'),
];

const pitch: readonly ParameterRow[] = [
  ['Pitch/TransposeKey', 'Transpose', 'st', 'm'],
  ['Pitch/TransposeFine', 'Detune', 'ct', 'm'],
  ['Pitch/PitchLfoAmount', 'Pitch < LFO', 'ratio100'],
  ['Pitch/Envelope/IsOn', 'Pe On', OFF_ON],
  ['Pitch/Envelope/Slot/Value/SimplerPitchEnvelope/Amount', 'Pe < Env', 'st', 'm'],
  ...envelope('Pitch/Envelope/Slot/Value/SimplerPitchEnvelope/', 'Pe', 'ratio100'),
];

const FILTER = 'Filter/Slot/Value/SimplerFilter/';
const filter: readonly ParameterRow[] = [
  ['Filter/IsOn', 'F On', OFF_ON],
  // Other types and order up to Live 9.
  [`${FILTER}Type`, 'Filter Type'],
  [`${FILTER}LegacyType`, 'Filter Type (Legacy)', undefined, 'i'],
  [`${FILTER}CircuitLpHp`, 'Filter Circuit - LP/HP', CIRCUITS_LP_HP],
  [`${FILTER}CircuitBpNoMo`, 'Filter Circuit - BP/NO/Morph', CIRCUITS_BP_NO],
  [`${FILTER}Slope`, 'Filter Slope', SLOPES],
  [`${FILTER}Freq`, 'Filter Freq', 'Hz', 'm'],
  [`${FILTER}Res`, 'Filter Res', 'ratio100', 'm'],
  [`${FILTER}Q`, 'Filter Res', 'number', 'i'],
  [`${FILTER}LegacyQ`, 'Filter Res (Legacy)', 'number', 'i'],
  [`${FILTER}X`, 'Filter Morph'],
  [`${FILTER}Drive`, 'Filter Drive', 'dB', 'm'],
  [`${FILTER}ModByPitch`, 'Filt < Key', 'ratio100', 'm'],
  [`${FILTER}ModByVelocity`, 'Filt < Vel', 'ratio100', 'm'],
  [`${FILTER}ModByLfo`, 'Filt < LFO', 'number', 'm'],
  [`${FILTER}Envelope/IsOn`, 'Fe On', OFF_ON],
  [`${FILTER}Envelope/Amount`, 'Fe < Env', 'number', 'm'],
  ...envelope(`${FILTER}Envelope/`, 'Fe', 'ratio100'),
  ['Shaper/IsOn', 'Shaper On', OFF_ON],
  ['Shaper/Slot/Value/SimplerShaper/Type', 'Shaper Type'],
  ['Shaper/Slot/Value/SimplerShaper/Amount', 'Shaper Amt', 'percent', 'i'],
  ['Shaper/Slot/Value/SimplerShaper/Structure', 'Shaper Structure', undefined, 'i'],
];

const volume: readonly ParameterRow[] = [
  ['VolumeAndPan/Volume', 'Volume', 'dB', 'm'],
  ['VolumeAndPan/VolumeVelScale', 'Vol < Vel', 'ratio100', 'm'],
  ['VolumeAndPan/VolumeKeyScale', 'Vol < Key', undefined, 'i'],
  ['VolumeAndPan/VolumeLfoAmount', 'Vol < LFO', 'ratio100'],
  ['VolumeAndPan/Panorama', 'Pan', 'pan', 'm'],
  ['VolumeAndPan/PanoramaKeyScale', 'Pan < Key', undefined, 'i'],
  ['VolumeAndPan/PanoramaRnd', 'Pan < Rnd', 'ratio100'],
  ['VolumeAndPan/PanoramaLfoAmount', 'Pan < LFO', 'ratio100'],
  ...envelope('VolumeAndPan/Envelope/', 'Ve', 'gain'),
  ['VolumeAndPan/OneShotEnvelope/FadeInTime', 'Fade In', 'ms', 'm'],
  ['VolumeAndPan/OneShotEnvelope/SustainMode', 'Trigger Mode', ['Trigger', 'Gate']],
  ['VolumeAndPan/OneShotEnvelope/FadeOutTime', 'Fade Out', 'ms', 'm'],
];

const globals: readonly ParameterRow[] = [
  ['AuxEnv/IsOn', 'Ae On', OFF_ON],
  ...envelope('AuxEnv/Slot/Value/SimplerAuxEnvelope/', 'Ae', undefined, 'd'),
  ['Globals/SpreadAmount', 'Spread', 'percent', 'm'],
  ['Globals/KeyZoneShift', 'Key Zone Shift', 'st', 'm'],
  ['Globals/PortamentoMode', 'Glide Mode', ['Off', 'Portamento', 'Glide']],
  ['Globals/PortamentoTime', 'Glide Time', 'ms', 'm'],
  ['Globals/EnvScale/EnvTime', 'Time', 'percent', 'm'],
  ['Globals/EnvScale/EnvTimeKeyScale', 'Time < Key', 'percent', 'm'],
  ['Globals/EnvScale/EnvTimeIncludeAttack', 'Time < Attack', OFF_ON, 'i'],
];

const sampler = (tag: string, lfoName: string): DeviceTable => ({
  tags: [tag],
  source: 'dump11',
  rows: [
    ...player,
    ...subOscillator,
    ...pitch,
    ...filter,
    ...volume,
    ...globals,
    ['Lfo/IsOn', `${lfoName} On`, OFF_ON],
    ...lfo('Lfo/Slot/Value/SimplerLfo/', lfoName),
    ['AuxLfos.*/IsOn', 'L {2} On', OFF_ON],
    ...lfo('AuxLfos.*/Slot/Value/SimplerAuxLfo/', 'L {2}'),
  ],
});

/** Simpler and Sampler: one structure in the file. */
export const SIMPLER = [sampler('OriginalSimpler', 'L'), sampler('MultiSampler', 'L 1')];
