import { type DeviceTable, OFF_ON, type ParameterRow } from '../parameter-row.ts';

const ARPEGGIATOR_STYLES = [
  'Up',
  'Down',
  'UpDown',
  'DownUp',
  'Up & Down',
  'Down & Up',
  'Converge',
  'Diverge',
  'Con & Diverge',
  'Pinky Up',
  'Pinky UpDown',
  'Thumb Up',
  'Thumb UpDown',
  'Play Order',
  'Chord Trigger',
  'Random',
  'Random Other',
  'Random Once',
] as const;
const KEYS = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B'] as const;

const arpeggiator: DeviceTable = {
  tags: ['MidiArpeggiator'],
  source: 'dump12',
  rows: [
    ['Mode', 'Style', ARPEGGIATOR_STYLES],
    ['PatternOffset', 'Offset', 'number', 'm'],
    ['RepeatCount', 'Repeats'],
    ['SyncState', 'Sync On', OFF_ON],
    ['SyncedRate', 'Synced Rate'],
    ['Groove', 'Groove', ['Straight', 'Swing 8', 'Swing 16', 'Swing 32']],
    ['FreeRate', 'Free Rate', 'ms', 'm'],
    ['Gate', 'Gate', 'percent', 'm'],
    ['Retrigger', 'Retrigger Mode', ['Off', 'Note', 'Beat']],
    ['RetriggerInterval', 'Ret. Interval'],
    ['Hold', 'Hold On', OFF_ON],
    ['TransposeMode', 'Tranpose Mode'],
    ['TransposeKey', 'Tranpose Key', KEYS],
    ['TransposeSteps', 'Transp. Steps', 'number', 'm'],
    ['TransposeDistance', 'Transp. Dist.', 'st'],
    ['VelocitySwitch', 'Velocity On', OFF_ON],
    ['RetriggerVelocity', 'Vel. Retrigger', OFF_ON],
    ['VelocityDecay', 'Velocity Decay', 'ms', 'm'],
    ['VelocityTarget', 'Velocity Target', 'number', 'm'],
    ['UseCurrentScale', 'Use Current Scale', OFF_ON],
  ],
};

const velocity: DeviceTable = {
  tags: ['MidiVelocity'],
  source: 'dump12',
  rows: [
    ['Drive', 'Drive', 'number'],
    ['Compand', 'Compand', 'number'],
    ['Random', 'Random', 'number'],
    ['Mode', 'Mode', ['Clip', 'Gate', 'Fixed']],
    ['Operation', 'Operation', ['Velocity', 'Rel. Vel.', 'Both']],
    ['MaxOut', 'Out Hi', 'number'],
    ['MinOut', 'Out Low', 'number'],
    ['Range', 'Range', 'number', 'm'],
    ['Lowest', 'Lowest', 'number'],
  ],
};

const pitch: DeviceTable = {
  tags: ['MidiPitcher'],
  source: 'dump12',
  rows: [
    ['Pitch', 'Pitch', 'st', 'm'],
    ['PitchScaleDegrees', 'Pitch Scale Degrees', 'number', 'm'],
    ['Lowest', 'Lowest', 'note', 'm'],
    ['Range', 'Range', 'st', 'm'],
    ['RangeMode', 'Mode', ['Block', 'Fold', 'Limit']],
    ['UseCurrentScale', 'Use Current Scale', OFF_ON],
    ['StepWidth', 'Step Width', 'st', 'm'],
    ['StepWidthScaleDegrees', 'Step Width Scale Degrees', 'number', 'm'],
  ],
};

const noteLength: DeviceTable = {
  tags: ['MidiNoteLength'],
  source: 'dump12',
  rows: [
    ['Mode', 'Trigger Source'],
    ['Latch', 'Latch', OFF_ON],
    ['SyncState', 'Sync On', OFF_ON],
    ['SyncedLength', 'Synced Length'],
    ['TimeLength', 'Time Length', 'ms'],
    ['Gate', 'Gate', 'percent', 'm'],
    ['Balance', 'On/Off-Balance', 'percent', 'm', { later: 'Release Velocity' }],
    ['DecayTime', 'Decay Time', 'ms', 'm'],
    ['DecayKeyScale', 'Decay Key Scale', 'number', 'm'],
  ],
};

const random: DeviceTable = {
  tags: ['MidiRandom'],
  source: 'dump12',
  rows: [
    ['Chance', 'Chance', 'ratio100'],
    ['Choices', 'Choices', 'number'],
    ['Scale', 'Scale', 'number', 'd', { later: 'Interval' }],
    ['Sign', 'Sign', ['Add', 'Sub', 'Bi']],
    ['Alternate', 'Mode', ['Rnd', 'Alt']],
  ],
};

const chord: DeviceTable = {
  tags: ['MidiChord'],
  source: 'dump12',
  rows: [
    ...[1, 2, 3, 4, 5, 6].flatMap((number): readonly ParameterRow[] => [
      [`Shift${number}`, `Shift${number}`, 'st', 'm'],
      [`Velocity${number}`, `Velocity${number}`, 'ratio100', 'm'],
    ]),
  ],
};

const scale: DeviceTable = {
  tags: ['MidiScale'],
  source: 'dump12',
  rows: [
    ['Base', 'Base', KEYS],
    ['Transpose', 'Transpose', 'st', 'm'],
    ['Fold', 'Fold', OFF_ON],
    ['Lowest', 'Lowest', 'note', 'm'],
    ['Range', 'Range', 'st', 'm'],
    ['Mapping.*', 'Map {0}', 'number'],
  ],
};

export const MIDI_EFFECTS = [arpeggiator, velocity, pitch, noteLength, random, chord, scale];
