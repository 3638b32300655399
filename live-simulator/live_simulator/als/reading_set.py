"""The song: transport, tracks, scenes, locators. docs/als-format.md, The Set; docs/live-api.md, mapping."""

import re

from . import figures, scales
from .errors import AlsError
from .reading_track import read_track

#: Names of scales in Live's order; from 12.1 on the file has their number.
SCALES = (
    "Major", "Minor", "Dorian", "Mixolydian", "Lydian", "Phrygian", "Locrian", "Whole Tone", "Half-whole Dim.",
    "Whole-half Dim.", "Minor Blues", "Minor Pentatonic", "Major Pentatonic", "Harmonic Minor", "Harmonic Major",
    "Dorian #4", "Phrygian Dominant", "Melodic Minor", "Lydian Augmented", "Lydian Dominant", "Super Locrian",
    "8-Tone Spanish", "Bhairav", "Hungarian Minor", "Hirajoshi", "In-Sen", "Iwato", "Kumoi", "Pelog Selisir",
    "Pelog Tembung", "Messiaen 3", "Messiaen 4", "Messiaen 5", "Messiaen 6", "Messiaen 7",
)
#: Names of unnamed scenes up to Live 10.
NUMBERED = re.compile(r"^ \d+$")


def read_song(reader):
    """The whole description."""
    document = reader.document
    song = document.child(1, "LiveSet") if len(document.lines) > 2 else None
    if song is None:
        raise AlsError("not a Live Set: <Ableton> holds no <LiveSet>")
    at = document.by_tag(song)
    main = at.get(reader.version.main_track)
    if "Tracks" not in at or main is None:
        raise AlsError("not a whole Set: no tracks or no main track")
    scenes = [_scene(reader, kid) for kid in _scene_lines(reader, at)]
    reader.scene_uids = [scene["uid"] for scene in scenes]
    tracks, returns = _tracks(reader, at["Tracks"])
    props = _props(reader, at, main)
    lists = {"tracks": tracks, "returns": returns, "main": [_main(reader, main, at.get("PreHearTrack"))],
             "scenes": scenes, "locators": _locators(reader, at.get("Locators"))}
    return reader.make("song", song, props, lists)


def _tracks(reader, line):
    document, uids, tracks, returns = reader.document, {}, [], []
    for kid in document.kids(line):
        uids[document.id(kid)] = reader.uid_of(kid)
        group = uids.get(document.integer(kid, "TrackGroupId", -1))
        (returns if document.tag(kid) == "ReturnTrack" else tracks).append(read_track(reader, kid, group))
    return tracks, returns


def _main(reader, line, cue):
    node = read_track(reader, line, None)
    mixer = reader.document.path(line, "DeviceChain/Mixer")
    gain = reader.document.number(cue, "DeviceChain/Mixer/Volume/Manual", 1.0)
    node["props"]["cue_volume"] = scales.fader_from_gain(gain)
    node["props"]["crossfader"] = reader.document.number(mixer, "CrossFade/Manual")
    return reader.make("track", line, node["props"], node["lists"], node["auto_name"])


def _props(reader, at, main):
    document = reader.document
    mixer, transport = document.path(main, "DeviceChain/Mixer"), at.get("Transport")
    meter = scales.meter_from_code(document.integer(mixer, "TimeSignature/Manual", 201))
    scale = at.get("ScaleInformation")
    start = document.number(transport, "LoopStart")
    return {
        "tempo": document.number(mixer, "Tempo/Manual", 120.0),
        "signature_numerator": meter[0],
        "signature_denominator": meter[1],
        "root_note": document.integer(scale, "Root", document.integer(scale, "RootNote")),
        "scale_name": _scale(document.value(scale, "Name", "Major")),
        "scale_mode": document.own(at.get("InKey")) == "true",
        "loop": document.flag(transport, "LoopOn"),
        "loop_start": start,
        "loop_length": document.number(transport, "LoopLength"),
        "punch_in": document.flag(transport, "PunchIn"),
        "punch_out": document.flag(transport, "PunchOut"),
        "clip_trigger_quantization": int(figures.number(document.own(at.get("GlobalQuantisation"), "4"))),
        "midi_recording_quantization": int(figures.number(document.own(at.get("AutoQuantisation"), "0"))),
    }


def _scale(written):
    return SCALES[int(written)] if written.isdigit() and int(written) < len(SCALES) else written


def _scene_lines(reader, at):
    document, line = reader.document, at.get(reader.version.scenes)
    return [kid for kid in document.kids(line) if document.tag(kid) == "Scene"]


def _scene(reader, line):
    document = reader.document
    name = document.own(line) if reader.version.major < 11 else document.value(line, "Name")
    tempo_on = document.flag(line, "IsTempoEnabled")
    meter_on = document.flag(line, "IsTimeSignatureEnabled")
    meter = scales.meter_from_code(document.integer(line, "TimeSignatureId", 201)) if meter_on else (-1, -1)
    unnamed = reader.version.major < 11 and NUMBERED.match(name) is not None
    props = {"name": "" if unnamed else name}
    props.update(reader.color(line))
    props.update({
        "tempo": document.number(line, "Tempo", 120.0) if tempo_on else -1.0,
        "tempo_enabled": tempo_on,
        "time_signature_numerator": meter[0],
        "time_signature_denominator": meter[1],
        "time_signature_enabled": meter_on,
    })
    return reader.make("scene", line, props)


def _locators(reader, line):
    document = reader.document
    return [reader.make("locator", kid, {"name": document.value(kid, "Name"), "time": document.number(kid, "Time")})
            for kid in document.kids(document.child(line, "Locators"))]
