"""Notes written back: those that stay keep their line, Ids included. docs/als-format.md, Clips, Notes."""

from . import figures
from .document import Document
from .tree import Scope

#: Attribute, key of the note, how it is written, value at which 12.2 and later leave it out.
_ATTRIBUTES = (
    ("Time", "start_time", figures.double, None),
    ("Duration", "duration", figures.double, None),
    ("Velocity", "velocity", figures.single, None),
    ("VelocityDeviation", "velocity_deviation", figures.single, 0.0),
    ("OffVelocity", "release_velocity", figures.single, None),
    ("Probability", "probability", figures.single, 1.0),
)


def write_notes(editor, clip, notes, before):
    """Put notes into a clip's element; ``before``: the notes it holds, as tuples of pairs (reader.freeze)."""
    holder = clip.child("Notes")
    tracks = holder.child("KeyTracks")
    old = {}
    for note in map(dict, before):
        old.setdefault(note["pitch"], []).append(note)
    wanted = {}
    for note in notes:
        wanted.setdefault(int(note["pitch"]), []).append(note)
    present = {}
    for track in tracks.kids:
        present[int(figures.number(track.child("MidiKey").own()))] = track
    result = []
    for pitch in sorted(wanted):
        track = present.get(pitch)
        if track is None:
            track = _key_track(editor, tracks, pitch)
        _fill(editor, track, wanted[pitch], old.get(pitch, []) if pitch in present else [])
        result.append(track)
    tracks.set_kids(result)
    _forget_expression(holder, set(str(note.get("note_id")) for note in notes))
    _advance(holder, notes)


def _fill(editor, track, notes, old):
    holder = track.child("Notes")
    lines = {}
    for event, note in zip(holder.kids, old):
        lines[_key(note)] = event
    events = []
    for note in sorted(notes, key=lambda note: (note["start_time"], note.get("note_id") or 0)):
        event = lines.pop(_key(note), None)
        if event is None:
            event = _element(_head(editor.version, note))
        events.append(event)
    _reuse(holder, events, lines)


def _reuse(holder, events, left):
    """A note that only changed keeps its element; what is the same stays as it is written."""
    by_id = {}
    for event in left.values():
        number = _note_id(event.head)
        if number is not None:
            by_id[number] = event
    for at, event in enumerate(events):
        known = by_id.get(_note_id(event.head)) if event.parent is None else None
        if known is not None:
            known.set_head(event.head)
            events[at] = known
    holder.set_kids(events)


def _key(note):
    return tuple(sorted((name, float(value)) for name, value in note.items() if value is not None))


def _note_id(head):
    at = head.find(' NoteId="')
    return None if at < 0 else head[at + 9:head.index('"', at + 9)]


def _head(version, note):
    parts = ["<MidiNoteEvent"]
    for attribute, name, write, default in _ATTRIBUTES:
        value = note.get(name)
        if value is None:
            value = 64.0 if name == "release_velocity" else default
        newer = default is not None
        if newer and (version.major < 11 or (version.plain_notes and value == default)):
            continue
        parts.append('%s="%s"' % (attribute, write(value)))
    if note.get("mute") or not version.plain_notes:
        parts.append('IsEnabled="%s"' % figures.boolean(not note.get("mute")))
    if (version.major, version.minor) >= (10, 1) and note.get("note_id"):
        parts.append('NoteId="%d"' % note["note_id"])
    return " ".join(parts)


def _key_track(editor, tracks, pitch):
    ident = ' Id="%d"' % editor.new_id(tracks) if editor.version.list_ids else ""
    lines = ["<KeyTrack%s>" % ident, "\t<Notes />", '\t<MidiKey Value="%d" />' % pitch, "</KeyTrack>"]
    return Scope(Document(lines), 0).root


def _element(head):
    return Scope(Document([head + " />"]), 0).root


def _forget_expression(holder, kept):
    lists = holder.path("PerNoteEventStore/EventLists")
    if lists is not None and lists.kids:
        lists.set_kids([kid for kid in lists.kids if (_note_id(kid.head) or "") in kept])


def _advance(holder, notes):
    path = "NoteIdGenerator/NextId"
    node = holder.path(path)
    highest = max([0] + [int(note.get("note_id") or 0) for note in notes])
    if node is not None and highest >= figures.number(node.own()):
        node.set_own(str(highest + 1))
