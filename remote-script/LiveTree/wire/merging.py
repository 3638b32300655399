"""Frames stated while the hub is away: those of continuous values alone, one after another, become one frame."""

# Properties that move by hand in many small steps (docs/protocol-script.md); texts that Live makes of them.
CONTINUOUS = frozenset(
    (
        "value",
        "value_text",
        "text",
        "volume",
        "volume_text",
        "panning",
        "left_split_stereo",
        "right_split_stereo",
        "cue_volume",
        "cue_volume_text",
        "crossfader",
        "tempo",
    )
)
_MEMBERS = frozenset(("time", "sets", "names", "seen"))  # of a frame that may be merged
LONGEST = 5.0  # seconds; older ones are kept as they are, so that a crash loses no more than that


class Merger(object):
    """At most one frame that still grows. Nothing else is stated between its parts, so that its place in the order
    means the same as theirs."""

    def __init__(self):
        self._payload = None
        self._since = 0.0

    def takes(self, payload):
        """Whether this payload has nothing but continuous values."""
        sets = payload.get("sets")
        return bool(sets) and _MEMBERS.issuperset(payload) and all(map(CONTINUOUS.issuperset, sets.values()))

    def add(self, payload, now):
        """Takes it in: the later value of each property holds."""
        if self._payload is None:
            self._payload = {"sets": {}, "names": [], "seen": {}}
            self._since = now
        held = self._payload
        held["time"] = payload.get("time")
        for handle, props in payload["sets"].items():
            held["sets"].setdefault(handle, {}).update(props)
        for name in payload.get("names", ()):
            if list(name) not in held["names"]:
                held["names"].append(list(name))
        held["seen"].update(payload.get("seen", {}))

    @property
    def is_empty(self):
        """Whether nothing is held."""
        return self._payload is None

    def is_old(self, now):
        """Whether it should grow no longer."""
        return self._payload is not None and now - self._since >= LONGEST

    def take(self):
        """The merged payload, or None; nothing is held afterwards."""
        payload, self._payload = self._payload, None
        return payload if payload is None else {name: each for name, each in payload.items() if each}
