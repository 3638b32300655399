import { type DeviceTable, OFF_ON, type ParameterRow } from '../parameter-row.ts';

const compressor: DeviceTable = {
  tags: ['Compressor2'],
  source: 'dump11',
  rows: [
    ['Threshold', 'Threshold', 'gain', 'm'],
    ['Ratio', 'Ratio', 'to1', 'm'],
    ['ExpansionRatio', 'Expansion Ratio', 'to1', 'm'],
    ['Attack', 'Attack', 'ms', 'm'],
    ['Release', 'Release', 'ms', 'm'],
    ['AutoReleaseControlOnOff', 'Auto Release On/Off', OFF_ON],
    ['Gain', 'Output Gain', 'dB', 'm', { later: 'Output' }],
    ['GainCompensation', 'Makeup', OFF_ON],
    ['DryWet', 'Dry/Wet', 'ratio100', 'm'],
    ['Model', 'Model', ['Peak', 'RMS', 'Expand']],
    ['LegacyModel', 'Model (Legacy)', undefined, 'i'],
    ['LogEnvelope', 'Env Mode', ['Lin', 'Log']],
    ['LegacyEnvFollowerMode', 'Env Mode (Legacy)', undefined, 'i'],
    ['EnvFollowerMode', 'Env Mode', undefined, 'i'],
    ['Knee', 'Knee', 'dB', 'm'],
    ['LookAhead', 'LookAhead', ['0 ms', '1 ms', '10 ms']],
    ['SideEqOn', 'S/C EQ On', OFF_ON, 'i'],
    ['SideEqMode', 'S/C EQ Type', undefined, 'i'],
    ['SideEqFreq', 'S/C EQ Freq', 'Hz', 'i'],
    ['SideEqQ', 'S/C EQ Q', 'number', 'i'],
    ['SideEqGain', 'S/C EQ Gain', 'dB', 'i'],
  ],
};

const gate: DeviceTable = {
  tags: ['Gate'],
  source: 'dump12',
  rows: [
    ['Threshold', 'Threshold', 'gain', 'm'],
    ['Attack', 'Attack', 'ms', 'm'],
    ['Hold', 'Hold', 'ms', 'm'],
    ['Release', 'Release', 'ms', 'm'],
    ['Return', 'Return', 'dB'],
    ['Gain', 'Floor', 'dB', 'm'],
    ['FlipMode', 'FlipMode', ['Normal', 'Flip']],
    ['LookAhead', 'LookAhead', ['0 ms', '1.5 ms', '10 ms']],
  ],
};

const glue: DeviceTable = {
  tags: ['GlueCompressor'],
  source: 'dump12',
  rows: [
    ['Threshold', 'Threshold', 'dB', 'm'],
    ['Range', 'Range', 'dB', 'm'],
    ['Makeup', 'Makeup', 'dB', 'm', { later: 'Output' }],
    ['Attack', 'Attack', ['0.01 ms', '0.1 ms', '0.3 ms', '1 ms', '3 ms', '10 ms', '30 ms'], 'i'],
    ['Ratio', 'Ratio', ['2 : 1', '4 : 1', '10 : 1'], 'i'],
    ['Release', 'Release', ['0.1 s', '0.2 s', '0.4 s', '0.6 s', '0.8 s', '1.2 s', 'Auto'], 'i'],
    ['DryWet', 'Dry/Wet', 'ratio100', 'm'],
    ['PeakClipIn', 'Peak Clip In', OFF_ON],
  ],
};

const limiter: DeviceTable = {
  tags: ['Limiter'],
  source: 'dump12',
  rows: [
    ['Gain', 'Input Gain', 'dB', 'm'],
    ['Ceiling', 'Ceiling', 'dB', 'm'],
    ['Release', 'Release', 'ms'],
    ['AutoRelease', 'Auto', OFF_ON],
    ['LinkAmount', 'Link', 'ratio100', 'm'],
    ['LinkAmountMidSide', 'M/S Link', 'ratio100', 'm'],
    ['LinkChannels', 'Link Channels', OFF_ON, 'i'],
    ['Lookahead', 'Lookahead', ['1.5 ms', '3 ms', '6 ms']],
    ['Routing', 'Routing', ['L/R', 'M/S']],
    ['Mode', 'Mode', ['Standard', 'Soft Clip', 'True Peak']],
    ['Maximize', 'Maximize On', OFF_ON],
    ['MaximizeThreshold', 'Threshold', 'dB'],
    ['MaximizeOutput', 'Output', 'dB', 'm'],
  ],
};

const band = (name: string): readonly ParameterRow[] => [
  [`Gain${name}`, `Output Gain (${name})`, 'dB', 'm'],
  [`InputGain${name}`, `Input Gain (${name})`, 'dB', 'm'],
  [`Active${name}`, `Band Activator (${name})`, OFF_ON],
  [`AboveThreshold${name}`, `Above Threshold (${name})`, 'dB'],
  [`BelowThreshold${name}`, `Below Threshold (${name})`, 'dB', 'm'],
  [`AboveRatio${name}`, `Above Ratio (${name})`],
  [`BelowRatio${name}`, `Below Ratio (${name})`],
  [`Attack${name}`, `Attack Time (${name})`, 'ms', 'm'],
  [`Release${name}`, `Release Time (${name})`, 'ms', 'm'],
];

const multiband: DeviceTable = {
  tags: ['MultibandDynamics'],
  source: 'dump12',
  rows: [
    ['SplitLowMid', 'Low-Mid Crossover', 'Hz'],
    ['SplitMidHigh', 'Mid-High Crossover', 'Hz'],
    ['SoftKnee', 'Soft Knee On/Off', OFF_ON],
    ['EnvelopeIsPeak', 'Peak/RMS Mode', ['RMS', 'Peak']],
    ['OutputGain', 'Master Output', 'dB', 'm', { later: 'Output' }],
    ['GlobalAmount', 'Amount', 'ratio100', 'm'],
    ['GlobalTime', 'Time Scaling', 'ratio100', 'm'],
    ...['Low', 'Mid', 'High'].flatMap(band),
  ],
};

const drumBuss: DeviceTable = {
  tags: ['DrumBuss'],
  source: 'dump12',
  rows: [
    ['EnableCompression', 'Compressor On', OFF_ON],
    ['DriveAmount', 'Drive', 'ratio100', 'm'],
    ['DriveType', 'Drive Type', ['Soft', 'Medium', 'Hard']],
    ['CrunchAmount', 'Crunch', 'ratio100'],
    ['DampingFrequency', 'Damping Freq', 'Hz', 'm'],
    ['TransientShaping', 'Transients', 'number', 'm'],
    ['BoomFrequency', 'Boom Freq', 'Hz', 'm'],
    ['BoomAmount', 'Boom Amt', 'ratio100'],
    ['BoomDecay', 'Boom Decay', 'ratio100', 'm'],
    ['BoomAudition', 'Boom Audition', OFF_ON],
    ['InputTrim', 'Trim', 'gain', 'm'],
    ['OutputGain', 'Output Gain', 'gain', 'm', { later: 'Output' }],
    ['DryWet', 'Dry/Wet', 'ratio100', 'm'],
  ],
};

const utility: DeviceTable = {
  tags: ['StereoGain'],
  source: 'dump12',
  rows: [
    ['PhaseInvertL', 'Left Inv', OFF_ON],
    ['PhaseInvertR', 'Right Inv', OFF_ON],
    ['ChannelMode', 'Channel Mode', ['Left', 'Stereo', 'Right', 'Swap']],
    ['StereoWidth', 'Stereo Width', 'ratio100', 'm'],
    ['MidSideBalance', 'Mid/Side Balance'],
    ['Mono', 'Mono', OFF_ON],
    ['BassMono', 'Bass Mono', OFF_ON],
    ['BassMonoFrequency', 'Bass Freq', 'Hz', 'm'],
    ['Balance', 'Balance', 'pan', 'm'],
    // dB up to Live 9, linear gain from 10 on.
    ['Gain', 'Gain', 'gain', 'm', { later: 'Output', since: 10 }],
    ['LegacyGain', 'Gain (Legacy)', 'dB', 'i'],
    ['Mute', 'Mute', OFF_ON],
    ['DcFilter', 'DC Filter', OFF_ON],
    ['Panorama', 'Panorama', 'pan', 'i'],
    ['Source', 'Signal Source', undefined, 'i'],
    ['StereoSeparation', 'Stereo Separation', 'ratio100', 'i'],
    ['BlockDc', 'Block DC', OFF_ON, 'i'],
  ],
};

/** Compressors, gates, limiters, and Utility. */
export const DYNAMICS = [compressor, gate, glue, limiter, multiband, drumBuss, utility];
