"""Says whether a file is in use by a script that lives. The lock ends with the process, also when it crashes."""
try:
    import fcntl
except ImportError:
    fcntl = None
try:
    import msvcrt
except ImportError:
    msvcrt = None

_BEYOND = 1 << 40  # Windows locks bytes, and nobody may read a locked one: lock one that no file has


def lock(file):
    """Takes the lock for as long as the file is open; False when somebody else has it or none can be had."""
    try:
        if fcntl is not None:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if msvcrt is not None:
            file.seek(_BEYOND)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
            return True
    except OSError:
        pass
    return False
