"""Classes of devices: names as Live shows them, types, racks. A class that is not listed shows its tag."""

import re

INSTRUMENT, AUDIO_EFFECT, MIDI_EFFECT = 1, 2, 4

#: Rack: (tag of a chain, tag of the chain of devices in it).
RACKS = {
    "AudioEffectGroupDevice": ("AudioEffectBranch", "AudioToAudioDeviceChain"),
    "InstrumentGroupDevice": ("InstrumentBranch", "MidiToAudioDeviceChain"),
    "MidiEffectGroupDevice": ("MidiEffectBranch", "MidiToMidiDeviceChain"),
    "DrumGroupDevice": ("DrumBranch", "MidiToAudioDeviceChain"),
}
MIDI_CHAINS = ("InstrumentBranch", "MidiEffectBranch", "DrumBranch")
RETURN_CHAIN = ("ReturnBranch", "AudioToAudioDeviceChain")

PLUGINS = ("PluginDevice", "AuPluginDevice")

_INSTRUMENTS = {
    "Collision": "Collision", "Drift": "Drift", "DrumGroupDevice": "Drum Rack", "InstrumentGroupDevice":
    "Instrument Rack", "InstrumentImpulse": "Impulse", "InstrumentMeld": "Meld", "InstrumentVector": "Wavetable",
    "LoungeLizard": "Electric", "MultiSampler": "Sampler", "MxDeviceInstrument": "Max Instrument", "Operator":
    "Operator", "OriginalSimpler": "Simpler", "ProxyInstrumentDevice": "External Instrument", "StringStudio":
    "Tension", "UltraAnalog": "Analog", "DrumCell": "Drum Sampler",
}
_MIDI_EFFECTS = {
    "MidiArpeggiator": "Arpeggiator", "MidiChord": "Chord", "MidiEffectGroupDevice": "MIDI Effect Rack",
    "MidiNoteLength": "Note Length", "MidiPitcher": "Pitch", "MidiRandom": "Random", "MidiScale": "Scale",
    "MidiVelocity": "Velocity", "MxDeviceMidiEffect": "Max MIDI Effect", "MidiCcControl": "CC Control",
}
_AUDIO_EFFECTS = {
    "AudioEffectGroupDevice": "Audio Effect Rack", "AutoFilter": "Auto Filter", "AutoFilter2": "Auto Filter",
    "AutoPan": "Auto Pan", "BeatRepeat": "Beat Repeat", "Chorus": "Chorus", "Chorus2": "Chorus-Ensemble",
    "Compressor2": "Compressor", "Delay": "Delay", "DrumBuss": "Drum Buss", "Echo": "Echo", "Eq8": "EQ Eight",
    "FilterDelay": "Filter Delay", "FilterEQ3": "EQ Three", "FrequencyShifter": "Frequency Shifter", "Gate": "Gate",
    "GlueCompressor": "Glue Compressor", "GrainDelay": "Grain Delay", "Hybrid": "Hybrid Reverb", "Limiter":
    "Limiter", "Looper": "Looper", "MultibandDynamics": "Multiband Dynamics", "MxDeviceAudioEffect":
    "Max Audio Effect", "Overdrive": "Overdrive", "Pedal": "Pedal", "Phaser": "Phaser", "PhaserNew":
    "Phaser-Flanger", "PingPongDelay": "Ping Pong Delay", "ProxyAudioEffectDevice": "External Audio Effect",
    "Redux2": "Redux", "Resonator": "Resonators", "Reverb": "Reverb", "Roar": "Roar", "Saturator": "Saturator",
    "Shifter": "Shifter", "SpectrumAnalyzer": "Spectrum", "StereoGain": "Utility", "Tuner": "Tuner", "Vinyl":
    "Vinyl Distortion", "Vocoder": "Vocoder", "Amp": "Amp", "Cabinet": "Cabinet", "Corpus": "Corpus",
    "ChannelEq": "Channel EQ", "CrossDelay": "Simple Delay",
}


_MACRO = re.compile(r"^MacroControls\.(\d+)$")
_ODD = re.compile(r"[^A-Za-z0-9_. ]")
_CODE = re.compile(r"-x([0-9a-f]+)-|-|(?:^|(?<=/))_(?=[-\d])")
_KNOWN = {"On": "Device On", "ChainSelector": "Chain Selector"}


def parameter_name(path):
    """Name of a parameter from the path of its element: Live's where it is known, else the path."""
    macro = _MACRO.match(path)
    if macro:
        return "Macro %d" % (int(macro.group(1)) + 1)
    return _KNOWN.get(path) or _CODE.sub(_decode, path)


def parameter_path(name):
    """The path of elements for a parameter of that name; ``parameter_name`` gives the name again."""
    if name.startswith("Macro ") and name[6:].isdigit():
        return "MacroControls.%d" % (int(name[6:]) - 1)
    for path, known in _KNOWN.items():
        if known == name:
            return path
    return "/".join(_encode(step) for step in name.split("/"))


def _encode(step):
    written = _ODD.sub(lambda odd: "-x%x-" % ord(odd.group()), step).replace(" ", "-")
    return written if written[:1].isalpha() else "_" + written


def _decode(found):
    if found.group(1):
        return chr(int(found.group(1), 16))
    return " " if found.group() == "-" else ""


def display_name(tag):
    """The product name of a class."""
    for table in (_AUDIO_EFFECTS, _INSTRUMENTS, _MIDI_EFFECTS):
        if tag in table:
            return table[tag]
    return tag


def type_of(tag):
    """Live's number of the type; a plug-in is told apart by its element, not here."""
    if tag in _INSTRUMENTS:
        return INSTRUMENT
    return MIDI_EFFECT if tag in _MIDI_EFFECTS else AUDIO_EFFECT
