import { type DeviceTable, OFF_ON, type ParameterRow } from '../parameter-row.ts';

const RESONATORS = ['Beam', 'Marimba', 'String', 'Membrane', 'Plate', 'Pipe', 'Tube'] as const;

const resonator = (number: number): readonly ParameterRow[] => {
  const path = `Resonator${number}/`;
  const name = `Res ${number}`;
  return [
    [`${path}OnOff`, `${name} On/Off`, OFF_ON],
    [`${path}Type`, `${name} Type`, RESONATORS],
    [`${path}Quality`, `${name} Quality`, ['Eco', 'Low', 'Med', 'High']],
    [`${path}Transpose`, `${name} Tune`, 'st'],
    [`${path}FineTranspose`, `${name} Fine Tune`, 'ct'],
    [`${path}KeyToTranspose`, `${name} Tune < Key`],
    [`${path}StartTranspose`, `${name} Pitch Env.`],
    [`${path}VelToStartTranspose`, `${name} Pitch Env. < Vel`],
    [`${path}StartTime`, `${name} Pitch Env. Time`],
    [`${path}Decay`, `${name} Decay`],
    [`${path}VelToDecay`, `${name} Decay < Vel`],
    [`${path}KeyToDecay`, `${name} Decay < Key`],
    [`${path}DecayOnNoteOff`, `${name} Off Decay`],
    [`${path}Damp`, `${name} Material`],
    [`${path}VelToDamp`, `${name} Material < Vel`],
    [`${path}KeyToDamp`, `${name} Material < Key`],
    [`${path}Radius`, `${name} Radius`],
    [`${path}VelToRadius`, `${name} Radius < Vel`],
    [`${path}KeyToRadius`, `${name} Radius < Key`],
    [`${path}Ratio`, `${name} Ratio`],
    [`${path}AmpFreq`, `${name} Brightness`],
    [`${path}Bleed`, `${name} Bleed`],
    [`${path}Inharmonics`, `${name} Inharmonics`],
    [`${path}VelToInharmonics`, `${name} Inharmonics < Vel`],
    [`${path}TubeOpening`, `${name} Opening`],
    [`${path}VelToTubeOpening`, `${name} Opening < Vel`],
    [`${path}HitX`, `${name} Hit`],
    [`${path}RandomToHitX`, `${name} Hit < Random`],
    [`${path}ListeningXL`, `${name} Listening L`],
    [`${path}ListeningXR`, `${name} Listening R`],
    [`${path}Pan`, `${name} Pan`],
    [`${path}KeyToPan`, `${name} Pan < Key`],
    [`${path}Volume`, `${name} Volume`],
  ];
};

const target = (path: string, name: string, letter: string): readonly ParameterRow[] => [
  [`${path}/Target`, `${name} Dest ${letter}`],
  [`${path}/Amount`, `${name} Amt ${letter}`],
];

const LFO_SHAPES = [
  'Sine',
  'Square',
  'Triangle',
  'SawUp',
  'SawDown',
  'Sample & Hold',
  'Random Ramp',
] as const;
const lfo = (number: number): readonly ParameterRow[] => {
  const path = `Lfo${number}/`;
  const name = `LFO ${number}`;
  return [
    [`${path}OnOff`, `${name} On/Off`, OFF_ON],
    [`${path}Type`, `${name} Shape`, LFO_SHAPES],
    [`${path}Retrigger`, `${name} Retrigger`, OFF_ON],
    [`${path}Sync`, `${name} Sync`, ['Free', 'Sync']],
    [`${path}Rate`, `${name} Rate`],
    [`${path}SyncRate`, `${name} Sync Rate`],
    [`${path}KeyToRate`, `${name} Rate < Key`],
    [`${path}Phase`, `${name} Offset`, 'deg'],
    [`${path}Amount`, `${name} Depth`],
    [`${path}VelToAmount`, `${name} Depth < Vel`],
    ...target(`${path}Target1`, name, 'A'),
    ...target(`${path}Target2`, name, 'B'),
  ];
};

const mallet: readonly ParameterRow[] = [
  ['Mallet/OnOff', 'Mallet On/Off', OFF_ON],
  ['Mallet/Volume', 'Mallet Volume'],
  ['Mallet/VelToVolume', 'Mallet Volume < Vel'],
  ['Mallet/KeyToVolume', 'Mallet Volume < Key'],
  ['Mallet/Stiffness', 'Mallet Stiffness'],
  ['Mallet/VelToStiffness', 'Mallet Stiffness < Vel'],
  ['Mallet/KeyToStiffness', 'Mallet Stiffness < Key'],
  ['Mallet/NoiseAmount', 'Mallet Noise Amount'],
  ['Mallet/VelToNoiseAmount', 'Mallet Noise Amount < Vel'],
  ['Mallet/KeyToNoiseAmount', 'Mallet Noise Amount < Key'],
  ['Mallet/NoiseColor', 'Mallet Noise Color'],
  ['Noise/OnOff', 'Noise On/Off', OFF_ON],
  ['Noise/Volume', 'Noise Volume'],
  ['Noise/VelToVolume', 'Noise Volume < Vel'],
  ['Noise/KeyToVolume', 'Noise Volume < Key'],
  ['Noise/FilterType', 'Noise Filter Type', ['LP', 'HP', 'BP', 'LP+HP']],
  ['Noise/Freq', 'Noise Filter Freq'],
  ['Noise/VelToFreq', 'Noise Freq < Vel'],
  ['Noise/KeyToFreq', 'Noise Freq < Key'],
  ['Noise/EnvToFreq', 'Noise Freq < Env'],
  ['Noise/Q', 'Noise Filter Q'],
  ['Noise/Attack', 'Noise Attack'],
  ['Noise/Decay', 'Noise Decay'],
  ['Noise/Sustain', 'Noise Sustain'],
  ['Noise/Release', 'Noise Release'],
];

const collision: DeviceTable = {
  tags: ['Collision'],
  source: 'dump12',
  rows: [
    ...mallet,
    ...[1, 2].flatMap(resonator),
    ['ResonatorOrder', 'Structure', ['1 > 2', '1 + 2']],
    ...[1, 2].flatMap(lfo),
    ['PitchBendRange', 'PB Range', 'st', 'm'],
    ...target('PitchBendTarget1', 'PB', 'A'),
    ...target('ModWheelTarget1', 'MW', 'A'),
    ...target('ModWheelTarget2', 'MW', 'B'),
    ...target('ChannelPressureTarget1', 'Press', 'A'),
    ...target('ChannelPressureTarget2', 'Press', 'B'),
    ['Polyphony', 'Voices', ['Mono', '2', '4', '6', '8', '10', '12', '14', '16']],
    ['Retrigger', 'Retrigger', OFF_ON],
    ['Volume', 'Volume'],
  ],
};

const IMPULSE_FILTERS = ['LP 1', 'LP 2', 'BP 1', 'BP 2', 'HP 1', 'HP 2', 'Notch'] as const;
const impulse: DeviceTable = {
  tags: ['InstrumentImpulse'],
  source: 'dump12',
  rows: [
    ['GlobalVolume', 'Global Volume', 'dB'],
    ['GlobalTime', 'Global Time', 'ratio100', 'i'],
    ['GlobalPitch', 'Global Transpose', 'st', 'm'],
    ['StartStart.*', '{1} Start', 'ms', 'm'],
    ['StartTune.*', '{1} Transpose', 'st', 'm'],
    ['StartVelocity.*', '{1} Transpose <- Vel', 'ratio100', 'i'],
    ['StartRandom.*', '{1} Transpose <- Random', 'ratio100', 'i'],
    ['StartStretchType.*', '{1} Stretch Mode', ['Stretch Mode A', 'Stretch Mode B']],
    ['StartStretch.*', '{1} Stretch Factor', 'ratio100', 'i'],
    ['StartStretchVel.*', '{1} Stretch <- Vel', 'ratio100', 'i'],
    ['DecayDrive.*', '{1} Saturator Drive', 'number', 'm'],
    ['FilterType.*', '{1} Filter Type', IMPULSE_FILTERS],
    ['FilterFreq.*', '{1} Filter Freq', 'Hz', 'm'],
    ['FilterQ.*', '{1} Filter Res', 'number', 'm'],
    ['FilterVelocity.*', '{1} Filter <- Vel', 'ratio100', 'i'],
    ['FilterRandom.*', '{1} Filter <- Random', 'ratio100', 'i'],
    ['DecayDecayType.*', '{1} Envelope Type', ['Trigger', 'Gate']],
    ['DecayDecay.*', '{1} Envelope Decay', 'ms', 'm'],
    ['VolumePan.*', '{1} Pan', 'pan', 'm'],
    ['VolumePanVel.*', '{1} Pan <- Vel', 'ratio100', 'i'],
    ['VolumePanRand.*', '{1} Pan <- Random', 'ratio100', 'i'],
    ['VolumeVolume.*', '{1} Volume', 'dB', 'm'],
    ['VolumeVolumeVel.*', '{1} Volume <- Vel', 'ratio100', 'm'],
  ],
};

/** Collision and Impulse. */
export const PERCUSSION = [collision, impulse];
