"""Which port to try when: all in turn, the last good one first, with growing pauses between rounds."""
import random

FIRST_PAUSE = 0.2  # seconds
LONGEST_PAUSE = 5.0  # seconds
STABLE = 5.0  # seconds; a connection that held this long starts the pauses anew


class Ladder(object):
    """Pure but for the draw of the pauses; `chance` gives numbers in [0, 1)."""

    def __init__(self, ports, chance=random.random):
        self._ports = list(ports)
        self._chance = chance
        self._round = list(ports)
        self._rounds_failed = 0
        self._not_before = 0.0

    def next_port(self, now):
        """The port to try now, or None while a pause lasts."""
        if now < self._not_before or not self._ports:
            return None
        return self._round[0]

    def failed(self, now):
        """No hub on the port tried: the next one, after the last a pause."""
        del self._round[0]
        if not self._round:
            self._pause(now)

    def lost(self, port, now, held_seconds):
        """A hub was there, and the connection is gone: it is tried first next time."""
        if held_seconds >= STABLE:
            self._rounds_failed = 0
        self._ports.remove(port)
        self._ports.insert(0, port)
        self._pause(now)

    def again(self):
        """The next attempt may begin at once."""
        self._round = list(self._ports)
        self._not_before = 0.0

    def _pause(self, now):
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(self._rounds_failed, 10))
        self._rounds_failed += 1
        self._round = list(self._ports)
        self._not_before = now + longest * (0.5 + 0.5 * self._chance())
