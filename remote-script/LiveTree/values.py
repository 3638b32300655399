"""Values that move: faders, knobs, tempo. What is a change, and what is only motion.

Motion is not a change: a value that automation, a macro or a device moves is ephemeral. A ride by hand is one
act: stated at most 20 times a second, its last value always, closed by 500 ms of rest. A value that goes on
changing for over 2 s of playback without a driver is ephemeral while it lasts, and one act at rest.
"""
from functools import partial

from . import names
from .dirty import CONTINUOUS
from .live import ABSENT
from .plain import is_same

INTERVAL = 0.05  # seconds between two statements of one value
REST = 0.5  # seconds without a change that close a ride
MOTION = 0.001  # seconds between two readings of what Live moves by itself, for each such value:
SLOWEST = 0.25  # a thousand of them a second in all, each at least four times a second
PLAYBACK = 2.0  # seconds of change during playback after which a value is in motion


class Ride(object):
    """One value being moved."""

    __slots__ = ('thing', 'value', 'before', 'latest', 'started', 'changed', 'told', 'waiting', 'ephemeral', 'driven')

    def __init__(self, thing, value, before, now, driven):
        self.thing = thing
        self.value = value
        self.before = before
        self.latest = before
        self.started = self.changed = now
        self.told = None  # type: float
        self.waiting = False  # the latest value has not been told
        self.ephemeral = driven
        self.driven = driven


class Values(object):
    """All values in movement."""

    def __init__(self, clock, reader, dirty, listeners, statement, ephemeral, is_playing):
        self._clock = clock
        self._reader = reader
        self._dirty = dirty
        self._listeners = listeners
        self._statement = statement
        self._ephemeral = ephemeral
        self._is_playing = is_playing
        self._rides = {}
        self._watched = {}  # thing -> {property: token of the automation_state listener}
        self.coalesced = 0
        self._motion_due = 0.0

    def changed(self, thing, value):
        """Reads a value that was marked dirty and tells it in the right way."""
        now = self._clock.now()
        raw = self._reader.value_of(thing, value)
        if raw is ABSENT:
            self._statement.prop(thing, value.prop, ABSENT)
            return
        driven = self._reader.is_automated(thing, value)
        self._watch_automation(thing, value, driven)
        ride = self._rides.get((thing, value.prop))
        if ride is None:
            ride = self._begin(thing, value, raw, now, driven)
        if ride is not None:
            self._move(ride, raw, now, driven)

    def _begin(self, thing, value, raw, now, driven):
        before = thing.props.get(value.prop, ABSENT)
        if is_same(before, raw):
            return None
        ride = Ride(thing, value, before, now, driven)
        self._rides[(thing, value.prop)] = ride
        self._drive(ride, driven)
        return ride

    def _move(self, ride, raw, now, driven):
        if driven != ride.driven:
            ride.ephemeral = driven
            ride.told = None  # what was only motion, or a hand, is not held against the other
        self._drive(ride, driven)
        if is_same(ride.latest, raw) and ride.told is not None:
            return
        if ride.waiting:
            self.coalesced += 1
        ride.latest, ride.changed, ride.waiting = raw, now, True
        if not ride.driven and now - ride.started > PLAYBACK and self._is_playing():
            ride.ephemeral = True
        if ride.told is None or now - ride.told >= INTERVAL:
            self._tell(ride, now)

    def _drive(self, ride, driven):
        """What Live moves by itself is told 20 times a second: a mark of it need not be read at once."""
        ride.driven = driven
        change = self._dirty.driven.add if driven else self._dirty.driven.discard
        change((ride.thing, ride.value.prop))

    def is_motion_due(self):
        """Asked before what Live moves by itself is read: it is time for all of it again."""
        now = self._clock.now()
        if now < self._motion_due:
            return False
        self._motion_due = now + max(INTERVAL, min(SLOWEST, MOTION * len(self._dirty.driven)))
        return True

    def due_in(self):
        """Seconds until a value must be read or told, or has come to rest; None while none moves."""
        if not self._rides:
            return None
        due = min(
            self._motion_due if ride.driven else ride.told + INTERVAL if ride.waiting else ride.changed + REST
            for ride in self._rides.values()
        )
        return due - self._clock.now()

    def _tell(self, ride, now):
        ride.told, ride.waiting = now, False
        if ride.ephemeral:
            told = {'prop': ride.value.prop, 'value': ride.latest}
            self._ephemeral.put('motion', ride.thing, told)
        else:
            self._reader.state_value(ride.thing, ride.value, ride.latest)

    def tick(self):
        """Tells what waited long enough and closes what has come to rest."""
        if not self._rides:
            return
        now = self._clock.now()
        for key, ride in list(self._rides.items()):
            if ride.thing.gone:
                self._end(key)
            elif now - ride.changed >= REST:
                self._end(key)
                self._close(ride)
            elif ride.waiting and now - ride.told >= INTERVAL:
                self._tell(ride, now)

    def _end(self, key):
        del self._rides[key]
        self._dirty.driven.discard(key)

    def _close(self, ride):
        thing, prop = ride.thing, ride.value.prop
        if ride.ephemeral:
            self._ephemeral.end('motion', thing)
        if ride.driven:
            return
        self._reader.state_value(thing, ride.value, ride.latest)
        if not is_same(ride.before, ride.latest) and ride.before is not ABSENT:
            self._statement.acts.append([thing.handle, prop, ride.before, ride.latest])
            self._statement.name(names.of_prop(thing.kind, prop), thing.handle)

    def _watch_automation(self, thing, value, driven):
        """A value that automation moves is listened to for the end of it; only those, so it stays cheap."""
        tokens = self._watched.get(thing, {})
        if driven == (value.prop in tokens):
            return
        if not driven:
            self._listeners.remove(tokens.pop(value.prop))
            return
        source = self._reader.source(thing, value.source)
        callback = partial(self._dirty.urge, thing, value.prop, CONTINUOUS)
        token = self._listeners.add(source, 'automation_state', callback)
        if token is not None:
            self._watched.setdefault(thing, {})[value.prop] = token

    def is_moving(self, thing, prop):
        return (thing, prop) in self._rides

    def forget(self, thing):
        """A thing is gone: its listeners with it."""
        self._listeners.remove_all(list(self._watched.pop(thing, {}).values()))

    def is_quiet(self):
        """No ride by hand is open."""
        return all(ride.driven for ride in self._rides.values())

    def clear(self):
        for thing in list(self._watched):
            self.forget(thing)
        self._rides.clear()
