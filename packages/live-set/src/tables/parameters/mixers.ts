import { type DeviceTable, OFF_ON, type ParameterRow } from '../parameter-row.ts';

const SIDE_CHAIN_EQ_TYPES = ['Low Shelf', 'Bell', 'High Shelf', 'Low pass', 'Peak', 'High pass'] as const;

/** Side-chain EQ under a prefix: `SideChainEq/` up to Live 11, `SideChainEq_` in some devices of Live 12. */
const sideChainEq = (prefix: string): readonly ParameterRow[] => [
  [`${prefix}On`, 'S/C EQ On', OFF_ON],
  [`${prefix}Mode`, 'S/C EQ Type', SIDE_CHAIN_EQ_TYPES],
  [`${prefix}Freq`, 'S/C EQ Freq', 'Hz', 'm'],
  [`${prefix}Q`, 'S/C EQ Q', 'number', 'm'],
  [`${prefix}Gain`, 'S/C EQ Gain', 'dB', 'm'],
];

/** What stands for every device. */
const anyDevice: DeviceTable = {
  tags: ['*'],
  source: 'dump12',
  rows: [
    ['On', 'Device On', OFF_ON],
    ...['SideChain/', 'AudioSideChain/'].flatMap((prefix): readonly ParameterRow[] => [
      [`${prefix}OnOff`, 'S/C On', OFF_ON],
      [`${prefix}RoutedInput/Volume`, 'S/C Gain', 'gain', 'm'],
      [`${prefix}DryWet`, 'S/C Mix', 'ratio100', 'm'],
    ]),
    ['SideListen', 'S/C Listen', OFF_ON],
    ...sideChainEq('SideChainEq/'),
    ...sideChainEq('SideChainEq_'),
  ],
};

const track: DeviceTable = {
  tags: ['Mixer'],
  source: 'lom',
  rows: [
    ['On', 'Mixer On', OFF_ON, 'i'],
    ['Volume', 'Track Volume', 'gain', 'm'],
    ['Pan', 'Track Panning', 'pan', 'm'],
    ['SplitStereoPanL', 'Split Stereo Pan Left', 'pan', 'i'],
    ['SplitStereoPanR', 'Split Stereo Pan Right', 'pan', 'i'],
    ['Speaker', 'Track Activator', OFF_ON],
    ['Sends/TrackSendHolder/Send', 'Send', 'gain', 'm'],
    ['CrossFadeState', 'X-Fade Assign', ['A', 'none', 'B']],
    ['Tempo', 'Song Tempo', 'bpm', 'm'],
    ['TimeSignature', 'Time Signature'],
    ['GlobalGrooveAmount', 'Global Groove Amount', 'percent', 'i'],
    // −1 (A) … 1 (B).
    ['CrossFade', 'Crossfader'],
  ],
};

const cue: DeviceTable = {
  tags: ['PreHearTrack'],
  source: 'lom',
  rows: [['Volume', 'Cue Volume', 'gain']],
};

const chain: DeviceTable = {
  tags: ['MixerDevice', 'AudioBranchMixerDevice', 'MidiBranchMixerDevice'],
  source: 'lom',
  rows: [
    ['On', 'Mixer On', OFF_ON, 'i'],
    ['Volume', 'Chain Volume', 'gain', 'm'],
    ['Panorama', 'Chain Panning', 'pan', 'm'],
    ['Speaker', 'Chain Activator', OFF_ON],
    ['SendInfos/AudioBranchSendInfo/Send', 'Send', 'gain', 'm'],
  ],
};

const rack: DeviceTable = {
  tags: ['InstrumentGroupDevice', 'DrumGroupDevice', 'AudioEffectGroupDevice', 'MidiEffectGroupDevice'],
  source: 'lom',
  rows: [
    ['MacroControls.*', 'Macro {1}', 'number', 'm'],
    ['ChainSelector', 'Chain Selector', 'number', 'm'],
  ],
};

const proxy: DeviceTable = {
  tags: ['ProxyAudioEffectDevice', 'ProxyInstrumentDevice'],
  source: 'manual',
  rows: [
    ['OutputHelper/Volume', 'Output Gain', 'gain', 'i'],
    ['InputHelper/Volume', 'Input Gain', 'gain', 'i'],
    ['DryWet', 'Dry/Wet', 'ratio100', 'i'],
  ],
};

/** Mixers, racks, and what all devices share. */
export const MIXERS = [anyDevice, track, cue, chain, rack, proxy];
