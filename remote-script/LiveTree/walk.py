"""The first reading of the Set, in stages, and the reading of whatever appears later.

The queue holds things, never indexes; dead ones fall out. A part may be a generator: one step at a time, so that
a pump can stop anywhere.
"""
from collections import deque

# Parts of each kind with their stage. Stages: 0 song, 1 tracks/scenes/mixers, 2 devices and chains,
# 3 parameters, 4 clips, 5 empty slots.
PARTS = {
    'song': (('base', 0), ('tracks', 0), ('returns', 0), ('main', 0), ('scenes', 0), ('locators', 1)),
    'track': (
        ('base', 1), ('sends', 1), ('devices', 2), ('clip_slots', 4), ('arrangement', 4), ('takeLanes', 4),
    ),
    'scene': (('base', 1),),
    'locator': (('base', 1),),
    'send': (('base', 1),),
    'device': (('base', 2), ('chains', 2), ('returnChains', 2), ('parameters', 3)),
    'chain': (('base', 2), ('sends', 2), ('devices', 2)),
    'parameter': (('base', 3),),
    'clip': (('base', 4),),
    'takeLane': (('base', 4), ('clips', 4)),
    'slot': (),
}
STAGES = 6
SHAPE = 3  # stages after which a new thing has all that is shown of it at once
HALVES = 3  # pumps that a frame waits for them
FIRST_STAGES = 2  # the stages that are read even while Live records


class Queue(object):
    """Parts to be read, by stage, first in first out; and the one being read in steps."""

    def __init__(self):
        self._stages = [deque() for _ in range(STAGES)]
        self._running = None
        self.total = 0
        self.done = 0

    def put(self, subject, part, stage):
        self._stages[stage].append((subject, part))
        self.total += 1

    def step(self, perform, limit):
        """Reads one part of a stage below the limit, or goes on with one. False when there is none."""
        if self._running is not None:
            self._resume()
            return True
        for queue in self._stages[:limit]:
            if queue:
                self.done += 1
                self._start(perform, *queue.popleft())
                return True
        return False

    def _start(self, perform, subject, part):
        if subject.gone:
            return
        self._running = perform(subject, part)
        if self._running is not None:
            self._resume()

    def _resume(self):
        steps, self._running = self._running, None
        try:
            next(steps)
        except StopIteration:
            return
        self._running = steps

    def stage(self):
        """The stage being read, or None when nothing is left."""
        for stage in range(STAGES):
            if self._stages[stage]:
                return stage
        return STAGES - 1 if self._running is not None else None

    def __bool__(self):
        return self._running is not None or any(self._stages)

    def clear(self):
        self._running = None
        for queue in self._stages:
            queue.clear()


class Walk(object):
    """Two queues: what appeared in a Set already read comes before the first reading."""

    def __init__(self, perform):
        self._perform = perform  # perform(subject, part) -> None or a generator of steps
        self.first = Queue()
        self.live = Queue()
        self._halves = 0  # pumps that a frame has waited
        self.is_live = True  # what arrives now belongs to the live queue

    def begin(self, song):
        """Queues the song for its first reading."""
        self.is_live = False
        self._enqueue(song, self.first)
        self.is_live = True

    def arrived(self, thing):
        """A thing was found for the first time."""
        self._enqueue(thing, self.live if self.is_live else self.first)

    def _enqueue(self, thing, queue):
        for part, stage in PARTS[thing.kind]:
            queue.put(thing, part, stage)
        if thing.kind == 'scene' and queue is self.live:
            queue.put(thing, 'scene_slots', 4)

    def later_slot(self, slot):
        """An empty slot gets its listener in the last stage."""
        self.first.put(slot, 'empty', STAGES - 1)

    def step_live(self):
        """Reads one more part of what appeared later. False when nothing is left."""
        return self.live.step(self._perform, STAGES)

    def step_first(self, limit=STAGES):
        """Reads one more part of the Set. False when nothing is left below the limit."""
        self.is_live = False
        try:
            return self.first.step(self._perform, limit)
        finally:
            self.is_live = True

    def is_walking(self):
        """The first reading is not over yet."""
        return bool(self.first)

    def is_reading(self):
        """Something that appeared later is still being read."""
        return bool(self.live)

    def is_half_read(self):
        """Asked once for each frame: something new was not read as far as it is shown. It comes as one, unless that
        takes long."""
        stage = self.live.stage()
        self._halves = self._halves + 1 if stage is not None and stage < SHAPE else 0
        return 0 < self._halves <= HALVES

    def progress(self):
        return {'done': self.first.done, 'total': self.first.total}

    def clear(self):
        self.first.clear()
        self.live.clear()
