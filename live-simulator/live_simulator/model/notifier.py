"""Delivers notifications: in any order, some twice, some early, by the switches and the seed."""
import time

from ..surface.listeners import resolved


class Notifier(object):
    """Holds what a gesture has to tell until it is told."""

    def __init__(self, faults, counters, random, log):
        self.faults = faults
        self.counters = counters
        self.random = random
        self.log = log
        self.cost = None  # set by Live
        self.pending = []
        self.depth = 0

    def chance(self, probability):
        return probability > 0 and self.random.random() < probability

    def tell(self, obj, event):
        """The event of the object is due; nothing happens when nobody listens."""
        if obj.listeners and event in obj.listeners:
            self.pending.append((obj, event))

    def before(self, obj, event):
        """True when the event was delivered now, before its change, and shall not be told again."""
        if not (obj.listeners and event in obj.listeners) or not self.chance(self.faults.early):
            return False
        self._deliver(obj, event)
        return True

    def halfway(self):
        """A point inside a gesture where Live may deliver what is due."""
        if self.pending and self.chance(self.faults.half):
            self.flush()

    def flush(self):
        """Delivers all that is due."""
        while self.pending and not self.depth:
            batch, self.pending = self.pending, []
            if self.faults.duplicate:
                batch += [entry for entry in batch if self.chance(self.faults.duplicate)]
            if self.chance(self.faults.order):
                self.random.shuffle(batch)
            for obj, event in batch:
                self._deliver(obj, event)

    def _deliver(self, obj, event):
        if self.chance(self.faults.lost):
            self.counters.lost_notifications += 1
            return
        if obj.alive and obj.listeners:
            for kept in list(obj.listeners.get(event, ())):
                self._call(obj, event, kept)

    def _call(self, obj, event, kept):
        callback = resolved(kept)
        if callback is None or kept not in (obj.listeners or {}).get(event, ()):
            return
        began = time.perf_counter()
        self.depth += 1
        try:
            self.cost.call('listener', callback) if self.cost else callback()
        except Exception:  # Live writes it to its log and goes on
            self.counters.callback_exceptions += 1
            self.log.exception('in a listener of %s.%s' % (obj.lom, event))
        finally:
            self.depth -= 1
            self.counters.listener_calls += 1
            self.counters.listener_seconds += time.perf_counter() - began
