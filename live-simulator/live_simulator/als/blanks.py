"""Elements for things that are new: a copy of something of the kind without its content, or a template."""

from . import devices, sources, templates
from .document import Document
from .errors import AlsError
from .placed import Placed
from .reader import Reader
from .reading_device import read_device
from .tree import Scope


def make(editor, desc, holder):
    """A Placed for a new node of the description."""
    kind = desc["kind"]
    if kind not in _MAKERS:
        raise AlsError("a %s cannot be new" % kind)
    return _MAKERS[kind](editor, desc, holder)


def from_template(editor, element):
    """An area of its own that holds a template, with pointees of its own."""
    plain = templates.document_of(element)
    document = Document(editor.pointees.renew(plain.lines))
    empty = sources.Source(document, {}, {}, [])
    return sources.Area(empty, Scope(document, 0))


def _placed(desc, area, base=None):
    return Placed(desc, area, 0, base, True)


def _prototype(editor, kind, fits):
    """uid of the shortest element of a kind in the file that fits, or None."""
    document, best, size = editor.loaded.document, None, None
    for uid, base in editor.loaded.base.items():
        if base.kind == kind:
            line = editor.loaded.line_of[uid]
            length = document.end[line] - line
            if (size is None or length < size) and fits(document.tag(line), base):
                best, size = uid, length
    return best


def _copy_or(editor, desc, uid, element):
    if uid is None:
        return _placed(desc, from_template(editor, element()))
    area = sources.copy_area(editor.source, editor.loaded.line_of[uid], editor.pointees)
    area.is_copy = False
    return _placed(desc, area, editor.loaded.base[uid])


def _track(editor, desc, holder):
    props = desc["props"]
    tag = "AudioTrack"
    if props.get("is_foldable"):
        tag = "GroupTrack"
    elif any(desc is track for track in editor.description["lists"]["returns"]):
        tag = "ReturnTrack"
    elif props.get("has_midi_input"):
        tag = "MidiTrack"
    uid = _prototype(editor, "track", lambda found, base: found == tag and not base.props.get("is_frozen"))
    placed = _copy_or(editor, desc, uid, lambda: templates.track(editor.version, tag))
    node = placed.node
    for path in ("AutomationEnvelopes/Envelopes", "DeviceChain/AutomationLanes/AutomationLanes"):
        if node.path(path) is not None:
            node.path(path).set_kids([])
    for path in ("Name/UserName", "Name/Annotation", "Name/MemorizedFirstClipName"):
        node.set(path, "")
    return placed


def _scene(editor, desc, holder):
    uid = _prototype(editor, "scene", lambda found, base: base.props["color"] is None)
    placed = _copy_or(editor, desc, uid, lambda: templates.scene(editor.version))
    placed.node.set("Annotation", "")
    return placed


def _device(editor, desc, holder):
    """A device of that class with the same parameters is copied; else a template gets those of the description."""
    tag = desc["props"]["class_name"]
    parameters = [kid["props"] for kid in desc["lists"].get("parameters", ())]
    names = sorted(props["original_name"] for props in parameters)
    uid = _prototype(editor, "device", lambda found, base: found == tag and _names(editor, base) == names)
    if uid is None:
        return _device_from_template(editor, desc, tag, parameters)
    placed = _copy_or(editor, desc, uid, None)
    placed.node.set("Annotation", "")
    placed.node.set("UserName", "")
    return placed


def _names(editor, base):
    return sorted(editor.loaded.base[uid].props["original_name"] for uid in base.lists["parameters"])


def _device_from_template(editor, desc, tag, parameters):
    area = from_template(editor, templates.device(editor.version, tag, parameters))
    reader = Reader(area.scope.document, editor.version, None, 0)
    made = read_device(reader, 0, False)
    area.source.line_of.update(reader.line_of)
    area.source.base.update(reader.base)
    return _placed(desc, area, reader.base[made["uid"]])


def _chain(editor, desc, holder):
    tags = devices.RACKS[holder.desc["props"]["class_name"]]
    if any(desc is kid for kid in holder.desc["lists"].get("returnChains", ())):
        tags = devices.RETURN_CHAIN
    uid = _prototype(editor, "chain", lambda found, base: found == tags[0])
    placed = _copy_or(editor, desc, uid, lambda: templates.chain(editor.version, tags))
    placed.node.set("Name/UserName", "")
    placed.node.set("Name/Annotation", "")
    return placed


def _clip(editor, desc, holder):
    midi = bool(desc["props"].get("is_midi_clip"))
    uid = _prototype(editor, "clip", lambda found, base: base.props["is_midi_clip"] == midi)
    placed = _copy_or(editor, desc, uid, lambda: templates.clip(editor.version, midi))
    node = placed.node
    node.set("Annotation", "")
    for path in ("Envelopes/Envelopes", "Notes/KeyTracks", "Notes/PerNoteEventStore/EventLists"):
        if node.path(path) is not None:
            node.path(path).set_kids([])
    return placed


def _send(editor, desc, holder):
    tag = "TrackSendHolder" if holder.desc["kind"] == "track" else "AudioBranchSendInfo"
    uid = _prototype(editor, "send", lambda found, base: found == tag)
    return _copy_or(editor, desc, uid, lambda: templates.send_holder(editor.version, tag))


def _locator(editor, desc, holder):
    uid = _prototype(editor, "locator", lambda found, base: True)
    placed = _copy_or(editor, desc, uid, lambda: templates.locator(editor.version))
    placed.node.set("Annotation", "")
    placed.node.set("IsSongStart", "false")
    return placed


def _take_lane(editor, desc, holder):
    uid = _prototype(editor, "takeLane", lambda found, base: True)
    return _copy_or(editor, desc, uid, lambda: templates.take_lane(editor.version))


_MAKERS = {"track": _track, "scene": _scene, "device": _device, "chain": _chain, "clip": _clip, "send": _send,
           "locator": _locator, "takeLane": _take_lane}
