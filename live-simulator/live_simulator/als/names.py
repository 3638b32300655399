"""Names that Live makes by itself. docs/als-format.md, Tracks; docs/live-api.md: returns carry a letter."""

import re

_NUMBER = re.compile(r"^\d+-")
_LETTER = re.compile(r"^[A-Z]-")


def refresh(description):
    """Give tracks with automatic names their number, returns their letter; the description is changed in place.

    Answers the uids whose name changed.
    """
    changed = []
    for number, track in enumerate(description["lists"]["tracks"], 1):
        if track.get("auto_name"):
            _rename(track, numbered(track["props"]["name"], number), changed)
    for index, track in enumerate(description["lists"]["returns"]):
        _rename(track, lettered(track["props"]["name"], index), changed)
    return changed


def numbered(name, number):
    """``3-Audio`` with another number; a name without one stays."""
    return _NUMBER.sub("%d-" % number, name, 1)


def lettered(name, index):
    """The name of the return at that place."""
    return "%s-%s" % (chr(ord("A") + index % 26), plain(name))


def plain(name):
    """The name of a return without its letter."""
    return _LETTER.sub("", name, 1)


def same_but_number(one, other):
    """Whether two automatic names differ in the number at most."""
    return _NUMBER.match(one) is not None and _NUMBER.sub("", one, 1) == _NUMBER.sub("", other, 1)


def _rename(track, name, changed):
    if track["props"]["name"] != name:
        track["props"]["name"] = name
        changed.append(track["uid"])
