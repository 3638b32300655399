"""Clips: session, arrangement, take lanes. docs/als-format.md, Clips."""

from . import figures, scales

TAGS = ("MidiClip", "AudioClip")


def clip_below(reader, line):
    """Line of the clip inside a session slot, or None."""
    document = reader.document
    holder = document.path(line, "ClipSlot/Value")
    for kid in document.kids(holder):
        if document.tag(kid) in TAGS:
            return kid
    return None


def clips_below(reader, events):
    """Clips of the arrangement or of a take lane, by start."""
    document = reader.document
    found = [read_clip(reader, kid) for kid in document.kids(events) if document.tag(kid) in TAGS]
    return sorted(found, key=lambda clip: clip["props"]["start_time"])


def read_clip(reader, line, scene=None):
    """A clip; ``scene``: uid of its scene when it lies in a slot."""
    document = reader.document
    at = document.by_tag(line)
    midi = document.tag(line) == "MidiClip"
    props = {"name": _name(document, at), "is_midi_clip": midi}
    props.update(reader.color(line))
    props.update(_places(document, at, scene))
    props.update(_launch(document, at))
    if midi:
        props["notes"] = _notes(document, at.get("Notes"))
    else:
        props.update(_audio(document, at))
    return reader.make("clip", line, props)


def _name(document, at):
    return document.own(at.get("Name"))


def _places(document, at, scene):
    loop = at.get("Loop")
    start = document.number(loop, "LoopStart")
    props = {
        "muted": document.own(at.get("Disabled")) == "true",
        "looping": document.flag(loop, "LoopOn"),
        "loop_start": start,
        "loop_end": document.number(loop, "LoopEnd"),
        "start_marker": start + document.number(loop, "StartRelative"),
        "end_marker": document.number(loop, "OutMarker"),
    }
    if scene is not None:
        props["scene"] = scene
    else:
        props["start_time"] = figures.number(document.own(at.get("CurrentStart"), "0"))
        props["end_time"] = figures.number(document.own(at.get("CurrentEnd"), "0"))
    return props


def _launch(document, at):
    meter = document.path(at.get("TimeSignature"), "TimeSignatures/RemoteableTimeSignature")
    return {
        "launch_mode": _whole(document, at, "LaunchMode"),
        "launch_quantization": _whole(document, at, "LaunchQuantisation"),
        "legato": document.own(at.get("Legato")) == "true",
        "velocity_amount": figures.number(document.own(at.get("VelocityAmount"), "0")),
        "signature_numerator": document.integer(meter, "Numerator", 4),
        "signature_denominator": document.integer(meter, "Denominator", 4),
    }


def _audio(document, at):
    gain = figures.number(document.own(at.get("SampleVolume"), "1"))
    path = document.value(at.get("SampleRef"), "FileRef/Path") or document.value(at.get("SampleRef"), "FileRef/Name")
    return {
        "warping": document.own(at.get("IsWarped")) == "true",
        "warp_mode": _whole(document, at, "WarpMode"),
        "pitch_coarse": _whole(document, at, "PitchCoarse"),
        "pitch_fine": figures.number(document.own(at.get("PitchFine"), "0")),
        "gain": scales.fader_from_gain(gain, scales.CLIP_GAIN),
        "file_path": path,
        "warp_markers": [_marker(document.attributes(kid)) for kid in document.kids(at.get("WarpMarkers"))
                         if document.tag(kid) == "WarpMarker"],
    }


def _whole(document, at, tag):
    return int(figures.number(document.own(at.get(tag), "0")))


def _marker(written):
    return [figures.number(written.get("BeatTime", "0")), figures.number(written.get("SecTime", "0"))]


def _notes(document, line):
    notes = []
    for track in document.kids(document.child(line, "KeyTracks")):
        pitch = document.integer(track, "MidiKey")
        for event in document.kids(document.child(track, "Notes")):
            notes.append(read_note(document.attributes(event), pitch, len(notes) + 1))
    return notes


def read_note(written, pitch, number):
    """A note from the attributes of its element; ``number`` is its id where the file gives none (up to 10.0)."""
    return {
        "note_id": int(written.get("NoteId", number)),
        "pitch": pitch,
        "start_time": float(written["Time"]),
        "duration": float(written["Duration"]),
        "velocity": float(written["Velocity"]),
        "mute": written.get("IsEnabled") == "false",
        "probability": float(written.get("Probability", 1)),
        "velocity_deviation": float(written.get("VelocityDeviation", 0)),
        "release_velocity": float(written.get("OffVelocity", 64)),
    }
