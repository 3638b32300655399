"""How each settable property changes the model: a stored value unless a writer is registered here."""

_writers = {}


def writes(*names):
    """Registers a writer under 'Class.member' names: function(obj, raw value)."""
    def register(function):
        for name in names:
            _writers[name] = function
        return function
    return register


def find(lineage, name):
    for cls in lineage:
        found = _writers.get('%s.%s' % (cls, name))
        if found is not None:
            return found

    def store(obj, value):
        with obj.world.gesture('set ' + name):
            obj.world.set(obj, name, value)

    return store
