"""Small elements of our own, for new things where the Set has nothing of the kind that could be copied.

They hold what the format needs to be understood (docs/als-format.md), not all that Live would write.
"""

from . import devices, figures
from .document import Document
from .tree import Scope

_SILENCE = "0.0003162277571"


def document_of(made):
    """A document with one element at its first line."""
    lines = []
    _write(made, 0, lines)
    return Document(lines)


def node_of(made):
    """A node for an element without pointees."""
    return Scope(document_of(made), 0).root


def _write(made, depth, lines):
    head, kids = made
    indent = "\t" * depth
    if not kids:
        lines.append("%s<%s />" % (indent, head))
        return
    lines.append("%s<%s>" % (indent, head))
    for kid in kids:
        _write(kid, depth + 1, lines)
    lines.append("%s</%s>" % (indent, head.split(" ", 1)[0]))


def value(tag, text=""):
    """An element with nothing but a Value."""
    return ('%s Value="%s"' % (tag, figures.escape(text)), ())


def element(head, *kids):
    """An element; ``head``: name and attributes."""
    return (head, kids)


_v, _of = value, element


def _id(version):
    return ' Id="0"' if version.list_ids else ""


def switch(tag, on=True):
    """A parameter that is on or off."""
    return _of(tag, _v("LomId", "0"), _v("Manual", figures.boolean(on)), _target("AutomationTarget"),
               _of("MidiCCOnOffThresholds", _v("Min", "64"), _v("Max", "127")))


def number(tag, text, low, high, target="0"):
    """A parameter with a range."""
    return _of(tag, _v("LomId", "0"), _v("Manual", text), _of("MidiControllerRange", _v("Min", low), _v("Max", high)),
               _target("AutomationTarget", target), _target("ModulationTarget"))


def choice(tag, text, target="0"):
    """A parameter with a few whole values."""
    return _of(tag, _v("LomId", "0"), _v("Manual", text), _target("AutomationTarget", target))


def _target(tag, ident="0"):
    return _of('%s Id="%s"' % (tag, ident), _v("LockEnvelope", "0"))


def _name(version):
    extra = (_v("MemorizedFirstClipName"),) if version.major >= 10 else ()
    return _of("Name", _v("EffectiveName"), _v("UserName"), _v("Annotation"), *extra)


def _device_head(*more):
    head = (_v("LomId", "0"), _v("LomIdView", "0"), _v("IsExpanded", "true"), switch("On"),
            ("ParametersListWrapper LomId=\"0\"", ()), ('Pointee Id="0"', ()), _v("LastSelectedTimeableIndex", "0"),
            _v("LastSelectedClipEnvelopeIndex", "0"), _of("LastPresetRef", ("Value", ())), ("LockedScripts", ()),
            _v("IsFolded", "false"), _v("ShouldShowPresetName", "true"), _v("UserName"), _v("Annotation"),
            _of("SourceContext", ("Value", ())))
    return head + more


def _mixer(*more):
    return _of("Mixer", *_device_head(
        ("Sends", ()), switch("Speaker"), _v("SoloSink", "false"), _v("PanMode", "0"), number("Pan", "0", "-1", "1"),
        number("SplitStereoPanL", "-1", "-1", "1"), number("SplitStereoPanR", "1", "-1", "1"),
        number("Volume", "1", _SILENCE, "1.99526238"), choice("CrossFadeState", "1"),
        ('SendsListWrapper LomId="0"', ()), *more))


def _routing(tag, target, upper, lower=""):
    return _of(tag, _v("Target", target), _v("UpperDisplayString", upper), _v("LowerDisplayString", lower))


def _sequencer(tag, midi, recorder):
    clips = _of("ClipTimeable" if midi else "Sample", _of("ArrangerAutomation", ("Events", ())))
    return _of(tag, *_device_head(("ClipSlotList", ()), _v("MonitoringEnum", "1"), clips,
                                  _of("Recorder", _v("IsArmed", figures.boolean(recorder)), _v("TakeCounter", "0"))))


def track(version, tag):
    """A track of that tag without slots, sends, devices."""
    midi, main = tag == "MidiTrack", "Main" if version.major >= 12 else "Master"
    plain = tag in ("AudioTrack", "MidiTrack")
    sequencers = (_sequencer("MainSequencer", midi, False), _sequencer("FreezeSequencer", False, False))
    chain = _of("DeviceChain", _of("AutomationLanes", ("AutomationLanes", ())),
                _routing("AudioInputRouting", "AudioIn/External/S0", "Ext. In", "1/2"),
                _routing("MidiInputRouting", "MidiIn/External.All/-1", "Ext: All Ins"),
                _routing("AudioOutputRouting", "AudioOut/" + main, main),
                _routing("MidiOutputRouting", "MidiOut/None", "None"),
                _mixer(), *(sequencers if plain else sequencers[1:]) + (_of("DeviceChain", ("Devices", ())),))
    delay = _of("TrackDelay", _v("Value", "0"), _v("IsValueSampleBased", "false"))
    head = [_v("LomId", "0"), _v("LomIdView", "0"), delay,
            _name(version), _v(version.color, "0")]
    if version.major >= 10:
        head.append(_of("AutomationEnvelopes", ("Envelopes", ())))
    head += [_v("TrackGroupId", "-1"), _v("TrackUnfolded", "true")]
    if version.major >= 11:
        head.append(_of("TakeLanes", ("TakeLanes", ()), _v("AreTakeLanesFolded", "true")))
    if tag == "GroupTrack":
        head.append(("Slots", ()))
    return _of(tag + ' Id="0"', *head + [_v("Freeze", "false"), chain])


def main_track(tag, version, name, more, envelopes):
    """The main or the cue track; ``more``: parameters of its mixer, ``envelopes``: its automation."""
    named = _of("Name", _v("EffectiveName", name), _v("UserName"), _v("Annotation"))
    chain = _of("DeviceChain", _mixer(*more), _of("DeviceChain", ("Devices", ())))
    return _of(tag, _v("LomId", "0"), named, _v(version.color, "0"),
                   _of("AutomationEnvelopes", _of("Envelopes", *envelopes)), chain)


def slot(version):
    """An empty slot."""
    return _of("ClipSlot" + _id(version), _v("LomId", "0"), _of("ClipSlot", ("Value", ())), _v("HasStop", "true"),
               _v("NeedRefreeze", "true"))


def group_slot(version):
    """A slot of a group track."""
    return _of("GroupTrackSlot" + _id(version), _v("LomId", "0"))


def send_holder(version, tag):
    """A send of a track (``TrackSendHolder``) or of a chain (``AudioBranchSendInfo``)."""
    enabled = _v("EnabledByUser" if version.major >= 12 else "Active", "true")
    index = (_v("Index", "0"),) if tag == "AudioBranchSendInfo" else ()
    ident = _id(version) if index else ' Id="0"'
    return _of(tag + ident, number("Send", _SILENCE, _SILENCE, "1"), enabled, *index)


def send_pre(version):
    """The switch of a return: sends before or after the fader."""
    return ("SendPreBool%s Value=\"false\"" % _id(version), ())


def scene(version):
    """A scene."""
    if version.major < 11:
        return _of('Scene%s Value=""' % _id(version), _v("Annotation"), _v("ColorIndex", "-1"), _v("LomId", "0"),
                   ('ClipSlotsListWrapper LomId="0"', ()))
    return _of('Scene Id="0"', _v("Name"), _v("Annotation"), _v("Color", "-1"), _v("Tempo", "120"),
               _v("IsTempoEnabled", "false"), _v("TimeSignatureId", "201"), _v("IsTimeSignatureEnabled", "false"),
               _v("LomId", "0"), ('ClipSlotsListWrapper LomId="0"', ()))


def locator(version):
    """A locator."""
    return _of("Locator" + _id(version), _v("LomId", "0"), _v("Time", "0"), _v("Name"), _v("Annotation"),
               _v("IsSongStart", "false"))


def take_lane(version):
    """A take lane."""
    return _of("TakeLane" + _id(version), _v("Height", "51"), _v("IsContentSelectedInDocument", "false"),
               _of("ClipAutomation", ("Events", ())), _v("Name"), _v("Annotation"), _v("Audition", "false"))


def clip(version, midi):
    """A clip."""
    ident = _id(version)
    body = [_v("LomId", "0"), _v("LomIdView", "0"), _v("CurrentStart", "0"), _v("CurrentEnd", "4"),
            _of("Loop", _v("LoopStart", "0"), _v("LoopEnd", "4"), _v("StartRelative", "0"), _v("LoopOn", "true"),
                _v("OutMarker", "4"), _v("HiddenLoopStart", "0"), _v("HiddenLoopEnd", "4")),
            _v("Name"), _v("Annotation"), _v(version.color, "0"), _v("LaunchMode", "0"), _v("LaunchQuantisation", "0"),
            _of("TimeSignature", _of("TimeSignatures", _of(
                "RemoteableTimeSignature" + ident, _v("Numerator", "4"), _v("Denominator", "4"), _v("Time", "0")))),
            _of("Envelopes", ("Envelopes", ())), _v("Legato", "false"), _v("Ram", "false"), _v("Disabled", "false"),
            _v("VelocityAmount", "0"), _v("IsWarped", "true")]
    body += _midi_clip() if midi else _audio_clip(version)
    return _of("%s%s Time=\"0\"" % ("MidiClip" if midi else "AudioClip", ident), *body)


def _midi_clip():
    return [_of("Notes", ("KeyTracks", ()), _of("PerNoteEventStore", ("EventLists", ())),
                _of("NoteIdGenerator", _v("NextId", "1")))]


def _audio_clip(version):
    path = (_v("RelativePathType", "0"), _v("RelativePath"), _v("Path"), _v("Type", "2")) if version.major >= 11 \
        else (_v("HasRelativePath", "false"), _v("RelativePathType", "0"), ("RelativePath", ()), _v("Name"))
    return [_of("SampleRef", _of("FileRef", *path)), _of("Fades"), _v("PitchCoarse", "0"), _v("PitchFine", "0"),
            _v("SampleVolume", "1"), _v("WarpMode", "0"), ("WarpMarkers", ())]


def device(version, tag, parameters):
    """A device; ``parameters``: their members as in the description."""
    body = list(_device_head())
    if tag in devices.RACKS:
        body += [("Branches", ()), ("ReturnBranches", ()), _v("NumVisibleMacroControls", "8")]
        body += [_v("MacroDisplayNames.%d" % number, "Macro %d" % (number + 1)) for number in range(16)]
    body += [_parameter(props) for props in parameters if props["original_name"] != "Device On"]
    return _of(tag + ' Id="0"', *body)


def _parameter(props):
    steps = devices.parameter_path(props["original_name"]).split("/")
    low, high, text = (figures.single(props.get(name, 0.0)) for name in ("min", "max", "value"))
    if list(props.get("value_items") or ()) == ["Off", "On"]:
        made = switch(steps[-1], props["value"] >= 0.5)
    elif props.get("is_quantized"):
        made = choice(steps[-1], text)
    else:
        made = number(steps[-1], text, low, high)
    for step in reversed(steps[:-1]):
        made = _of(step, made)
    return made


def chain(version, tags):
    """A chain of a rack; ``tags``: of the chain and of the chain of devices in it."""
    branch, inner = tags
    body = [_v("LomId", "0"), _name(version), _v("IsSelected", "false"),
            _of("DeviceChain", _of(inner + _id(version), ("Devices", ()))),
            _of("BranchSelectorRange", _v("Min", "0"), _v("Max", "0"), _v("CrossfadeMin", "0"),
                _v("CrossfadeMax", "0")),
            _v("IsSoloed", "false"), _v(version.color, "0"),
            _of("MixerDevice", *_device_head(switch("Speaker"), number("Volume", "1", _SILENCE, "1.99526238"),
                                             number("Panorama", "0", "-1", "1"), ("SendInfos", ())))]
    if branch == "DrumBranch":
        body.append(_of("BranchInfo", _v("ReceivingNote", "92"), _v("SendingNote", "60"), _v("ChokeGroup", "0")))
    return _of(branch + ' Id="0"', *body)
