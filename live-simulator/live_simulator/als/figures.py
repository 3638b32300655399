"""Numbers and text as Live writes them. docs/als-format.md, Container."""

import re
import struct
from decimal import Decimal

_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\n", "&#x0A;"), ("\t", "&#x9;"))
_REFERENCE = re.compile(r"&(#x[0-9A-Fa-f]+|#[0-9]+|amp|lt|gt|quot|apos);")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def escape(text):
    """An attribute value as it stands between double quotes."""
    for plain, written in _ESCAPES:
        text = text.replace(plain, written)
    return text


def unescape(written):
    """The text of an attribute value."""
    return _REFERENCE.sub(_resolve, written) if "&" in written else written


def double(value):
    """A time or another 64-bit number: 18 digits below 1, 17 from 1 on."""
    return _trim(("%.17g" if abs(value) >= 1 else "%.18g") % value)


def single(value):
    """A 32-bit number: ten digits below 1, nine from 1 on."""
    held = as_single(value)
    return _trim(("%.9g" if abs(held) >= 1 else "%.10g") % held)


def as_single(value):
    """The nearest 32-bit number, as Live holds it."""
    return struct.unpack("<f", struct.pack("<f", value))[0]


def boolean(value):
    """A switch."""
    return "true" if value else "false"


def number(written):
    """The value of a number's text; 0.0 for what is none (`Invalid` of some transients)."""
    try:
        return float(written)
    except ValueError:
        return 0.0


def _trim(text):
    if "e" in text:
        text = format(Decimal(text), "f")
    if "." not in text:
        return text
    return text.rstrip("0").rstrip(".")


def _resolve(match):
    name = match.group(1)
    if name.startswith("#x"):
        return chr(int(name[2:], 16))
    return chr(int(name[1:])) if name.startswith("#") else _NAMED[name]
