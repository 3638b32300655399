"""How often the script works: Live's timer and the watchdog over it, rests while nothing happens, and two looks a
second while the real-time switch is off.
"""
import Live

from . import clock

INTERVAL_MS = 10
SLOW_MS = 500  # `nc -w 1` at port 9001 waits for a second
WATCHDOG = 0.1  # seconds without a pump after which Live's tick pumps itself
SLOW_WATCHDOG = 1.0
REST = 0.08  # seconds between two whole pumps while nothing happens; a dirty mark ends the rest at once
REST_UNACKED = 0.03  # and while nothing but an acknowledgement is awaited


class Pace(object):
    """`pump`: one turn of the script. `report`: takes errors and what pumps cost."""

    def __init__(self, pump, report):
        self._pump = pump
        self._report = report
        self._last = clock.now()
        self._rests_until = 0.0
        self._marks = 0
        self.rested = 0.0  # seconds that resting pumps took since the last whole one
        self.is_slow = False
        self.timer = self._timer_of(INTERVAL_MS)
        self.timer.start()

    def _timer_of(self, interval_ms):
        return Live.Base.Timer(self._pump, interval_ms, True, False)

    def is_overdue(self):
        """Asked in Live's tick: a timer that stopped is started again. Whether the tick has to pump itself."""
        try:
            if not self.timer.running:
                self.timer.restart()
        except Exception as error:
            self._report.note('timer', error)
        return clock.now() - self._last >= (SLOW_WATCHDOG if self.is_slow else WATCHDOG)

    def is_resting(self, marks):
        """Nothing is to be done: most pumps of a Set that nobody touches end here, so this is kept short."""
        began, now = clock.perf(), clock.now()
        if now >= self._rests_until or marks != self._marks:
            return False
        self._last = now
        self.rested += self._report.pump(clock.perf() - began)
        return True

    def begin(self):
        """A whole pump begins."""
        self._last = clock.now()

    def end(self, rest, marks, may_be_slow):
        """A whole pump ends. `rest`: seconds until the next one, 0 for none. `marks`: dirty marks so far; another one ends the rest."""
        self.rested = self._rests_until = 0.0
        if rest:
            self._rests_until, self._marks = clock.now() + rest, marks
        if may_be_slow != self.is_slow:
            self._change(may_be_slow)

    def _change(self, is_slow):
        timer = self._timer_of(SLOW_MS if is_slow else INTERVAL_MS)
        self.stop()
        self.timer, self.is_slow = timer, is_slow
        timer.start()

    def stop(self):
        self.timer.stop()
