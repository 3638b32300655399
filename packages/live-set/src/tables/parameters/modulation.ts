import { type DeviceTable, OFF_ON } from '../parameter-row.ts';
import { legacyEnvelope, legacyLfo } from './lfo.ts';

const autoPan: DeviceTable = {
  tags: ['AutoPan'],
  source: 'dump11',
  rows: [
    ...legacyLfo('Lfo/', { prefix: '', sync: 'LFO Type', rates: ['Frequency', 'Beats'] }),
    ['Lfo/LfoAmount', 'Amount', 'ratio100'],
    ['Lfo/LfoInvert', 'Invert', ['Normal', 'Inverted']],
    ['Lfo/LfoShape', 'Shape', 'ratio100', 'i'],
  ],
};

const chorus: DeviceTable = {
  tags: ['Chorus'],
  source: 'banks11',
  rows: [
    ['DelayTime1', 'Delay 1 Time', 'ms'],
    ['HighPassFreq', 'Delay 1 HiPass', 'Hz'],
    ['DelayTime2', 'Delay 2 Time', 'ms'],
    ['Delay2Mode', 'Delay 2 Mode'],
    ['Link', 'Link On', OFF_ON, 'i'],
    ['ModAmount', 'LFO Amount'],
    ['ModFreq', 'LFO Rate', 'Hz'],
    ['LfoMultiplier', 'LFO Extend On', OFF_ON, 'i'],
    ['Feedback', 'Feedback', 'ratio100'],
    ['FeedbackSign', 'Polarity', undefined, 'i'],
    ['DryWet', 'Dry/Wet', 'ratio100'],
  ],
};

const chorusEnsemble: DeviceTable = {
  tags: ['Chorus2'],
  source: 'dump12',
  rows: [
    ['Mode', 'Mode', ['Chorus', 'Ensemble', 'Vibrato']],
    ['Shaping', 'Shape', 'ratio100', 'm'],
    ['Rate', 'Rate', 'Hz', 'm'],
    ['Amount', 'Amount', 'ratio100', 'm'],
    ['Feedback', 'Feedback', 'ratio100', 'm'],
    ['InvertFeedback', 'FB Invert', OFF_ON],
    ['VibratoOffset', 'Offset', 'deg', 'm'],
    ['HighpassEnabled', 'HP On', OFF_ON],
    ['HighpassFrequency', 'HP Freq', 'Hz', 'm'],
    ['Width', 'Width', 'ratio100', 'm'],
    ['Warmth', 'Warmth', 'ratio100', 'm'],
    ['OutputGain', 'Output', 'gain', 'm'],
    ['DryWet', 'Dry/Wet', 'ratio100', 'm'],
  ],
};

const flanger: DeviceTable = {
  tags: ['Flanger'],
  source: 'banks11',
  rows: [
    ['DryWet', 'Dry/Wet', 'ratio100'],
    ['DelayTime', 'Delay Time', 'ms'],
    ['Feedback', 'Feedback', 'ratio100', 'i'],
    ['FeedbackSign', 'Polarity', undefined, 'i'],
    ...legacyEnvelope,
    ['LfoAmount', 'LFO Amount', 'ratio100', 'i'],
    ...legacyLfo('Lfo/', { prefix: 'LFO ', frequency: 'Frequency', sync: 'Sync', syncRate: 'Sync Rate' }),
    ['Hipass', 'Hi Pass', 'Hz'],
  ],
};

const frequencyShifter: DeviceTable = {
  tags: ['FrequencyShifter'],
  source: 'banks11',
  rows: [
    ['ModulationMode', 'Mode'],
    ['Coarse', 'Coarse', 'Hz'],
    ['Fine', 'Fine', 'Hz'],
    ['RingModCoarse', 'Ring Mod Frequency', 'Hz'],
    ['Amount', 'Dry/Wet', 'ratio100'],
    ['InvertR', 'Wide', OFF_ON],
    ['DriveOn', 'Drive On/Off', OFF_ON],
    ['Drive', 'Drive', 'dB'],
    ...legacyLfo('Lfo/', { prefix: 'LFO ' }),
    ['LfoAmount', 'LFO Amount', 'Hz', 'i'],
  ],
};

const MOD_WAVES = [
  'Sine',
  'Triangle',
  'Triangle Analog',
  'Triangle 8',
  'Triangle 16',
  'Saw Up',
  'Saw Down',
  'Rectangle',
  'Random',
  'Random S&H',
] as const;

const phaserFlanger: DeviceTable = {
  tags: ['PhaserNew'],
  source: 'dump12',
  rows: [
    ['Modulation_Amount', 'Amount', 'ratio100'],
    ['Modulation_Waveform', 'Mod Wave', MOD_WAVES],
    ['Modulation_Frequency', 'Mod Freq', 'Hz'],
    ['Modulation_Frequency2', 'Mod Freq 2', 'Hz'],
    ['Modulation_Sync', 'Mod Sync', OFF_ON],
    ['Modulation_Sync2', 'Mod Sync 2', OFF_ON],
    ['Modulation_SyncedRate', 'Mod Rate'],
    ['Modulation_SyncedRate2', 'Mod Rate 2'],
    ['Modulation_PhaseOffset', 'Mod Phase', 'deg'],
    ['Modulation_SpinEnabled', 'Spin Enabled', OFF_ON],
    ['Modulation_Spin', 'Spin', 'ratio100', 'i'],
    ['Modulation_DutyCycle', 'Duty Cycle', 'ratio100'],
    ['Modulation_LfoBlend', 'Lfo Blend', 'ratio100'],
    ['Modulation_EnvelopeEnabled', 'Env Enabled', OFF_ON],
    ['Modulation_EnvelopeAmount', 'Env Amount', 'number', 'm'],
    ['Modulation_EnvelopeAttack', 'Env Attack', 'sToMs'],
    ['Modulation_EnvelopeRelease', 'Env Release', 'sToMs'],
    ['Mode', 'Mode', ['Phaser', 'Flanger', 'Doubler']],
    ['Notches', 'Notches', 'number'],
    ['FlangerDelayTime', 'Flanger Time', 'sToMs', 'm'],
    ['DoublerDelayTime', 'Doubler Time', 'sToMs', 'm'],
    ['ModulationBlend', 'Mod Blend', 'number', 'm'],
    ['CenterFrequency', 'Center Freq', 'Hz'],
    ['Spread', 'Spread', 'ratio100'],
    ['Feedback', 'Feedback', 'ratio100', 'm'],
    ['Warmth', 'Warmth', 'ratio100', 'm'],
    ['SafeBassFrequency', 'Safe Freq', 'Hz'],
    ['InvertWet', 'FB Invert', OFF_ON],
    ['OutputGain', 'Output', 'gain', 'm'],
    ['DryWet', 'Dry/Wet', 'ratio100'],
  ],
};

/** Chorus, flanger, panning and frequency shifting. */
export const MODULATION = [autoPan, chorus, chorusEnsemble, flanger, frequencyShifter, phaserFlanger];
