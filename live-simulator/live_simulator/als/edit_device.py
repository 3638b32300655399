"""What an edit of a device, a chain, a send, a parameter changes in its element."""

from . import figures, scales
from .devices import parameter_path
from .edit_clip import write_color
from .reading_device import own_name


def set_parameter(node, text):
    """Another value of a parameter. Up to Live 9 the first event of its automation says it too."""
    if node is None:
        return
    node.set("Manual", text)
    events = node.path("ArrangerAutomation/Events")
    if events is not None and len(events.kids) == 1:
        events.kids[0].set_attribute("Value", text)


def edit_device(editor, placed):
    """One device with all in it."""
    changed, props = placed.changed(), placed.desc["props"]
    if "name" in changed:
        _write_name(placed, props["name"])
    if "on" in changed:
        set_parameter(placed.node.child("On"), figures.boolean(props["on"]))
    if "visible_macro_count" in changed:
        placed.node.set("NumVisibleMacroControls", str(int(props["visible_macro_count"])))
    for desc in placed.desc["lists"].get("parameters", ()):
        _edit_parameter(editor, placed, desc)
    for name, tag in (("chains", "Branches"), ("returnChains", "ReturnBranches")):
        for chain in editor.fill(placed, name, lambda tag=tag: placed.node.child(tag)):
            edit_chain(editor, chain)


def _write_name(placed, name):
    document = placed.area.scope.document
    typed = "" if name == own_name(document, placed.line, document.tag(placed.line)) else name
    placed.node.set("UserName", typed)


def _edit_parameter(editor, device, desc):
    placed = _parameter(editor, device, desc)
    if placed is None:
        return
    changed, props = placed.changed(), desc["props"]
    if "name" in changed and props["original_name"].startswith("Macro "):
        tag = parameter_path(props["original_name"]).replace("MacroControls", "MacroDisplayNames")
        device.node.set(tag, props["name"])
    if "value" not in changed:
        return
    manual = placed.node.child("Manual")
    if manual.own() in ("true", "false"):
        set_parameter(placed.node, figures.boolean(props["value"] >= 0.5))
    else:
        set_parameter(placed.node, figures.single(props["value"]))


def _parameter(editor, device, desc):
    if not device.fresh and (editor.known(desc["uid"]) or editor.origin(desc) is not None):
        return editor.obtain(desc, device)
    return editor.adopt(desc, device, "parameters", "original_name")


def edit_chain(editor, placed):
    """One chain with all in it."""
    changed, props = placed.changed(), placed.desc["props"]
    if changed:
        _write_chain(placed.node, props, changed)
        write_color(editor, placed, changed)
    for device in editor.fill(placed, "devices", lambda: devices_in(placed.node)):
        edit_device(editor, device)
    for send in editor.fill(placed, "sends", lambda: placed.node.path("MixerDevice/SendInfos")):
        edit_send(editor, send)
    if "sends" in placed.desc["lists"] and len(placed.desc["lists"]["sends"]) != len(placed.base_list("sends")):
        _number_sends(placed.node.path("MixerDevice/SendInfos"))


def _number_sends(node):
    for at, holder in enumerate(node.kids if node is not None else ()):
        holder.set("Index", str(at))


def devices_in(chain):
    """The node ``Devices`` of a chain, or None."""
    holder = chain.child("DeviceChain")
    return holder.kids[0].child("Devices") if holder is not None and holder.kids else None


def _write_chain(node, props, changed):
    mixer = node.child("MixerDevice")
    if "name" in changed:
        node.set("Name/EffectiveName", props["name"])
        node.set("Name/UserName", props["name"])
    if "mute" in changed:
        set_parameter(mixer.child("Speaker"), figures.boolean(not props["mute"]))
    if "solo" in changed:
        node.set("IsSoloed", figures.boolean(props["solo"]))
    if "volume" in changed:
        set_parameter(mixer.child("Volume"), figures.single(scales.gain_from_fader(props["volume"])))
    if "panning" in changed:
        set_parameter(mixer.child("Panorama"), figures.single(props["panning"]))
    if "in_note" in changed:
        node.set("BranchInfo/ReceivingNote", str(128 - int(props["in_note"])))
    if "out_note" in changed:
        node.set("BranchInfo/SendingNote", str(int(props["out_note"])))
    if "choke_group" in changed:
        node.set("BranchInfo/ChokeGroup", str(int(props["choke_group"])))


def edit_send(editor, placed):
    """One send."""
    changed, props = placed.changed(), placed.desc["props"]
    if "value" in changed:
        gain = scales.gain_from_fader(props["value"], scales.SEND)
        set_parameter(placed.node.child("Send"), figures.single(gain))
    if "is_enabled" in changed:
        for tag in ("EnabledByUser", "Active"):
            placed.node.set(tag, figures.boolean(props["is_enabled"]))
