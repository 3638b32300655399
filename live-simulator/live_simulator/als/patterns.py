"""The ways in which a save can reach the disk. docs/als-format.md says nothing of it; a watcher must stand all.

``clock`` needs ``wall()`` (seconds since 1970) and ``sleep(seconds)``.
"""

import os
import time

from .errors import AlsError

REPLACE, IN_PLACE, BACKUP, SLOW = "replace", "in_place", "backup", "slow"
ALL = (REPLACE, IN_PLACE, BACKUP, SLOW)

#: Pieces of a slow save, and the pause between two of them (seconds).
PIECES = 8
PAUSE_SECONDS = 0.15


class SystemClock(object):
    """Real time."""

    def wall(self):
        """Seconds since 1970."""
        return time.time()

    def sleep(self, seconds):
        """Wait."""
        time.sleep(seconds)


def steps(data, path, pattern, clock):
    """Write bytes to a path; yields the seconds to wait before it is asked to go on."""
    if pattern == REPLACE:
        return _replace(data, path)
    if pattern == IN_PLACE:
        return _in_place(data, path, 1)
    if pattern == SLOW:
        return _in_place(data, path, PIECES)
    if pattern == BACKUP:
        return _backup(data, path, clock)
    raise AlsError("there is no way of saving called %r" % pattern)


def _replace(data, path):
    folder, name = os.path.split(path)
    temporary = os.path.join(folder, "%s.tmp%d" % (name, os.getpid()))
    with open(temporary, "wb") as stream:
        stream.write(data)
    yield 0.0
    os.replace(temporary, path)


def _in_place(data, path, pieces):
    size = max(1, -(-len(data) // pieces))
    with open(path, "wb") as stream:
        for at in range(0, len(data), size):
            if at:
                yield PAUSE_SECONDS
            stream.write(data[at:at + size])
            stream.flush()
    yield 0.0


def _backup(data, path, clock):
    if os.path.exists(path):
        folder, name = os.path.split(path)
        kept = os.path.join(folder, "Backup")
        if not os.path.isdir(kept):
            os.mkdir(kept)
        os.replace(path, _free(kept, os.path.splitext(name)[0], clock.wall()))
    yield 0.0
    with open(path, "wb") as stream:
        stream.write(data)


def _free(folder, name, now):
    while True:
        stamp = time.strftime("%Y-%m-%d %H%M%S", time.localtime(now))
        path = os.path.join(folder, "%s [%s].als" % (name, stamp))
        if not os.path.exists(path):
            return path
        now += 1
