/**
 * Properties by kind of node. One unit per property, stated here; times are beats (quarter notes) unless
 * the name says otherwise. A property that does not apply, or that the source does not know, is absent.
 */

/** Palette index 0–69 of Live 10 and later; up to Live 9 an index into that version's own palette. */
type ColorIndex = number;

/** Automation, tempo and meter of the whole song, transport and what Live keeps once per Set. */
export type SetProps = {
  /** `Ableton Live 12.1.11`, as the writer states it. */
  readonly creator?: string;
  /** The file's own version, `MinorVersion`: `12.0_12120`. */
  readonly schema?: string;
  /** 8…12: the version of Live, not the `MajorVersion` of the file. */
  readonly liveMajor?: number;
  readonly tempoBpm?: number;
  readonly signatureNumerator?: number;
  readonly signatureDenominator?: number;
  /** 0 = C … 11 = B. */
  readonly scaleRoot?: number;
  /** Live's scale number (0 = Major, 1 = Minor, …), or the name in versions that store one. */
  readonly scaleName?: string;
  readonly scaleOn?: boolean;
  readonly loopOn?: boolean;
  readonly loopStart?: number;
  readonly loopLength?: number;
  readonly punchIn?: boolean;
  readonly punchOut?: boolean;
  readonly metronomeOn?: boolean;
  /** Live's number of the global launch quantisation (0 = none, 4 = 1 bar). */
  readonly launchQuantization?: number;
  readonly recordQuantization?: number;
  readonly annotation?: string;
};

export type TrackType = 'audio' | 'midi' | 'group' | 'return' | 'main';

/** The mixer of a track or chain. */
export type MixerProps = {
  /** dB; −70 is the bottom of Live's fader, shown there as −inf dB. */
  readonly volumeDb?: number;
  /** −1 (left) … 1 (right). */
  readonly pan?: number;
  readonly panMode?: 'stereo' | 'split';
  readonly panLeft?: number;
  readonly panRight?: number;
  /** `true` = the speaker button is off. */
  readonly mute?: boolean;
  readonly solo?: boolean;
  readonly crossfade?: 'A' | 'none' | 'B';
  /** Parameters in the `parameters` facet. */
  readonly parameterCount?: number;
};

export type TrackProps = MixerProps & {
  readonly type: TrackType;
  /**
   * Without what Live derives from the position: `Audio` of `3-Audio`, `Reverb` of `A-Reverb`. See
   * `trackTitle` for the name as the header shows it.
   */
  readonly name: string;
  /** Live names the track, after its first clip or device. */
  readonly autoName?: boolean;
  readonly annotation?: string;
  readonly color?: ColorIndex;
  readonly arm?: boolean;
  /** `in`, `auto`, `off`. */
  readonly monitoring?: 'in' | 'auto' | 'off';
  /** Routing targets as Live writes them, e.g. `AudioOut/Main`. */
  readonly audioInput?: string;
  readonly audioInputName?: string;
  readonly audioOutput?: string;
  readonly audioOutputName?: string;
  readonly midiInput?: string;
  readonly midiInputName?: string;
  readonly midiOutput?: string;
  readonly midiOutputName?: string;
  readonly frozen?: boolean;
  /** Track delay, in ms unless {@link delayInSamples}. */
  readonly delay?: number;
  readonly delayInSamples?: boolean;
  /** Cue (pre-hear) volume in dB; main track only. */
  readonly cueVolumeDb?: number;
  /** −1 (A) … 1 (B); main track only. */
  readonly crossfader?: number;
  /** Automated parameters (arrangement automation; from Live 10 the envelopes of the track). */
  readonly envelopeCount?: number;
};

export type DeviceProps = {
  /** XML tag = Live's `class_name`: `Eq8`, `PluginDevice`, … */
  readonly class: string;
  readonly type: 'native' | 'rack' | 'plugin' | 'max';
  /** As Live's title bar shows it. */
  readonly name: string;
  readonly userName?: string;
  readonly annotation?: string;
  readonly on?: boolean;
  /** `VST2`, `VST3`, `AU`. */
  readonly pluginFormat?: string;
  readonly pluginVendor?: string;
  /** Path of the patch of a Max device. */
  readonly patch?: string;
  /** Macros a rack shows (8 up to Live 10). */
  readonly macroCount?: number;
  readonly parameterCount?: number;
  readonly sampleCount?: number;
  readonly warpMarkerCount?: number;
  readonly envelopeCount?: number;
};

export type ChainProps = MixerProps & {
  readonly name: string;
  readonly userName?: string;
  readonly annotation?: string;
  readonly color?: ColorIndex;
  /** MIDI note a drum chain receives, 0–127 (36 = C1 as Live names it); absent = all notes. */
  readonly receivingNote?: number;
  readonly sendingNote?: number;
  /** 1–16; absent = none. */
  readonly chokeGroup?: number;
  readonly audioOutput?: string;
  readonly audioOutputName?: string;
  /** Up to Live 9, where each parameter holds its own automation. */
  readonly envelopeCount?: number;
};

export type ClipProps = {
  readonly type: 'midi' | 'audio';
  readonly name: string;
  readonly annotation?: string;
  readonly color?: ColorIndex;
  /** Session clips: id of the scene in whose row the clip lies. */
  readonly scene?: string;
  /** Arrangement and take-lane clips: place in the song. */
  readonly start?: number;
  readonly end?: number;
  /** Loop and start marker inside the clip: beats, or seconds for unwarped audio. */
  readonly loopOn?: boolean;
  readonly loopStart?: number;
  readonly loopEnd?: number;
  readonly startOffset?: number;
  readonly endMarker?: number;
  readonly disabled?: boolean;
  readonly launchMode?: number;
  readonly launchQuantization?: number;
  readonly legato?: boolean;
  readonly velocityAmount?: number;
  readonly signatureNumerator?: number;
  readonly signatureDenominator?: number;
  readonly warped?: boolean;
  readonly warpMode?: number;
  /** Semitones. */
  readonly pitchCoarse?: number;
  /** Cents. */
  readonly pitchFine?: number;
  readonly gainDb?: number;
  /** File name of the sample, and its path as stored. */
  readonly sample?: string;
  readonly samplePath?: string;
  readonly noteCount?: number;
  readonly warpMarkerCount?: number;
  readonly envelopeCount?: number;
};

/** A clip slot that differs from Live's default. Every regular track has as many slots as the Set has scenes. */
export type SlotProps = { readonly scene: string; readonly hasStop?: boolean };

export type SceneProps = {
  readonly name: string;
  readonly annotation?: string;
  readonly color?: ColorIndex;
  /** Present only where the scene sets them. */
  readonly tempoBpm?: number;
  readonly signatureNumerator?: number;
  readonly signatureDenominator?: number;
};

export type LocatorProps = {
  readonly name: string;
  readonly time: number;
  readonly annotation?: string;
  readonly songStart?: boolean;
};

export type SendProps = {
  /** Id of the return track or return chain. */
  readonly target: string;
  /** dB; −70 is the bottom, shown as −inf dB. */
  readonly levelDb?: number;
  readonly active?: boolean;
  readonly parameterCount?: number;
  /** Up to Live 9, where each parameter holds its own automation. */
  readonly envelopeCount?: number;
};

export type TakeLaneProps = { readonly name: string; readonly annotation?: string };
