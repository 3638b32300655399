"""The edits by name. Arguments that are left out are picked at random, by the seed."""
from .pick import Picker

EDITS = {}


class EditError(Exception):
    """The edit cannot be made: unknown name, no such object, nothing there to do it with."""


def edit(function):
    """Registers function(world, pick) under its own name."""
    EDITS[function.__name__] = function
    return function


def run(world, name, args=None, raw=False):
    """Makes one edit; its result has the uid of what it made or changed. `raw` gives the object itself."""
    function = EDITS.get(name)
    if function is None:
        raise EditError('no such edit: %s' % name)
    world.counters.edits += 1
    found = function(world, Picker(world, args or {}))
    if raw:
        return found
    return {'uid': found.uid, 'kind': found.kind} if hasattr(found, 'uid') else found
