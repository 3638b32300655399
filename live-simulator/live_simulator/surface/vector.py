"""Live.Base.Vector: what list properties give. A snapshot, not a view."""


class Vector(object):
    """A sequence of its own: no list, no methods of a list but those of Live."""

    __slots__ = ('_items',)

    def __init__(self, items=()):
        self._items = list(items)

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(list(self._items))

    def __getitem__(self, index):
        if isinstance(index, slice):
            return Vector(self._items[index])
        return self._items[index]

    def __contains__(self, item):
        return item in self._items

    def append(self, item):
        self._items.append(item)

    def extend(self, items):
        self._items.extend(items)

    def __repr__(self):
        return '<Base.Vector of %d>' % len(self._items)


Vector.__module__ = 'Base'


def vector_type(name):
    """A named kind of Vector, as MidiNoteVector is one."""
    return type(name, (Vector,), {'__slots__': (), '__module__': 'Base'})


MidiNoteVector = vector_type('MidiNoteVector')
IntVector = vector_type('IntVector')
