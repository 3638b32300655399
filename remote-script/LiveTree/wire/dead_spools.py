"""What dead runs left: their spool files, found, claimed, offered to the hub one at a time, and read."""
import json
import os

from . import file_lock
from .spool import SUFFIX, decode_item, open_private
from .spool_lines import LineReader

KEPT = 8  # spools of dead runs; older ones are deleted
SCAN_PIECE = 1 << 18  # bytes looked at by one call


class DeadSpool(object):
    """The file of one dead run, claimed. After `scan` is done: `run`, `first`, `last`, `has_gap`, `is_usable`."""

    def __init__(self, path, file):
        self.run = ""
        self.first = self.last = 0
        self.has_gap = False
        self.is_scanned = False
        self.path = path
        self.file = file
        self._reader = LineReader(file)
        self._size = os.fstat(file.fileno()).st_size
        self._good_end = 0  # offset behind the last undamaged line

    @property
    def is_usable(self):
        """Whether it holds any frame of a known run."""
        return bool(self.run and self.last)

    def offer(self):
        """The member `spool` of `hello`."""
        return {"run": self.run, "firstSeq": self.first, "lastSeq": self.last, "gap": self.has_gap}

    def scan(self, allowance):
        """Looks through the next bytes; True when it knows all. Raises OSError."""
        while not self.is_scanned:
            found = self._reader.next(allowance)
            allowance -= self._reader.bytes_read
            if found is not None:
                self._note(*found)
            elif self._reader.ended:
                self._good_end = self._reader.offset
                self.has_gap = self.has_gap or self._good_end < self._size
                self.is_scanned = True
            else:
                return False
        return True

    def _note(self, kind, rest):
        item = decode_item(kind, rest)
        if kind == b"run":
            self.run = _run_of(rest)
        elif item is not None and item[2] is None:
            self.has_gap = True
        elif item is not None:
            self.first, self.last = self.first or item[0], item[1]

    def rewind(self):
        """`next` begins at the start."""
        self._reader = LineReader(self.file, 0, self._good_end)

    def next(self, allowance):
        """(item, bytes read): the next frame or gap, None at the end (`is_read`) or when the allowance is used up.
        Raises OSError."""
        used = 0
        while not self._reader.ended:
            found = self._reader.next(allowance - used)
            used += self._reader.bytes_read
            item = decode_item(*found) if found else None
            if item is not None:
                return item, used
            if found is None and not self._reader.ended:
                break
        return None, used

    @property
    def is_read(self):
        """Whether `next` has come to the end."""
        return self._reader.ended

    def close(self):
        """Lets the file go; another script may claim it."""
        try:
            self.file.close()
        except OSError:
            pass


def _run_of(rest):
    try:
        head = json.loads(rest.decode("ascii"))
        run = head.get("run") if isinstance(head, dict) else None
        return run if isinstance(run, str) else ""
    except ValueError:
        return ""


class DeadSpools(object):
    """All of them in a folder, the oldest first. `current`: the one to offer, when its scan is done."""

    def __init__(self, folder, report, remover):
        self._report = report
        self._remover = remover
        self._paths = self._find(folder)
        self.current = None

    def _find(self, folder):
        try:
            paths = [os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(SUFFIX)]
            return sorted(paths, key=os.path.getmtime)
        except OSError:
            return []  # no folder, no spools

    def pump(self):
        """One step of looking; True when there is nothing left to look at for now."""
        if self.current is None and not self._claim():
            return True
        try:
            if not self.current.scan(SCAN_PIECE):
                return False
        except (OSError, ValueError) as error:
            return self._leave(error)
        if not self.current.is_usable:
            self.drop()
            return False
        return True

    def _claim(self):
        while self._paths and self.current is None:
            self._try(self._paths.pop(0))
        return self.current is not None

    def _try(self, path):
        file = None
        try:
            file = open_private(path, 0)
            if not file_lock.lock(file):
                file.close()
            elif len(self._paths) >= KEPT:
                self.current = DeadSpool(path, file)
                self._report("spool dropped", "Too many spool files: the oldest is deleted.")
                self.drop()
            else:
                self.current = DeadSpool(path, file)
        except OSError as error:
            self._report("spool error", "Cannot read a spool file: %s" % error)

    def _leave(self, error):
        self._report("spool error", "Cannot read a spool file: %s" % error)
        self.current.close()
        self.current = None
        return False

    def fail(self, error):
        """The current one cannot be read; it is left where it is."""
        self._leave(error)

    def drop(self):
        """Deletes the current one; the next comes to its place."""
        self._remover.add(self.current.file, self.current.path)
        self.current = None

    def close(self):
        """Lets all go."""
        if self.current is not None:
            self.current.close()
            self.current = None
        self._paths = []
