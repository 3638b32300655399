"""Whether two descriptions say the same, uids aside."""

#: Follows from something else, or is Live's choice of words for a routing.
DERIVED = ("color", "has_audio_output", "output_routing_type", "output_routing_channel", "automation_state",
           "is_active", "note_id")
#: The figures of a 32-bit number.
NEAR = 2e-6


def differences(one, other, path="", places=None):
    """Places where they differ, as text."""
    if places is None:
        places = _places(one), _places(other)
    found = []
    for name, value in one["props"].items():
        if name in ("group", "scene"):
            continue
        if name not in DERIVED and not same_value(value, other["props"].get(name)):
            found.append("%s %s: %r is not %r" % (path, name, value, other["props"].get(name)))
    for name, kids in one["lists"].items():
        others = other["lists"].get(name, [])
        if len(kids) != len(others):
            found.append("%s %s: %d are not %d" % (path, name, len(kids), len(others)))
            continue
        for at, (kid, twin) in enumerate(zip(_ordered(kids, places[0]), _ordered(others, places[1]))):
            found += differences(kid, twin, "%s/%s[%d]" % (path, name, at), places)
    return found


def whole(description):
    """The description with uids of groups and scenes replaced by their places."""
    scenes = dict((scene["uid"], at) for at, scene in enumerate(description["lists"]["scenes"]))
    tracks = dict((track["uid"], at) for at, track in enumerate(description["lists"]["tracks"]))
    groups = [tracks.get(track["props"]["group"]) for track in description["lists"]["tracks"]]
    clips = [sorted(scenes[clip["props"]["scene"]] for clip in track["lists"].get("clips", ()))
             for track in description["lists"]["tracks"]]
    return groups, clips


def same_value(one, other):
    """Equal, numbers up to what a 32-bit number holds."""
    if isinstance(one, bool) or isinstance(other, bool):
        return bool(one) == bool(other) if other is not None else False
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) <= NEAR * max(1.0, abs(one))
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_value, _notes(one), _notes(other)))
    if isinstance(one, dict) and isinstance(other, dict):
        return all(name in DERIVED or same_value(value, other.get(name)) for name, value in one.items())
    return one == other


def _notes(values):
    if values and isinstance(values[0], dict):
        return sorted(values, key=lambda note: (note["pitch"], round(note["start_time"], 6), note["velocity"]))
    return values


def _places(song):
    return dict((scene["uid"], at) for at, scene in enumerate(song["lists"]["scenes"]))


def _ordered(kids, places):
    if not kids or kids[0]["kind"] not in ("parameter", "clip", "slot"):
        return kids
    return sorted(kids, key=lambda kid: _key(kid["props"], places))


def _key(props, places):
    if "scene" in props:
        return places[props["scene"]]
    return props.get("original_name") or props["start_time"]
