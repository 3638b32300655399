"""Devices, racks to any depth, chains, parameters. docs/als-format.md, Devices, Parameters."""

import os.path
import re

from . import devices, figures, scales

#: Below a device, but not its own parameters.
_NOT_INSIDE = ("Branches", "ReturnBranches")
_WRAPPERS = re.compile(r"^(?:ParameterValue|Timeable)$")


def read_devices(reader, line, midi):
    """The devices of an element ``Devices``; ``midi``: MIDI comes in, so a plug-in is taken for an instrument."""
    found = []
    for kid in reader.document.kids(line):
        device = read_device(reader, kid, midi)
        midi = midi and device["props"]["type"] != devices.INSTRUMENT
        found.append(device)
    return found


def read_device(reader, line, midi):
    """One device with all in it."""
    document, tag = reader.document, reader.document.tag(line)
    at = document.by_tag(line)
    parameters = _parameters(reader, line, tag)
    typed = document.own(at.get("UserName"))
    rack = tag in devices.RACKS
    props = {
        "name": typed or own_name(document, line, tag),
        "class_name": tag,
        "class_display_name": devices.display_name(tag),
        "type": devices.INSTRUMENT if midi and tag in devices.PLUGINS else devices.type_of(tag),
        "on": document.value(at.get("On"), "Manual", "true") == "true",
        "can_have_chains": rack,
        "can_have_drum_pads": tag == "DrumGroupDevice",
    }
    if rack:
        props["visible_macro_count"] = document.integer(line, "NumVisibleMacroControls", 8)
    lists = {"parameters": parameters}
    if rack:
        lists["chains"] = _chains(reader, at.get("Branches"))
        lists["returnChains"] = _chains(reader, at.get("ReturnBranches"))
    return reader.make("device", line, props, lists, not typed)


def _chains(reader, line):
    return [read_chain(reader, kid) for kid in reader.document.kids(line)]


def read_chain(reader, line):
    """One chain of a rack."""
    document = reader.document
    at = document.by_tag(line)
    mixer = document.by_tag(at.get("MixerDevice"))
    props = {
        "name": document.value(at.get("Name"), "EffectiveName") or document.value(at.get("Name"), "UserName"),
        "mute": document.value(mixer.get("Speaker"), "Manual", "true") == "false",
        "solo": document.own(at.get("IsSoloed")) == "true",
        "volume": scales.fader_from_gain(document.number(mixer.get("Volume"), "Manual", 1.0)),
        "panning": document.number(mixer.get("Panorama"), "Manual"),
    }
    props.update(reader.color(line))
    props.update(_drum(document, at.get("BranchInfo")))
    sends = [read_send(reader, kid) for kid in document.kids(mixer.get("SendInfos"))]
    typed = document.value(at.get("Name"), "UserName")
    midi = document.tag(line) in devices.MIDI_CHAINS
    lists = {"devices": read_devices(reader, devices_of_chain(document, line), midi), "sends": sends}
    return reader.make("chain", line, props, lists, not typed)


def devices_of_chain(document, line):
    """Line of the ``Devices`` of a chain, or None."""
    for kid in document.kids(document.child(line, "DeviceChain")):
        return document.child(kid, "Devices")
    return None


def read_send(reader, line):
    """A send of a track or of a chain (the holder's line)."""
    document = reader.document
    gain = document.number(line, "Send/Manual", scales.SILENCE_GAIN)
    enabled = document.flag(line, "EnabledByUser", document.flag(line, "Active", True))
    return reader.make("send", line, {"value": scales.fader_from_gain(gain, scales.SEND), "is_enabled": enabled})


def _drum(document, line):
    if line is None:
        return {}
    return {
        "in_note": 128 - document.integer(line, "ReceivingNote", 128),
        "out_note": document.integer(line, "SendingNote", 60),
        "choke_group": document.integer(line, "ChokeGroup"),
    }


def own_name(document, line, tag):
    """The name of a device that nobody has named."""
    if tag in devices.PLUGINS:
        return _plugin_name(document, line) or devices.display_name(tag)
    if tag.startswith("MxDevice"):
        return _patch_name(document, line) or devices.display_name(tag)
    return devices.display_name(tag)


def _plugin_name(document, line):
    for info in document.kids(document.child(line, "PluginDesc")):
        return document.value(info, "PlugName") or document.value(info, "Name")
    return ""


def _patch_name(document, line):
    for reference in document.kids(document.path(line, "PatchSlot/Value")):
        path = document.value(reference, "FileRef/Path") or document.value(reference, "FileRef/Name")
        return os.path.splitext(path.replace("\\", "/").rsplit("/", 1)[-1])[0]
    return ""


def _parameters(reader, line, tag):
    document, found = reader.document, []
    macros = _macro_names(document, line) if tag in devices.RACKS else {}
    for manual in _manuals(document, line):
        element = document.parent[manual]
        if document.child(element, "AutomationTarget") is not None:
            found.append(_parameter(reader, line, element, manual, macros))
    found.sort(key=lambda node: node["props"]["name"] != "Device On")
    return found


def _manuals(document, line):
    lines, end, at, last = document.lines, document.end, line + 1, document.end[line]
    depth = len(lines[line]) - len(lines[line].lstrip("\t")) + 1
    skipped = tuple("\t" * depth + "<" + tag + ">" for tag in _NOT_INSIDE)
    while at < last:
        if lines[at].startswith(skipped):
            at = end[at]
        elif "<Manual Value=" in lines[at]:
            yield at
        at += 1


def _macro_names(document, line):
    return {devices.parameter_name(document.tag(kid).replace("DisplayNames", "Controls")): document.own(kid)
            for kid in document.kids(line) if document.tag(kid).startswith("MacroDisplayNames.")}


def _parameter(reader, device, element, manual, macros):
    document = reader.document
    name = _parameter_name(document, device, element)
    written = document.own(manual)
    props = {"name": macros.get(name) or name, "original_name": name}
    props.update(_range(document, element, written))
    target = document.id(document.child(element, "AutomationTarget"))
    props["automation_state"] = int(target in reader.automated)
    return reader.make("parameter", element, props)


def _parameter_name(document, device, element):
    steps, at = [], element
    while at != device:
        tag = document.tag(at)
        if _WRAPPERS.match(tag):
            own = document.value(document.parent[at], "ParameterName") or document.value(document.parent[at], "Name")
            if own:
                return own
        number = document.id(at)
        steps.append(tag if number is None else "%s %d" % (tag, number))
        at = document.parent[at]
    return devices.parameter_name("/".join(reversed(steps)))


def _range(document, element, written):
    if written in ("true", "false"):
        return {"value": float(written == "true"), "min": 0.0, "max": 1.0, "is_quantized": True,
                "value_items": ["Off", "On"]}
    value = figures.number(written)
    limits = document.child(element, "MidiControllerRange")
    if limits is None:
        top = max(1, int(value))
        return {"value": value, "min": min(0.0, value), "max": float(top), "is_quantized": True,
                "value_items": [str(number) for number in range(top + 1)]}
    ends = (document.number(limits, "Min"), document.number(limits, "Max", 1.0))
    return {"value": value, "min": min(ends + (value,)), "max": max(ends + (value,)), "is_quantized": False,
            "value_items": []}
