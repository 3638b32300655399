"""Tracks of every kind with their mixers, clips and devices. docs/als-format.md, Tracks."""

from . import devices, figures, scales
from .reading_clip import clip_below, clips_below, read_clip
from .reading_device import read_devices, read_send

PLAIN, GROUP, RETURN = ("AudioTrack", "MidiTrack"), "GroupTrack", "ReturnTrack"


def read_track(reader, line, group):
    """One track; ``group``: uid of the group track it lies in, or None."""
    document, tag = reader.document, reader.document.tag(line)
    chain = document.by_tag(document.child(line, "DeviceChain"))
    reader.automated = _automated(document, line)
    midi = tag == "MidiTrack"
    lists = {"devices": read_devices(reader, document.path(chain.get("DeviceChain"), "Devices"), midi)}
    lists["sends"] = [read_send(reader, kid) for kid in document.kids(document.child(chain.get("Mixer"), "Sends"))]
    props = {"name": track_name(document, line)}
    props.update(reader.color(line))
    props.update(_mixer(document, chain.get("Mixer")))
    props.update(_routing(document, chain, tag, midi))
    props.update({
        "group": group,
        "is_foldable": tag == GROUP,
        "is_frozen": document.flag(line, "Freeze"),
        "has_midi_input": midi,
        "has_audio_input": tag == "AudioTrack",
        "has_audio_output": not midi or any(d["props"]["type"] == devices.INSTRUMENT for d in lists["devices"]),
    })
    if tag == GROUP:
        props["fold_state"] = int(not document.flag(line, "TrackUnfolded", True))
    if tag in PLAIN:
        sequencer = chain.get("MainSequencer")
        props["arm"] = document.flag(sequencer, "Recorder/IsArmed")
        props["current_monitoring_state"] = document.integer(sequencer, "MonitoringEnum", 1)
        lists.update(_clips(reader, line, sequencer))
    if tag == reader.version.main_track:
        for name in ("group", "mute", "solo", "is_foldable"):
            props.pop(name, None)
    typed = document.value(line, "Name/UserName")
    return reader.make("track", line, props, lists, not typed)


def track_name(document, line):
    """The name that Live shows."""
    return document.value(line, "Name/EffectiveName") or document.value(line, "Name/UserName")


def _automated(document, line):
    return frozenset(document.integer(kid, "EnvelopeTarget/PointeeId")
                     for kid in document.kids(document.path(line, "AutomationEnvelopes/Envelopes")))


def _mixer(document, mixer):
    at = document.by_tag(mixer)
    return {
        "volume": scales.fader_from_gain(document.number(at.get("Volume"), "Manual", 1.0)),
        "panning": document.number(at.get("Pan"), "Manual"),
        "panning_mode": int(figures.number(document.own(at.get("PanMode"), "0"))),
        "left_split_stereo": document.number(at.get("SplitStereoPanL"), "Manual", -1.0),
        "right_split_stereo": document.number(at.get("SplitStereoPanR"), "Manual", 1.0),
        "crossfade_assign": document.integer(at.get("CrossFadeState"), "Manual", 1),
        "mute": document.value(at.get("Speaker"), "Manual", "true") == "false",
        "solo": document.own(at.get("SoloSink")) == "true",
    }


def _routing(document, chain, tag, midi):
    props = {}
    if tag in PLAIN:
        source = chain.get("MidiInputRouting" if midi else "AudioInputRouting")
        props["input_routing_type"] = document.value(source, "UpperDisplayString")
        props["input_routing_channel"] = document.value(source, "LowerDisplayString")
    if tag in PLAIN + (GROUP, RETURN):
        goal = chain.get("AudioOutputRouting")
        props["output_routing_type"] = document.value(goal, "UpperDisplayString")
        props["output_routing_channel"] = document.value(goal, "LowerDisplayString")
    return props


def slots_of(document, sequencer):
    """Lines of the slots of a sequencer, by scene."""
    return list(document.kids(document.child(sequencer, "ClipSlotList")))


def events_of(document, sequencer):
    """Line of the list of arrangement clips, or None."""
    for holder in ("ClipTimeable", "Sample"):
        events = document.path(sequencer, holder + "/ArrangerAutomation/Events")
        if events is not None:
            return events
    return None


def _clips(reader, line, sequencer):
    document, clips, slots = reader.document, [], []
    for scene, slot in zip(reader.scene_uids, slots_of(document, sequencer)):
        clip = clip_below(reader, slot)
        if clip is not None:
            clips.append(read_clip(reader, clip, scene))
        if not document.flag(slot, "HasStop", True):
            slots.append(reader.make("slot", slot, {"scene": scene, "has_stop_button": False}))
    lanes = [_lane(reader, kid) for kid in document.kids(document.path(line, "TakeLanes/TakeLanes"))]
    arrangement = clips_below(reader, events_of(document, sequencer))
    return {"clips": clips, "slots": slots, "arrangement": arrangement, "takeLanes": lanes}


def _lane(reader, line):
    document = reader.document
    clips = clips_below(reader, document.path(line, "ClipAutomation/Events"))
    name = document.value(line, "Name/EffectiveName") or document.value(line, "Name")
    return reader.make("takeLane", line, {"name": name}, {"clips": clips})
