"""Live's main thread: ticks, timers and deferred work in one queue, with jitter, stalls and bursts."""
import heapq
import itertools

TICK = 0.1
TICK_JITTER = 0.008
FLOOD = 1.0 / 80
LEAST_TIMER = 0.01
BURST = 12


class Scheduler(object):
    """Runs what is due. run_next() is called by the process's loop, run_until() by tests."""

    def __init__(self, world, clock, random):
        self.world = world
        self.clock = clock
        self.random = random
        self.queue = []
        self.count = itertools.count()
        self.deferred = []
        self.script = self.cost = None  # set by Host, Live
        self.stalled_until = 0.0
        self.missed = 0
        self.pending_work = 0
        self.timers = 0
        self.frozen = False
        self.after_tick = []
        world.later = self.later
        world.defer = self.defer
        world.stall = self.stall

    def start(self):
        self.at(self.clock.now() + TICK, self._tick)
        self.at(self.clock.now() + FLOOD, self._flood)

    def at(self, when, call):
        heapq.heappush(self.queue, (when, next(self.count), call))

    def later(self, seconds, call):
        """Deferred work of the model (a launch, a ride): quiet() waits for it."""
        self.pending_work += 1

        def work():
            self.pending_work -= 1
            call()

        self.at(self.clock.now() + seconds, work)

    def defer(self, ticks, call):
        """Work that takes effect after so many ticks."""
        self.pending_work += 1
        self.deferred.append([ticks, call])

    def next_time(self):
        return self.queue[0][0] if self.queue else self.clock.now() + TICK

    def run_due(self, limit=200):
        """Runs what is due now; returns how many."""
        ran = 0
        while self.queue and ran < limit and self.queue[0][0] <= self.clock.now():
            self._run_one()
            ran += 1
        return ran

    def _run_one(self):
        when, _, call = heapq.heappop(self.queue)
        call()

    def run_until(self, when):
        """For a jumping clock: everything up to a simulated time."""
        while self.queue and self.queue[0][0] <= when:
            self.clock.reached(self.queue[0][0])
            self._run_one()
        self.clock.reached(when)

    # --- ticks ---------------------------------------------------------------------------------

    def stall(self, seconds):
        """A menu or dialog is open: no ticks, no timers; then a burst."""
        self.stalled_until = max(self.stalled_until, self.clock.now()) + seconds
        self.world.dialogs += 1
        self.at(self.stalled_until, self._stall_over)

    def _stall_over(self):
        if self.clock.now() >= self.stalled_until - 1e-9:
            self.world.dialogs = 0
            missed, self.missed = min(self.missed, BURST), 0
            for _ in range(missed):
                self.tick_now()

    def is_stalled(self):
        return self.clock.now() < self.stalled_until - 1e-9

    def _tick(self):
        jitter = TICK_JITTER * (2 * self.random.random() - 1)
        self.at(self.clock.now() + TICK + jitter, self._tick)
        if self.frozen:
            return
        if self.is_stalled():
            self.missed += 1
            return
        if self.world.faults.stalls and self.random.random() < self.world.faults.stalls:
            self.stall(0.2 + 2 * self.random.random())
        self.tick_now()

    def tick_now(self):
        """One update_display of every instance, after what lagged has taken effect."""
        due = [d for d in self.deferred if d[0] <= 1]
        self.deferred = [[n - 1, call] for n, call in self.deferred if n > 1]
        for _, call in due:
            self.pending_work -= 1
            call()
        for call in self.after_tick:
            call()
        if self.script is not None:
            self.script.update_display()

    def _flood(self):
        self.at(self.clock.now() + FLOOD, self._flood)
        if not self.is_stalled():
            self.world.transport.flood()

    # --- timers --------------------------------------------------------------------------------

    def timer_delay(self, interval):
        """What a timer of this interval really takes: at least 10 ms, median 10.3, at most 22 (docs/live-api.md)."""
        draw = self.random.random()
        slip = 0.0003 + 0.0004 * draw if draw < 0.97 else 0.002 + 0.01 * self.random.random()
        return max(interval, LEAST_TIMER) + slip
