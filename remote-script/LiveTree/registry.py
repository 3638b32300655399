"""Handles: which of Live's objects are known, and how to find one again.

Same object = the wrapper we hold is alive and equals the new one; `_live_ptr` is only the index. A handle is
never used again within a run, so a pointer that Live re-uses makes a new handle (docs/live-api.md, lifetime).
"""
from .live import ABSENT, pointer, same_object


class Thing(object):
    """One object of Live that has a handle: its wrapper, its place, and the shadow of what was stated of it."""

    __slots__ = (
        'handle', 'kind', 'obj', 'key', 'parent', 'place', 'props', 'lists', 'sources', 'tokens', 'details',
        'filled', 'known', 'gone', 'slots', 'slot', 'flags',
    )

    def __init__(self, handle, kind, obj, key):
        self.handle = handle
        self.kind = kind
        self.obj = obj
        self.key = key
        self.parent = None  # type: Thing
        self.place = None  # type: str  # name of the list of the parent
        self.props = {}  # last value stated, by property
        self.lists = {}  # handles last stated, by list
        self.sources = None  # type: dict  # helper objects such as the mixer, by name
        self.tokens = []  # listeners
        self.details = None  # type: list  # listeners while somebody looks
        self.filled = False  # properties have been read
        self.known = False  # was part of a frame already sent
        self.gone = False
        self.slots = None  # type: dict  # of a track: Slot by scene
        self.slot = None  # type: Slot  # of a session clip
        self.flags = None  # type: dict  # rarely used marks, by name

    def flag(self, name):
        return self.flags.get(name) if self.flags else None

    def set_flag(self, name, value):
        if self.flags is None:
            self.flags = {}
        self.flags[name] = value

    def __repr__(self):
        return '<%s %d>' % (self.kind, self.handle)


class Slot(object):
    """A clip slot. Empty ones are no nodes: a handle is drawn only when the slot differs from the default."""

    __slots__ = ('obj', 'key', 'track', 'scene', 'clip', 'token', 'thing', 'gone')

    kind = 'clip slot'

    def __init__(self, obj, track, scene):
        self.obj = obj
        self.key = pointer(obj)
        self.track = track
        self.scene = scene
        self.clip = None  # type: Thing
        self.token = None
        self.thing = None  # type: Thing
        self.gone = False


class Registry(object):
    """All things of a run, by handle and by kind and pointer."""

    def __init__(self):
        self.by_handle = {}
        self._by_key = {}
        self._slots = {}
        self._last = 0

    def find(self, kind, obj):
        """The thing that stands for this object, or None. The pointer finds it, equality proves it."""
        thing = self._by_key.get((kind, pointer(obj)))
        if thing is not None and not thing.gone and same_object(thing.obj, obj):
            return thing
        return None

    def draw(self, kind, obj):
        """A new thing with a new handle."""
        self._last += 1
        key = (kind, pointer(obj))
        thing = Thing(self._last, kind, obj, key)
        self.by_handle[thing.handle] = thing
        if key[1] is not ABSENT:
            self._by_key[key] = thing
        return thing

    def forget(self, thing):
        """Takes a thing out; a newer one that has its pointer stays."""
        thing.gone = True
        self.by_handle.pop(thing.handle, None)
        if self._by_key.get(thing.key) is thing:
            del self._by_key[thing.key]

    def find_slot(self, obj):
        slot = self._slots.get(pointer(obj))
        if slot is not None and not slot.gone and same_object(slot.obj, obj):
            return slot
        return None

    def add_slot(self, slot):
        self._slots[slot.key] = slot

    def forget_slot(self, slot):
        slot.gone = True
        if self._slots.get(slot.key) is slot:
            del self._slots[slot.key]

    def slot_count(self):
        return len(self._slots)

    def __len__(self):
        return len(self.by_handle)
