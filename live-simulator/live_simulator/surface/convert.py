"""Values across the border: what the API takes, and how it gives objects."""
from ..model.obj import Obj
from .vector import Vector

_NUMBERS = {'float': (int, float), 'int': (int,), 'bool': (int,)}


class WrongType(Exception):
    """A value that fits no signature; becomes an ArgumentError with the member's name."""


def wrap(value):
    """A new wrapper for an object; anything else as it is."""
    return value.wrap(value) if isinstance(value, Obj) else value


def wrap_list(values):
    return Vector([value.wrap(value) if isinstance(value, Obj) else value for value in values])


def giver(type_text, enums):
    """The function that turns a raw value of this type into what the API gives."""
    main = type_text.split(' | ')[0]
    if main.startswith('Vector['):
        return wrap_list
    if main in enums:
        return lambda value: None if value is None else enums[main](value)
    if main in ('bool', 'float', 'int', 'str', 'None') or main.startswith('int ') or main.startswith('tuple'):
        return None
    return wrap


def _take_one(value, type_text, enums):
    if type_text == 'None':
        if value is None:
            return None
        raise WrongType()
    base = 'int' if type_text.startswith('int') or type_text in enums else type_text
    if base in _NUMBERS:
        if not isinstance(value, _NUMBERS[base]):
            raise WrongType()
        return {'float': float, 'int': int, 'bool': bool}[base](value)
    if base == 'str':
        if not isinstance(value, str):
            raise WrongType()
        return value
    return _take_object(value, base)


def _take_object(value, base):
    obj = getattr(value, '_o', None)
    if base[0].isupper() and '[' not in base and isinstance(obj, Obj):
        if not obj.alive or base not in value._lineage:
            raise WrongType()
        return obj
    if base in ('RoutingType', 'RoutingChannel', 'WarpMarker', 'MidiNoteVector') and type(value).__name__ == base:
        return value
    if base in ('Any', 'Text') or '[' in base:
        return value
    raise WrongType()


def take(value, type_text, enums):
    """The raw value for what a script gave; WrongType when no alternative of the type fits."""
    for alternative in type_text.split(' | '):
        try:
            return _take_one(value, alternative, enums)
        except WrongType:
            continue
    raise WrongType()
