"""Automation of the arrangement follows its device (Live 10 on).

docs/als-format.md, Automation: an envelope points at a pointee in the same track, always. So a device that went to
another track takes its envelopes with it, and those of a deleted one are gone.
"""

from .sources import POINTEE


def follow_devices(editor):
    """Bring the envelopes of all tracks that were edited in step with what lies in them."""
    tracks = [placed for placed in editor.placed.values() if placed.desc["kind"] == "track"]
    homeless = []
    for track in tracks:
        homeless += _take_dangling(track)
    if not homeless:
        return
    for track in tracks:
        _adopt(editor, track, homeless)


def _take_dangling(track):
    scope = track.area.scope
    if not scope.at(track.line).dirty:
        return []
    holder = track.node.path("AutomationEnvelopes/Envelopes")
    if holder is None or not holder.kids:
        return []
    inside = _pointees(track.node)
    left = [kid for kid in holder.kids if _target(kid) not in inside]
    if left:
        holder.set_kids([kid for kid in holder.kids if _target(kid) in inside])
    return left


def _adopt(editor, track, homeless):
    targets = set(_target(envelope) for envelope in homeless)
    if not track.area.scope.at(track.line).dirty or not targets & _pointees(track.node):
        return
    holder = track.node.path("AutomationEnvelopes/Envelopes")
    inside = _pointees(track.node)
    for envelope in homeless:
        if holder is not None and _target(envelope) in inside:
            envelope.set_id(editor.new_id(holder))
            holder.append(envelope)


def _target(envelope):
    node = envelope.path("EnvelopeTarget/PointeeId")
    return node.own() if node is not None else ""


def _pointees(node):
    """All Ids of pointees in an element, as text."""
    if not node.dirty:
        document = node.scope.document
        lines = document.lines[node.line:document.end[node.line] + 1]
        return set(found.group(2) for found in map(POINTEE.search, lines) if found)
    found = POINTEE.search(node.head)
    inside = set([found.group(2)]) if found else set()
    for kid in node.kids:
        inside |= _pointees(kid)
    return inside
