"""Latest values that are never stored: playing, selection, meters, motion."""
from .plain import is_same


class Ephemeral(object):
    """Keyed latest values; what changed since the last pump is sent, all of them to a hub that came back."""

    def __init__(self):
        self._current = {}  # handle -> {key: value}
        self._changed = {}  # (key, handle) -> value

    def put(self, key, thing, value):
        """States a value of a thing; the same value again is not sent."""
        values = self._current.setdefault(thing.handle, {})
        if key in values and is_same(values[key], value):
            return
        values[key] = value
        self._changed[(key, thing.handle)] = value

    def end(self, key, thing):
        """The value is over."""
        values = self._current.get(thing.handle, {})
        if values.pop(key, None) is not None:
            self._changed[(key, thing.handle)] = None

    def forget(self, thing):
        """A thing is gone: its values need no word, they end with it."""
        for key in self._current.pop(thing.handle, ()):
            self._changed.pop((key, thing.handle), None)

    def again(self):
        """A hub came back: everything current is sent again."""
        for handle, values in self._current.items():
            for key, value in values.items():
                self._changed[(key, handle)] = value

    def take(self):
        """`[[key, handle, value], …]` since the last call."""
        values = [[key, handle, value] for (key, handle), value in self._changed.items()]
        self._changed = {}
        return values

    def clear(self):
        self._current = {}
        self._changed = {}
