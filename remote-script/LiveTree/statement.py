"""The frame in the making: what is, stated once, against the shadow of what was stated before.

The shadow is `props` and `lists` of each thing. Whatever differs from it goes into the next frame; what is the
same is not stated again. The frame is written out only when it is sent, so that its parts always agree.
"""
from . import names as catalogue
from .live import ABSENT
from .plain import is_same

LONG_LIST = 1000  # entries; a longer list is stated by its changed stretch


class Statement(object):
    """Collects one frame. `things`: the registry's map from handle to thing."""

    def __init__(self, things):
        self._things = things
        self.gone_kinds = {}  # kinds of handles that were dropped, until named
        self._clear()

    def _clear(self):
        self.nodes = {}
        self.sets = {}
        self.lists = {}  # (handle, list) -> the list as it was before this frame, or None
        self.names = []
        self.begin = []
        self.end = []
        self.audits = []
        self.mismatch = []
        self.seen = {}
        self.barriers = []
        self.acts = []
        self.forced = False
        self.size = 0  # rough count of values, to keep frames small

    def is_empty(self):
        return not (
            self.nodes or self.sets or self.lists or self.names or self.begin or self.end or self.audits
            or self.barriers or self.acts
        )

    def holds_lists(self):
        """Some list that had been stated before is stated anew."""
        return any(before is not None for before in self.lists.values())

    def prop(self, thing, prop, value):
        """States a property unless the shadow has it already. True when it differed."""
        old = thing.props.get(prop, ABSENT)
        if is_same(old, value) or (old is ABSENT and value is None and not thing.filled):
            return False
        if value is ABSENT:
            del thing.props[prop]
        else:
            thing.props[prop] = value
        if thing.filled:
            self._set(thing, prop, None if value is ABSENT else value)
        return True

    def _set(self, thing, prop, value):
        self.sets.setdefault(thing.handle, {})[prop] = value
        self.size += 1
        name = catalogue.of_prop(thing.kind, prop)
        if thing.known:
            self.name(name, thing.handle)

    def name(self, name, handle):
        """A label, once per frame and handle."""
        if name is not None:
            self.names.append((name, handle))

    def node(self, thing):
        """All properties of a thing that has just been filled, or is stated anew."""
        thing.filled = True
        self.nodes[thing.handle] = thing
        self.size += len(thing.props) + 1

    def list_changed(self, thing, name, before):
        """A child list is other than it was; the first `before` of a frame counts."""
        self.lists.setdefault((thing.handle, name), before)
        self.size += len(thing.lists[name]) + 1

    def list_again(self, thing, name):
        """States a whole list anew, for a snapshot."""
        self.lists[(thing.handle, name)] = None
        self.size += len(thing.lists[name]) + 1

    def take(self, run_time, hash_of):
        """The payload without run and seq, and a clean sheet. `hash_of(thing)` serves the audits."""
        self._name_places()
        self.gone_kinds.clear()
        payload = {'time': run_time}
        for key, value in self._members(hash_of):
            if value:
                payload[key] = value
        for thing in self.nodes.values():
            thing.known = True
        self._clear()
        return payload

    def _members(self, hash_of):
        yield 'nodes', dict(
            (str(handle), {'kind': thing.kind, 'props': dict(thing.props)})
            for handle, thing in self.nodes.items() if not thing.gone
        )
        yield 'sets', dict(
            (str(handle), props) for handle, props in self.sets.items()
            if handle not in self.nodes and handle in self._things
        )
        yield 'lists', self._written_lists()
        yield 'names', self._unique_names()
        yield 'begin', self.begin
        yield 'end', self.end
        yield 'audit', dict((str(thing.handle), hash_of(thing)) for thing in self.audits if not thing.gone)
        yield 'mismatch', self.mismatch
        yield 'seen', self.seen
        yield 'barrier', self.barriers
        yield 'acts', self.acts
        yield 'forced', self.forced

    def _unique_names(self):
        unique = []
        told = set()
        for entry in self.names:
            if entry not in told:
                told.add(entry)
                unique.append(list(entry))
        return unique

    def _written_lists(self):
        written = {}
        for (handle, name), before in self.lists.items():
            thing = self._things.get(handle)
            if thing is not None and name in thing.lists and before != thing.lists[name]:
                written.setdefault(str(handle), {})[name] = stretch(before, thing.lists[name])
        return written

    def _name_places(self):
        for (handle, name), before in self.lists.items():
            thing = self._things.get(handle)
            if before is not None and thing is not None:
                self._name_changes(set(before), before, thing.lists[name])

    def _name_changes(self, known, before, after):
        present = set(after)
        for handle in after:
            if handle not in known:
                self._name_place(handle, 'added')
        for handle in before:
            if handle not in present and handle not in self._things:
                self._name_gone(handle)
        if [each for each in before if each in present] != [each for each in after if each in known]:
            for handle in catalogue.out_of_order(before, after):
                self._name_place(handle, 'moved')

    def _name_place(self, handle, what):
        thing = self._things.get(handle)
        if thing is not None:
            moved = what == 'moved' or thing.known
            self.name(catalogue.of_place(thing.kind, 'moved' if moved else 'added'), handle)

    def _name_gone(self, handle):
        kind = self.gone_kinds.pop(handle, None)
        if kind is not None:
            self.name(catalogue.of_place(kind, 'removed'), handle)


def stretch(before, after):
    """A list as it travels: whole up to LONG_LIST, else the changed stretch and the length."""
    if before is None or len(after) <= LONG_LIST:
        return list(after)
    shortest = min(len(before), len(after))
    start = 0
    while start < shortest and before[start] == after[start]:
        start += 1
    tail = 0
    while tail < shortest - start and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return {
        'length': len(after), 'from': start, 'remove': len(before) - start - tail,
        'insert': list(after[start:len(after) - tail]),
    }
