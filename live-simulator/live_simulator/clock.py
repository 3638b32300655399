"""The one clock. Everything in the simulator, and the script inside it, takes time from here."""
import time


class RealClock(object):
    """Real time, or real time times `speed`."""

    def __init__(self, speed=1.0):
        self.speed = float(speed)
        self.began = time.monotonic()
        self.wall_began = time.time()

    def now(self):
        """Seconds since the start, simulated, monotonic."""
        return (time.monotonic() - self.began) * self.speed

    def wall(self):
        """Seconds since 1970, simulated."""
        return self.wall_began + self.now()

    def perf(self):
        """Seconds of real work; never simulated, so that budgets mean what they say."""
        return time.perf_counter()

    def wait_for(self, when):
        """Real seconds to wait until the simulated time `when`."""
        return max(0.0, (when - self.now()) / self.speed)

    def reached(self, when):
        pass


class JumpingClock(RealClock):
    """Time jumps to the next event. Each 10 ms of it take at least `least` real seconds, so that a hub can answer."""

    def __init__(self, least=0.0002):
        RealClock.__init__(self, 1.0)
        self.at = 0.0
        self.least = least
        self.paused_at = 0.0

    def now(self):
        return self.at

    def wait_for(self, when):
        if when - self.paused_at < 0.01:
            return 0.0
        self.paused_at = when
        return self.least

    def reached(self, when):
        self.at = max(self.at, when)


def make_clock(speed):
    """'max', a number, or the text of one."""
    return JumpingClock() if speed == 'max' else RealClock(float(speed))
