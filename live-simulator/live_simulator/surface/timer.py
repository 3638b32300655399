"""Live.Base.Timer: runs on the main thread; an exception in its callback stops it for good."""
from .errors import mismatch


def timer_class(scheduler, log, counters):
    """The class bound to one scheduler."""

    class Timer(object):
        def __init__(self, callback, interval, repeat=False, start=False):
            if not callable(callback) or not isinstance(interval, (int, float)):
                raise mismatch('__init__', 'Timer', [callback, interval])
            self._callback = callback
            self._interval = interval / 1000.0
            self._repeat = bool(repeat)
            self._round = 0
            self._running = False
            if start:
                self.start()

        @property
        def running(self):
            return self._running

        def start(self):
            if not self._running:
                self._running = True
                scheduler.timers += 1
                self._schedule()

        def stop(self):
            if self._running:
                self._running = False
                scheduler.timers -= 1
            self._round += 1

        def restart(self):
            self.stop()
            self.start()

        def _schedule(self, since=None):
            self._round += 1
            mine = self._round
            since = scheduler.clock.now() if since is None else since
            scheduler.at(since + scheduler.timer_delay(self._interval), lambda: self._fire(mine))

        def _fire(self, mine):
            if not self._running or mine != self._round:
                return
            if scheduler.is_stalled():
                scheduler.at(scheduler.stalled_until, lambda: self._fire(mine))
                return
            if scheduler.frozen:
                self._schedule()
                return
            began = scheduler.clock.now()
            try:
                scheduler.cost.call('pump', self._callback)
            except Exception:  # Live logs it and never calls the timer again
                counters.timer_exceptions += 1
                log.exception('in a timer')
                self.stop()
                return
            if self._running and mine == self._round:
                self._schedule(began) if self._repeat else self.stop()

    Timer.__module__ = 'Base'
    return Timer
