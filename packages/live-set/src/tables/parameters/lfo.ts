import { OFF_ON, type ParameterRow } from '../parameter-row.ts';

const QUANTIZE_RATES = ['0.5', '1', '2', '3', '4', '5', '6', '8', '12', '16'] as const;

/** How a device of Live 9 names the parts of the common LFO. */
export interface LfoNames {
  readonly prefix: string;
  readonly frequency?: string;
  readonly sync?: string;
  readonly syncRate?: string;
  readonly waves?: readonly string[];
  /** Texts of the switch between Hz and beats. */
  readonly rates?: readonly string[];
}

/** The LFO that Auto Filter, Auto Pan, Flanger, Phaser and Frequency Shifter share up to Live 11. */
export const legacyLfo = (path: string, names: LfoNames): readonly ParameterRow[] => [
  [`${path}Type`, `${names.prefix}Waveform`, names.waves],
  [`${path}Frequency`, names.frequency ?? `${names.prefix}Frequency`, 'Hz'],
  [`${path}RateType`, names.sync ?? `${names.prefix}Sync`, names.rates ?? ['Free', 'Sync']],
  [`${path}BeatRate`, names.syncRate ?? `${names.prefix}Sync Rate`],
  [`${path}StereoMode`, `${names.prefix}Stereo Mode`, ['Phase', 'Spin']],
  [`${path}Spin`, `${names.prefix}Spin`, 'ratio100', 'i'],
  [`${path}Phase`, `${names.prefix}Phase`, 'deg'],
  [`${path}Offset`, `${names.prefix}Offset`, 'deg'],
  [`${path}IsOn`, `${names.prefix}On`, OFF_ON, 'i'],
  [`${path}Quantize`, `${names.prefix}Quantize On`, OFF_ON],
  [`${path}BeatQuantize`, `${names.prefix}Quantize Rate`, QUANTIZE_RATES],
  [`${path}NoiseWidth`, `${names.prefix}Width (Random)`, undefined, 'i'],
];

/** The envelope follower of Flanger and Phaser. */
export const legacyEnvelope: readonly ParameterRow[] = [
  ['EnvelopeFollower/Amount', 'Env. Modulation'],
  ['EnvelopeFollower/Attack', 'Env. Attack', 'ms'],
  ['EnvelopeFollower/Release', 'Env. Release', 'ms'],
];
