"""The wrapper classes of one version of Live, made from lom.json."""
from .. import facts
from ..api import methods, readers, writers
from .convert import WrongType, giver, take, wrap
from .enums import make_enum
from .errors import CHANGES, REASONS, dead, mismatch
from .listeners import triplet

# Classes that are values or services; they are written by hand.
BY_HAND = ('Base.Vector', 'Base.Timer', 'Base.Text', 'MidiNote', 'MidiNoteSpecification', 'WarpMarker', 'RoutingType',
           'RoutingChannel', 'BeatTime', 'SmptTime', 'EnvelopeEvent', 'EnvelopeEventControlCoefficients',
           'PitchClassAndOctave', 'ReferencePitch', 'Listener.ListenerHandle')

_cache = {}


class Wrapper(object):
    """A proxy of an object: new at every access, equal by object, dead with it (docs/live-api.md, lifetime)."""

    __slots__ = ('_o', '__weakref__')
    _lineage = ()

    def __init__(self, obj):
        object.__setattr__(self, '_o', obj)

    def __eq__(self, other):
        if other is None:
            return not self._o.alive
        return isinstance(other, Wrapper) and other._o is self._o

    def __ne__(self, other):
        return not self.__eq__(other)

    def __bool__(self):
        return self._o.alive

    __hash__ = object.__hash__


def _guard(codes):
    """The function that raises where a member is illegal; a cheap nothing where it never is."""
    if codes is None:
        return None
    legal = readers.LEGAL[codes]

    def check(obj):
        if not legal(obj):
            raise RuntimeError(REASONS[codes])

    return check


def _getter(cls, name, fact, guard, enums):
    read = readers.find(cls.lineage, name, fact['type'])
    give = giver(fact['type'], enums)

    def get(self):
        obj = self._o
        if not obj.alive:
            raise dead(cls.name)
        obj.world.counters.reads += 1
        if guard is not None:
            guard(obj)
        if obj.world.faults.reads:
            obj.world.counters.fail_read(obj, name)
        value = read(obj)
        return value if give is None else give(value)

    return get


def begin_write(obj, owner, name):
    """What every write and mutating call of a script passes through: it is counted, or refused."""
    if obj.world.notifier.depth:
        obj.world.counters.refused_writes += 1
        raise RuntimeError(CHANGES)
    obj.world.counters.count_write(owner, name)


def _setter(cls, name, fact, guard, enums):
    write = writers.find(cls.lineage, name)

    def put(self, value):
        obj = self._o
        if not obj.alive:
            raise dead(cls.name)
        try:
            raw = take(value, fact['type'], enums)
        except WrongType:
            raise mismatch(name, cls.name, [value])
        if guard is not None:
            guard(obj)
        begin_write(obj, cls.name, name)
        write(obj, raw)

    return put


def _arguments(cls, name, fact, args, enums):
    least = sum(1 for _, _, optional in fact['args'] if not optional)
    if not least <= len(args) <= len(fact['args']):
        raise mismatch(name, cls.name, args)
    try:
        return [take(arg, spec[1], enums) for arg, spec in zip(args, fact['args'])]
    except WrongType:
        raise mismatch(name, cls.name, args)


def _method(cls, name, fact, enums):
    call = methods.find(cls.lineage, name)
    guard = _guard(fact.get('raises'))

    def method(self, *args, **named):
        obj = self._o
        if not obj.alive:
            raise dead(cls.name)
        if named:
            raise mismatch(name, cls.name, list(args) + list(named.values()))
        raw = _arguments(cls, name, fact, args, enums)
        if guard is not None:
            guard(obj)
        if fact['mutates']:
            begin_write(obj, cls.name, name + '()')
        if call is None:
            raise RuntimeError('%s.%s is not simulated' % (cls.name, name))
        return wrap(call(obj, *raw))

    return method


def _always(obj):
    return None


def _extra_guard(cls, name, fact):
    """The code under which a member raises: of lom.json, or of a class note (docs/live-api.md)."""
    return fact.get('raises') or readers.MORE_RAISES.get((cls.name, name))


def make_class(cls, enums):
    """The wrapper class for these ClassFacts."""
    body = {'__slots__': (), '_lineage': cls.lineage, '__module__': cls.module.split('.')[-1]}
    for name, fact in cls.properties.items():
        guard = _guard(_extra_guard(cls, name, fact))
        put = _setter(cls, name, fact, guard, enums) if fact['set'] else None
        body[name] = property(_getter(cls, name, fact, guard, enums), put)
        if fact['observe']:
            body.update(triplet(cls.name, name, guard or _always))
    for name in cls.events:
        guard = _guard(readers.MORE_RAISES.get((cls.name, name)))
        body.update(triplet(cls.name, name, guard or _always))
    for name, fact in cls.methods.items():
        body[name] = _method(cls, name, fact, enums)
    return type(str(cls.name.split('.')[-1]), (Wrapper,), body)


def make_enums():
    """{type text of lom.json: Enum class}; an enumeration is known by its full and its last name."""
    made = {}
    for name, members in facts.load()['enums'].items():
        cls = make_enum(name.split('.')[-1], members)
        made[name] = cls
        made.setdefault(name.split('.')[-1], cls)
    return made


class Surface(object):
    """All classes of one version."""

    def __init__(self, profile):
        self.profile = profile
        self.enums = make_enums()
        self.facts = facts.classes(profile)
        self.classes = {n: make_class(c, self.enums) for n, c in self.facts.items() if n not in BY_HAND}


def surface(profile):
    """The Surface of a version, made once."""
    if profile not in _cache:
        _cache[profile] = Surface(profile)
    return _cache[profile]
