"""Canonical bytes of what was stated of a node, and their hash (docs/protocol-script.md, Audit).

The hub computes the same from what it was told; packages/protocol/fixtures/canonical.json holds both to it.
"""
import hashlib
import struct

from .json_text import named_float

# Details that are stated only while somebody looks at them, and texts that Live makes of other properties.
LEFT_OUT = frozenset(("text", "value_text", "volume_text", "cue_volume_text", "notes", "warp_markers"))

_NAN = b"D\x7f\xf8\x00\x00\x00\x00\x00\x00"


def canonical(value):
    """Bytes of a JSON value. Raises TypeError for anything else."""
    out = []
    _write(value, out.append)
    return b"".join(out)


def node_hash(kind, props, lists):
    """16 hexadecimal digits. `props`: raw values by name, those that are None and those of LEFT_OUT do not count;
    `lists`: handles by the name of each list ever stated."""
    kept = {name: value for name, value in props.items() if value is not None and name not in LEFT_OUT}
    return hashlib.sha1(canonical(kind) + canonical(kept) + canonical(lists)).hexdigest()[:16]


def _write(value, put):
    if value is None:
        put(b"N")
    elif value is True or value is False:
        put(b"T" if value else b"F")
    elif isinstance(value, (int, float)):
        put(_number(value))
    elif isinstance(value, str):
        _write_text(_utf8(value), put)
    elif isinstance(value, dict):
        _write_object(value, put)
    elif isinstance(value, (list, tuple)):
        put(b"A" + struct.pack("!I", len(value)))
        for each in value:
            _write(each, put)
    else:
        raise TypeError("%s is no JSON value" % type(value).__name__)


def _write_object(value, put):
    number = named_float(value)
    if number is not None:
        put(_number(number))
        return
    put(b"O" + struct.pack("!I", len(value)))
    for key, each in _sorted(value):
        _write_text(key, put)
        _write(each, put)


def _sorted(value):
    return sorted(((_utf8(key), each) for key, each in value.items()), key=lambda pair: pair[0])


def _write_text(encoded, put):
    put(b"S" + struct.pack("!I", len(encoded)))
    put(encoded)


def _number(value):
    try:
        number = float(value)
    except OverflowError:
        number = float("inf") if value > 0 else float("-inf")
    return _NAN if number != number else b"D" + struct.pack("!d", number)


def _utf8(text):
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        # Two surrogates that make a pair are one character on the other side, which counts in UTF-16.
        paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        return paired.encode("utf-8", "surrogatepass")
