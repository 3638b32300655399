"""Guarded access to Live's objects.

Every access gives a new wrapper; equality is by object; a wrapper of a dead object compares equal to None
although it is not None; any read may raise (docs/live-api.md, lifetime and identity).
"""


class Absent(object):
    """The mark for a member that this Live or this object does not have, or that raises."""

    __slots__ = ()

    def __repr__(self):
        return 'ABSENT'

    def __bool__(self):
        return False


ABSENT = Absent()


def is_alive(obj):
    """True while the object behind the wrapper exists. `is not None` would not tell."""
    try:
        return obj is not None and obj != None  # noqa: E711  Live's proxies flip on `== None` only
    except Exception:
        return False


def read(obj, member):
    """The member's value, or ABSENT. Never raises: Live raises by kind of track, device and clip.

    What raises for a reason of the moment is asked once more; what this Live does not have is not.
    """
    try:
        return getattr(obj, member)
    except AttributeError:
        return ABSENT
    except Exception:
        return _read_again(obj, member)


def _read_again(obj, member):
    try:
        return getattr(obj, member)
    except Exception:
        return ABSENT


def call(obj, method, *args):
    """Result of a method that changes nothing, or ABSENT."""
    for _ in range(2):
        try:
            return getattr(obj, method)(*args)
        except AttributeError:
            break
        except Exception:
            continue
    return ABSENT


def pointer(obj):
    """`_live_ptr`: an index to find an object again, never a proof that it is the same one."""
    return read(obj, '_live_ptr')


def members(obj, member):
    """A list member as a Python list, or ABSENT. Live's vectors are snapshots."""
    value = read(obj, member)
    if value is ABSENT or value is None:
        return ABSENT
    try:
        return list(value)
    except Exception:
        return ABSENT


def same_object(held, found):
    """The wrapper we hold is alive and means the same object as the one just read."""
    try:
        return is_alive(held) and bool(held == found)
    except Exception:
        return False
