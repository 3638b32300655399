"""The script measures itself: time in Live's thread, listeners, events, what went wrong."""
from collections import Counter, deque

PUMPS = 600  # pumps that the percentiles look back


class Report(object):
    """Figures for the heartbeat and for tests. Errors are logged once per place."""

    def __init__(self, log):
        self._log = log
        self._pumps = deque(maxlen=PUMPS)
        self._frames = deque()
        self.worst = 0.0
        self.pumps = 0
        self.frames = 0
        self.errors = Counter()

    def note(self, place, error):
        """An exception that was caught: logged once per place, always counted."""
        self.errors[place] += 1
        if self.errors[place] == 1:
            self._log('%s failed (%s: %s)' % (place, type(error).__name__, error))

    def pump(self, seconds):
        self.pumps += 1
        self._pumps.append(seconds)
        if seconds > self.worst:
            self.worst = seconds

    def rests(self, count, seconds):
        """Pumps that did nothing, of so many seconds each. What they took together."""
        self.pumps += count
        self._pumps.extend([seconds] * count)
        return count * seconds

    def frame(self, now):
        self.frames += 1
        self._frames.append(now)

    def frames_per_second(self, now):
        while self._frames and now - self._frames[0] >= 1.0:
            self._frames.popleft()
        return len(self._frames)

    def percentiles(self):
        """p50, p99 and worst of a pump, in milliseconds."""
        ordered = sorted(self._pumps) or [0.0]
        last = len(ordered) - 1
        return {
            'pumpMsP50': round(ordered[last // 2] * 1000, 3),
            'pumpMsP99': round(ordered[int(last * 0.99)] * 1000, 3),
            'pumpMsMax': round(self.worst * 1000, 3),
        }
