"""JSON as it travels between script and hub (docs/protocol-script.md).

Numbers that are not finite are `{"float": "inf" | "-inf" | "nan"}`; everything is ASCII, so that a lone surrogate is
the escape `\\udXXX` and passes unchanged.
"""
import json
import math

NAMES = {"inf": float("inf"), "-inf": float("-inf"), "nan": float("nan")}

_plain = json.JSONEncoder(allow_nan=False, separators=(",", ":"), check_circular=False)


def encode(value):
    """Text of a value. Raises ValueError, TypeError or RecursionError for what is no JSON."""
    try:
        return _plain.encode(value)
    except ValueError:
        return _plain.encode(_with_names(value))


def _with_names(value):
    if isinstance(value, float):
        return value if math.isfinite(value) else {"float": float_name(value)}
    if isinstance(value, dict):
        return {key: _with_names(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_with_names(each) for each in value]
    return value


def float_name(value):
    """The name of a number that is not finite."""
    return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"


def named_float(value):
    """The number that `{"float": NAME}` stands for, or None for any other value."""
    if isinstance(value, dict) and len(value) == 1:
        name = value.get("float")
        return NAMES.get(name) if isinstance(name, str) else None
    return None


def decode(text):
    """Value of a text, named numbers resolved. Raises ValueError or RecursionError for what is no JSON; NaN and
    Infinity written bare are not."""
    return json.loads(text, object_hook=_resolve, parse_constant=_refuse)


def _resolve(pairs):
    number = named_float(pairs)
    return pairs if number is None else number


def _refuse(name):
    raise ValueError("%s is not JSON" % name)
