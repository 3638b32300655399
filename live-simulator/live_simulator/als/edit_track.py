"""What an edit of a track changes in its element: mixer, clips, slots, devices, sends."""

from . import figures, names, scales, templates
from .edit_clip import edit_clip, write_color
from .edit_device import edit_device, edit_send, set_parameter
from .placed import Placed
from .routing import write_routing
from .sources import Area

_MIXER = {
    "volume": ("Volume", lambda value: figures.single(scales.gain_from_fader(value))),
    "panning": ("Pan", figures.single),
    "left_split_stereo": ("SplitStereoPanL", figures.single),
    "right_split_stereo": ("SplitStereoPanR", figures.single),
    "crossfade_assign": ("CrossFadeState", lambda value: str(int(value))),
    "crossfader": ("CrossFade", figures.single),
    "mute": ("Speaker", lambda value: figures.boolean(not value)),
}


def edit_track(editor, placed):
    """One track with all in it; groups are written afterwards (``write_group``)."""
    changed, desc = placed.changed(), placed.desc
    if changed:
        _write_mixer(placed, changed)
        _write_state(placed, changed)
        write_routing(editor, placed, changed)
        write_color(editor, placed, changed)
    if "name" in changed:
        _write_name(placed, desc["props"]["name"])
    for device in editor.fill(placed, "devices", lambda: placed.node.path("DeviceChain/DeviceChain/Devices")):
        edit_device(editor, device)
    for send in editor.fill(placed, "sends", lambda: placed.node.path("DeviceChain/Mixer/Sends"), True):
        edit_send(editor, send)
    _match_slots(editor, placed)
    if "clips" in desc["lists"] or placed.fresh:
        _edit_clips(editor, placed)
        _edit_stop_buttons(editor, placed)
    _edit_arrangement(editor, placed)


def _write_mixer(placed, changed):
    mixer, props = placed.node.path("DeviceChain/Mixer"), placed.desc["props"]
    for name, (tag, write) in _MIXER.items():
        if name in changed:
            set_parameter(mixer.child(tag), write(props[name]))
    if "solo" in changed:
        mixer.set("SoloSink", figures.boolean(props["solo"]))
    if "panning_mode" in changed:
        mixer.set("PanMode", str(int(props["panning_mode"])))


def _write_state(placed, changed):
    node, props = placed.node, placed.desc["props"]
    if "arm" in changed:
        node.set("DeviceChain/MainSequencer/Recorder/IsArmed", figures.boolean(props["arm"]))
    if "current_monitoring_state" in changed:
        node.set("DeviceChain/MainSequencer/MonitoringEnum", str(int(props["current_monitoring_state"])))
    if "is_frozen" in changed:
        node.set("Freeze", figures.boolean(props["is_frozen"]))
    if "fold_state" in changed:
        node.set("TrackUnfolded", figures.boolean(not props["fold_state"]))


def _write_name(placed, name):
    base, node = placed.base, placed.node
    node.set("Name/EffectiveName", name)
    is_return = node.tag == "ReturnTrack"
    typed = names.plain(name) if is_return else name
    known = base.props["name"] if base is not None else ""
    was = names.plain(known) if is_return else known
    automatic = placed.desc.get("auto_name")
    if automatic is None:
        automatic = placed.fresh
    if automatic and (placed.fresh or typed == was or names.same_but_number(name, known)):
        return
    if typed != was or placed.fresh:
        node.set("Name/UserName", "" if automatic else typed)


def write_group(editor, placed, ids):
    """The group a track lies in, and the routing that goes with it; ``ids``: {uid of a track: its Id}."""
    if "group" not in placed.desc["props"]:
        return
    group = placed.desc["props"]["group"]
    ident = str(ids[group]) if group is not None else "-1"
    node = placed.node if placed.fresh or placed.area.is_copy or "group" in placed.changed() else None
    if node is None or node.child("TrackGroupId").own() == ident:
        return
    node.set("TrackGroupId", ident)
    routing = node.path("DeviceChain/AudioOutputRouting")
    main = "AudioOut/Main" if editor.version.major >= 12 else "AudioOut/Master"
    if routing is not None and routing.child("Target").own() in (main, "AudioOut/GroupTrack"):
        shown = ("AudioOut/GroupTrack", "Group") if group is not None else (main, main.split("/")[1])
        routing.set("Target", shown[0])
        routing.set("UpperDisplayString", shown[1])


# Slots: as many in every track as there are scenes, by position

def _match_slots(editor, placed):
    before = placed.area.source.scenes
    if before == editor.scenes and not (placed.fresh and not before):
        return
    node = placed.node
    for path in ("DeviceChain/MainSequencer/ClipSlotList", "DeviceChain/FreezeSequencer/ClipSlotList", "Slots"):
        holder = node.path(path)
        if holder is None:
            continue
        template = templates.group_slot if path == "Slots" else templates.slot
        if len(holder.kids) == len(before) and (before or path != "DeviceChain/FreezeSequencer/ClipSlotList"):
            _permute(editor, holder, before, template)


def _permute(editor, holder, before, template):
    places = {scene: at for at, scene in enumerate(before)}
    old = list(holder.kids)
    kids = []
    for scene in editor.scenes:
        if scene in places:
            kids.append(old[places[scene]])
        else:
            slot = templates.node_of(template(editor.version))
            slot.set_id(editor.new_id(holder))
            kids.append(slot)
    holder.set_kids(kids)


def _edit_clips(editor, placed):
    before = {}
    for uid in placed.base_list("clips"):
        before[placed.area.source.base[uid].props["scene"]] = uid
    wanted = {}
    for desc in placed.desc["lists"].get("clips", ()):
        wanted[desc["props"]["scene"]] = editor.obtain(desc, placed)
    for at, scene in enumerate(editor.scenes):
        clip = wanted.get(scene)
        known = before.get(scene)
        if known is not None and clip is not None and clip.line == placed.area.line(known) \
                and clip.area is placed.area:
            continue
        if clip is None and known is None:
            continue
        slots = placed.node.path("DeviceChain/MainSequencer/ClipSlotList").kids
        if clip is not None and (clip.fresh or clip.area.scope.root is clip.node):
            clip.node.set_id(0)
        slots[at].path("ClipSlot/Value").set_kids([] if clip is None else [clip.node])
    for clip in wanted.values():
        edit_clip(editor, clip)


def _edit_stop_buttons(editor, placed):
    wanted = dict((desc["props"]["scene"], desc) for desc in placed.desc["lists"].get("slots", ())
                  if not desc["props"].get("has_stop_button", True))
    before = dict((placed.area.source.base[uid].props["scene"], uid) for uid in placed.base_list("slots"))
    for at, scene in enumerate(editor.scenes):
        desc, uid = wanted.get(scene), before.get(scene)
        if desc is not None and uid is not None:
            editor.place(Placed(desc, placed.area, placed.area.line(uid), placed.area.source.base[uid]))
        elif desc is not None or uid is not None:
            slot = placed.node.path("DeviceChain/MainSequencer/ClipSlotList").kids[at]
            slot.set("HasStop", figures.boolean(desc is None))
            if desc is not None:
                editor.place(Placed(desc, Area(placed.area.source, slot.scope), slot.line, None))


# Arrangement

def _edit_arrangement(editor, placed):
    for name, container in (("arrangement", lambda: _events(placed.node)),):
        _edit_events(editor, placed, name, container)
    for lane in editor.fill(placed, "takeLanes", lambda: placed.node.path("TakeLanes/TakeLanes"), True):
        if "name" in lane.changed() and lane.node.child("Name") is not None:
            lane.node.set("Name", lane.desc["props"]["name"])
        _edit_events(editor, lane, "clips", lambda lane=lane: lane.node.path("ClipAutomation/Events"))


def _edit_events(editor, holder, name, container):
    descs = holder.desc["lists"].get(name)
    if descs is None and not holder.fresh:
        return
    members = [editor.obtain(desc, holder) for desc in descs or ()]
    members.sort(key=lambda clip: clip.desc["props"]["start_time"])
    dragged = [clip for clip in members if _is_dragged(clip)]
    editor.arrange(holder, holder.base_list(name), members, container, True)
    for clip in dragged:
        if clip.area is holder.area and clip.desc["uid"] in holder.base_list(name):
            clip.node.set_id(editor.new_id(container()))
    for clip in members:
        edit_clip(editor, clip)


def _is_dragged(clip):
    """Moved without another length: Live gives such a clip a new Id; one that was trimmed keeps it."""
    props = clip.desc["props"]
    known = clip.base.props if clip.base is not None and not clip.fresh else {}
    if "start_time" not in known or abs(props["start_time"] - known["start_time"]) < 1e-9:
        return False
    return abs((props["end_time"] - props["start_time"]) - (known["end_time"] - known["start_time"])) < 1e-6


def _events(track):
    for holder in ("ClipTimeable", "Sample"):
        events = track.path("DeviceChain/MainSequencer/%s/ArrangerAutomation/Events" % holder)
        if events is not None:
            return events
    return None
