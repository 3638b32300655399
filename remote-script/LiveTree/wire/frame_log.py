"""The frames of one run that the hub has not acknowledged: first in the spool, then sent, then waiting.

What finds room nowhere is cut off at the end: one gap item stands for it, so that what is kept can be applied.
"""
from collections import deque

from .spool import WRITE_LIMIT

HIGH_WATER = 0.75  # share of the memory from which frames go to the spool though the hub is there
CLOSING_LIMIT = 1 << 22  # bytes written to the spool by the last call
OVERHEAD = 128  # bytes an item costs beside its payload


class FrameLog(object):
    """Items are (first seq, last seq, payload as bytes), payload None for a gap.
    `last`: last seq stated; `acked`: last one acknowledged; `memory`: bytes in memory."""

    def __init__(self, memory_limit, spool):
        self.last = self.acked = self.memory = 0
        self.spool = spool
        self._limit = memory_limit
        self._sent = deque()
        self._waiting = deque()
        self._cursor = 0  # last seq handed out since the last rewind
        self._hole = None  # a gap to be told before anything else
        self._cut = 0  # first seq of the gap at the end, which grows until it is told

    @property
    def unacked(self):
        """Frames stated and not acknowledged."""
        return self.last - self.acked

    def room(self):
        """Bytes that memory still takes."""
        return 0 if self._cut else max(0, self._limit - self.memory)

    def is_all_sent(self):
        """Whether everything stated was handed out."""
        return self._hole is None and self._cursor >= self.last

    # --- in

    def add(self, payload):
        """Keeps the payload of the next seq; False when it becomes part of a gap, for want of room or because it is
        None."""
        self.last += 1
        if payload is None or len(payload) > self.room():
            self._cut = self._cut or self.last
            return False
        self._waiting.append((self.last, self.last, payload))
        self.memory += len(payload) + OVERHEAD
        return True

    def acknowledge(self, seq):
        """Forgets everything up to a seq."""
        seq = min(seq, self.last)
        if seq <= self.acked:
            return
        self.acked = seq
        self._cursor = max(self._cursor, seq)
        for items in (self._sent, self._waiting):
            while items and items[0][1] <= seq:
                self._forget(items.popleft())
        if 0 < self.spool.last_taken <= seq:
            self.spool.delete()
        if 0 < self._cut <= seq:
            self._cut = 0 if seq == self.last else seq + 1

    def start_over(self, last):
        """Forgets everything; the next seq is the one after `last`."""
        self._sent.clear()
        self._waiting.clear()
        self.spool.delete()
        self.memory = self._cut = 0
        self._hole = None
        self.last = self.acked = self._cursor = last

    def _forget(self, item):
        self.memory -= _cost(item)

    # --- out

    def rewind(self, after):
        """Hands out again everything behind a seq. What is not there any more becomes a gap."""
        self.acknowledge(after)
        self._take_back()
        self._hole = (after + 1, self.acked, None) if after < self.acked else None
        self._sent.extend(self._waiting)
        self._waiting, self._sent = self._sent, deque()
        self._cursor = self.acked

    def _take_back(self):
        for item in reversed(self.spool.give_back()):
            if item[1] > self.acked:
                (self._sent if item[1] <= self._cursor else self._waiting).appendleft(item)
                self.memory += _cost(item)

    def next(self, allowance):
        """(item, bytes read from the disk): the next item to send, None when there is none now."""
        if self._hole is not None:
            hole, self._hole = self._hole, None
            return hole, 0
        if self._cursor < self.spool.last:
            item, used = self.spool.read(self._cursor, allowance)
            self._cursor = item[1] if item else self._cursor
            return item, used
        item = None if self._cursor < self.spool.last_taken else self._from_memory()
        if item is not None:
            self._sent.append(item)
            self._cursor = item[1]
        return item, 0

    def _from_memory(self):
        if self._waiting:
            return self._waiting.popleft()
        if self._cut:
            cut, self._cut = (self._cut, self.last, None), 0
            self.memory += OVERHEAD
            return cut
        return None

    # --- memory to spool

    def pump_spool(self, is_away):
        """Moves at most WRITE_LIMIT bytes to the file."""
        if is_away or self.memory > self._limit * HIGH_WATER:
            self._hand_over()
        self.spool.flush()
        if not self.spool.is_on:
            self._take_back()

    def _hand_over(self):
        handed = 0
        while handed < WRITE_LIMIT and (self._sent or self._waiting) and self.spool.wants():
            items = self._sent or self._waiting
            if not self.spool.put(items[0]):
                return
            item = items.popleft()
            self._forget(item)
            handed += _cost(item)

    def close(self, is_away):
        """The last call: what the hub has not got goes to the file, if the hub is away, at most CLOSING_LIMIT."""
        if is_away:
            self._spool_the_rest()
        if self.spool.frames == 0:
            self.spool.delete()
        self.spool.close()

    def _spool_the_rest(self):
        for _ in range(CLOSING_LIMIT // WRITE_LIMIT):
            self._hand_over()
            if not self.spool.flush():
                break
        left_over = self.spool.give_back()
        if self.spool.frames and self.spool.last < self.last and self.spool.is_on:
            first = left_over[0][0] if left_over else self.spool.last + 1
            self.spool.mark_gap(first, self.last)
            self.spool.flush()


def _cost(item):
    return len(item[2] or b"") + OVERHEAD
