"""How much of Live's thread the script may take, and whether it got too little for too long."""
from collections import deque

PUMP = 0.004  # seconds of Live's thread in one pump
SECOND = 0.050  # seconds in any second
FIRST_SECOND = 0.200  # while the Set is first read
RESERVE = 0.8  # share of the second up to which background work goes on
BACKGROUND = 0.5  # and that it may use itself, once the Set is read: somebody edits, and what changed goes first
BACKGROUND_LEAST = 0.0005  # of a pump though the second is used up: where pumps are dear by themselves it ends, too
READING = 0.55  # share of a pump for reading the Set; writing the frame takes the rest
CHANGING = 0.6  # and for reading what changed
LINK = 0.002  # seconds of a pump for the socket,
LINK_LEAST = 0.0003  # and however long the rest of it took
MARGIN = 0.018  # of a second is for what may not wait though the second is used up: the share of changes, their frames
IDLE_PUMP = 0.0005  # sweep and audit together, in one pump
IDLE_SECOND = 0.003  # and in any second, together with what idle pumps take by themselves
IDLE_LEAST = 0.001  # of any second they may have even where idle pumps by themselves take more
CHANGES = 0.001  # of each tenth of a second is kept for reading what changed
CHANGES_SPAN = 0.1  # seconds
KEPT = CHANGES / CHANGES_SPAN  # of any second, within its limit: pumps by themselves may not use it up
TALK = 0.05  # seconds between two turns of the link while the second is used up
LIGHT_AFTER = 5.0  # seconds over budget until light mode, and of rest until it ends


class Window(object):
    """Seconds spent within the last second, or another span."""

    def __init__(self, span=1.0):
        self._span = span
        self._entries = deque()
        self.spent = 0.0

    def add(self, now, seconds):
        self._entries.append((now, seconds))
        self.spent += seconds

    def left(self, now, limit):
        """What remains of a limit per span."""
        while self._entries and now - self._entries[0][0] >= self._span:
            self.spent -= self._entries.popleft()[1]
        if not self._entries:
            self.spent = 0.0
        return limit - self.spent


class Budget(object):
    """Deadlines on the finest clock; windows on the script's clock."""

    def __init__(self, clock):
        self._clock = clock
        self._all = Window()
        self._idle = Window()
        self._looks = Window()  # what sweep and audit took
        self._looked_from = None
        self._background = Window()  # what reading and restating took
        self._changes = Window(CHANGES_SPAN)  # what reading changes took
        self._changes_second = Window()  # the same, in the last second
        self._changed = None
        self._any_changed = False
        self._is_spent = False
        self._talked = 0.0
        self._first_until = 0.0
        self._over_since = None
        self._calm_since = None
        self.is_light = False
        self.started = 0.0
        self.idle_second = IDLE_SECOND
        self.allowed = self.background = 0.0

    def begin(self, is_first):
        """Starts a pump. Returns the seconds it may take; 0 when the second is used up. A little is always left for
        what changed: a pump that is dear by itself (a slow machine, many bytes) must not keep everything waiting."""
        self.started = self._clock.perf()
        now = self._clock.now()
        if is_first:
            self._first_until = now + 1.0  # what reading took in its last second is not held against changes
        left = self._all.left(now, FIRST_SECOND if now < self._first_until else SECOND)
        # What reads changes is not held against them: the rest keeps off their share.
        of_others = left - self._changes_second.left(now, 0.0)
        left = min(left - MARGIN, of_others - KEPT)
        self._is_spent = left <= 0
        self.allowed = max(0.0, min(PUMP, left), self._changes.left(now, CHANGES))
        if self.allowed <= 0.0:
            self._changed = 0.0  # a pump that may read nothing takes nothing of the share of changes
        left = self._all.left(now, (FIRST_SECOND if is_first else SECOND) * RESERVE)
        if not is_first:
            left = min(left, self._background.left(now, SECOND * BACKGROUND))
        least = min(BACKGROUND_LEAST, self.allowed)
        self.background = least if self._is_spent else max(0.0, min(PUMP * READING, left))
        return self.allowed

    def changes_read(self, any_were=True):
        """Up to here the pump read what changed, if anything had; a pump that does not say so did nothing else."""
        self._any_changed = any_were
        self._changed = self._clock.perf() - self.started

    def may_talk(self, has_news=False):
        """Whether the link has its turn: in each pump, but seldom while the second is used up and there is no news."""
        now = self._clock.now()
        if self._is_spent and not has_news and now - self._talked < TALK:
            return False
        self._talked = now
        return True

    def deadline(self):
        """When reading what changed must have ended, so that the pump has room for the frame."""
        return self.started + min(self.allowed, PUMP * CHANGING)

    def left_to_talk(self):
        """Seconds that this pump leaves for the socket."""
        return max(LINK_LEAST, min(LINK, self.started + PUMP - self._clock.perf()))

    def background_deadline(self):
        """When reading and restating must have ended, so that changes still find room."""
        return self.started + self.background

    def took_in_background(self, seconds):
        """Reading and restating took so long in this pump."""
        if seconds > 0.0:
            self._background.add(self._clock.now(), seconds)

    def idle_deadline(self):
        """When sweep and audit must have ended, counted from now."""
        now, began = self._clock.now(), self._clock.perf()
        left = self._idle.left(now, self.idle_second)
        least = self._looks.left(now, min(IDLE_LEAST, self.idle_second))
        left = min(IDLE_PUMP, max(left, least))
        if left <= 0:
            return 0.0
        self._looked_from = began
        return min(began + left, self.deadline())

    def end(self, has_backlog, is_idle=False, rested=0.0):
        """Ends a pump. Returns the seconds it took. True backlog for five seconds makes light mode. What an idle pump
        takes by itself counts as idle time too, and what the pumps before it did that `rested`."""
        spent = self._clock.perf() - self.started
        now = self._clock.now()
        self._all.add(now, spent + rested)
        self._changes.add(now, spent if self._changed is None else self._changed)
        if self._any_changed:
            self._changes_second.add(now, self._changed or 0.0)
        self._any_changed = False
        self._changed = None
        self._idle.add(now, rested + (spent if is_idle else 0.0))
        if self._looked_from is not None:
            self._looks.add(now, self.started + spent - self._looked_from)
            self._looked_from = None
        self._judge(now, has_backlog)
        return spent

    def _judge(self, now, has_backlog):
        if has_backlog:
            self._calm_since = None
            self._over_since = now if self._over_since is None else self._over_since
            if now - self._over_since >= LIGHT_AFTER:
                self.is_light = True
        else:
            self._over_since = None
            self._calm_since = now if self._calm_since is None else self._calm_since
            if self.is_light and now - self._calm_since >= LIGHT_AFTER:
                self.is_light = False

    def per_second(self):
        """Seconds of Live's thread used in the last second."""
        self._all.left(self._clock.now(), 0.0)
        return self._all.spent
