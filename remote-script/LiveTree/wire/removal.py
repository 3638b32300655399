"""Deletes large files in steps: to delete 64 MB at once takes the file system tens of ms of Live's thread."""
import os

STEP = 4 << 20  # bytes freed by one call


class Remover(object):
    """One file after another. `report(what, text)` counts a trouble and says it once."""

    def __init__(self, report):
        self._report = report
        self._files = []  # [open file, path, bytes left]

    @property
    def is_busy(self):
        """Whether a file still waits to be gone."""
        return bool(self._files)

    def add(self, file, path):
        """Takes over the open file; a small one is gone at once."""
        try:
            size = os.fstat(file.fileno()).st_size
        except (OSError, ValueError):
            size = 0
        self._files.append([file, path, size])
        if size <= STEP and len(self._files) == 1:
            self.pump()

    def pump(self):
        """One step."""
        if not self._files:
            return
        entry = self._files[0]
        entry[2] -= STEP
        if entry[2] > 0:
            self._shorten(entry)
        else:
            self._finish(self._files.pop(0))

    def _shorten(self, entry):
        try:
            entry[0].truncate(entry[2])
        except (OSError, ValueError):
            entry[2] = 0

    def _finish(self, entry):
        try:
            entry[0].close()
        except OSError:
            pass
        try:
            os.remove(entry[1])
        except OSError as error:
            self._report("spool error", "Cannot delete a spool file: %s" % error)

    def close(self):
        """All at once: the last call."""
        while self._files:
            self._finish(self._files.pop(0))
