"""Time for the whole script. A stand-in for Live may replace these three functions before `create_instance`.

Nothing else in the script asks the operating system for the time, so hours can run in minutes.
"""
import time


def now():
    """Seconds of a clock that never goes back; for intervals, rests and rates."""
    return time.monotonic()


def wall():
    """Seconds since 1970, for people only."""
    return time.time()


def perf():
    """Seconds of the finest clock; for what a pump costs Live's thread."""
    return time.perf_counter()
