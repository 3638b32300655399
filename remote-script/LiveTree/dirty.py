"""Dirty marks: `(object, aspect)`, oldest first, in three weights. All that a callback of Live ever does."""
from collections import OrderedDict

STRUCTURE = 0
DISCRETE = 1
CONTINUOUS = 2


class Dirty(object):
    """What must be read again. Marking twice keeps the first place in the queue."""

    def __init__(self, clock):
        self._clock = clock
        self._queues = (OrderedDict(), OrderedDict(), OrderedDict())
        self._later = []  # type: list  # (due, subject, aspect, weight)
        self.driven = set()  # continuous (subject, aspect) that Live moves by itself: read 20 times a second
        self.marks = 0  # so far, but for the driven ones: a mark ends the rest between pumps

    def mark(self, subject, aspect, weight):
        """Called by Live's listeners. Reads nothing, raises nothing."""
        key = (subject, aspect)
        if weight != CONTINUOUS or key not in self.driven:
            self.marks += 1
        queue = self._queues[weight]
        if key not in queue:
            queue[key] = self._clock.now()

    def urge(self, subject, aspect, weight):
        """Marks a driven value that is to be read at once: automation may have let go of it."""
        self.driven.discard((subject, aspect))
        self.mark(subject, aspect, weight)

    def mark_later(self, subject, aspect, weight, seconds):
        """Some values of Live settle a moment after the change that made them."""
        self._later.append((self._clock.now() + seconds, subject, aspect, weight))

    def wake(self):
        """Turns marks that have become due into ordinary ones."""
        if not self._later:
            return
        now = self._clock.now()
        due = [entry for entry in self._later if entry[0] <= now]
        if due:
            self._later = [entry for entry in self._later if entry[0] > now]
        for _, subject, aspect, weight in due:
            self.mark(subject, aspect, weight)

    def due_in(self):
        """Seconds until the first of the later marks is due; None when there is none."""
        return min(entry[0] for entry in self._later) - self._clock.now() if self._later else None

    def take(self, weight):
        """The oldest mark of a weight as `(subject, aspect)`, or None."""
        queue = self._queues[weight]
        return queue.popitem(last=False)[0] if queue else None

    def has(self, weight):
        return bool(self._queues[weight])

    def has_news(self):
        """Something is marked that Live does not move by itself."""
        structure, discrete, continuous = self._queues
        return bool(structure) or bool(discrete) or not continuous.keys() <= self.driven

    def is_marked(self, subject, aspect):
        """Used by the audit: what is dirty is not compared."""
        key = (subject, aspect)
        return any(key in queue for queue in self._queues)

    def is_subject_marked(self, subject, aspects):
        return any(self.is_marked(subject, aspect) for aspect in aspects)

    def oldest_age(self, weight):
        """Seconds that the oldest mark of a weight has waited; 0 when there is none."""
        queue = self._queues[weight]
        if not queue:
            return 0.0
        return self._clock.now() - next(iter(queue.values()))

    def __len__(self):
        return sum(len(queue) for queue in self._queues) + len(self._later)

    def clear(self):
        self.driven.clear()
        for queue in self._queues:
            queue.clear()
        self._later = []
