import { type DeviceTable, OFF_ON, type ParameterRow } from '../parameter-row.ts';

const slopes = (path: string, name: string): readonly ParameterRow[] => [
  [`${path}Times_Attack`, `${name} Attack`, 'sToMs', 'm'],
  [`${path}Times_Decay`, `${name} Decay`, 'sToMs', 'm'],
  [`${path}Times_Release`, `${name} Release`, 'sToMs', 'm'],
  [`${path}Slopes_Attack`, `${name} A Slope`, 'ratio100', 'm'],
  [`${path}Slopes_Decay`, `${name} D Slope`, 'ratio100', 'm'],
  [`${path}Slopes_Release`, `${name} R Slope`, 'ratio100', 'm'],
  [`${path}LoopMode`, `${name} Loop Mode`, ['None', 'Trigger', 'Loop', 'AD Loop']],
];

const oscillator = (path: string, side: string): readonly ParameterRow[] => [
  [`${path}On`, `${side} On`, OFF_ON],
  [`${path}Oscillator_Pitch_Keytracking`, `${side} Keytracking`, OFF_ON],
  [`${path}Oscillator_Pitch_Transpose`, `${side} Transpose`, 'st', 'm'],
  [`${path}Oscillator_Pitch_TransposeScaleDegrees`, `${side} Transp Scale`, 'number', 'm'],
  [`${path}Oscillator_Pitch_TransposeOctaves`, `${side} Octave`, 'number'],
  [`${path}Oscillator_Pitch_Detune`, `${side} Detune`, 'stToCt'],
  [`${path}Oscillator_OscillatorType`, `${side} Osc Type`],
  [`${path}Oscillator_Macro1`, `${side} Osc Shape`],
  [`${path}Oscillator_Macro2`, `${side} Osc Tone`],
  [`${path}Oscillator_UseScale`, `${side} Osc Scale Aware`, OFF_ON],
  [`${path}Oscillator_Reset`, `${side} Reset`, OFF_ON],
  [`${path}Oscillator_ResetToVoiceOffset`, `${side} Reset To Voice Offset`, OFF_ON],
  [`${path}Filter_On`, `${side} Filter On`, OFF_ON],
  [`${path}Filter_FilterType`, `${side} Filter Type`],
  [`${path}Filter_Frequency`, `${side} Filter Freq`, 'Hz'],
  [`${path}Filter_Macro1`, `${side} Filter Q`],
  [`${path}Filter_Macro2`, `${side} Filter L-B-H-N`],
  [`${path}Filter_UseScale`, `${side} Filter Filter Scale Aware`, OFF_ON],
];

const LFO_TYPES = ['Basic Shapes', 'Ramp', 'Wander', 'Alternate', 'Euclid', 'Pulsate'] as const;
const LFO_WAVES = ['Sine', 'Tri', 'Saw Up', 'Saw Down', 'Rectangle', 'Random S&H'] as const;
const lfos = (path: string, side: string): readonly ParameterRow[] => [
  [`${path}Lfo1_GeneratorType`, `${side} LFO 1 Type`, LFO_TYPES],
  [`${path}Lfo1_Sync`, `${side} LFO 1 Sync`, ['Free', 'Tempo']],
  [`${path}Lfo1_Retrigger`, `${side} LFO 1 Retrigger`, OFF_ON],
  [`${path}Lfo1_Rate`, `${side} LFO 1 Rate`, 'Hz', 'm'],
  [`${path}Lfo1_SyncedRate`, `${side} LFO 1 S. Rate`],
  [`${path}Lfo1_PhaseOffset`, `${side} LFO 1 Phase`, 'deg', 'm'],
  [`${path}Lfo1_GeneratorMacro1`, `${side} LFO 1 Shape`],
  [`${path}Lfo1_GeneratorMacro2`, `${side} LFO 1 Fold`],
  [`${path}Lfo1_Transformer1Type`, `${side} LFO 1 FX 1 Type`],
  [`${path}Lfo1_Transformer1Macro`, `${side} LFO 1 FX 1 Scale`],
  [`${path}Lfo1_Transformer2Type`, `${side} LFO 1 FX 2 Type`],
  [`${path}Lfo1_Transformer2Macro`, `${side} LFO 1 FX 2 Ramp`],
  [`${path}Lfo2_Waveform`, `${side} LFO 2 Waveform`, LFO_WAVES],
  [`${path}Lfo2_Sync`, `${side} LFO 2 Sync`, ['Free', 'Tempo']],
  [`${path}Lfo2_Rate`, `${side} LFO 2 Rate`, 'Hz', 'm'],
  [`${path}Lfo2_SyncedRate`, `${side} LFO 2 S. Rate`],
  [`${path}Lfo2_Retrigger`, `${side} LFO 2 Retrigger`, OFF_ON],
  [`${path}Lfo2_PhaseOffset`, `${side} LFO 2 Phase Offset`, 'deg', 'm'],
];

const engine = (side: string): readonly ParameterRow[] => {
  const path = `MeldVoice_Engine${side}_`;
  return [
    ...oscillator(path, side),
    ...lfos(path, side),
    ...slopes(`${path}AmpEnvelope_`, `${side} Amp`),
    [`${path}AmpEnvelope_Sustain`, `${side} Amp Sustain`, 'gain'],
    ...slopes(`${path}FilterEnvelope_`, `${side} Mod`),
    [`${path}FilterEnvelope_Values_Initial`, `${side} Mod Initial`, 'ratio100', 'm'],
    [`${path}FilterEnvelope_Values_Peak`, `${side} Mod Peak`, 'ratio100', 'm'],
    [`${path}FilterEnvelope_Values_Sustain`, `${side} Mod Sustain`, 'ratio100', 'm'],
    [`${path}FilterEnvelope_Values_Final`, `${side} Mod Final`, 'ratio100', 'm'],
    [`${path}ToneFilter`, `${side} Tone Filter`, 'number', 'm'],
    [`${path}Pan`, `${side} Pan`, 'pan', 'm'],
    [`${path}Volume`, `${side} Volume`, 'dB'],
    [`${path}GlideMode`, `${side} Glide Mode`, ['Portamento', 'Glissando']],
    [`${path}GlideTime`, `${side} Glide Time`, 'sToMs', 'm'],
  ];
};

export const MELD: readonly DeviceTable[] = [
  {
    tags: ['InstrumentMeld'],
    source: 'dump12',
    rows: [
      ...['A', 'B'].flatMap(engine),
      ['MeldVoice_EngineBDelay', 'Engine B Delay', 'sToMs', 'm'],
      ['MeldVoice_Drive', 'Drive', 'ratio100'],
      ['MeldVoice_LimiterOn', 'Limiter On', OFF_ON],
      ['MeldVoice_LinkAmpEnvelopes', 'Link Envelopes', OFF_ON],
      ['MeldVoice_UseScale', 'Scale Aware', OFF_ON],
      ['MeldVoice_VoiceSpreadAmount', 'Voice Spread', 'ratio100'],
      ['Volume', 'Volume', 'gain', 'm'],
      ['MonoLegato', 'Mono Legato', OFF_ON],
    ],
  },
];
