"""Is the shadow what Live says? Object after object is read again in idle time; what is dirty is skipped.

A difference is looked at once more a moment later, for Live may tell of it late. If it is still there and nothing
told of it, it is a mismatch: stated, marked, counted by property. A thing that agrees is stated with its hash, so
that the hub can compare too.
"""
from collections import Counter, deque

from .kinds import KINDS
from .kinds.table import DETAIL
from .live import ABSENT, is_alive, members
from .plain import is_same
from .sweep import details_of, unheard

PATIENCE = 0.25  # seconds between finding a difference and stating it
HASHES = 4  # per frame
PAUSE = 10.0  # seconds between two rounds
PART = 50  # entries of a list compared in one step
MOST_ASKED = 100  # things of one barrier


class Audit(object):
    """One endless round over all things."""

    def __init__(self, clock, registry, reader, lists, statement, values, dirty):
        self._clock = clock
        self._registry = registry
        self._reader = reader
        self._lists = lists
        self._statement = statement
        self._values = values
        self._dirty = dirty
        self._pending = iter(())
        self._looking = None  # steps of the look at one thing
        self._suspects = []  # (due, thing, aspects, values, lists)
        self._rests_until = 0.0
        self._asked = deque()
        self._answering = []  # asked things that are to be looked at once more
        self.mismatches = Counter()
        self.rounds = 0
        self.is_on = True

    def ask(self, handles):
        """The hub wants to know whether these are as they were stated: they are read before anything else."""
        found = [self._registry.by_handle.get(handle) for handle in handles[:MOST_ASKED]]
        self._asked.extend(thing for thing in found if thing is not None)

    def is_asked(self):
        """Something that was asked for has not been read to the end."""
        return bool(self._asked) or bool(self._answering)

    def step_asked(self):
        """Reads one thing that was asked for. False when there is nothing to do now."""
        if self._asked:
            thing = self._asked.popleft()
            if not thing.gone and thing.filled and is_alive(thing.obj):
                for _ in self._look(thing):
                    pass
                self._answering.extend(each for each in self._suspects if each[1] is thing)
            return True
        self._answering = [each for each in self._answering if each in self._suspects]
        if not self._answering or self._answering[0][0] > self._clock.now():
            return False
        suspect = self._answering.pop(0)
        self._suspects.remove(suspect)
        self._convict(*suspect[1:])
        return True

    def step(self):
        """Looks at one thing more. False when there is nothing to do now."""
        if not self.is_on or len(self._statement.audits) >= HASHES:
            return False
        self._step()
        return bool(self._suspects) or self._clock.now() >= self._rests_until

    def _step(self):
        if self._suspects and self._suspects[0][0] <= self._clock.now():
            self._convict(*self._suspects.pop(0)[1:])
            return
        if self._looking is not None:
            if next(self._looking, self) is self:
                self._looking = None
            return
        if self._clock.now() < self._rests_until:
            return
        thing = next(self._pending, None)
        if thing is None:
            self._pending = iter(list(self._registry.by_handle.values()))
            self.rounds += 1
            self._rests_until = self._clock.now() + PAUSE
        elif not thing.gone and thing.filled and is_alive(thing.obj) and not self._is_dirty(thing):
            self._looking = self._look(thing)

    def _is_dirty(self, thing):
        table = KINDS[thing.kind]
        names = list(table.aspects) + list(table.values) + list(table.lists)
        return self._dirty.is_subject_marked(thing, names)

    def _look(self, thing):
        """Steps: properties first, then the lists. What is told of meanwhile ends it."""
        aspects = [name for name in self._reader.differing(thing) if not self._is_swept(thing, name)]
        values = [name for name in KINDS[thing.kind].values if self._value_differs(thing, name)]
        lists = []
        for name in KINDS[thing.kind].lists:
            if (yield from self._compare(thing, name)):
                lists.append(name)
        if thing.gone or not is_alive(thing.obj) or self._is_dirty(thing):
            return
        if any(each[1] is thing for each in self._suspects):
            return
        if aspects or values or lists:
            self._suspects.append((self._clock.now() + PATIENCE, thing, aspects, values, lists))
        elif thing.known:
            self._statement.audits.append(thing)

    def _is_swept(self, thing, name):
        if thing.details is not None:
            return False
        if thing.kind == 'clip' and name in ('warping', 'places'):
            return True
        return name in details_of(thing.kind) or name in unheard(thing)

    def _value_differs(self, thing, name):
        value = KINDS[thing.kind].values[name]
        if (value.tier == DETAIL and thing.details is None) or self._values.is_moving(thing, name):
            return False
        raw = self._reader.value_of(thing, value)
        return not is_same(raw, thing.props.get(name, ABSENT)) and not self._reader.is_automated(thing, value)

    def _compare(self, thing, name):
        """Steps through a list. True when Live has another one than was stated."""
        found, stated = self._found(thing, name), thing.lists.get(name)
        if found is ABSENT or len(found) != len(stated):
            return found is not ABSENT
        for start in range(0, len(found), PART):
            if start:
                yield
            if thing.gone or thing.lists.get(name) is not stated:
                return False
            if self._part_differs(thing, name, found, start):
                return True
        return False

    def _found(self, thing, name):
        """What Live has in a list that was stated, or ABSENT."""
        spec = KINDS[thing.kind].lists[name]
        source = self._reader.source(thing, spec.source)
        if name not in thing.lists or spec.event is None or source is ABSENT:
            return ABSENT
        return members(source, spec.member)

    def _part_differs(self, thing, name, found, start):
        child = KINDS[thing.kind].lists[name].child
        things = [self._registry.find(child, obj) for obj in found[start:start + PART]]
        return [each.handle if each else None for each in things] != thing.lists[name][start:start + PART]

    def _list_differs(self, thing, name):
        steps = self._compare(thing, name)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return end.value

    def _convict(self, thing, aspects, values, lists):
        """Reads again what differed a moment ago; what told of it meanwhile has mended it."""
        if thing.gone or not is_alive(thing.obj) or self._is_dirty(thing):
            return
        for name in aspects:
            for prop in self._reader.read_constants(thing) if name is None else self._reader.read_aspect(thing, name):
                self._count(thing, prop)
        for name in values:
            value = KINDS[thing.kind].values[name]
            if self._value_differs(thing, name):
                self._reader.state_value(thing, value, self._reader.value_of(thing, value))
                self._count(thing, name)
        for name in lists:
            if self._list_differs(thing, name):
                self._lists.read(thing, name)
                self._count(thing, name)

    def _count(self, thing, prop):
        self.mismatches[thing.kind + '.' + prop] += 1
        self._statement.mismatch.append([thing.handle, prop])
