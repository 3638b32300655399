"""What has no listener is read in turn, in idle time: parameters, clip details, stop buttons, refused listeners.

A knob moved by a controller, a macro or Push is found so without a listener. What is found is stated with
`seen: sweep`.
"""
from collections import deque

from .kinds import KINDS
from .kinds.table import DETAIL
from .live import ABSENT, is_alive
from .plain import is_same

SELDOM = 8  # rounds between two readings of what hardly ever changes
CLIPS = 4  # rounds between two readings of a clip's details and of stop buttons
BATCH = 6  # parameters read in one step
PASSED = 100  # things looked through in one step
PAUSE = 1.0  # seconds from the beginning of a round to that of the next
POLL = 1.0  # seconds between two looks at what Live refused to tell


def details_of(kind):
    """Aspects of a kind that only details are told of, and those nothing tells of (grouping has neighbours)."""
    table = KINDS[kind]
    return [
        each.name for each in table.aspects.values()
        if each.reads and each.name != 'grouping' and all(tier == DETAIL for _, _, tier in each.events)
    ]


def unheard(thing):
    """Aspects of a scene that this Live tells nobody of: 11.0 has no event for its tempo and signature."""
    if thing.kind != 'scene':
        return []
    return [
        each.name for each in KINDS['scene'].aspects.values()
        if all(getattr(thing.obj, 'add_%s_listener' % event, None) is None for _, event, _ in each.events)
    ]


CLIP_DETAILS = details_of('clip') + ['warping', 'places']
CLIP_ASPECTS = [each.name for each in KINDS['clip'].aspects.values() if each.reads]
PARAMETER_DETAILS = details_of('parameter')


class Sweep(object):
    """One endless round over everything that is not listened to."""

    def __init__(self, clock, registry, reader, statement, values, slots, dirty, listeners):
        self._clock = clock
        self._registry = registry
        self._reader = reader
        self._statement = statement
        self._values = values
        self._slots = slots
        self._dirty = dirty
        self._listeners = listeners
        self._steps = None
        self.rounds = 0
        self.found = 0
        self._round_began = clock.now()
        self._round_ended = None
        # when the rounds began that have each read their share of what is read every fourth round; first: with the run
        self._shares = deque([self._round_began] * CLIPS, CLIPS)
        self._polled = clock.now()
        self.is_urgent = False
        self.is_on = True

    def hurry(self):
        """A save was seen: one whole round now, within the ordinary budget."""
        self._steps = None
        self.is_urgent = True

    def age(self):
        """Seconds since the beginning of the last whole round, or None before the first."""
        return None if self._round_ended is None else self._clock.now() - self._round_ended

    def oldest(self):
        """Seconds since the oldest of the values was read that only the sweep reads."""
        return self._clock.now() - self._shares[0]

    def step(self):
        """Reads one more thing. False when there is nothing to do now."""
        if not self.is_on:
            self.is_urgent = False
            return False
        if self._clock.now() - self._polled >= POLL:
            self._polled = self._clock.now()
            self._listeners.poll()
        if self._steps is None:
            if self._clock.now() - self._round_began < PAUSE and self.rounds and not self.is_urgent:
                return False
            self._round_began = self._clock.now()
            self._steps = self._round()
        if next(self._steps, self) is self:
            self._steps = None
            self.rounds += 1
            self._round_ended = self._round_began
            self._shares.extend([self._round_began] * (CLIPS if self.is_urgent else 1))
            self.is_urgent = False
        return True

    def _round(self):
        """Parameters every round; clips and slots, which have listeners for the most, every fourth."""
        batch = passed = 0
        for thing in list(self._registry.by_handle.values()):
            passed += 1
            if passed % PASSED == 0:
                yield  # thousands of things may have no turn
            if thing.gone or not thing.filled:
                continue
            if thing.kind == 'parameter':
                self._parameter(thing)
                batch += 1
            elif thing.kind == 'clip' and (self._has_turn(thing, CLIPS) or not thing.tokens):
                self._clip(thing)
                batch = BATCH
            elif thing.kind == 'scene' and self._has_turn(thing, CLIPS):
                self._scene(thing)
                batch += 1
            elif thing.kind == 'track' and thing.slots and (self._has_turn(thing, CLIPS) or self._is_over()):
                for _ in self._track(thing):
                    yield
            if batch >= BATCH:
                batch = 0
                yield

    def _has_turn(self, thing, rounds):
        """Once in so many rounds; always while hurried."""
        return self.is_urgent or thing.handle % rounds == self.rounds % rounds

    def _is_over(self):
        """The limit of listeners is reached: slots without one are looked at every round."""
        return not self._slots.may_listen()

    def _seen(self, thing, changed):
        if changed:
            self.found += 1
            self._statement.seen[str(thing.handle)] = 'sweep'

    def _parameter(self, thing):
        if thing.details is not None or not is_alive(thing.obj):
            return
        value = KINDS['parameter'].values['value']
        raw = self._reader.value_of(thing, value)
        if not is_same(raw, thing.props.get('value', ABSENT)) and not self._reader.is_automated(thing, value):
            self._seen(thing, self._reader.state_value(thing, value, raw))
        if self._has_turn(thing, SELDOM):
            for name in PARAMETER_DETAILS:
                self._seen(thing, self._reader.read_aspect(thing, name))

    def _clip(self, thing):
        if thing.details is not None or not is_alive(thing.obj):
            return
        for name in CLIP_DETAILS if thing.tokens else CLIP_ASPECTS:
            if not self._dirty.is_marked(thing, name):
                self._seen(thing, self._reader.read_aspect(thing, name))

    def _scene(self, scene):
        if is_alive(scene.obj):
            for name in unheard(scene):
                self._seen(scene, self._reader.read_aspect(scene, name))

    def _track(self, track):
        for index, slot in enumerate(list(track.slots.values())):
            if index % 16 == 15:
                yield
                if track.gone:
                    return
            self._slot(track, slot)

    def _slot(self, track, slot):
        if slot.gone or not is_alive(slot.obj) or (slot.clip is not None and self._dirty.is_marked(slot, 'clip')):
            return
        changed = self._slots.read_stop(slot)
        dead = slot.clip is not None and not is_alive(slot.clip.obj)
        if dead or (slot.token is None and track.props.get('is_foldable') is not True):
            before = slot.clip
            self._slots.read_clip(slot)
            changed = changed or slot.clip is not before
        self._seen(track, changed)
