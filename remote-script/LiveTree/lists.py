"""Child lists: reading them, and what it means that something is no longer in one.

Listener first, then the list. What left a list is either dead, then it is gone; or alive, then it moved: its
`canonical_parent` is followed and that list is read in the same frame. Nothing is stated as gone or moved while
any list is still dirty, for at most five pumps (SCRIPT rules in SPEC.md).
"""
from collections import deque
from functools import partial

from .dirty import STRUCTURE
from .kinds import KINDS
from .live import ABSENT, is_alive, members, read

PUMPS_WAITED = 5
# Where a thing of a kind can be: kinds of owners with the lists to read there.
OWNERS = {
    'track': (('song', ('tracks', 'returns', 'main')),),
    'scene': (('song', ('scenes',)),),
    'locator': (('song', ('locators',)),),
    'device': (('track', ('devices',)), ('chain', ('devices',))),
    'chain': (('device', ('chains', 'returnChains')),),
    'clip': (('track', ('arrangement',)), ('takeLane', ('clips',))),
    'takeLane': (('track', ('takeLanes',)),),
    'send': (),
    'parameter': (),
    'slot': (),
    'song': (),
}


class Lists(object):
    """Reads lists, adopts their members, and finds out what became of those that left."""

    def __init__(self, clock, registry, dirty, reader, statement, hooks):
        self._clock = clock
        self._registry = registry
        self._dirty = dirty
        self._reader = reader
        self._statement = statement
        self._hooks = hooks  # arrived(thing), moved(thing), dropped(thing), slots
        self.lost = {}  # handle -> thing that left its list and was not found yet
        self.leaving = deque()  # calls that take away what is left of things that are gone
        self.is_settling = False  # more is gone than could be worked off in this pump
        self._followed = set()
        self.forced = 0
        self.reads = 0

    def read(self, thing, name):
        """Reads one list of a thing and states it when it changed. True when this list exists here."""
        spec = KINDS[thing.kind].lists[name]
        if not is_alive(thing.obj) or (spec.when and read(thing.obj, spec.when) is not True):
            return False
        self._listen(thing, spec)
        found = self._members(thing, spec)
        if found is ABSENT:
            return False
        self.reads += 1
        handles = [self.adopt(spec.child, obj, thing, name).handle for obj in found]
        self.replace(thing, name, unique(handles))
        return True

    def _listen(self, thing, spec):
        if spec.event is None or thing.flag('listening ' + spec.name):
            return
        thing.set_flag('listening ' + spec.name, True)
        self._reader.listen(thing, spec.source, spec.event, spec.name, STRUCTURE, thing.tokens)

    def _members(self, thing, spec):
        source = self._reader.source(thing, spec.source)
        if source is ABSENT:
            return ABSENT
        if spec.event is not None:
            found = members(source, spec.member)
            return found if found is ABSENT else [each for each in found if is_alive(each)]
        single = read(source, spec.member)
        return [single] if is_alive(single) else ABSENT

    def adopt(self, kind, obj, parent, place):
        """The thing for an object found in a list; a new one is queued to be read."""
        thing = self._registry.find(kind, obj)
        if thing is None:
            thing = self._registry.draw(kind, obj)
            thing.parent, thing.place = parent, place
            self._hooks.arrived(thing)
        elif thing.parent is not parent or thing.place != place:
            self._leave(thing)
            thing.parent, thing.place = parent, place
            self._hooks.moved(thing)
        return thing

    def _leave(self, thing):
        """Found elsewhere: the list it was in must be read in the same frame."""
        self.lost.pop(thing.handle, None)
        owner = thing.parent
        if owner.gone:
            return
        if thing.slot is not None:
            self._dirty.mark(thing.slot, 'clip', STRUCTURE)
            thing.slot = None
        elif thing.place in KINDS[owner.kind].lists:
            self._dirty.mark(owner, thing.place, STRUCTURE)

    def replace(self, thing, name, handles):
        """Puts a new order into the shadow and states it; who left is looked for."""
        before = thing.lists.get(name)
        if before == handles:
            return
        thing.lists[name] = handles
        self._statement.list_changed(thing, name, before)
        present = set(handles)
        for handle in before or ():
            child = None if handle in present else self._registry.by_handle.get(handle)
            if child is not None and child.parent is thing and child.place == name:
                self.lost[handle] = child

    def settle(self, deadline=None):
        """Called when no list is dirty: drops the dead, follows the living. True when nobody is missing."""
        self.is_settling = False
        for handle, thing in list(self.lost.items()):
            if thing.gone or self._is_back(thing):
                self.lost.pop(handle, None)
            elif not is_alive(thing.obj):
                self.lost.pop(handle, None)
                self.drop(thing)
                if deadline is not None and self._clock.perf() >= deadline:
                    self.is_settling = bool(self.lost)
                    break
            elif handle not in self._followed:
                self._followed.add(handle)
                self._follow(thing)
        return not self.lost

    def next_pump(self):
        """Those still missing are followed again."""
        self._followed.clear()
        self.is_settling = False

    def clear_away(self, deadline=None):
        """Takes away more of what things that are gone have left. False when there was nothing."""
        is_any = bool(self.leaving)
        while self.leaving and (deadline is None or self._clock.perf() < deadline):
            self.leaving.popleft()()
        return is_any

    def give_up(self):
        """After five pumps: who is still missing is stated as gone, and counted."""
        for thing in list(self.lost.values()):
            self.lost.pop(thing.handle, None)
            self.drop(thing)
            self.forced += 1
            self._statement.forced = True
        self.clear_away()  # they live: what they have must not be taken for what is left of the dead

    def _is_back(self, thing):
        return thing.handle in thing.parent.lists.get(thing.place, ()) and not thing.parent.gone

    def _follow(self, thing):
        """Marks the list in which the object says it is, or that of the nearest owner we know."""
        if thing.kind == 'clip' and self._hooks.follow_clip(thing):
            return
        self._climb(thing.kind, thing.obj)

    def _climb(self, kind, obj):
        parent = read(obj, 'canonical_parent')
        if not is_alive(parent):
            return False
        for owner_kind, places in OWNERS[kind]:
            owner = self._registry.find(owner_kind, parent)
            if owner is not None:
                for place in places:
                    self._dirty.mark(owner, place, STRUCTURE)
                return True
        return any(self._climb(owner_kind, parent) for owner_kind, _ in OWNERS[kind])

    def drop(self, thing):
        """A thing is gone, and what lies under it; living things under it have moved and are looked for."""
        if thing.gone:
            return
        self._statement.gone_kinds[thing.handle] = thing.kind
        self._registry.forget(thing)
        self._hooks.dropped(thing)
        for name, handles in thing.lists.items():
            for handle in handles:
                self._drop_child(thing, name, self._registry.by_handle.get(handle))

    def _drop_child(self, parent, name, child):
        if child is None or child.parent is not parent or child.place != name:
            return
        if OWNERS[child.kind] and is_alive(child.obj) and not is_alive(parent.obj):
            self.lost[child.handle] = child
        elif OWNERS[child.kind]:
            self.drop(child)
        else:
            self.leaving.append(partial(self.drop, child))  # it can be nowhere else; there may be thousands


def unique(handles):
    """A list without repetitions: a list caught half-changed may name a thing twice."""
    if len(set(handles)) == len(handles):
        return handles
    seen = set()
    return [handle for handle in handles if not (handle in seen or seen.add(handle))]
