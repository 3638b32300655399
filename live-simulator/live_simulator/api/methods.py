"""What each method of the API does; a method that is not registered raises when called."""

_methods = {}


def does(*names):
    """Registers a method under 'Class.method' names: function(obj, *raw arguments)."""
    def register(function):
        for name in names:
            _methods[name] = function
        return function
    return register


def find(lineage, name):
    for cls in lineage:
        found = _methods.get('%s.%s' % (cls, name))
        if found is not None:
            return found
    return None
