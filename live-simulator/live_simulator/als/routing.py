"""Routing written back: the lines of text, and the target where it is known. Others keep their target (assumption)."""

_INPUT = {"Ext. In": "AudioIn/External/S0", "No Input": "AudioIn/None", "Resampling": "AudioIn/Resampling",
          "All Ins": "MidiIn/External.All/-1", "Ext: All Ins": "MidiIn/External.All/-1"}
_OUTPUT = {"Ext. Out": "AudioOut/External/S0", "Sends Only": "AudioOut/None", "Group": "AudioOut/GroupTrack"}


def write_routing(editor, placed, changed):
    """Write what differs of ``input_routing_*`` and ``output_routing_*``."""
    chain = placed.node.child("DeviceChain")
    for side, tag in (("input", _input_tag(placed)), ("output", "AudioOutputRouting")):
        node = chain.child(tag)
        for member, line in (("type", "UpperDisplayString"), ("channel", "LowerDisplayString")):
            name = "%s_routing_%s" % (side, member)
            if node is None or name not in changed:
                continue
            text = placed.desc["props"][name] or ""
            node.set(line, text)
            target = _target(editor, side, text) if member == "type" else None
            if target is not None:
                node.set("Target", target)


def _input_tag(placed):
    return "MidiInputRouting" if placed.desc["props"].get("has_midi_input") else "AudioInputRouting"


def _target(editor, side, text):
    main = "Main" if editor.version.major >= 12 else "Master"
    if side == "output" and text in ("Main", "Master"):
        return "AudioOut/" + main
    return (_OUTPUT if side == "output" else _INPUT).get(text)
