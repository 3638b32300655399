"""Live's values as plain JSON values. Never converted in meaning: units are the hub's."""
from .live import ABSENT, read


def plain(value):
    """Numbers, texts, truth values and None as they are; Live's enumerations as their numbers."""
    kind = type(value)
    if value is None or value is ABSENT or kind is bool or kind is float or kind is int or kind is str:
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, str):
        return str(value)
    return ABSENT


def display_name(routing):
    """The name of a routing type or channel as Live shows it."""
    return plain(read(routing, 'display_name'))


def texts(vector):
    """A vector of texts as a list."""
    if vector is None or vector is ABSENT:
        return ABSENT
    try:
        return [str(item) for item in vector]
    except Exception:
        return ABSENT


def is_same(one, other):
    """Equal as statements; not-a-number equals itself, so that it is not stated again for ever."""
    if one is ABSENT or other is ABSENT:
        return one is other
    try:
        return one == other or (one != one and other != other)
    except Exception:
        return False
