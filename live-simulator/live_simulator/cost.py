"""What the script takes of Live's thread, in CPU time of that thread: other programs on the machine do not count.

Measured around every call into the script: its timer, update_display, its listeners. What it reads of Live is in it,
and costs here what the simulator needs for it.
"""
import time

try:
    thread_time = time.thread_time  # Python 3.7 on this system
except AttributeError:
    thread_time = time.process_time

SECOND = 1.0


class Cost(object):
    """Off until begin(). `clock`: simulated time, for what falls into one second."""

    def __init__(self, clock):
        self._clock = clock
        self.is_on = False
        self._reset()

    def _reset(self):
        self._kept = {'pump': [], 'tick': [], 'listener': []}
        self._seconds = [0.0]
        self._second_ends = self._clock.now() + SECOND

    def begin(self):
        self._reset()
        self.is_on = True

    def call(self, what, call, *args):
        """Calls into the script. `what`: "pump", "tick" or "listener"."""
        if not self.is_on:
            return call(*args)
        began = thread_time()
        try:
            return call(*args)
        finally:
            spent = thread_time() - began
            while self._clock.now() >= self._second_ends:
                self._second_ends += SECOND
                self._seconds.append(0.0)
            self._kept[what].append(spent)
            self._seconds[-1] += spent

    def end(self):
        """Figures of pumps, ticks and listeners since begin(), and of whole seconds of all of them."""
        self.is_on = False
        found = dict(self._kept, second=self._seconds[:-1])
        return {name: figures(values) for name, values in found.items()}


def figures(values):
    """Count, sum, p50, p99 and max in milliseconds."""
    ordered = sorted(values) or [0.0]
    last = len(ordered) - 1
    ms = [ordered[last // 2], ordered[int(last * 0.99)], ordered[last], sum(ordered)]
    p50, p99, most, total = [round(each * 1000, 4) for each in ms]
    return {'count': len(values), 'p50': p50, 'p99': p99, 'max': most, 'total': total}
