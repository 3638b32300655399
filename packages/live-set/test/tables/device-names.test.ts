import { describe, expect, test } from 'vitest';
import { describeDevice, deviceName } from '../../src/tables/device-names.ts';

describe('device names', () => {
  test.each([
    ['Eq8', 'EQ Eight'],
    ['Compressor2', 'Compressor'],
    ['StereoGain', 'Utility'],
    ['OriginalSimpler', 'Simpler'],
    ['MultiSampler', 'Sampler'],
    ['InstrumentVector', 'Wavetable'],
    ['UltraAnalog', 'Analog'],
    ['GlueCompressor', 'Glue Compressor'],
    ['MidiPitcher', 'Pitch'],
    ['CrossDelay', 'Simple Delay'],
    ['InstrumentGroupDevice', 'Instrument Rack'],
    ['DrumGroupDevice', 'Drum Rack'],
  ])('[TABLE-3] %s is %s', (tag, name) => {
    expect(deviceName(tag)).toBe(name);
  });

  test('[TABLE-3] an unknown tag becomes words and says that no source names it', () => {
    expect(describeDevice('NewLfoThing2')).toBeUndefined();
    expect(deviceName('NewLfoThing2')).toBe('New LFO Thing 2');
    expect(deviceName('constructor')).toBe('Constructor');
  });
});
