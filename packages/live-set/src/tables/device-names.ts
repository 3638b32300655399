import type { SourceKey } from './sources.ts';
import { tagWords } from './words.ts';

/**
 * Device tag → the product name in Live's title bar. Where Live replaced a device by a newer one of the same name,
 * the old tag has `Legacy` only in Live versions that show both; here both have the plain name, as in the browser.
 */
const NAMES: readonly (readonly [SourceKey, Readonly<Record<string, string>>])[] = [
  [
    'notes12',
    {
      Compressor2: 'Compressor',
      GlueCompressor: 'Glue Compressor',
      DrumBuss: 'Drum Buss',
      MultibandDynamics: 'Multiband Dynamics',
      Gate: 'Gate',
      Limiter: 'Limiter',
      StereoGain: 'Utility',
      Eq8: 'EQ Eight',
      FilterEQ3: 'EQ Three',
      ChannelEq: 'Channel EQ',
      AutoFilter: 'Auto Filter',
      AutoFilter2: 'Auto Filter',
      Transmute: 'Spectral Resonator',
      Corpus: 'Corpus',
      Resonator: 'Resonators',
      Saturator: 'Saturator',
      Roar: 'Roar',
      Pedal: 'Pedal',
      Overdrive: 'Overdrive',
      Amp: 'Amp',
      Cabinet: 'Cabinet',
      Erosion: 'Erosion',
      Erosion2: 'Erosion',
      Redux: 'Redux',
      Redux2: 'Redux',
      Vinyl: 'Vinyl Distortion',
      Tube: 'Dynamic Tube',
      Chorus: 'Chorus',
      Chorus2: 'Chorus-Ensemble',
      Phaser: 'Phaser',
      Flanger: 'Flanger',
      PhaserNew: 'Phaser-Flanger',
      AutoPan: 'Auto Pan',
      AutoPan2: 'Auto Pan-Tremolo',
      Echo: 'Echo',
      Delay: 'Delay',
      GrainDelay: 'Grain Delay',
      FilterDelay: 'Filter Delay',
      BeatRepeat: 'Beat Repeat',
      Hybrid: 'Hybrid Reverb',
      Reverb: 'Reverb',
      Spectral: 'Spectral Time',
      Shifter: 'Shifter',
      Vocoder: 'Vocoder',
      InstrumentVector: 'Wavetable',
      Drift: 'Drift',
      Operator: 'Operator',
      UltraAnalog: 'Analog',
      InstrumentMeld: 'Meld',
      OriginalSimpler: 'Simpler',
      MultiSampler: 'Sampler',
      DrumGroupDevice: 'Drum Rack',
      InstrumentGroupDevice: 'Instrument Rack',
      AudioEffectGroupDevice: 'Audio Effect Rack',
      MidiEffectGroupDevice: 'MIDI Effect Rack',
    },
  ],
  [
    'banks11',
    {
      InstrumentImpulse: 'Impulse',
      LoungeLizard: 'Electric',
      StringStudio: 'Tension',
      Collision: 'Collision',
      FrequencyShifter: 'Frequency Shifter',
      Looper: 'Looper',
      MidiArpeggiator: 'Arpeggiator',
      MidiChord: 'Chord',
      MidiNoteLength: 'Note Length',
      MidiPitcher: 'Pitch',
      MidiRandom: 'Random',
      MidiScale: 'Scale',
      MidiVelocity: 'Velocity',
    },
  ],
  [
    'manual',
    {
      PingPongDelay: 'Ping Pong Delay',
      CrossDelay: 'Simple Delay',
      DrumCell: 'Drum Sampler',
    },
  ],
  [
    'classes12',
    {
      ProxyAudioEffectDevice: 'External Audio Effect',
      ProxyInstrumentDevice: 'External Instrument',
      AutoShift: 'Auto Shift',
      MidiCcControl: 'CC Control',
      Tuner: 'Tuner',
      SpectrumAnalyzer: 'Spectrum',
    },
  ],
  [
    'lom',
    {
      PluginDevice: 'Plug-in',
      AuPluginDevice: 'Audio Unit',
      MxDeviceAudioEffect: 'Max Audio Effect',
      MxDeviceInstrument: 'Max Instrument',
      MxDeviceMidiEffect: 'Max MIDI Effect',
    },
  ],
];

export interface DeviceName {
  readonly name: string;
  readonly source: SourceKey;
}

let compiled: ReadonlyMap<string, DeviceName> | undefined;

/** Product name of a device tag with its source; `undefined` for tags no source names. */
export function describeDevice(tag: string): DeviceName | undefined {
  compiled ??= compile();
  return compiled.get(tag);
}

/** Product name of a device tag, or the tag in words. The user's own name, where there is one, goes before it. */
export function deviceName(tag: string): string {
  return describeDevice(tag)?.name ?? tagWords(tag);
}

function compile(): ReadonlyMap<string, DeviceName> {
  const map = new Map<string, DeviceName>();
  for (const [source, names] of NAMES) {
    for (const [tag, name] of Object.entries(names)) map.set(tag, { name, source });
  }
  return map;
}
