"""The spool of a living run: frames that the hub has not acknowledged, in a file.

Errors, slow disks and full disks end the writing, never the script: what is in the file stays readable, the rest goes
back to memory.
"""
import json
import os
from collections import deque

from . import file_lock, spool_lines
from .spool_lines import LineReader

WRITE_LIMIT = 1 << 16  # bytes written by one call
SLOW_SECONDS = 0.004  # a write over this is slow
SLOW_WRITES = 2  # so many switch the writing off
INDEX_STEP = 1 << 18  # bytes of file between two known places
SUFFIX = ".spool"


class Spool(object):
    """Items are (first seq, last seq, payload), payload None for a gap. `first`, `last`: what is in the file, 0 and 0
    when nothing; `size`: its bytes. `report(what, text)` counts a trouble and says it once."""

    def __init__(self, folder, limit, run, clock, report, remover):
        self.run = run
        self.is_on = bool(folder)
        self._folder = folder
        self._limit = limit
        self._clock = clock
        self._report = report
        self._remover = remover
        self._slow = 0
        self._file = None
        self._forget()

    def _forget(self):
        self.first = self.last = self.frames = self.size = 0
        self.last_taken = 0  # last seq in the file or waiting to be written
        self.is_cut = False  # its limit was reached
        self._written = 0  # bytes, also of an unfinished line
        self._end = 0  # bytes with all that waits
        self._buffer = bytearray()
        self._pending = deque()  # (item or None for a mark, end of its line), not wholly written
        self._index = []  # (seq, offset) here and there
        self._reader = None
        self._reader_at = 0
        self._is_reopened = False

    @property
    def path(self):
        return os.path.join(self._folder, self.run + SUFFIX)

    # --- writing

    def wants(self):
        """Whether `put` may be called now."""
        if not self.is_on or self.is_cut or len(self._buffer) >= WRITE_LIMIT or self._remover.is_busy:
            return False
        return self._is_open()

    def put(self, item):
        """Takes the item; False when it would pass the limit: the file then ends with a gap."""
        encoded = _encode(item)
        if self._end + len(encoded) > self._limit:
            self._cut(item[0])
            return False
        self._append(item, encoded)
        self.last_taken = item[1]
        return True

    def _cut(self, seq):
        self.is_cut = True
        self._report("spool full", "The spool file is full (%d bytes); what follows is cut off." % self._limit)
        self.mark_gap(seq, seq)

    def mark_gap(self, first, last):
        """Says in the file that these frames are not in it."""
        self._append(None, _encode((first, last, None)))

    def _append(self, item, encoded):
        self._buffer += encoded
        self._end += len(encoded)
        self._pending.append((item, self._end))

    def flush(self):
        """Writes at most WRITE_LIMIT bytes; whether any were written."""
        if not self._buffer or not self.is_on or not self._is_open():
            return False
        before = self._clock.perf()
        try:
            self._file.seek(self._written)
            count = self._file.write(bytes(self._buffer[:WRITE_LIMIT]))
        except (OSError, ValueError) as error:
            return self._give_up("spool error", "Cannot write the spool file: %s" % error)
        self._note_time(self._clock.perf() - before)
        del self._buffer[:count]
        self._written += count
        self._settle()
        return True

    def _note_time(self, seconds):
        if seconds <= SLOW_SECONDS:
            return
        self._slow += 1
        self._report("slow spool writes", "A write to the spool file took %.1f ms." % (seconds * 1000))
        if self._slow >= SLOW_WRITES:
            self._give_up("spool too slow", "The disk is too slow for a spool file; frames stay in memory.")

    def _give_up(self, what, text):
        self.is_on = False
        self._report(what, text)
        return False

    def _settle(self):
        while self._pending and self._pending[0][1] <= self._written:
            item, end = self._pending.popleft()
            if item is None:
                continue
            if not self._index or self.size - self._index[-1][1] >= INDEX_STEP:
                self._index.append((item[0], self.size))
            self.first, self.last = self.first or item[0], item[1]
            self.frames += item[1] - item[0] + 1
            self.size = end
        if self._reader is not None:
            self._reader.extend(self.size)

    def give_back(self):
        """Takes back what is not wholly written: the items, in order. The file ends with its last whole line."""
        items = [item for item, _ in self._pending if item is not None]
        self._pending.clear()
        del self._buffer[:]
        self._end = self.size
        self.last_taken = self.last
        self.is_cut = False
        if self._written > self.size:
            self._written = self.size
            self._truncate()
        return items

    def _truncate(self):
        try:
            self._file.truncate(self.size)
        except (OSError, ValueError) as error:
            self._give_up("spool error", "Cannot shorten the spool file: %s" % error)

    def _is_open(self):
        if self._file is None:
            try:
                os.makedirs(self._folder, mode=0o700, exist_ok=True)
                self._file = open_private(self.path, os.O_CREAT | os.O_TRUNC)
            except (OSError, ValueError) as error:
                return self._give_up("spool error", "Cannot write a spool file: %s" % error)
            file_lock.lock(self._file)
            head = {"run": self.run, "time": self._clock.wall()}
            self._append(None, spool_lines.line(b"run", json.dumps(head).encode("ascii")))
        return True

    # --- reading

    def _seek(self, after):
        offset = 0
        for seq, at in self._index:
            if seq <= after + 1:
                offset = at
        self._reader_at = after
        self._reader = LineReader(self._file, offset, self.size)

    def read(self, after, allowance):
        """(item, bytes read): the first item of the file behind a seq, None when the allowance was used up. When the
        file cannot be read any further, the item is a gap up to its last frame."""
        if self._reader is None or self._reader_at != after:
            self._seek(after)
        used = 0
        while not self._reader.ended:
            found = self._read_line(allowance - used)
            used += self._reader.bytes_read
            item = _decode(found)
            if item is not None and item[1] > after:
                self._reader_at = item[1]
                return item, used
            if found is None and not self._reader.ended:
                return None, used
        self._report("spool error", "The spool file is damaged; the rest of it is left out.")
        self._reader_at = self.last
        return (after + 1, self.last, None), used

    def _read_line(self, allowance):
        try:
            return self._reader.next(allowance)
        except (OSError, ValueError) as error:
            self._report("spool error", "Cannot read the spool file: %s" % error)
            self._reopen()
            return None

    def _reopen(self):
        """Live may have closed the file under us: it is opened once more."""
        self._reader.ended = True
        if self._is_reopened:
            return
        self._is_reopened = True
        try:
            self._file = open_private(self.path, 0)
            file_lock.lock(self._file)
            self._seek(self._reader_at)
        except (OSError, ValueError):
            pass

    # --- the end

    def delete(self):
        """Everything in it is acknowledged or given up."""
        if self._file is not None:
            self._remover.add(self._file, self.path)
            self._file = None
        self._forget()

    def close(self):
        """Lets go of the file."""
        if self._file is not None:
            try:
                self._file.close()
            except OSError:
                pass
            self._file = None


def open_private(path, flags):
    """A file for this user only, unbuffered. Raises OSError."""
    flags |= os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
    return os.fdopen(os.open(path, flags, 0o600), "r+b", 0)


def _encode(item):
    first, last, payload = item
    if payload is None:
        return spool_lines.line(b"gap", b"%d %d" % (first, last))
    return spool_lines.line(b"%d" % first, payload)


def _decode(found):
    """The item of a line; None for the head of the file."""
    return None if found is None else decode_item(*found)


def decode_item(kind, rest):
    """Item of a line's kind and rest; None for the head, and for what no script writes."""
    try:
        if kind == b"gap":
            first, last = rest.split(b" ")
            return int(first), int(last), None
        return None if kind == b"run" else (int(kind), int(kind), rest)
    except ValueError:
        return None
