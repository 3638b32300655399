import { describe, expect, test } from 'vitest';
import { DEVICE_TABLES, describeParameter, parameterWords } from '../../src/tables/device-parameters.ts';
import { SCALES } from '../../src/tables/parameter-row.ts';
import { SOURCES } from '../../src/tables/sources.ts';
import { CONVERSIONS } from '../../src/units.ts';

const rows = DEVICE_TABLES.flatMap((table) =>
  table.tags.flatMap((tag) => table.rows.map((row) => ({ tag, row, source: table.source }))),
);

/** What Live would show for a number of the file, by the table. */
function shown(tag: string, path: string, raw: number, liveMajor?: number): string {
  const info = describeParameter(tag, path, liveMajor);
  if (info?.values !== undefined) return info.values[raw] ?? '';
  if (info?.convert === undefined) return `${raw} ?`;
  return `${Number(CONVERSIONS[info.convert].toUnit(raw).toFixed(2))} ${info.unit ?? ''}`.trim();
}

describe('device parameters', () => {
  test('[TABLE-4] no device has a path twice', () => {
    const keys = rows.map(({ tag, row }) => `${tag} ${row[0]}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test('[TABLE-4] every source is listed, every conversion exists, every name is filled', () => {
    for (const scale of Object.values(SCALES)) expect(CONVERSIONS).toHaveProperty(scale.convert);
    for (const { tag, row, source } of rows) {
      expect(SOURCES).toHaveProperty(source);
      const info = describeParameter(tag, row[0].replace('.*', '.2'), 12);
      expect(info?.name, `${tag} ${row[0]}`).toMatch(/^[^{}]*[^{} ]$/);
      expect(SOURCES).toHaveProperty(info?.source ?? '');
      expect(row[0].includes('.*'), row[0]).toBe(row[1].includes('{'));
    }
  });

  test('[TABLE-5] names as Live lists them, numbered ones counted as Live counts', () => {
    const names = (tag: string, paths: readonly string[]): readonly (string | undefined)[] =>
      paths.map((path) => describeParameter(tag, path)?.name);
    expect(names('Eq8', ['Bands.0/ParameterA/Freq', 'Bands.7/ParameterB/Q', 'On'])).toEqual([
      '1 Frequency A',
      '8 Resonance B',
      'Device On',
    ]);
    expect(names('DrumGroupDevice', ['MacroControls.0', 'MacroControls.15'])).toEqual([
      'Macro 1',
      'Macro 16',
    ]);
    expect(names('Operator', ['Operator.0/Volume', 'Operator.3/Envelope/AttackTime'])).toEqual([
      'Osc-A Level',
      'De Attack',
    ]);
    expect(names('MultiSampler', ['AuxLfos.0/IsOn', 'Lfo/IsOn'])).toEqual(['L 2 On', 'L 1 On']);
    expect(names('Mixer', ['Speaker', 'Sends/TrackSendHolder/Send'])).toEqual(['Track Activator', 'Send']);
    expect(describeParameter('Eq8', 'Bands.1/ParameterA/Q')?.laterName).toBe('2 Q A');
  });

  // Defaults of real files against what Live 12.4.6 shows for a fresh device.
  test.each([
    ['Mixer', 'Volume', 1, '0 dB'],
    ['Compressor2', 'Threshold', 1, '0 dB'],
    ['Compressor2', 'Attack', 1, '1 ms'],
    ['Compressor2', 'Ratio', 4, '4 ratio'],
    ['Gate', 'Threshold', 0.2511886358, '-12 dB'],
    ['Gate', 'SideChainEq/Mode', 5, 'High pass'],
    ['Eq8', 'Bands.3/ParameterA/Mode', 3, 'Bell'],
    ['Eq8', 'Scale', 1, '100 %'],
    ['Reverb', 'DecayTime', 1200, '1200 ms'],
    ['Reverb', 'MixDirect', 0.55, '55 %'],
    ['Delay', 'DelayLine_TimeL', 0.3749999404, '375 ms'],
    ['OriginalSimpler', 'VolumeAndPan/Volume', -12, '-12 dB'],
    ['OriginalSimpler', 'VolumeAndPan/Envelope/SustainLevel', 1, '0 dB'],
    ['OriginalSimpler', 'Filter/Slot/Value/SimplerFilter/Freq', 22000, '22000 Hz'],
    ['Operator', 'Globals/Tone', 0.6999999881, '70 %'],
    ['InstrumentVector', 'Volume', 0.3548, '-9 dB'],
    ['Drift', 'Mixer_OscillatorGain2', 0.3981071, '-8 dB'],
    ['Roar', 'Feedback_FeedbackTime', 0.01818, '18.18 ms'],
    ['MidiPitcher', 'Range', 127, '127 st'],
  ])('[TABLE-6] %s %s = %d is shown as %s', (tag, path, raw, text) => {
    expect(shown(tag, path, raw)).toBe(text);
  });

  test('[TABLE-7] a scale that changed between versions has a unit only where the version is known', () => {
    expect(shown('StereoGain', 'Gain', 1, 12)).toBe('0 dB');
    expect(describeParameter('StereoGain', 'Gain', 9)).toMatchObject({ name: 'Gain' });
    expect(describeParameter('StereoGain', 'Gain', 9)).not.toHaveProperty('unit');
    expect(describeParameter('StereoGain', 'Gain')).not.toHaveProperty('convert');
  });

  test('[TABLE-8] a path that no table names is undefined, and has words', () => {
    expect(describeParameter('Eq8', 'Nothing/Here')).toBeUndefined();
    expect(describeParameter('NewDevice', 'On')?.name).toBe('Device On');
    expect(parameterWords('LfoAmount')).toBe('LFO Amount');
    expect(parameterWords('Bands.3/ParameterA/Freq')).toBe('Bands 4 A Freq');
    expect(parameterWords('Filter/Slot/Value/SimplerFilter/Freq')).toBe('Filter Freq');
    expect(parameterWords('DelayLine_SyncedSixteenthL')).toBe('Delay Line Synced Sixteenth L');
    expect(parameterWords('')).toBe('');
  });
});
