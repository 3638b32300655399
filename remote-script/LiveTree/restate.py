"""A snapshot from the shadow: what was stated is stated again in slices, without touching Live.

`begin` and `end` enclose it. Whatever a list that is stated meanwhile contains is stated too, so that nothing
that moves during the snapshot is taken for gone.
"""
from collections import deque


class Restate(object):
    """Restates what lies under some handles. Several requests are worked off one after the other."""

    def __init__(self, registry, statement, is_reading):
        self._registry = registry
        self._statement = statement
        self._is_reading = is_reading  # the first reading, or that of something new, is not over
        self._requests = deque()
        self._queue = deque()
        self._told = set()
        self._root = None
        self.count = 0

    def request(self, handle):
        """Asks for everything under a handle; the song replaces all other requests."""
        if handle == 1:
            self._requests.clear()
            self._queue.clear()
            self._root = None
        if handle not in self._requests:
            self._requests.append(handle)

    def is_active(self):
        return self._root is not None or bool(self._requests)

    def step(self):
        """States one more thing. False when there is nothing to do now."""
        if self._root is None:
            return self._start()
        if not self._queue:
            return False
        thing = self._registry.by_handle.get(self._queue.popleft())
        if thing is not None:
            self._tell(thing)
        return True

    def _start(self):
        if not self._requests:
            return False
        self._root = self._requests.popleft()
        self._told = set()
        self.count += 1
        self._statement.begin.append(self._root)
        self._enqueue(self._root)
        return True

    def _enqueue(self, handle):
        if handle not in self._told:
            self._told.add(handle)
            self._queue.append(handle)

    def _tell(self, thing):
        if thing.filled:
            self._statement.node(thing)
        for name, handles in thing.lists.items():
            self._statement.list_again(thing, name)
            for handle in handles:
                self._enqueue(handle)

    def note(self):
        """The members of every list in the frame being made belong to the snapshot."""
        if self._root is None:
            return
        for handle, name in self._statement.lists:
            thing = self._registry.by_handle.get(handle)
            if thing is not None and handle in self._told:
                for child in thing.lists.get(name, ()):
                    self._enqueue(child)

    def can_end(self):
        """Everything is told; asked when a frame is about to be sent."""
        self.note()
        return self._root is not None and not self._queue and not self._is_reading()

    def end(self):
        """States the end in the frame that is about to be sent."""
        self._statement.end.append(self._root)
        self._root = None
