"""How often the script works: Live's timer and the watchdog over it, rests while nothing happens, and two looks a
second while the real-time switch is off.
"""
import Live

from . import clock

INTERVAL_MS = 10
SLOW_MS = 500  # `nc -w 1` at port 9001 waits for a second
WATCHDOG = 0.1  # seconds without a pump after which Live's tick pumps itself
SLOW_WATCHDOG = 1.0
REST = 0.1  # seconds between two whole pumps while nothing happens; a dirty mark ends the rest at once
REST_UNACKED = 0.05  # and while nothing but an acknowledgement is awaited, or no hub is there


class Pace(object):
    """`pump`: one turn of the script. `report`: takes errors and what pumps cost."""

    def __init__(self, pump, report):
        self._pump = pump
        self._report = report
        self._last = clock.now()  # when Live was last seen to pump
        self._turns = self._seen = 0  # calls of the timer; up to Live's last tick
        self._left = self._resting = 0  # turns of this rest still to come; of all of it
        self._cost = 0.0  # seconds of one of them
        self._dirty = None
        self._marks = 0
        self.is_slow = False
        self.timer = self._timer_of(INTERVAL_MS)
        self.timer.start()

    def _timer_of(self, interval_ms):
        return Live.Base.Timer(self._turn, interval_ms, True, False)

    def is_overdue(self):
        """Asked in Live's tick: a timer that stopped is started again. Whether the tick has to pump itself."""
        try:
            if not self.timer.running:
                self.timer.restart()
        except Exception as error:
            self._report.note('timer', error)
        if self._turns != self._seen:
            self._seen, self._last = self._turns, clock.now()
        return clock.now() - self._last >= (SLOW_WATCHDOG if self.is_slow else WATCHDOG)

    def _turn(self):
        """The timer's callback. While nothing is to be done most turns end here: not even the clock is read."""
        self._turns += 1
        if not self._left or self._dirty.marks != self._marks:
            self._pump()
        elif self._left == self._resting:
            self._measure()
        else:
            self._left -= 1

    def _measure(self):
        """The first turn of a rest tells what each of them costs."""
        began = clock.perf()
        self._left -= 1
        self._cost = clock.perf() - began

    def begin(self):
        """A whole pump begins. The seconds that the turns of the rest before it took."""
        self._last = clock.now()
        turns, self._left, self._resting = self._resting - self._left, 0, 0
        return self._report.rests(turns, self._cost)

    def end(self, rest, dirty, may_be_slow):
        """A whole pump ends. `rest`: seconds until the next one, 0 for none; a mark in `dirty` ends the rest."""
        turns = int(rest * 1000 / INTERVAL_MS) - 1
        if turns > 0:
            self._left = self._resting = turns
            self._dirty, self._marks = dirty, dirty.marks
        if may_be_slow != self.is_slow:
            self._change(may_be_slow)

    def _change(self, is_slow):
        timer = self._timer_of(SLOW_MS if is_slow else INTERVAL_MS)
        self.stop()
        self.timer, self.is_slow = timer, is_slow
        timer.start()

    def stop(self):
        self.timer.stop()
